"""Pages of hearings: the list, and one hearing."""

import re
from collections.abc import Iterable

from flask import request

from portal.core import clock
from portal.core.errors import BadAddress
from portal.core.pages import end_page_at, public_page
from portal.core.pagination import numbers_of, page_of
from portal.core.params import read_choice, read_day, read_number
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.extensions import db
from portal.hearings import words
from portal.hearings.choosing import Wish, by_month, offers_of
from portal.hearings.opinion_sections import find_opinions
from portal.hearings.pages import HearingRow, SpeakerRow
from portal.hearings.panel import build_panel
from portal.hearings.queries.detail import get_published_hearing
from portal.hearings.queries.hearings import published_hearings
from portal.hearings.rules.kinds import BUDGET, HearingKind, window_state
from portal.hearings.scopes import scope_of
from portal.hearings.views.blueprint import hearings
from portal.legislation.rules.kinds import Field
from portal.places.queries import count_pools

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
    return render(
        "hearings/show_hearings.html",
        wish=wish,
        offers=offers_of(every),
        every=len(every),
        found=len(rows),
        coming=_labelled(row for row in reversed(rows) if row.is_coming(today)),
        past=[(month, _labelled(of_month)) for month, of_month in by_month(page.rows)],
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
    pools = [pool for pool in (detail.room_pool_id, detail.online_pool_id) if pool]
    panel = build_panel(detail, count_pools(session, pools) if pools else {}, now)
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


def _labelled(rows: Iterable[HearingRow]) -> list[tuple[str, str, HearingRow]]:
    """Return hearings with the words for their kind and for their sign-up."""
    now = clock.business_now()
    return [
        (
            words.kind_label(row.kind),
            words.window_label(window_state(*row.sign_up, now)),
            row,
        )
        for row in rows
    ]


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
