"""Reads of the rows of a desk, for staff."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, func, not_, or_, select
from sqlalchemy.orm import Session

from portal.core.pagination import Page, part_of
from portal.moderation.models import Publishable
from portal.moderation.rules import PublicationState

ROWS_A_PAGE = 20


def rows_for_staff(
    session: Session,
    model: type[Publishable],
    *,
    order: tuple[str, ...],
    state: PublicationState | None,
    words: str,
    number: int,
) -> Page[Any]:
    """Return a page of a kind's rows, whatever their state.

    :param order: names of columns; ``-`` before one turns its order
    :param words: what the title holds, in either language
    :param number: of the page, from 1
    """
    wanted = [model.state == state] if state else []
    wanted += [_has_words(model, words)] if words else []
    total = session.scalar(select(func.count()).select_from(model).where(*wanted)) or 0
    page: Page[Any] = part_of(total, number, ROWS_A_PAGE)
    rows = (
        select(model).where(*wanted).order_by(*(_column(model, name) for name in order), model.id)
    )
    found = session.scalars(rows.offset(max(0, page.first - 1)).limit(ROWS_A_PAGE))
    return replace(page, rows=tuple(found))


def rows_by_id(
    session: Session, model: type[Publishable], ids: Iterable[int]
) -> tuple[Publishable, ...]:
    """Return rows of a kind by their ids, in the order of these."""
    return tuple(session.scalars(select(model).where(model.id.in_(tuple(ids))).order_by(model.id)))


def has_left(session: Session, model: type[Any], slug: str) -> bool:
    """Say whether the row of an address was public once: withdrawn, or its time is over."""
    is_over = and_(model.state == PublicationState.PUBLISHED, not_(model.is_published()))
    left = or_(model.state == PublicationState.WITHDRAWN, is_over)
    return session.scalar(select(model.id).where(model.slug == slug, left)) is not None


def states_of(session: Session, model: type[Publishable]) -> dict[PublicationState, int]:
    """Return how many rows of a kind stand in each state; states without rows are left out."""
    counted = select(model.state, func.count()).group_by(model.state)
    counts = {state: count for state, count in session.execute(counted)}
    return {state: counts[state] for state in PublicationState if state in counts}


def _has_words(model: type[Publishable], words: str) -> ColumnElement[bool]:
    names = (model.title_field, f"{model.title_field}_en")
    columns = [getattr(model, name) for name in names if hasattr(model, name)]
    found = [cast(column, String).icontains(words, autoescape=True) for column in columns]
    return found[0] if len(found) == 1 else found[0] | found[1]


def _column(model: type[Publishable], name: str) -> Any:
    column = getattr(model, name.removeprefix("-"))
    return column.desc().nulls_last() if name.startswith("-") else column
