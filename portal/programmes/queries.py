"""Reads about work programmes. Everything is ordered and bounded."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.budget.models import BudgetLine
from portal.calendar.models import CouncilSession, Event
from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.errors import NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.core.partial_dates import first_day, last_day
from portal.council.models import Committee, Unit
from portal.programmes.models import (
    Chapter,
    Milestone,
    Programme,
    ProgrammeLine,
    ProgrammeLink,
    ProgrammeProject,
    Target,
)
from portal.programmes.pages import (
    ChapterRow,
    LinkRow,
    MilestoneRow,
    ProgrammeRow,
    ProgrammeText,
    TargetRow,
    TextLine,
    UnitName,
)
from portal.programmes.rules import LineKind, LinkKind, progress_of

#: Lists are bounded, far above what a report has.
MOST_ROWS = 5000


@kept
def published_programmes(session: Session) -> tuple[ProgrammeRow, ...]:
    """Return every programme, in the order of the report."""
    statement: Any = (
        select(
            Programme.id,
            Programme.slug,
            Chapter.number,
            Chapter.name.label("chapter_name"),
            Chapter.name_en.label("chapter_name_en"),
            Programme.position,
            Programme.name,
            Programme.name_en,
            Unit.slug.label("unit_slug"),
            Unit.name.label("unit_name"),
            Unit.name_en.label("unit_name_en"),
            *SOURCE_COLUMNS,
            Programme.locator,
        )
        .join_from(Programme, Chapter, Chapter.id == Programme.chapter_id)
        .outerjoin(Unit, and_(Unit.id == Programme.unit_id, Unit.is_published()))
        .outerjoin(Source, Source.id == Programme.source_id)
        .where(Programme.is_published())
        .order_by(Chapter.number, Programme.position)
        .limit(MOST_ROWS)
    )
    return tuple(_programme_row(row) for row in session.execute(statement))


def get_published_programme(session: Session, slug: str) -> ProgrammeRow:
    """Return a programme.

    :raise NotFound: there is no such programme
    """
    row = next((row for row in published_programmes(session) if row.slug == slug), None)
    if row is None:
        raise NotFound
    return row


@kept
def published_targets(session: Session, today: date) -> tuple[TargetRow, ...]:
    """Return every target whose result is known by a day, in the order of the report."""
    programmes = {row.id: row for row in published_programmes(session)}
    rows = session.scalars(
        select(Target)
        .where(Target.as_of <= today)
        .order_by(Target.programme_id, Target.position)
        .limit(MOST_ROWS)
    )
    found = [
        _target_row(row, programmes[row.programme_id])
        for row in rows
        if row.programme_id in programmes
    ]
    order = {id_: place for place, id_ in enumerate(programmes)}
    return tuple(sorted(found, key=lambda row: (order[row.programme.id], row.position)))


@kept
def texts_of(session: Session, today: date) -> dict[int, ProgrammeText]:
    """Return the texts and milestones of every programme, by its id."""
    lines: dict[int, list[TextLine]] = {}
    for row in session.scalars(
        select(ProgrammeLine)
        .order_by(ProgrammeLine.programme_id, ProgrammeLine.position)
        .limit(MOST_ROWS)
    ):
        line = TextLine(row.kind, row.text, row.text_en)
        lines.setdefault(row.programme_id, []).append(line)
    steps: dict[int, list[MilestoneRow]] = {}
    for step in session.scalars(
        select(Milestone).order_by(Milestone.programme_id, Milestone.position).limit(MOST_ROWS)
    ):
        steps.setdefault(step.programme_id, []).append(_milestone_row(step, today))
    return {
        row.id: ProgrammeText(
            row=row,
            purpose=_of_kind(lines.get(row.id, ()), LineKind.PURPOSE),
            plan=_of_kind(lines.get(row.id, ()), LineKind.PLAN),
            results=_of_kind(lines.get(row.id, ()), LineKind.RESULT),
            milestones=tuple(steps.get(row.id, ())),
        )
        for row in published_programmes(session)
    }


@kept
def lines_of(session: Session, programme_id: int) -> frozenset[str]:
    """Return the slugs of the budget lines that pay for a programme."""
    return frozenset(
        session.scalars(
            select(BudgetLine.slug)
            .join(ProgrammeProject, ProgrammeProject.line_id == BudgetLine.id)
            .where(ProgrammeProject.programme_id == programme_id)
            .limit(MOST_ROWS)
        )
    )


@kept
def programmes_of_line(session: Session, line_id: int) -> frozenset[int]:
    """Return the ids of the programmes that a budget line, or a part of it, pays for."""
    part = select(BudgetLine.id).where(
        (BudgetLine.id == line_id) | (BudgetLine.parent_id == line_id)
    )
    return frozenset(
        session.scalars(
            select(ProgrammeProject.programme_id)
            .where(ProgrammeProject.line_id.in_(part))
            .limit(MOST_ROWS)
        )
    )


@kept
def links_of(session: Session, programme_id: int, today: date) -> tuple[LinkRow, ...]:
    """Return the pages a programme is related to, in their order, as far as they are known."""
    names = (Event.title, Committee.name, Unit.name, ProgrammeLink.key)
    names_en = (Event.title_en, Committee.name_en, Unit.name_en)
    rows = session.execute(
        select(
            ProgrammeLink.kind,
            ProgrammeLink.key,
            func.coalesce(*names),
            func.coalesce(*names_en),
            func.coalesce(Event.id, Committee.id, Unit.id, CouncilSession.id),
        )
        .outerjoin(Event, _is(LinkKind.EVENT, Event.slug, Event.is_published(), _is_known(today)))
        .outerjoin(Committee, _is(LinkKind.COMMITTEE, Committee.slug, Committee.is_published()))
        .outerjoin(Unit, _is(LinkKind.UNIT, Unit.slug, Unit.is_published()))
        .outerjoin(
            CouncilSession,
            _is(
                LinkKind.SESSION,
                cast(CouncilSession.number, String),
                CouncilSession.is_published(),
                _has_begun_or_is_announced(today),
            ),
        )
        .where(ProgrammeLink.programme_id == programme_id)
        .order_by(ProgrammeLink.position)
        .limit(MOST_ROWS)
    )
    return tuple(LinkRow(*row[:4]) for row in rows if row[4] is not None)


def _is(kind: LinkKind, key: Any, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition under which a link of a kind leads to a row."""
    return and_(ProgrammeLink.kind == kind, ProgrammeLink.key == key, *conditions)


