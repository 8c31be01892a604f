"""The desk of enactments: what was decided about an ordinance, with its days in their order."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session, object_session
from wtforms import DateField, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from portal.core.clock import today
from portal.core.slugs import free_slug
from portal.council.desk_places import committee_place
from portal.council.member_entries import offer_members
from portal.council.queries.choices import committee_choices, member_choices
from portal.council.rules import Nature
from portal.council.words import NATURE_WORDS
from portal.legislation import words
from portal.legislation.models import Enactment, Ordinance
from portal.legislation.queries.choices import ordinance_choices
from portal.legislation.rules.kinds import EnactmentKind
from portal.legislation.rules.order import DAYS, disordered_days
from portal.legislation.staff.plain_words import SummaryField, give_words
from portal.legislation.staff.sponsors import check_sponsors, sponsor_list
from portal.moderation.desks import Desk, PageAddress
from portal.moderation.fields import (
    REQUIRED,
    REQUIRED_TEXT,
    NumberField,
    check_years,
    choices,
    number_or_none,
)
from portal.moderation.forms import DeskForm, LongTextField
from portal.moderation.models import Publishable

#: Far above what any council has.
MOST_SESSIONS = 9999
_SESSION = (Optional(), NumberRange(min=1, max=MOST_SESSIONS))


def _day(label: Any) -> DateField:
    return DateField(label, validators=[Optional(), check_years])


def _nature(label: Any) -> SelectField:
    return SelectField(label, choices=lambda: choices(NATURE_WORDS), default=Nature.STATED.value)


class EnactmentForm(DeskForm):
    """What staff write of an enactment."""

    ordinance_id = SelectField(_l("Ordinance"), coerce=number_or_none, validators=[REQUIRED])
    kind = SelectField(
        _l("What was done to it"),
        choices=lambda: [("", ""), *words.choices(EnactmentKind, words.enactment_label)],
        default="",
        validators=[REQUIRED],
    )
    summary = SummaryField(_l("What it changes, in plain words"), validators=[REQUIRED_TEXT])
    summary_en = SummaryField(_l("What it changes, in English"))
    passed_on = _day(_l("Passed on"))
    passed_nature = _nature(_l("How the day of passing is known"))
    transmitted_on = _day(_l("Sent on to be promulgated on"))
    promulgated_on = _day(_l("Promulgated on"))
    promulgation = StringField(
        _l("Number of the promulgation"),
        description=_l("As it is printed, with all its signs."),
        validators=[Length(max=40)],
    )
    in_force_on = _day(_l("In force from"))
    session_number = NumberField(_l("Number of the session"), validators=_SESSION)
    session_nature = _nature(_l("How the session is known"))
    committee_id = SelectField(_l("Committee"), coerce=number_or_none)
    proposer = StringField(_l("Who brought it in, as printed"), validators=[Length(max=160)])
    proposer_en = StringField(_l("Who brought it in, in English"), validators=[Length(max=160)])
    note = LongTextField(_l("Remark that everybody reads"))
    note_en = LongTextField(_l("Remark in English"))
    sponsors = sponsor_list()

    def prepare(self, session: Session, row: Publishable | None) -> None:
        """Fill in ordinances, committees and members; let the summary know hard words."""
        own = row.ordinance_id if isinstance(row, Enactment) else None
        self.ordinance_id.choices = [("", ""), *ordinance_choices(session, own)]
        self.committee_id.choices = [("", _("None")), *committee_choices(session)]
        offer_members(self.sponsors, member_choices(session))
        give_words(session, self.summary, self.summary_en)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Say whether all fields fit, each for itself and the days together."""
        is_fine = super().validate(extra_validators)
        check_sponsors(self.sponsors)
        wrong = tuple(disordered_days({name: self[name].data for name in DAYS}))
        for name, earlier in wrong:
            self[name].errors = [*self[name].errors, self._refusal(name, earlier)]
        return is_fine and not wrong and not self.sponsors.errors

    def _refusal(self, name: str, earlier: str) -> str:
        return str(
            _(
                "“%(later)s” lies before “%(earlier)s”. Correct one of the two days.",
                later=self[name].label.text,
                earlier=self[earlier].label.text,
            )
        )


def create_enactment(session: Session, values: Mapping[str, Any]) -> Enactment:
    """Make a draft whose address is the day, and a number where that is taken."""
    row = Enactment(
        slug=free_slug(session, Enactment, f"enactment-{today():%Y-%m-%d}"),
        ordinance_id=values["ordinance_id"],
        kind=EnactmentKind(values["kind"]),
        summary=values["summary"],
        passed_nature=Nature(values["passed_nature"]),
        session_nature=Nature(values["session_nature"]),
    )
    session.add(row)
    session.flush()
    return row


def page_of_enactment(row: Enactment) -> PageAddress | None:
    """Return the page of its ordinance, where it is shown."""
    session = object_session(row)
    ordinance = session.get(Ordinance, row.ordinance_id) if session else None
    return ("legislation.show_ordinance", {"slug": ordinance.slug}) if ordinance else None


DESK = Desk(
    model=Enactment,
    label=_l("Enactments: what was decided about ordinances"),
    form=EnactmentForm,
    order=("-passed_on", "-id"),
    page=page_of_enactment,
    create=create_enactment,
    add_label=_l("Add an enactment"),
    place=committee_place,
)
