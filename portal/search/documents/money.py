"""Lines of the budget, and work programmes with their targets."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from portal.budget.models import BudgetLine, Execution
from portal.budget.queries import published_lines, published_years
from portal.programmes.models import Milestone, Programme, ProgrammeLine, Target
from portal.programmes.pages import TargetRow
from portal.programmes.queries import published_targets, texts_of
from portal.search.documents.source import Ids, Place, Text, TextSource, ends_of, in_both
from portal.search.rules import Document, DocumentKind


def _lines(session: Session, today: date, _ids: Ids) -> Iterator[Document]:
    """Give each line of the budget of each year, as last known."""
    for year in published_years(session, today):
        as_of = year.dates[0]
        for row in published_lines(session, year.id, as_of):
            place = Place(
                kind=DocumentKind.BUDGET,
                source=BudgetLine.__tablename__,
                key=f"{year.year}/{row.slug}",
                address=f"/budget/{year.year}/{row.slug}",
                day=as_of,
            )
            number = str(year.year)
            why = (row.money.remaining_reason, row.money.remaining_reason_en)
            texts = ((row.items, row.items_en), why, (f"{number}년 예산", f"Budget {number}"))
            yield from in_both(place, (row.name, row.name_en), *texts)


def _programmes(session: Session, today: date, _ids: Ids) -> Iterator[Document]:
    """Give each programme with its plan, results, milestones and targets."""
    ends, targets = ends_of(session, Programme), _targets(session, today)
    for programme_id, text in texts_of(session, today).items():
        row = text.row
        place = Place(
            kind=DocumentKind.PROGRAMME,
            source=Programme.__tablename__,
            key=str(programme_id),
            address=f"/programmes/{row.slug}",
            until=ends.get(programme_id),
        )
        lines = (*text.purpose, *text.plan, *text.results)
        unit = (row.unit.name, row.unit.name_en) if row.unit else (None, None)
        texts = (
            *((line.text, line.text_en) for line in lines),
            *((step.text, step.text_en) for step in text.milestones),
            *targets.get(programme_id, ()),
            (row.chapter.name, row.chapter.name_en),
            unit,
        )
        yield from in_both(place, (row.name, row.name_en), *texts)


def _targets(session: Session, today: date) -> dict[int, list[Text]]:
    """Return what is said of the targets of each programme, by its id."""
    found: dict[int, list[Text]] = defaultdict(list)
    for row in published_targets(session, today):
        found[row.programme.id].extend(_target(row))
    return found


def _target(row: TargetRow) -> Iterator[Text]:
    yield row.name, row.name_en
    yield row.target_text, row.target_text_en
    yield row.result_text, row.result_text_en
    yield row.note, row.note_en


SOURCES = (
    TextSource(
        BudgetLine.__tablename__,
        (BudgetLine.__tablename__, Execution.__tablename__),
        _lines,
        is_by_id=False,
    ),
    TextSource(
        Programme.__tablename__,
        (
            Programme.__tablename__,
            ProgrammeLine.__tablename__,
            Target.__tablename__,
            Milestone.__tablename__,
        ),
        _programmes,
    ),
)