def _is_known(today: date) -> ColumnElement[bool]:
    return or_(Event.starts_on <= today, Event.announced_on <= today)


def _has_begun_or_is_announced(today: date) -> ColumnElement[bool]:
    """Return the condition for a session to be known: it is announced with its first event."""
    first = aliased(Event)
    announced = select(first.id).where(
        first.session_id == CouncilSession.id, first.announced_on <= today
    )
    return or_(CouncilSession.starts_on <= today, announced.exists())


def _programme_row(row: Row[Any]) -> ProgrammeRow:
    return ProgrammeRow(
        id=row.id,
        slug=row.slug,
        chapter=ChapterRow(row.number, row.chapter_name, row.chapter_name_en),
        position=row.position,
        name=row.name,
        name_en=row.name_en,
        unit=UnitName(row.unit_slug, row.unit_name, row.unit_name_en) if row.unit_slug else None,
        source=source_of(row),
    )


def _target_row(row: Target, programme: ProgrammeRow) -> TargetRow:
    first = first_day(row.starts_on) if row.starts_on else None
    last = last_day(row.ends_on) if row.ends_on else None
    return TargetRow(
        programme=programme,
        position=row.position,
        name=row.name,
        name_en=row.name_en,
        period=row.period,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        as_of=row.as_of,
        target=row.target,
        result=row.result,
        unit=row.unit,
        unit_en=row.unit_en,
        target_text=row.target_text,
        target_text_en=row.target_text_en,
        result_text=row.result_text,
        result_text_en=row.result_text_en,
        note=row.note,
        note_en=row.note_en,
        locator=row.locator,
        progress=progress_of(row.target, row.result, first, last, row.as_of, due=row.due),
    )


def _milestone_row(row: Milestone, today: date) -> MilestoneRow:
    end = row.ends_on or row.starts_on
    is_over = end is not None and last_day(end) <= today
    has_begun = row.starts_on is not None and first_day(row.starts_on) <= today
    return MilestoneRow(row.text, row.text_en, row.starts_on, row.ends_on, is_over, has_begun)


def _of_kind(lines: Iterable[TextLine], kind: LineKind) -> tuple[TextLine, ...]:
    return tuple(line for line in lines if line.kind is kind)
