"""What pages and letters of applications call states and limits, in the page's language."""

from collections.abc import Iterable

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from portal.calendar.words import hours_of
from portal.core.clock import council_zone
from portal.core.filters import day, in_language
from portal.core.i18n import page_language, plain, write_won
from portal.hearings import words
from portal.hearings.application_pages import ApplicationRow
from portal.hearings.rules.applications import ApplicationState, Support
from portal.hearings.rules.figures import Measure

STATES: dict[ApplicationState, LazyString] = {
    ApplicationState.SUBMITTED: _l("Waits for an answer"),
    ApplicationState.APPROVED: _l("Approved"),
    ApplicationState.REFUSED: _l("Refused"),
    ApplicationState.WITHDRAWN: _l("Withdrawn"),
    ApplicationState.SETTLED: _l("Settled"),
}
#: The badge of each state (look.md, badge).
BADGES: dict[ApplicationState, str] = {
    ApplicationState.SUBMITTED: "planned",
    ApplicationState.APPROVED: "now",
    ApplicationState.REFUSED: "cancelled",
    ApplicationState.WITHDRAWN: "cancelled",
    ApplicationState.SETTLED: "done",
}
MEASURES: dict[Measure, LazyString] = {
    Measure.TOTAL: _l("In all"),
    Measure.HEARINGS: _l("Public hearings"),
    Measure.DISCUSSIONS: _l("Discussions"),
    Measure.ONLINE: _l("Of these online"),
    Measure.SEMINARS: _l("Expert seminars"),
}


def say_support(support: Support) -> str:
    """Return an amount in words: ``3,000,000원 (업무추진비 200,000원 포함)``."""
    language = page_language()
    return str(
        _(
            "%(sum)s, of this %(business)s for business expenses",
            sum=write_won(support.won, language),
            business=write_won(support.business_won, language),
        )
    )


def say_rooms(names: Iterable[tuple[str, str | None]]) -> str:
    """Return the names of the rooms of a kind in one line."""
    return " · ".join(plain(*name) for name in names)


def when_of(row: ApplicationRow) -> Markup:
    """Return day and hours of an application."""
    return Markup("{} {}").format(day(row.day), hours_of(row.starts_at, row.ends_at))


def facts_of(row: ApplicationRow) -> list[tuple[str, Markup | str]]:
    """Return what there is to say of an application beside its texts, each with its name."""
    found = [
        (_("Whose hearing it is"), in_language(row.host, row.host_en)),
        (_("Kind"), words.kind_label(row.kind)),
        (_("When"), when_of(row)),
        (_("Room"), in_language(row.room, row.room_en)),
        (_("People expected"), f"{row.people:,}" if row.people else _("Not known")),
        (_("Asked for"), say_support(row.wanted)),
        (_("State"), str(STATES[row.state])),
        (_("Sent"), day(row.sent_at.astimezone(council_zone()).date())),
    ]
    if row.granted is not None:
        found.append((_("Granted"), say_support(row.granted)))
    if row.spent is not None:
        found.append((_("Spent"), say_support(row.spent)))
    return found
