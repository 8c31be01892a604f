"""Reads about what waits: for a reviewer, for its hour, for somebody who is absent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app
from sqlalchemy import Row, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.core.kept import kept
from portal.moderation.models import (
    Publishable,
    Revision,
    kind_of,
    publishable_classes,
)
from portal.moderation.rules import (
    LanguageState,
    PublicationState,
    climbed,
    language_of,
)

#: The queue shows so many; the oldest come first.
MOST_WAITING = 200
#: One run of the clock takes so many rows; the next run takes more.
MOST_DUE = 500


class Wish(StrEnum):
    """What a waiting row asks of a reviewer."""

    FIRST_PUBLICATION = "first_publication"
    CHANGE = "change"
    LATER_REVIEW = "later_review"


@dataclass(frozen=True)
class QueueRow:
    """One thing that waits for review.

    :ivar number: the revision that waits; who approves names it
    :ivar climbed: how many steps it has climbed by waiting too long
    """

    kind: str
    row_id: int
    wish: Wish
    title: str
    title_en: str | None
    author: str
    since: datetime
    age: timedelta
    number: int
    language: LanguageState
    climbed: int

    @property
    def is_overdue(self) -> bool:
        """Say whether it waits longer than it may."""
        return self.climbed > 0


@dataclass(frozen=True)
class DueRow:
    """A row whose hour to come or to go has passed."""

    model: type[Publishable]
    row_id: int


def waiting_for_review(
    session: Session,
    *,
    at: datetime,
    kind: str | None = None,
    author: str | None = None,
    language: LanguageState | None = None,
) -> tuple[QueueRow, ...]:
    """Return what waits for a reviewer, of every kind, the oldest first.

    :param at: the real time at which ages are counted
    :param language: only what has these languages, as in "English missing"; the oldest
        ``MOST_WAITING`` are looked at
    """
    models = {kind_of(model): model for model in publishable_classes()}
    named = [model for name, model in models.items() if kind in (None, name)]
    if not named:
        return ()
    patience = timedelta(hours=int(current_app.config["REVIEW_HOURS"]))
    rows = session.execute(_waiting(named, author))
    queue = (_queue_row(row, models[row.kind], at, patience) for row in rows)
    return tuple(row for row in queue if language in (None, row.language))


def count_waiting(session: Session) -> int:
    """Return how many things wait for a reviewer."""
    waiting = union_all(*(_waiting_of(model) for model in publishable_classes())).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


def due_rows(session: Session, now: datetime) -> tuple[DueRow, ...]:
    """Return what is due to be published or withdrawn, in the order of kind and id.

    :param now: business time
    """
    due: list[DueRow] = []
    for model in publishable_classes():
        ids = session.scalars(
            select(model.id).where(is_due(model, now)).order_by(model.id).limit(MOST_DUE)
        )
        due += (DueRow(model, row_id) for row_id in ids)
    return tuple(due)


def is_due(model: type[Publishable], now: datetime) -> Any:
    """Return the condition that a row's hour to come or to go has passed."""
    return or_(
        and_(model.state == PublicationState.SCHEDULED, model.publish_at <= now),
        and_(model.state == PublicationState.PUBLISHED, model.withdraw_at <= now),
    )


@kept
def next_withdrawal(session: Session) -> datetime | None:
    """Return the business time at which the next public row must go, None when none must."""
    ends = union_all(
        *(
            select(func.min(model.withdraw_at).label("ends_at")).where(
                model.state == PublicationState.PUBLISHED
            )
            for model in publishable_classes()
        )
    ).subquery()
    earliest: datetime | None = session.scalar(select(func.min(ends.c.ends_at)))
    return earliest


def _waiting(models: list[type[Publishable]], author: str | None) -> Select[Any]:
    """Return the statement for what waits, with its newest revision."""
    waiting = union_all(*(_waiting_of(model) for model in models)).subquery()
    newer = aliased(Revision)
    newest = (
        select(func.max(newer.number))
        .where(newer.kind == waiting.c.kind, newer.row_id == waiting.c.row_id)
        .scalar_subquery()
    )
    by = func.coalesce(waiting.c.submitted_by, Revision.actor)
    since = func.coalesce(waiting.c.submitted_at, Revision.at)
    statement = (
        select(waiting, Revision.number, Revision.fields, by.label("by"), since.label("since"))
        .join(
            Revision,
            and_(
                Revision.kind == waiting.c.kind,
                Revision.row_id == waiting.c.row_id,
                Revision.number == newest,
            ),
        )
        .order_by(since, waiting.c.kind, waiting.c.row_id)
        .limit(MOST_WAITING)
    )
    return statement if author is None else statement.where(by == author)


def _waiting_of(model: type[Publishable]) -> Select[*tuple[Any, ...]]:
    """Return the statement for the rows of one class that wait."""
    return select(
        literal(kind_of(model)).label("kind"),
        model.id.label("row_id"),
        model.state.label("state"),
        model.submitted_at.label("submitted_at"),
        model.submitted_by.label("submitted_by"),
    ).where(or_(model.submitted_at.is_not(None), model.review_due))


def _queue_row(
    row: Row[Any], model: type[Publishable], at: datetime, patience: timedelta
) -> QueueRow:
    title_en = row.fields.get(f"{model.title_field}_en")
    return QueueRow(
        kind=row.kind,
        row_id=row.row_id,
        wish=_wish(row),
        title=str(row.fields.get(model.title_field) or ""),
        title_en=title_en or None,
        author=row.by,
        since=row.since,
        age=at - row.since,
        number=row.number,
        language=language_of(row.fields),
        climbed=climbed(row.since, at, patience),
    )


def _wish(row: Row[Any]) -> Wish:
    if row.state is PublicationState.IN_REVIEW:
        return Wish.FIRST_PUBLICATION
    return Wish.LATER_REVIEW if row.submitted_at is None else Wish.CHANGE
