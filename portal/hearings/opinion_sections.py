"""What opinions add to pages: the hearing's own page, the staff's home, queue and menu."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Permission
from portal.core.addresses import url_for
from portal.core.clock import real_now
from portal.core.collected import register_collected
from portal.core.permissions import is_allowed
from portal.core.sections import Section, register_section
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.core.things import Kind, ThingName, register_kinds
from portal.extensions import db
from portal.hearings.collected import OPINIONS
from portal.hearings.models import Opinion
from portal.hearings.opinion_pages import OpinionFigures, OpinionRow
from portal.hearings.opinion_words import RULE_WORDS
from portal.hearings.pages import HearingRow, Window
from portal.hearings.queries import opinions as queries
from portal.hearings.queries import opinions_for_staff
from portal.hearings.rules.kinds import WindowState, window_state
from portal.legislation.words import field_label

#: The hearing's page shows so many opinions; the others have a page of their own.
MOST_SHOWN = 5


@dataclass(frozen=True)
class OpinionsPart:
    """What the section on a hearing's page shows.

    :ivar rows: the first opinions, each with the name of its field, answered ones first
    :ivar fields: name, count and address for each field of a budget forum
    :ivar rules: by which rules how many are hidden, in words
    """

    slug: str
    times: Window
    window: WindowState
    rows: tuple[tuple[str, OpinionRow], ...]
    figures: OpinionFigures
    fields: tuple[tuple[str, int, str], ...]
    rules: tuple[tuple[str, int], ...]


def init_app(app: Flask) -> None:
    """Show opinions on the hearing's page, and tell the staff what waits."""
    register_collected(app, OPINIONS)
    register_section(app, "staff.home", _what_waits)
    register_section(app, "staff.queue", _waiting_list)
    register_kinds(
        app, lambda: {Opinion.__tablename__: Kind(_l("Opinions on hearings"), _find_numbers)}
    )
    register_entry(
        app,
        MenuEntry(
            MenuGroup.COUNTERS,
            _l("Opinions on hearings"),
            "opinion_desk.show_opinions",
            Permission.CONTENT_REVIEW,
        ),
    )


def find_opinions(hearing: HearingRow, now: datetime) -> OpinionsPart | None:
    """Return what is shown of a hearing's opinions, in one query or two.

    :param now: business time, aware
    :return: None where no opinions are asked for and none came
    """
    session, state = db.session(), window_state(*hearing.opinions, now)
    figures = queries.figures_of(session, hearing.id)
    if state is WindowState.NONE and not figures.all:
        return None
    rows = queries.first_opinions(session, hearing.id, MOST_SHOWN) if figures.published else ()
    return OpinionsPart(
        slug=hearing.slug,
        times=hearing.opinions,
        window=state,
        rows=with_fields(rows),
        figures=figures,
        fields=fields_of(hearing.slug, figures),
        rules=rules_of(figures),
    )


def with_fields(rows: Sequence[OpinionRow]) -> tuple[tuple[str, OpinionRow], ...]:
    """Return opinions, each with the name of its field; empty where none was asked."""
    return tuple((field_label(row.field) if row.field else "", row) for row in rows)


def fields_of(slug: str, figures: OpinionFigures) -> tuple[tuple[str, int, str], ...]:
    """Return name, count and address for each field that has published opinions."""
    return tuple(
        (
            field_label(field),
            count,
            url_for("opinions.show_opinions", slug=slug, field=field.value),
        )
        for field, count in (figures.by_field or {}).items()
    )


def rules_of(figures: OpinionFigures) -> tuple[tuple[str, int], ...]:
    """Return by which rules how many are hidden, in words."""
    return tuple((str(RULE_WORDS[rule]), count) for rule, count in (figures.hidden or {}).items())


def _find_numbers(ids: Collection[str]) -> dict[str, ThingName]:
    """Return what opinions are called by their ids, with their desk for who may open it."""
    may_open = is_allowed(Permission.CONTENT_REVIEW)
    return {
        id_: ThingName(
            _("Opinion %(number)s", number=id_),
            url_for("opinion_desk.show_opinion", opinion_id=int(id_)) if may_open else None,
        )
        for id_ in ids
        if id_.isdigit()
    }


def _what_waits(_account_id: int) -> Section | None:
    """Return how many opinions and objections wait, for whoever may decide them."""
    if not is_allowed(Permission.CONTENT_REVIEW):
        return None
    waiting = opinions_for_staff.count_waiting(db.session(), at=real_now())
    return (
        Section(_("Opinions on hearings"), "hearings/opinions/_home.html", waiting)
        if waiting
        else None
    )


def _waiting_list(_row_id: int) -> Section | None:
    """Return the opinions that wait, for the review queue of whoever may decide them."""
    if not is_allowed(Permission.CONTENT_REVIEW):
        return None
    rows = opinions_for_staff.first_waiting(db.session(), at=real_now())
    return (
        Section(_("Opinions on hearings"), "hearings/opinions/_queue.html", rows) if rows else None
    )
