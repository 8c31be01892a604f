"""Figures of hearings for the staff: what those who came thought, and what came of a year."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, case, extract, func, select
from sqlalchemy.orm import Session

from portal.hearings.models import Hearing, Opinion, Review, SignUp
from portal.hearings.rules.desk import FEWEST_ANSWERS
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.rules.opinions import ObjectionState, OpinionState
from portal.hearings.staff_pages import Answers, YearFigures
from portal.places.models import Claim
from portal.places.rules import ClaimState

#: Wishes of a hearing are listed up to so many, the latest first.
MOST_WISHES = 200
_HAD_PLACES = (ClaimState.CONFIRMED, ClaimState.ATTENDED, ClaimState.ABSENT)
#: A year and a kind.
Key = tuple[int, HearingKind]


def answers_of(session: Session, hearing_id: int) -> Answers:
    """Return what those who came to a hearing thought; averages only from enough answers."""
    of_it = Review.hearing_id == hearing_id
    count, content, access = session.execute(
        select(func.count(), func.avg(Review.content), func.avg(Review.access)).where(of_it)
    ).one()
    wishes = session.scalars(
        select(Review.wish)
        .where(of_it, Review.wish.is_not(None))
        .order_by(Review.id.desc())
        .limit(MOST_WISHES)
    ).all()
    is_enough = count >= FEWEST_ANSWERS
    return Answers(
        count=count,
        content=float(content) if is_enough else None,
        access=float(access) if is_enough else None,
        wishes=tuple(wish for wish in wishes if wish),
    )


def figures_by_year(session: Session) -> tuple[YearFigures, ...]:
    """Return figures of hearings that took place or will, the latest year first."""
    totals: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for statement in (_hearings(), _parties(), _opinions()):
        for row in session.execute(statement).mappings():
            _put(totals, row)
    return tuple(
        YearFigures(year=year, kind=kind, **{name: found[name] for name in _NAMES})
        for (year, kind), found in sorted(
            totals.items(), key=lambda item: (-item[0][0], list(HearingKind).index(item[0][1]))
        )
    )


_NAMES = (
    "hearings",
    "sign_ups",
    "people",
    "attended",
    "absent",
    "served",
    "published",
    "hidden",
    "restored",
)


def _put(totals: dict[Key, dict[str, int]], row: Mapping[Any, Any]) -> None:
    found = totals[(int(row["year"]), row["kind"])]
    for name, number in row.items():
        if name in _NAMES:
            found[name] += int(number or 0)


def _grouped(*columns: ColumnElement[Any]) -> Select[Any]:
    year = extract("year", Hearing.starts_on)
    return (
        select(year.label("year"), Hearing.kind.label("kind"), *columns)
        .where(Hearing.is_published(), Hearing.cancelled_at.is_(None))
        .group_by(year, Hearing.kind)
    )


def _hearings() -> Select[Any]:
    return _grouped(func.count().label("hearings")).select_from(Hearing)


def _parties() -> Select[Any]:
    return (
        _grouped(
            func.count().label("sign_ups"),
            _people(Claim.state.in_(_HAD_PLACES)).label("people"),
            _people(Claim.state == ClaimState.ATTENDED).label("attended"),
            _people(Claim.state == ClaimState.ABSENT).label("absent"),
            _people(Claim.offered_at.is_not(None) & Claim.state.in_(_HAD_PLACES)).label("served"),
        )
        .select_from(SignUp)
        .join(Hearing, Hearing.id == SignUp.hearing_id)
        .join(Claim, Claim.id == SignUp.claim_id)
    )


def _opinions() -> Select[Any]:
    return (
        _grouped(
            _rows(Opinion.state == OpinionState.PUBLISHED).label("published"),
            _rows(Opinion.state == OpinionState.HIDDEN).label("hidden"),
            _rows(Opinion.objection_state == ObjectionState.RESTORED).label("restored"),
        )
        .select_from(Opinion)
        .join(Hearing, Hearing.id == Opinion.hearing_id)
    )


def _people(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, Claim.size), else_=0)), 0)


def _rows(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
