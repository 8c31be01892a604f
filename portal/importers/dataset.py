"""Import the data set: read every file, write what changed, check the sums, all or nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from portal.core import audit, imports
from portal.core.imports import Outcome
from portal.core.models import ImportedFile
from portal.core.signals import published, withdrawn
from portal.core.versions import raise_version
from portal.importers import (
    budget_files,
    calendar_files,
    council_files,
    programme_files,
    publication_files,
)
from portal.importers.checks import save_checks
from portal.importers.council_yaml import PATH as COUNCIL_PATH
from portal.importers.council_yaml import CouncilFile, read_council, save_council
from portal.importers.coverage import save_coverage
from portal.importers.files import DataFile, Lookup
from portal.importers.sources import SOURCES
from portal.importers.tables import DataError, DataErrors, Placed
from portal.moderation.models import Publishable
from portal.moderation.rules import PublicationState

FILES: tuple[DataFile, ...] = (
    SOURCES,
    *council_files.FILES,
    *calendar_files.FILES,
    *budget_files.FILES,
    *programme_files.FILES,
    *publication_files.FILES,
)

#: Files that are checked and read anew at each import, because they speak of all the others.
DERIVED_FILES = ("identities.csv", "coverage.csv")
#: Takes a line for the person who watches the import.
Tell = Callable[[str], None]


@dataclass
class Report:
    """What an import did.

    :ivar counts: rows by file and outcome
    :ivar differences: sentences about what needs a person: rows changed by hand, sums that differ
    """

    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    @property
    def totals(self) -> Counter[Outcome]:
        """Return how many rows of all files had each outcome."""
        return sum(self.counts.values(), Counter())

    @property
    def has_changes(self) -> bool:
        """Say whether anything was written."""
        return any(
            count[outcome]
            for count in self.counts.values()
            for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.GONE)
        )


def import_dataset(session: Session, folder: Path, *, at: datetime, tell: Tell) -> Report:
    """Import the files of a folder that changed since the last time, in the caller's transaction.

    :param at: the real time of the import
    :raise DataErrors: a file does not fit; nothing must be committed then
    """
    report = Report()
    council = read_council(folder)
    changed = _changed_files(session, folder)
    lookup = Lookup()
    for data_file in FILES:
        known = imports.imported_rows(session, data_file.model)
        if data_file.path in changed:
            rows = data_file.read(folder, data_file.path, data_file.row)
            known = _save_rows(session, data_file, rows, known, lookup, report, at)
            tell(_line(data_file, report))
        lookup.learn(data_file.model, {key: row.id for key, row in known.items()})
    if changed:
        _finish(session, folder, council, report)
        _note_files(session, changed, at)
    return report


def _finish(session: Session, folder: Path, council: CouncilFile, report: Report) -> None:
    """Write what follows from all files together."""
    save_council(session, council)
    report.differences += save_checks(session, folder, council)
    save_coverage(session, folder, FILES)
    audit.record(
        session,
        actor="import",
        deed="data.imported",
        kind=ImportedFile.__tablename__,
        row_id="all",
        after={str(outcome): str(count) for outcome, count in report.totals.items()},
    )
    raise_version(session)


def _save_rows(
    session: Session,
    data_file: DataFile,
    rows: list[Placed[Any]],
    known: dict[str, Any],
    lookup: Lookup,
    report: Report,
    at: datetime,
) -> dict[str, Any]:
    """Write the rows of one file and return all its records by their key."""
    lookup.learn(data_file.model, {key: row.id for key, row in known.items()})
    counts = report.counts.setdefault(data_file.path, Counter())
    saved: dict[str, Any] = {}
    errors: list[DataError] = []
    for placed in rows:
        try:
            key = _new_key(data_file, placed, saved)
            values = data_file.values_of(placed, lookup)
        except DataError as error:
            errors.append(error)
            continue
        outcome, record = imports.save_imported(
            session, data_file.model, key, values, known=known, at=at
        )
        saved[key] = record
        counts[outcome] += 1
        if outcome is Outcome.KEPT:
            report.differences.append(f"{placed.path}:{placed.line}: {key} was changed by hand")
        if _names_itself(data_file):
            session.flush()
            lookup.learn(data_file.model, {name: row.id for name, row in saved.items()})
    if errors:
        raise DataErrors(errors[:20])
    gone = {key: row for key, row in known.items() if key not in saved}
    counts[Outcome.GONE] += _take_away(session, data_file.model, gone, at)
    session.flush()
    _send_signals(data_file, saved)
    return saved


def _new_key(data_file: DataFile, placed: Placed[Any], saved: Mapping[str, Any]) -> str:
    """Return the key of a row.

    :raise DataError: another row of the file has it already
    """
    key = data_file.key_of(placed.row)
    if key in saved:
        raise placed.error(data_file.key[0], f"{key!r} stands in the file twice")
    return key


def _names_itself(data_file: DataFile) -> bool:
    return any(model is data_file.model for _name, model in data_file.refs.values())


def _take_away(session: Session, model: type[Any], gone: Mapping[str, Any], at: datetime) -> int:
    """Withdraw public rows that left their file, delete the others, and return how many."""
    kind: str = model.__tablename__
    if not issubclass(model, Publishable):
        for row in gone.values():
            session.delete(row)
        return len(gone)
    public = [row for row in gone.values() if row.state is PublicationState.PUBLISHED]
    for row in public:
        row.state = PublicationState.WITHDRAWN
        row.withdrawn_at = at
        row.import_digest = imports.GONE
        withdrawn.send(kind, kind=kind, ids=(row.id,))
    return len(public)


def _send_signals(data_file: DataFile, saved: Mapping[str, Any]) -> None:
    """Tell upper features what is public now."""
    kind = data_file.model.__tablename__
    if issubclass(data_file.model, Publishable):
        published.send(kind, kind=kind, ids=tuple(row.id for row in saved.values()))


def _changed_files(session: Session, folder: Path) -> dict[str, str]:
    """Return the checksums of the files that differ from the last import's, by path."""
    paths = (COUNCIL_PATH, *DERIVED_FILES, *(data_file.path for data_file in FILES))
    before = {row.path: row.checksum for row in session.query(ImportedFile)}
    now = {path: _checksum(folder, path) for path in paths}
    return {path: checksum for path, checksum in now.items() if before.get(path) != checksum}


def _checksum(folder: Path, path: str) -> str:
    """Return a file's checksum, which depends on how the portal reads it, too.

    :raise DataErrors: the file is missing
    """
    try:
        content = (folder / path).read_bytes()
    except FileNotFoundError:
        raise DataErrors([DataError(path, 0, 0, "the file is missing")]) from None
    columns = next((f.columns for f in FILES if f.path == path), ())
    return hashlib.sha256(content + repr(columns).encode()).hexdigest()


def _note_files(session: Session, changed: Mapping[str, str], at: datetime) -> None:
    for path, checksum in changed.items():
        session.merge(ImportedFile(path=path, checksum=checksum, imported_at=at))
    session.flush()


def _line(data_file: DataFile, report: Report) -> str:
    """Return what became of a file's rows: ``council/members.csv  84 new``."""
    counts = report.counts[data_file.path]
    words = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
    return f"{data_file.path:32} {words or 'no rows'}"
