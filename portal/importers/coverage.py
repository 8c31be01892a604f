"""``data/coverage.csv``: of each kind of data, how much is known and what is not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.core.models import Coverage
from portal.importers.files import DataFile
from portal.importers.tables import DataErrors, read_table
from portal.moderation.models import Publishable

PATH = "coverage.csv"


@dataclass(frozen=True)
class CoverageRow:
    """What is known of one kind; the kind is a file's name or ``contacts``."""

    kind: str
    label: str
    label_en: str | None
    total: int | None
    unknown: str | None
    unknown_en: str | None


def save_coverage(session: Session, folder: Path, files: Iterable[DataFile]) -> None:
    """Count the rows of each kind and keep what the file says about them.

    :raise DataErrors: a kind is not a file's name
    """
    by_name = {data_file.name: data_file for data_file in files}
    session.execute(delete(Coverage))
    for position, placed in enumerate(read_table(folder, PATH, CoverageRow)):
        row = placed.row
        if row.kind not in by_name:
            reason = _("%(name)s is not the name of a file", name=repr(row.kind))
            raise DataErrors([placed.error("kind", reason)])
        session.add(_count(session, by_name[row.kind], row, position))
    session.flush()


def _count(session: Session, data_file: DataFile, row: CoverageRow, position: int) -> Coverage:
    """Count one kind: rows, first and last day, documents."""
    model = data_file.model
    first_on, last_on = _days(session, model)
    return Coverage(
        kind=row.kind,
        position=position,
        label=row.label,
        label_en=row.label_en,
        known=_count_known(session, model),
        total=row.total,
        first_on=first_on,
        last_on=last_on,
        unknown=row.unknown,
        unknown_en=row.unknown_en,
        sources=_count_sources(session, model),
    )


def _count_known(session: Session, model: Any) -> int:
    """Count the rows of a table; what staff have not published is not known to anybody."""
    public = (model.is_published(),) if issubclass(model, Publishable) else ()
    return session.scalar(select(func.count()).select_from(model).where(*public)) or 0


def _days(session: Session, model: Any) -> tuple[date | None, date | None]:
    """Return the first and last day that rows of a table speak of."""
    first = next(
        (model.__table__.c[n] for n in ("starts_on", "as_of") if n in model.__table__.c), None
    )
    if first is None or first.type.python_type is not date:
        return None, None
    last = model.__table__.c.get("ends_on", first)
    first_on, last_on = session.execute(select(func.min(first), func.max(last))).one()
    return first_on, last_on


def _count_sources(session: Session, model: Any) -> int:
    column = model.__table__.c.get("source_id")
    return 0 if column is None else session.scalar(select(func.count(column.distinct()))) or 0
