"""The desk of publications: what staff write of them, and how a new one begins."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import BooleanField, FieldList, FormField, SelectField, StringField
from wtforms.validators import (
    Length,
    NumberRange,
    Optional,
    Regexp,
)

from portal.accounts.rules import Place, ScopeKind
from portal.core.clock import today
from portal.core.i18n import plain
from portal.core.slugs import free_slug
from portal.council.models import Committee
from portal.council.queries import published_committees
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import REQUIRED_TEXT, WEB_ADDRESS, NumberField, is_partial_date
from portal.moderation.forms import FilesForm, PartForm, RichTextField
from portal.moderation.models import Publishable
from portal.publications.models import Publication
from portal.publications.rules import PublicationKind
from portal.publications.words import format_choices, kind_choices


class EditionForm(PartForm):
    """A publication in one format."""

    needed = ("format",)

    format = SelectField(_l("Edition"), choices=format_choices)
    copies = NumberField(_l("How many"), validators=[Optional(), NumberRange(min=0)])
    unit = StringField(_l("Counted in"), validators=[Length(max=40)])
    unit_en = StringField(_l("Counted in, in English"), validators=[Length(max=40)])
    address = StringField(_l("Web address"), validators=WEB_ADDRESS)


class PublicationForm(FilesForm):
    """What staff write of a publication."""

    kind = SelectField(_l("Kind"), choices=kind_choices)
    title = StringField(_l("Title"), validators=[REQUIRED_TEXT, Length(max=300)])
    title_en = StringField(_l("Title in English"), validators=[Length(max=300)])
    summary = StringField(_l("In one or two sentences"), validators=[Length(max=600)])
    summary_en = StringField(
        _l("In one or two sentences, in English"), validators=[Length(max=600)]
    )
    body = RichTextField(_l("Text"))
    body_en = RichTextField(_l("Text in English"))
    issued = StringField(
        _l("Came out on"),
        description=_l(
            "A day, month or year: 2020-11-09, 2020-11 or 2020. Left empty, news, notices and "
            "press releases get the day on which they are published."
        ),
        validators=[Length(max=10), is_partial_date],
    )
    is_planned = BooleanField(_l("It is announced only and comes out later"))
    programme = StringField(
        _l("Work programme"),
        description=_l("The last part of the address of its page."),
        validators=[
            Optional(),
            Length(max=80),
            Regexp(r"[a-z0-9-]+\Z", message=_l("Write the last part of its address.")),
        ],
    )
    committee = SelectField(_l("Committee"), default="")
    editions = FieldList(FormField(EditionForm), _l("Editions"))

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in the public committees, and the publication's own one."""
        self.committee.choices = _committee_choices(
            session, row.committee if isinstance(row, Publication) else None
        )

    def validate_editions(self, field: FieldList) -> None:
        """Refuse two editions in one format, at the second one."""
        formats: list[Any] = [entry.form.format for entry in field if entry.form.format.data]
        for number, one in enumerate(formats):
            if one.data in {earlier.data for earlier in formats[:number]}:
                one.errors = [*one.errors, _("Another edition has this format. Change that one.")]
                field.errors = [entry.errors for entry in field]


def _committee_choices(session: Session, own: str | None) -> list[tuple[str, str]]:
    """Return address and name of the public committees, and of a publication's own one."""
    known = published_committees(session, today())
    offered = [("", ""), *((c.slug, plain(c.name, c.name_en)) for c in known)]
    if own is None or own in dict(offered):
        return offered
    name = session.scalar(select(Committee.name).where(Committee.slug == own))
    return [*offered, (own, name or own)]


def create_publication(session: Session, values: Mapping[str, Any]) -> Publication:
    """Make a draft whose address is its kind, the day, and a number where that is taken."""
    kind = PublicationKind(values["kind"])
    stem = f"{kind.value.replace('_', '-')}-{today():%Y-%m-%d}"
    slug = free_slug(session, Publication, stem)
    row = Publication(slug=slug, kind=kind, title=values["title"])
    session.add(row)
    session.flush()
    return row


def page_of_publication(row: Publication) -> PageAddress:
    """Return where a publication is shown."""
    return "publications.show_publication", {"slug": row.slug}


def place_of_publication(
    _session: Session, row: Publication | None, written: Mapping[str, Any]
) -> Place | None:
    """Return the committee that a publication is about, None when it is about none."""
    slug = written.get("committee", row.committee if row else None)
    return Place(ScopeKind.COMMITTEE, slug) if slug else None


DESK = Desk(
    model=Publication,
    label=_l("News and publications"),
    form=PublicationForm,
    order=("-published_at", "-id"),
    page=page_of_publication,
    create=create_publication,
    add_label=_l("Write something new"),
    place=place_of_publication,
)
