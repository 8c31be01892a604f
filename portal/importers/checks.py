"""``data/identities.csv``: printed figures and what their parts give.

A row's ``parts`` are whole numbers and names of measures joined by + or -; ``divide_by`` brings
their sum to the unit of a figure that is printed coarser. A difference that the
file does not declare refuses the import: either the data or the file is wrong.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.budget.rules import round_half_up
from portal.core.filters import write_rate
from portal.core.i18n import plain, write_number
from portal.core.models import DataCheck, Source
from portal.importers.council_yaml import CouncilFile
from portal.importers.measures import measure_documents, measure_everything
from portal.importers.tables import DataErrors, FigureDiffers, Placed, read_table

PATH = "identities.csv"
_TERM = re.compile(r"\s*([+-]?)\s*([a-z0-9_.-]*[a-z0-9_])\s*", re.IGNORECASE)


@dataclass(frozen=True)
class IdentityRow:
    """A printed figure, its parts, and whether they are known to agree."""

    key: str
    statement: str
    statement_en: str | None
    printed: int | None
    unit: str | None
    parts: str | None
    agrees: bool
    note: str | None
    note_en: str | None
    source: str
    locator: str | None
    divide_by: int | None


def save_checks(session: Session, folder: Path, council: CouncilFile) -> list[str]:
    """Check every printed figure, keep the results, and return the declared differences.

    :raise DataErrors: a figure differs and the file does not say so, or agrees though it does
    """
    rows = read_table(folder, PATH, IdentityRow)
    measures = measure_everything(session, council.holidays)
    of_documents = measure_documents(session)
    sources = {source.key: source for source in session.scalars(select(Source))}
    session.execute(delete(DataCheck))
    errors = []
    for position, placed in enumerate(rows):
        try:
            own = measures | of_documents.get(placed.row.source, {})
            session.add(_check(placed, position, own, sources))
        except DataErrors as error:
            errors += error.errors
    if errors:
        raise DataErrors(errors[:20])
    session.flush()
    return [_difference(placed.row) for placed in rows if not placed.row.agrees]


def _check(
    placed: Placed[IdentityRow],
    position: int,
    measures: Mapping[str, int],
    sources: Mapping[str, Source],
) -> DataCheck:
    """Return one checked figure."""
    row = placed.row
    computed = _computed(placed, measures)
    if row.printed is not None and computed is not None and row.agrees != (row.printed == computed):
        raise DataErrors([_differs(placed, computed, sources.get(row.source))])
    if row.source not in sources:
        reason = _("%(key)s is not in %(table)s", key=repr(row.source), table="sources")
        raise DataErrors([placed.error("source", reason)])
    return DataCheck(
        key=row.key,
        position=position,
        statement=row.statement,
        statement_en=row.statement_en,
        printed=row.printed,
        computed=computed,
        unit=row.unit,
        agrees=row.agrees,
        note=row.note,
        note_en=row.note_en,
        source_id=sources[row.source].id,
        locator=row.locator,
    )


def _differs(placed: Placed[IdentityRow], computed: int, source: Source | None) -> FigureDiffers:
    """Return that a figure and its parts are not as a row says, for the file and in words."""
    row = placed.row
    error = placed.error("printed", _contradiction(row, computed))
    title = plain(source.title, source.title_en) if source else row.source
    words = {
        "statement": plain(row.statement, row.statement_en).rstrip("."),
        "document": f"{title}, {row.locator}" if row.locator else title,
        "printed": _write(row.printed or 0, row.unit),
        "computed": _write(computed, row.unit),
    }
    sentence = (
        _(
            "%(statement)s · %(document)s: printed %(printed)s, the parts give %(computed)s.",
            **words,
        )
        if row.agrees
        else _(
            "%(statement)s · %(document)s: declared as a difference, but printed figure and parts "
            "both give %(computed)s.",
            **words,
        )
    )
    return FigureDiffers(error.path, error.line, error.column, error.reason, sentence)


def _write(number: int, unit: str | None) -> str:
    """Return a printed figure as people read it: ``16,854``, ``60.7%``."""
    return write_rate(number * 10) if unit == "permille" else write_number(number)


def _contradiction(row: IdentityRow, computed: int) -> str:
    """Return that a figure and its parts are not as the row says."""
    numbers = {"printed": row.printed, "computed": computed}
    reason: str = (
        _("%(printed)s is printed, the parts give %(computed)s: they differ", **numbers)
        if row.agrees
        else _("%(printed)s is printed, the parts give %(computed)s: they agree", **numbers)
    )
    return reason


def _computed(placed: Placed[IdentityRow], measures: Mapping[str, int]) -> int | None:
    """Return what the parts of a figure give, rounded half up where it is printed coarser."""
    row = placed.row
    if not row.parts:
        return None
    total = add_up(row.parts, measures, placed)
    return round_half_up(Fraction(total, row.divide_by)) if row.divide_by else total


def add_up(parts: str, measures: Mapping[str, int], placed: Placed[IdentityRow]) -> int:
    """Return the sum of parts such as ``100+10`` or ``sessions.days``.

    :raise DataErrors: a part is neither a number nor a known measure
    """
    total, place = 0, 0
    while place < len(parts):
        found = _TERM.match(parts, place)
        if not found:
            reason = _("can’t be read: %(text)s", text=repr(parts[place:]))
            raise DataErrors([placed.error("parts", reason)])
        sign, name = found.groups()
        if not name.isdigit() and name not in measures:
            reason = _("%(name)s is not a measure", name=repr(name))
            raise DataErrors([placed.error("parts", reason)])
        value = int(name) if name.isdigit() else measures[name]
        total += -value if sign == "-" else value
        place = found.end()
    return total


def _difference(row: IdentityRow) -> str:
    return f"{row.key}: {row.statement} ({row.note or 'no note'})"
