"""Badges for the tables at the door, and the sign-ups as a file; each export leaves a line."""

from flask import Blueprint, Response, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.rules import Permission
from portal.core import audit
from portal.core.pdf import pdf_or_print
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.hearings.downloads import sign_ups_csv
from portal.hearings.models import Hearing
from portal.hearings.queries import boards
from portal.hearings.rules.kinds import Way
from portal.hearings.staff_views.access import PREFIX, begin_deed, open_hearing

badges = Blueprint("badges", __name__, url_prefix=PREFIX)

BADGES_A_PAGE = 10


@badges.get("/<row:hearing_id>/badges")
@needs(Permission.EVENTS_MANAGE)
def show_badges(hearing_id: int) -> str:
    """Show the badges of who has places in the room, ten a page, to be printed and cut."""
    return _sheet(open_hearing(hearing_id))


@badges.get("/<row:hearing_id>/badges.pdf")
@needs(Permission.EVENTS_MANAGE)
@commits
def download_badges(hearing_id: int) -> Response:
    """Give the badges as a PDF; the print page takes its place where there is none."""
    hearing, actor = begin_deed(hearing_id)
    _record(actor, hearing_id, deed="hearing.badges_exported")
    page = url_for("badges.show_badges", hearing_id=hearing_id)
    return pdf_or_print(_sheet(hearing), page, f"badges-{hearing.slug}.pdf")


@badges.get("/<row:hearing_id>/sign-ups.csv")
@needs(Permission.EVENTS_MANAGE)
@commits
def download_sign_ups(hearing_id: int) -> ResponseReturnValue:
    """Give all sign-ups of a hearing as a file."""
    hearing, actor = begin_deed(hearing_id)
    _record(actor, hearing_id, deed="hearing.sign_ups_exported")
    return sign_ups_csv(hearing.slug, boards.all_parties(db.session(), hearing_id))


def _sheet(hearing: Hearing) -> str:
    rows = boards.parties_at_door(db.session(), hearing.id, Way.ROOM)
    starts = range(0, len(rows), BADGES_A_PAGE)
    return render(
        "hearings/staff/badges.html",
        hearing=hearing,
        sheets=[rows[start : start + BADGES_A_PAGE] for start in starts],
        back_url=url_for("seats.show_board", hearing_id=hearing.id),
        pdf_url=url_for("badges.download_badges", hearing_id=hearing.id),
    )


def _record(actor: str, hearing_id: int, *, deed: str) -> None:
    audit.record(
        db.session(), actor=actor, deed=deed, kind=Hearing.__tablename__, row_id=hearing_id
    )
