"""Import the data set: read every file, write what changed, check the sums, all or nothing."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.complaints.periods import save_periods
from portal.core import audit, imports
from portal.core.imports import Outcome
from portal.core.models import ImportedFile
from portal.core.signals import published, withdrawn
from portal.core.versions import raise_version
from portal.importers import (
    budget_files,
    calendar_files,
    council_files,
    hearing_files,
    legislation_files,
    programme_files,
    publication_files,
    search_files,
)
from portal.importers.checks import save_checks
from portal.importers.complaint_periods import PATH as PERIODS_PATH
from portal.importers.complaint_periods import read_periods
from portal.importers.council_yaml import PATH as COUNCIL_PATH
from portal.importers.council_yaml import read_council, save_council
from portal.importers.coverage import save_coverage
from portal.importers.files import DataFile, Lookup
from portal.importers.kept_rows import note_kept_rows
from portal.importers.reports import Report, RowChange, values_of_record
from portal.importers.sources import SOURCES
from portal.importers.tables import DataError, DataErrors, Placed, read_text
from portal.importers.uploads import replaced_uploads
from portal.moderation.models import Publishable, kind_of
from portal.moderation.rules import PublicationState

FILES: tuple[DataFile, ...] = (
    SOURCES,
    *council_files.FILES,
    *calendar_files.FILES,
    *budget_files.FILES,
    *programme_files.FILES,
    *publication_files.FILES,
    *legislation_files.FILES,
    *hearing_files.FILES,
    *search_files.FILES,
)

#: Files that are checked and read anew at each import, because they speak of all the others.
DERIVED_FILES = ("identities.csv", "coverage.csv")
#: Files that a council may leave out; one that left counts as changed.
OPTIONAL_FILES = (PERIODS_PATH,)
#: Takes a line for the person who watches the import.
Tell = Callable[[str], None]


def import_dataset(session: Session, folder: Path, *, at: datetime, tell: Tell) -> Report:
    """Import the files of a folder that changed since the last time, in the caller's transaction.

    :param at: the real time of the import
    :raise DataErrors: a file does not fit; nothing must be committed then
    """
    report = Report()
    council, periods = read_council(folder), read_periods(folder)
    changed = _changed_files(session, folder)
    lookup = Lookup()
    for data_file in FILES:
        known = imports.imported_rows(session, data_file.model)
        if data_file.path in changed:
            rows = data_file.rows_of(read_text(folder, data_file.path))
            known = _save_rows(session, data_file, rows, known, lookup, report, at)
            tell(_line(data_file, report))
        lookup.learn(data_file.model, {key: row.id for key, row in known.items()})
    if changed:
        save_council(session, council)
        save_periods(session, periods)
        report.differences += save_checks(session, folder, council)
        finish(session, folder, report)
        report.differences += replaced_uploads(session, changed)
        _note_files(session, changed, at)
        _record(session, report)
    return report


def import_text(
    session: Session, folder: Path, path: str, text: str, report: Report, *, at: datetime
) -> None:
    """Import the text of one file in place of the folder's, in the caller's transaction.

    The rest of an import is the caller's: ``finish``, the trail and the caches.

    :param path: of the file in the data set
    :param folder: where the printed figures stand that must hold afterwards
    :param report: takes what the import does, also where it fails
    :raise DataErrors: the text does not fit; nothing must be committed then
    """
    data_file = next(data_file for data_file in FILES if data_file.path == path)
    lookup = Lookup()
    for _name, model in data_file.refs.values():
        lookup.learn(model, {k: row.id for k, row in imports.imported_rows(session, model).items()})
    known = imports.imported_rows(session, data_file.model)
    _save_rows(session, data_file, data_file.rows_of(text), known, lookup, report, at)
    report.differences += save_checks(session, folder, read_council(folder))


def finish(session: Session, folder: Path, report: Report) -> None:
    """Count what is known now, remember which rows were kept, and tell upper features."""
    save_coverage(session, folder, FILES)
    note_kept_rows(session, report)
    session.flush()
    report.tell_features()


def _record(session: Session, report: Report) -> None:
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
    report.counts.setdefault(data_file.path, Counter())
    saved: dict[str, Any] = {}
    names: tuple[str, ...] = ()
    errors: list[DataError] = []
    for placed in rows:
        try:
            key = _new_key(data_file, placed, saved)
            values = data_file.values_of(placed, lookup)
        except DataError as error:
            errors.append(error)
            continue
        names = tuple(values)
        before = values_of_record(known.get(key), names)
        outcome, saved[key] = imports.save_imported(
            session, data_file.model, key, values, known=known, at=at
        )
        report.note(RowChange(placed.path, key, placed.line, outcome, before, values))
        if _names_itself(data_file):
            session.flush()
            lookup.learn(data_file.model, {name: row.id for name, row in saved.items()})
    if errors:
        raise DataErrors(errors[:20])
    gone = {key: row for key, row in known.items() if key not in saved}
    _take_away(session, data_file, gone, names, report, at)
    session.flush()
    ids = tuple(row.id for row in saved.values())
    report.news.append((published, kind_of(data_file.model), ids))
    return saved


def _new_key(data_file: DataFile, placed: Placed[Any], saved: Mapping[str, Any]) -> str:
    """Return the key of a row.

    :raise DataError: another row of the file has it already
    """
    key = data_file.key_of(placed.row)
    if key in saved:
        reason = _("%(key)s stands in the file twice", key=repr(key))
        raise placed.error(data_file.key[0], reason)
    return key


def _names_itself(data_file: DataFile) -> bool:
    return any(model is data_file.model for _name, model in data_file.refs.values())


def _take_away(
    session: Session,
    data_file: DataFile,
    gone: Mapping[str, Any],
    names: Iterable[str],
    report: Report,
    at: datetime,
) -> None:
    """Withdraw public rows that left their file, delete others; what a person changed stays.

    :param names: of the fields that the import writes
    """
    for key, row in gone.items():
        outcome = Outcome.GONE
        before = values_of_record(row, names)
        if before and imports.was_changed_by_hand(row, names):
            outcome = Outcome.KEPT
        elif not issubclass(data_file.model, Publishable):
            session.delete(row)
        elif row.state is PublicationState.PUBLISHED:
            row.leave(at)
            row.import_digest = imports.GONE
            report.news.append((withdrawn, kind_of(data_file.model), (row.id,)))
        else:
            continue
        report.note(RowChange(data_file.path, key, 0, outcome, before, {}))


def _changed_files(session: Session, folder: Path) -> dict[str, str]:
    """Return the checksums of the files that differ from the last import's, by path."""
    files = (data_file.path for data_file in FILES)
    paths = (COUNCIL_PATH, *DERIVED_FILES, *OPTIONAL_FILES, *files)
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
        if path not in OPTIONAL_FILES:
            raise DataErrors([DataError(path, 0, 0, _("the file is missing"))]) from None
        content = b""
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
