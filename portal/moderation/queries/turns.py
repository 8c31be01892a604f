"""Reads about whose turn it is: who answers for what waits, and what came back to its author."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.accounts.queries import holders_of
from portal.accounts.rules import Role
from portal.moderation.models import (
    Deputy,
    Publishable,
    Revision,
    kind_of,
    publishable_classes,
)
from portal.moderation.queries.waiting import MOST_WAITING, QueueRow
from portal.moderation.rules import PublicationState, answering, standing_in

#: So many appointments are listed.
MOST_DEPUTIES = 200


@dataclass(frozen=True)
class Turn:
    """A thing that waits, and whose turn it is.

    :ivar answers: account key of who answers now; None: nobody can
    """

    row: QueueRow
    answers: str | None


@dataclass(frozen=True)
class SentBack:
    """A thing that came back to its author, with the reason."""

    kind: str
    row_id: int
    title: str
    title_en: str | None
    answer: str


def turns_of(session: Session, rows: Iterable[QueueRow], on: date) -> tuple[Turn, ...]:
    """Return whose turn each waiting thing is on a day.

    A thing begins with the first reviewer and climbs from one to the next by waiting too long, at
    last to the administrators. Its author is passed over, and deputies stand in for the absent.
    """
    chain = _review_chain(session, on)
    absent = _absent_on(session, on)
    return tuple(Turn(row, _answers(row, chain, absent)) for row in rows)


def who_answers(session: Session, key: str, on: date) -> str:
    """Return the account that answers for another one on a day: itself, or a deputy."""
    return standing_in(key, _absent_on(session, on))


def deputies_from(session: Session, on: date, account: str | None) -> tuple[Deputy, ...]:
    """Return the appointments that are not over on a day, the earliest first.

    :param account: only those of the person who is absent; None: everybody's
    """
    known = select(Deputy).where(Deputy.ends_on >= on)
    if account is not None:
        known = known.where(Deputy.account_key == account)
    return tuple(session.scalars(known.order_by(Deputy.starts_on, Deputy.id).limit(MOST_DEPUTIES)))


def sent_back_to(session: Session, author: str) -> tuple[SentBack, ...]:
    """Return what was sent back or declined to its author and not written or handed in anew."""
    models = {kind_of(model): model for model in publishable_classes()}
    resting = union_all(*(_resting(model) for model in models.values())).subquery()
    newer = aliased(Revision)
    newest = (
        select(func.max(newer.number))
        .where(newer.kind == Revision.kind, newer.row_id == Revision.row_id)
        .scalar_subquery()
    )
    of_row = and_(resting.c.kind == Revision.kind, resting.c.row_id == Revision.row_id)
    rows = session.execute(
        select(Revision.kind, Revision.row_id, Revision.fields, Revision.answer)
        .join(resting, of_row)
        .where(Revision.actor == author, Revision.answer.is_not(None), Revision.number == newest)
        .order_by(Revision.id.desc())
        .limit(MOST_WAITING)
    )
    return tuple(_sent_back(row, models[row.kind].title_field) for row in rows)


def _review_chain(session: Session, on: date) -> tuple[str, ...]:
    """Return who reviews, in the order in which things climb."""
    reviewers = holders_of(session, Role.MODERATOR, on)
    keepers = holders_of(session, Role.ADMINISTRATOR, on)
    return tuple(dict.fromkeys((*reviewers, *keepers)))


def _absent_on(session: Session, on: date) -> dict[str, str]:
    """Return the deputy of each account that has one on a day."""
    absent = session.execute(
        select(Deputy.account_key, Deputy.deputy_key)
        .where(Deputy.starts_on <= on, Deputy.ends_on >= on)
        .order_by(Deputy.id)
    )
    return {account: deputy for account, deputy in absent}


def _answers(row: QueueRow, chain: tuple[str, ...], absent: dict[str, str]) -> str | None:
    others = tuple(key for key in chain if key != row.author)
    if not others:
        return None
    person = answering(others, row.climbed)
    deputy = standing_in(person, absent)
    return person if deputy == row.author else deputy


def _resting(model: type[Publishable]) -> Select[*tuple[Any, ...]]:
    """Return the statement for the rows of a class that may be written now."""
    is_open = model.state.in_((PublicationState.DRAFT, PublicationState.PUBLISHED))
    return select(literal(kind_of(model)).label("kind"), model.id.label("row_id")).where(
        is_open, model.submitted_at.is_(None)
    )


def _sent_back(row: Row[*tuple[Any, ...]], title_field: str) -> SentBack:
    return SentBack(
        kind=row.kind,
        row_id=row.row_id,
        title=str(row.fields.get(title_field) or ""),
        title_en=row.fields.get(f"{title_field}_en") or None,
        answer=row.answer,
    )
