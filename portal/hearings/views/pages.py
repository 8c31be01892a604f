"""Pages of hearings: the list, and one hearing."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from flask import request

from portal.calendar.rules import EventState
from portal.core import clock
from portal.core.errors import BadAddress
from portal.core.pages import end_page_at, page_depends_on, public_page
from portal.core.pagination import numbers_of, page_of
from portal.core.params import read_choice, read_day, read_number
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.extensions import db
from portal.hearings import words
from portal.hearings.choosing import Wish, by_month, offers_of
from portal.hearings.opinion_sections import find_opinions
from portal.hearings.pages import HearingRow, ListedHearing, SpeakerRow
from portal.hearings.panel import build_panel, say_places
from portal.hearings.queries.detail import get_published_hearing
from portal.hearings.queries.hearings import published_hearings
from portal.hearings.rules.kinds import (
    BUDGET,
    BY_INVITATION,
    HearingKind,
    WindowState,
    window_state,
)
from portal.hearings.scopes import scope_of
from portal.hearings.views.blueprint import hearings
from portal.legislation.rules.kinds import Field
from portal.places.queries import Count, count_pools

MOST_PAGES = 200
_MONTH = re.compile(r"\d{4}-\d{2}")


@hearings.get("/hearings")
@public_page(params=("kind", "month", "topic", "host", "page"))
def show_hearings() -> str:
    """Show the hearings to come, the nearest first, then those before by month."""
    today, wish = clock.today(), _wish()
    every = published_hearings(db.session(), today)
    rows = [row for row in every if wish.fits(row)]
    number = read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES)
    page = page_of([row for row in rows if not row.is_coming(today)], number)
    _expire_with(every)
    coming = [row for row in reversed(rows) if row.is_coming(today)]
    open_ones = [row for row in coming if _is_open(row)]
    page_depends_on(*(scope_of(row.slug) for row in open_ones))
    return render(
        "hearings/show_hearings.html",
        wish=wish,
        offers=offers_of(every),
        every=len(every),
        found=len(rows),
        coming=_listed(coming, _count_places(open_ones)),
        past=[(month, _listed(of_month)) for month, of_month in by_month(page.rows)],
        page=page,
        numbers=numbers_of(page),
    )


def _scopes(slug: str) -> tuple[str, ...]:
    """Return what a hearing's page depends on: also the sign-ups, which count its places."""
    return (scope_of(slug),)


@hearings.get("/hearings/<slug>")
@public_page(scopes=_scopes)
def show_hearing(slug: str) -> str:
    """Show a hearing: why, when, where, how to take part, and what came of it."""
    session, now = db.session(), clock.business_now()
    detail = get_published_hearing(session, slug, now.date())
    panel = build_panel(detail, _count_places((detail.row,)), now)
    _expire_with((detail.row,))
    return render(
        "hearings/show_hearing.html",
        detail=detail,
        row=detail.row,
        kind=words.kind_label(detail.row.kind),
        is_over=not detail.row.is_coming(now.date()),
        days_ahead=(detail.row.starts_on - now.date()).days,
        order=[(item, _with_roles(item.speakers)) for item in detail.order],
        speakers=_with_roles(detail.speakers),
        panel=panel,
        opinions=find_opinions(detail.row, now),
        sections=sections_of("hearings.hearing", detail.row.id),
    )


def _wish() -> Wish:
    """Return how the reader narrows the list.

    :raise BadAddress: a parameter has a value it can't have
    """
    month = request.args.get("month", "")
    if month:
        if not _MONTH.fullmatch(month):
            raise BadAddress
        read_day(f"{month}-01", clock.today())
    return Wish(
        kind=read_choice(request.args.get("kind"), ("", *HearingKind)),
        month=month,
        topic=read_choice(request.args.get("topic"), ("", BUDGET, *Field)),
        host=request.args.get("host", ""),
    )


def _is_open(row: HearingRow) -> bool:
    """Say whether everybody can sign up now."""
    is_due = row.state in (EventState.PLANNED, EventState.NOW) and row.kind not in BY_INVITATION
    return is_due and window_state(*row.sign_up, clock.business_now()) is WindowState.OPEN


def _count_places(rows: Iterable[HearingRow]) -> Mapping[int, Count]:
    """Return how the places of some hearings are filled, by their pools."""
    pool_ids = [pool_id for row in rows for pool_id in row.pool_ids]
    return count_pools(db.session(), pool_ids) if pool_ids else {}


def _listed(
    rows: Iterable[HearingRow], counts: Mapping[int, Count] = MappingProxyType({})
) -> list[ListedHearing]:
    """Return hearings with the words for their kind and for their sign-up.

    :param counts: how places are filled where one can sign up
    """
    now = clock.business_now()
    listed = []
    for row in rows:
        state = window_state(*row.sign_up, now)
        kind, sign_up = words.kind_label(row.kind), words.sign_up_label(row.kind, state)
        listed.append(ListedHearing(row, kind, state, sign_up, say_places(row, counts)))
    return listed


def _with_roles(speakers: Iterable[SpeakerRow]) -> list[tuple[str, SpeakerRow]]:
    return [(words.role_label(each.role), each) for each in speakers]


def _expire_with(rows: Iterable[HearingRow]) -> None:
    """Let the page end where a window opens or closes, or a hearing begins or ends."""
    end_page_at(
        *(
            instant
            for row in rows
            for instant in (*row.sign_up, *row.opinions, row.starts_at, row.ends_at)
        )
    )
