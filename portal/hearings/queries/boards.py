"""Reads of the staff's boards: hearings with their places, and the parties of one."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session, aliased

from portal.core.pagination import ROWS_A_PAGE, Page, part_of
from portal.hearings.models import Hearing, Opinion, SignUp
from portal.hearings.rules.desk import STATES, Shown
from portal.hearings.rules.kinds import Way
from portal.hearings.rules.opinions import OpinionState
from portal.hearings.staff_pages import Counted, HearingLine, PartyRow, WayBoard
from portal.moderation.rules import PublicationState
from portal.places.models import Claim, Pool
from portal.places.queries import Count, count_pools
from portal.places.rules import ClaimState

PARTIES_A_PAGE = 50
#: Names are encrypted, so a search reads all of a hearing; no room of the council holds more.
MOST_SEARCHED = 3000
#: A search by name shows so many; who sees more types more.
MOST_FOUND = 30
#: A file or sheet of a hearing holds so many parties.
MOST_EXPORTED = 3000


def hearings_for_staff(
    session: Session, *, today: date, now: datetime, number: int
) -> Page[HearingLine]:
    """Return a page of hearings: those to come, the next one first, then those over.

    :param now: business time, by which the windows stand
    :param number: of the page, from 1
    """
    known = Hearing.state != PublicationState.WITHDRAWN
    total = session.scalar(select(func.count()).select_from(Hearing).where(known)) or 0
    part: Page[HearingLine] = part_of(total, number)
    is_coming = Hearing.starts_on >= today
    rows = session.scalars(
        select(Hearing)
        .where(known)
        .order_by(
            case((is_coming, 0), else_=1),
            case((is_coming, Hearing.starts_on)),
            Hearing.starts_on.desc(),
            Hearing.id,
        )
        .offset(max(0, part.first - 1))
        .limit(ROWS_A_PAGE)
    ).all()
    return replace(part, rows=_lines(session, rows, now))


def way_boards(session: Session, hearing: Hearing) -> tuple[WayBoard, ...]:
    """Return how each way to take part in a hearing is filled."""
    pools = hearing.pool_ids
    rows = session.execute(
        select(Claim.pool_id, Claim.state, func.count(), func.sum(Claim.size))
        .where(Claim.pool_id.in_(tuple(pools.values())))
        .group_by(Claim.pool_id, Claim.state)
    ).all()
    return tuple(
        WayBoard(
            way=way,
            pool_id=pool_id,
            terms=session.get_one(Pool, pool_id).terms,
            by_state={
                state: Counted(parties, int(people))
                for pool, state, parties, people in rows
                if pool == pool_id
            },
        )
        for way, pool_id in pools.items()
    )


def parties_of(session: Session, hearing_id: int, shown: Shown, number: int) -> Page[PartyRow]:
    """Return a page of the parties of a list: who needs something first, the line in its order.

    :param number: of the page, from 1
    """
    listed = _listed(hearing_id, shown)
    total = session.scalar(select(func.count()).select_from(listed.subquery())) or 0
    part: Page[PartyRow] = part_of(total, number, PARTIES_A_PAGE)
    ordered = listed.order_by(*_order(shown)).offset(max(0, part.first - 1)).limit(PARTIES_A_PAGE)
    return replace(part, rows=_parties(session.execute(ordered)))


def count_shown(session: Session, hearing_id: int) -> Mapping[Shown, int]:
    """Return how many parties each list has."""
    rows = session.execute(
        select(Claim.state, func.count(), func.count(SignUp.needs))
        .join(SignUp, SignUp.claim_id == Claim.id)
        .where(SignUp.hearing_id == hearing_id)
        .group_by(Claim.state)
    ).all()
    return {
        shown: sum(
            needing if shown is Shown.NEEDS else parties
            for state, parties, needing in rows
            if state in STATES[shown]
        )
        for shown in Shown
    }


def find_party(session: Session, hearing_id: int, sign_up_id: int) -> PartyRow | None:
    """Return a party of a hearing, None when it has none of this id."""
    row = session.execute(
        _with_claim().where(SignUp.hearing_id == hearing_id, SignUp.id == sign_up_id)
    ).all()
    return next(iter(_parties(row)), None)


def parties_at_door(
    session: Session, hearing_id: int, way: Way, most: int = MOST_EXPORTED
) -> Sequence[PartyRow]:
    """Return who has places of one way, in the order of their names."""
    rows = session.execute(
        _with_claim()
        .where(SignUp.hearing_id == hearing_id, SignUp.way == way)
        .where(Claim.state.in_((ClaimState.CONFIRMED, ClaimState.ATTENDED)))
        .order_by(Claim.number, SignUp.id)
        .limit(most)
    )
    return sorted(_parties(rows), key=lambda row: (row.name or "\uffff", row.id))


def all_parties(session: Session, hearing_id: int) -> Sequence[PartyRow]:
    """Return every party of a hearing for a file, in the order in which they came."""
    rows = session.execute(
        _with_claim()
        .where(SignUp.hearing_id == hearing_id)
        .order_by(Claim.number, SignUp.id)
        .limit(MOST_EXPORTED)
    )
    return _parties(rows)


def search_names(session: Session, hearing_id: int, typed: str) -> Sequence[PartyRow]:
    """Return parties whose name holds what was typed, whatever its case and blanks."""
    wanted = _plain_name(typed)
    named = session.execute(
        select(SignUp.id, SignUp.name)
        .where(SignUp.hearing_id == hearing_id, SignUp.erased_at.is_(None))
        .order_by(SignUp.id)
        .limit(MOST_SEARCHED)
    )
    ids = [row.id for row in named if wanted and row.name and wanted in _plain_name(row.name)]
    if not ids:
        return ()
    rows = session.execute(_with_claim().where(SignUp.id.in_(ids[:MOST_FOUND])).order_by(SignUp.id))
    return _parties(rows)


def _lines(session: Session, rows: Sequence[Hearing], now: datetime) -> tuple[HearingLine, ...]:
    pool_ids = [pool_id for row in rows for pool_id in row.pool_ids.values()]
    counts = count_pools(session, pool_ids)
    unread = session.execute(
        select(Opinion.hearing_id, func.count())
        .where(Opinion.state == OpinionState.WAITING)
        .where(Opinion.hearing_id.in_([row.id for row in rows]))
        .group_by(Opinion.hearing_id)
    )
    waiting = {hearing_id: count for hearing_id, count in unread}
    return tuple(_line(row, counts, waiting.get(row.id, 0), now) for row in rows)


def _line(
    row: Hearing, counts: Mapping[int, Count], opinions_waiting: int, now: datetime
) -> HearingLine:
    return HearingLine(
        id=row.id,
        title=row.title,
        title_en=row.title_en,
        kind=row.kind,
        starts_on=row.starts_on,
        starts_at=row.starts_at,
        is_public=row.is_public,
        is_called_off=row.cancelled_at is not None,
        sign_up=row.sign_up_state(now),
        room=counts.get(row.room_pool_id or 0),
        online=counts.get(row.online_pool_id or 0),
        opinions_waiting=opinions_waiting,
    )


def _with_claim() -> Select[Any]:
    """Select sign-ups with their claims and places in line."""
    ahead = aliased(Claim)
    place = (
        select(func.count())
        .where(
            ahead.pool_id == Claim.pool_id,
            ahead.state == ClaimState.WAITING,
            ahead.number <= Claim.number,
        )
        .scalar_subquery()
    )
    in_line = case((Claim.state == ClaimState.WAITING, place)).label("place")
    return select(SignUp, Claim, in_line).join(Claim, Claim.id == SignUp.claim_id)


def _listed(hearing_id: int, shown: Shown) -> Select[Any]:
    listed = _with_claim().where(SignUp.hearing_id == hearing_id, Claim.state.in_(STATES[shown]))
    return listed.where(SignUp.needs.is_not(None)) if shown is Shown.NEEDS else listed


def _order(shown: Shown) -> tuple[Any, ...]:
    in_line = (Claim.pool_id, Claim.number, SignUp.id)
    if shown is Shown.WAITING:
        return in_line
    return (case((SignUp.needs.is_not(None), 0), else_=1), *in_line)


def _parties(rows: Iterable[Any]) -> tuple[PartyRow, ...]:
    return tuple(_party(sign_up, claim, place) for sign_up, claim, place in rows)


def _party(sign_up: SignUp, claim: Claim, place: int | None) -> PartyRow:
    return PartyRow(
        id=sign_up.id,
        claim_id=claim.id,
        number=sign_up.number,
        way=sign_up.way,
        state=claim.state,
        size=claim.size,
        name=sign_up.name,
        email=sign_up.email,
        phone=sign_up.phone,
        needs=sign_up.needs,
        question=sign_up.question,
        passes=claim.passes,
        place=place,
        deadline_at=claim.deadline_at,
        created_at=sign_up.created_at,
        has_slip=sign_up.code_hash is not None,
        is_erased=sign_up.erased_at is not None,
    )


def _plain_name(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
