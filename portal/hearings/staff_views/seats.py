"""The list of hearings with their places, the seats board of one, and the figures of all."""

from flask import Blueprint, request

from portal.accounts.rules import Permission
from portal.core.clock import business_now, today
from portal.core.pagination import numbers_of
from portal.core.params import read_choice, read_number
from portal.core.permissions import needs
from portal.core.templates import render
from portal.extensions import db
from portal.hearings.queries import boards
from portal.hearings.queries.figures import figures_by_year
from portal.hearings.rules.desk import Shown
from portal.hearings.staff_views.access import PREFIX, open_hearing
from portal.hearings.staff_words import SHOWN_WORDS, STATE_WORDS, WAY_WORDS
from portal.hearings.words import KINDS, window_label
from portal.places.rules import ClaimState

seats = Blueprint("seats", __name__, url_prefix=PREFIX)

_MOST_PAGES = 10_000
#: The states in the order in which the board counts them.
_STATES = (
    ClaimState.CONFIRMED,
    ClaimState.HELD,
    ClaimState.OFFERED,
    ClaimState.WAITING,
    ClaimState.ATTENDED,
    ClaimState.ABSENT,
    ClaimState.CANCELLED,
    ClaimState.LAPSED,
)


@seats.get("")
@needs(Permission.EVENTS_MANAGE)
def show_hearings() -> str:
    """List the hearings with their places: those to come first, the next one at the top."""
    page = boards.hearings_for_staff(
        db.session(), today=today(), now=business_now(), number=_page_number()
    )
    return render(
        "hearings/staff/show_hearings.html",
        page=page,
        numbers=numbers_of(page),
        kinds=KINDS,
        window_label=window_label,
        today=today(),
    )


@seats.get("/<row:hearing_id>")
@needs(Permission.EVENTS_MANAGE)
def show_board(hearing_id: int) -> str:
    """Show how the places of a hearing stand, and a list of its parties."""
    hearing, session = open_hearing(hearing_id), db.session()
    counts = boards.count_shown(session, hearing_id)
    shown = Shown(read_choice(request.args.get("list"), [s.value for s in Shown]))
    page = boards.parties_of(session, hearing_id, shown, _page_number())
    return render(
        "hearings/staff/show_board.html",
        hearing=hearing,
        boards=boards.way_boards(session, hearing),
        states=[state for state in _STATES],
        state_words=STATE_WORDS,
        way_words=WAY_WORDS,
        lists=[(each, SHOWN_WORDS[each], counts[each]) for each in Shown],
        shown=shown,
        page=page,
        numbers=numbers_of(page),
        sign_up_state=window_label(hearing.sign_up_state(business_now())),
    )


@seats.get("/figures")
@needs(Permission.EVENTS_MANAGE)
def show_figures() -> str:
    """Show what came of hearings, by year and kind."""
    return render(
        "hearings/staff/show_figures.html", rows=figures_by_year(db.session()), kinds=KINDS
    )


def _page_number() -> int:
    return read_number(request.args.get("page"), 1, least=1, most=_MOST_PAGES)
