"""Reads about how bills are supported: by work programmes, and by looking at their costs."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.citations import SOURCE_COLUMNS, SourceLine, source_of
from portal.core.kept import kept
from portal.core.models import Source
from portal.legislation.models import CostYear, SupportProgramme

#: Far more years than a council has counted.
MOST_YEARS = 100


@dataclass(frozen=True)
class CostYearRow:
    """The bills of one time; the columns are those of ``CostYear``."""

    period: str
    total: int
    estimates: int
    reasons: int
    small: int | None
    declaratory: int | None
    none: int
    source: SourceLine | None


@kept
def cost_years(session: Session) -> tuple[CostYearRow, ...]:
    """Return the times that are counted, the latest first."""
    columns = ("period", "total", "estimates", "reasons", "small", "declaratory", "none")
    rows = session.execute(
        select(*(getattr(CostYear, name) for name in columns), CostYear.locator, *SOURCE_COLUMNS)
        .outerjoin(Source, Source.id == CostYear.source_id)
        .order_by(CostYear.period.desc())
        .limit(MOST_YEARS)
    )
    return tuple(
        CostYearRow(**{name: getattr(row, name) for name in columns}, source=source_of(row))
        for row in rows
    )


@kept
def support_programmes(session: Session) -> tuple[str, ...]:
    """Return the addresses (slugs) of the work programmes that help with bills, in their order."""
    rows = select(SupportProgramme.programme).order_by(SupportProgramme.position)
    return tuple(session.scalars(rows.limit(MOST_YEARS)))
