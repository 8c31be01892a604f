"""Reads of opinions that everybody may see, and of one for whoever holds its key."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from portal.core.crypto import blind_index
from portal.core.errors import NotFound
from portal.core.pagination import ROWS_A_PAGE, Page, part_of
from portal.hearings.models import Opinion
from portal.hearings.opinion_pages import OpinionFigures, OpinionRow
from portal.hearings.rules.opinions import ObjectionState, OpinionState
from portal.legislation.rules.kinds import Field

#: Budget opinions stand in the order in which lists name the fields; others have none.
FIELD_ORDER = case({field: at for at, field in enumerate(Field)}, value=Opinion.field, else_=-1)


def hash_key(key: str) -> str:
    """Return what is kept of a form's key."""
    return blind_index("opinion.key", key)


def find_opinion_by_key(session: Session, key: str) -> Opinion | None:
    """Return the opinion that a form's key belongs to, or None."""
    return session.scalar(select(Opinion).where(Opinion.key_hash == hash_key(key)))


def get_opinion_by_key(session: Session, key: str) -> Opinion:
    """Return the opinion of a form's key.

    :raise NotFound: there is none
    """
    opinion = find_opinion_by_key(session, key)
    if opinion is None:
        raise NotFound(_("There is no opinion at this address. Check that it was copied whole."))
    return opinion


def figures_of(session: Session, hearing_id: int) -> OpinionFigures:
    """Return how many opinions of a hearing stand where, in one query."""
    columns = (
        Opinion.state,
        Opinion.hidden_because,
        Opinion.field,
        Opinion.objection_state == ObjectionState.RESTORED,
        Opinion.erased_at.is_not(None),
    )
    rows = session.execute(
        select(*columns, func.count(Opinion.id))
        .where(Opinion.hearing_id == hearing_id)
        .group_by(*columns)
    ).all()
    return _figures([tuple(row) for row in rows])


def _figures(rows: list[tuple[Any, ...]]) -> OpinionFigures:
    """Return the figures of counted rows: state, rule, field, restored, erased, count."""
    published = [row for row in rows if row[0] is OpinionState.PUBLISHED]
    hidden = [row for row in rows if row[0] is OpinionState.HIDDEN]
    waiting = [row for row in rows if row[0] is OpinionState.WAITING]
    return OpinionFigures(
        published=_sum(published),
        waiting=_sum(waiting),
        restored=_sum([row for row in published if row[3]]),
        undecided=_sum([row for row in waiting if row[4]]),
        hidden=_by(hidden, 1),
        by_field=_by(published, 2),
    )


def _sum(rows: list[tuple[Any, ...]]) -> int:
    return sum(row[-1] for row in rows)


def _by(rows: list[tuple[Any, ...]], place: int) -> Mapping[Any, int]:
    """Return counts by one of the counted words, in the order of these words."""
    kinds = {row[place] for row in rows if row[place] is not None}
    order = sorted(kinds, key=lambda kind: tuple(kind.__class__).index(kind))
    return {kind: _sum([row for row in rows if row[place] is kind]) for kind in order}


def published_opinions(
    session: Session, hearing_id: int, *, total: int, number: int, field: Field | None = None
) -> Page[OpinionRow]:
    """Return a page of the published opinions of a hearing, by field, the oldest first.

    :param total: how many there are of them
    :param number: of the page, from 1
    :param field: only those about this field; None: all
    """
    part: Page[OpinionRow] = part_of(total, number)
    query = _published(hearing_id, FIELD_ORDER)
    query = query.offset(max(0, part.first - 1)).limit(ROWS_A_PAGE)
    if field is not None:
        query = query.where(Opinion.field == field)
    return replace(part, rows=_rows(session, query))


def first_opinions(session: Session, hearing_id: int, most: int) -> tuple[OpinionRow, ...]:
    """Return the first published opinions of a hearing: answered ones before others."""
    return _rows(session, _published(hearing_id, Opinion.answer.is_(None)).limit(most))


def _published(hearing_id: int, before: ColumnElement[Any]) -> Select[Any]:
    """Return the selection of what everybody reads.

    :param before: what counts in their order before the time
    """
    columns: tuple[Any, ...] = (
        Opinion.id,
        Opinion.number,
        Opinion.field,
        Opinion.public_text,
        Opinion.shown_name,
        Opinion.language,
        Opinion.answer,
        Opinion.answer_en,
        Opinion.objection_state,
    )
    return (
        select(*columns)
        .where(Opinion.hearing_id == hearing_id, Opinion.state == OpinionState.PUBLISHED)
        .order_by(before, Opinion.sent_at, Opinion.id)
    )


def _rows(session: Session, query: Select[Any]) -> tuple[OpinionRow, ...]:
    return tuple(
        OpinionRow(
            id=row.id,
            number=row.number,
            field=row.field,
            text=row.public_text or "",
            name=row.shown_name,
            language=row.language,
            answer=row.answer,
            answer_en=row.answer_en,
            was_restored=row.objection_state is ObjectionState.RESTORED,
        )
        for row in session.execute(query)
    )
