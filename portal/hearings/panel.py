"""Whether and how one takes part in a hearing at a moment: its page's panel, its line in lists."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.calendar.rules import EventState
from portal.core.addresses import url_for
from portal.core.clock import council_zone
from portal.hearings.pages import HearingDetail, HearingRow, SignUpPanel
from portal.hearings.rules.kinds import BY_INVITATION, WindowState, window_state
from portal.places.queries import Count

#: Endpoints of the pages the panel leads to, each with the hearing's ``slug``.
SIGN_UP = "sign_ups.sign_up"
WRITE_OPINION = "opinions.write_opinion"
ASK_NOTICE = "sign_ups.ask_notice"
SEND_LINK = "sign_ups.send_link"
_BEFORE_OPENING = (WindowState.NONE, WindowState.SOON)


def build_panel(
    detail: HearingDetail, counts: Mapping[int, Count], now: datetime
) -> SignUpPanel | None:
    """Return the panel; None: it is over or cancelled, or others hold it and take sign-ups.

    :param counts: how the pools of the hearing are filled, by their ids
    :param now: business time, aware
    """
    row = detail.row
    is_over = row.state not in (EventState.PLANNED, EventState.NOW)
    opinions = window_state(*row.opinions, now)
    if not row.is_own or (is_over and opinions is not WindowState.OPEN):
        return None
    state = WindowState.CLOSED if is_over else window_state(*row.sign_up, now)
    room = counts.get(row.room_pool_id or 0)
    online = counts.get(row.online_pool_id or 0)
    is_closed = row.kind in BY_INVITATION
    return SignUpPanel(
        state=state,
        opens_at=row.sign_up.opens_at,
        closes_at=row.sign_up.closes_at,
        days_left=_days_left(row.sign_up.closes_at, now) if state is WindowState.OPEN else None,
        capacity=_given_out(room),
        left=room.free if room else None,
        waiting=room.waiting_parties if room else 0,
        is_online=online is not None,
        online_left=online.free if online else None,
        opinions_state=opinions,
        opinions_close_at=row.opinions.closes_at,
        sign_up_url=_page(SIGN_UP, row.slug, state is WindowState.OPEN and not is_closed),
        opinion_url=_page(WRITE_OPINION, row.slug, opinions is WindowState.OPEN),
        notice_url=_page(ASK_NOTICE, row.slug, state in _BEFORE_OPENING and not is_closed),
        link_url=_page(SEND_LINK, row.slug, bool(counts) and not is_over),
        is_by_invitation=is_closed,
        is_sample=row.is_sample,
    )


def say_places(row: HearingRow, counts: Mapping[int, Count]) -> str:
    """Return how the places of a hearing stand that takes sign-ups; empty: nothing is to be said.

    :param counts: how its pools are filled, by their ids
    """
    room = counts.get(row.room_pool_id or 0)
    online = counts.get(row.online_pool_id or 0)
    sentences = []
    if room is not None and room.free is not None:
        sentences.append(_say_room(room, room.free))
    # That a hearing is online as well stands above; it matters where the room is full.
    if online is not None and online.free != 0 and not (room and room.free):
        sentences.append(_("You can take part online."))
    return " ".join(sentences)


def _say_room(room: Count, free: int) -> str:
    """Return how many places are left in the room, and whether others wait for one already."""
    waiting = ""
    if room.waiting_parties:
        waiting = ngettext(
            "%(num)s party waits for a place.",
            "%(num)s parties wait for a place.",
            room.waiting_parties,
        )
    left: str = _("All places in the room are taken. You can join the line.")
    if free:
        left = ngettext("%(num)s place left in the room.", "%(num)s places left in the room.", free)
    return f"{left} {waiting}".rstrip()


def _given_out(count: Count | None) -> int | None:
    """Return how many places are given out at all: not those that are held back."""
    if count is None or count.capacity is None:
        return None
    return max(0, count.capacity - count.held_back)


def _days_left(closes_at: datetime | None, now: datetime) -> int | None:
    if closes_at is None:
        return None
    return (closes_at.astimezone(council_zone()).date() - now.date()).days


def _page(endpoint: str, slug: str, is_due: bool) -> str | None:
    """Return the address of a page that is due now."""
    return url_for(endpoint, slug=slug) if is_due else None
