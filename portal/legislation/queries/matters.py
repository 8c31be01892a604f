"""Bills and enactments of a member, a committee, a session or a sitting, in one read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, null, or_, select, union_all
from sqlalchemy.orm import Session

from portal.calendar.models import CouncilSession
from portal.core.kept import kept
from portal.council.models import Committee
from portal.legislation.models import (
    Bill,
    BillSponsor,
    BillStep,
    Enactment,
    EnactmentSponsor,
    Ordinance,
)
from portal.legislation.queries.ordinances import DECIDED_ON, is_known_by
from portal.legislation.rules.kinds import EnactmentKind, StepKind, StepResult

#: A section shows so many; one more is read to know that there are more.
MOST_SHOWN = 10
#: The agenda of a plenary sitting can have two hundred items.
MOST_OF_SITTING = 400


@dataclass(frozen=True)
class MatterRow:
    """A bill with its last step, or an enactment.

    :ivar slug: of the bill, or of the ordinance
    :ivar enacted: what the enactment does; None for a bill
    :ivar step: the last step of the bill that is known by the day; None: none is
    :ivar on: day of the step, or of the enactment
    :ivar session_number: session of the council that it belongs to
    """

    slug: str
    title: str
    title_en: str | None
    enacted: EnactmentKind | None
    step: StepKind | None
    result: StepResult | None
    on: date | None
    session_number: int | None


@kept
def matters_of_member(session: Session, member_id: int, today: date) -> tuple[MatterRow, ...]:
    """Return what a member brought in or supports."""
    bills = select(BillSponsor.bill_id).where(BillSponsor.member_id == member_id)
    enacted = select(EnactmentSponsor.enactment_id).where(EnactmentSponsor.member_id == member_id)
    return _matters(session, today, Bill.id.in_(bills), Enactment.id.in_(enacted))


@kept
def matters_of_committee(session: Session, row_id: int, today: date) -> tuple[MatterRow, ...]:
    """Return what came before a committee, and what was enacted out of it."""
    bills = select(BillStep.bill_id).where(BillStep.committee_id == row_id)
    return _matters(session, today, Bill.id.in_(bills), Enactment.committee_id == row_id)


@kept
def matters_of_session(session: Session, session_id: int, today: date) -> tuple[MatterRow, ...]:
    """Return what a session of the council dealt with."""
    number = select(CouncilSession.number).where(CouncilSession.id == session_id).scalar_subquery()
    return _matters(
        session, today, Bill.session_number == number, Enactment.session_number == number
    )


@kept
def matters_of_event(session: Session, event_id: int, today: date) -> tuple[MatterRow, ...]:
    """Return the bills that a sitting dealt with."""
    bills = select(BillStep.bill_id).where(BillStep.event_id == event_id)
    return _matters(session, today, Bill.id.in_(bills), None, limit=MOST_OF_SITTING)


def _matters(
    session: Session,
    today: date,
    of_bills: ColumnElement[bool],
    of_enactments: ColumnElement[bool] | None,
    limit: int = MOST_SHOWN + 1,
) -> tuple[MatterRow, ...]:
    parts = [_bills(today).where(Bill.is_published(), of_bills)]
    if of_enactments is not None:
        parts.append(_enactments(today).where(of_enactments))
    rows = union_all(*parts).subquery()
    found = session.execute(
        select(rows).order_by(rows.c.on.desc().nulls_last(), rows.c.slug).limit(limit)
    )
    return tuple(
        MatterRow(
            row.slug,
            row.title,
            row.title_en,
            EnactmentKind(row.enacted) if row.enacted else None,
            StepKind(row.step) if row.step else None,
            StepResult(row.result) if row.result else None,
            row.on,
            row.session_number,
        )
        for row in found
    )


def _bills(today: date) -> Select[*tuple[Any, ...]]:
    return select(
        Bill.slug,
        Bill.title,
        Bill.title_en,
        cast(null(), String).label("enacted"),
        last_step(cast(BillStep.kind, String), today).label("step"),
        last_step(cast(BillStep.result, String), today).label("result"),
        last_step(BillStep.on, today).label("on"),
        Bill.session_number,
    )


def last_step(column: Any, today: date) -> Any:
    """Return a column of a bill's last step that is known by a day, or of its committee."""
    is_known = or_(BillStep.on.is_(None), BillStep.on <= today)
    return (
        select(column)
        .select_from(BillStep)
        .outerjoin(Committee, Committee.id == BillStep.committee_id)
        .where(BillStep.bill_id == Bill.id, is_known)
        .order_by(BillStep.position.desc())
        .limit(1)
        .scalar_subquery()
    )


def _enactments(today: date) -> Select[*tuple[Any, ...]]:
    """Return the statement for what was enacted by a day, or is undated."""
    return (
        select(
            Ordinance.slug,
            Ordinance.title,
            Ordinance.title_en,
            cast(Enactment.kind, String).label("enacted"),
            cast(null(), String).label("step"),
            cast(null(), String).label("result"),
            DECIDED_ON.label("on"),
            Enactment.session_number,
        )
        .join(Ordinance, Ordinance.id == Enactment.ordinance_id)
        .where(Enactment.is_published(), Ordinance.is_published(), is_known_by(today))
    )
