"""Keep the bills of a council's list on open-data sites: all of a file's rows, or none.

A newer file changes what an older one wrote. What a person changed since stays as they left it, and
a bill that is not in the file is left alone: councils publish one file a term, a year or a session.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit, clock, imports
from portal.core.imports import OPEN_DATA, Outcome, digest_of
from portal.core.models import Source
from portal.core.signals import published
from portal.core.versions import raise_version
from portal.council.rules import Nature
from portal.importers.dataset import finish
from portal.importers.open_bill_names import SiteNames, key_of
from portal.importers.open_bill_rows import MOST_ERRORS, OpenBill, OpenBills
from portal.importers.reports import Report, RowChange, values_of_record
from portal.importers.sources import SourceKind
from portal.importers.tables import DataError, DataErrors
from portal.legislation.models import Bill, BillSponsor, BillStep
from portal.legislation.rules.kinds import BillKind, Proposer

Values = dict[str, object]
#: Rows below a bill: their table, and what the import writes into each.
Parts = dict[type[Any], list[Values]]


@dataclass
class OpenBillsReport:
    """What an import of bills did.

    :ivar rows: what became of each bill that such files bring
    :ivar twins: sentences about bills that the site had from elsewhere, and keeps as they are
    """

    rows: Report = field(default_factory=Report)
    twins: list[str] = field(default_factory=list)


def save_open_bills(
    session: Session, opened: OpenBills, *, term: int | None, folder: Path, at: datetime
) -> OpenBillsReport:
    """Keep the bills of a file, in the caller's transaction.

    :param term: the council's term of rows that don't tell it
    :param folder: the data folder, which names the kinds of data that the site counts
    :param at: the real time of the import
    :raise DataErrors: rows tell no term, stand twice, or name a committee that the site does not
        know; nothing must be committed then
    """
    names = SiteNames(session)
    bills = _keyed(opened, term, names)
    report = OpenBillsReport()
    report.rows.counts[opened.path] = Counter()
    keeper = _Keeper(session, names, _source_id(session, opened.path, at), report.rows, at)
    for key, bill in bills.items():
        if not keeper.knows(key) and (twin := names.twin_of(bill)):
            report.twins.append(_twin_line(bill, twin))
        else:
            keeper.keep(key, bill)
    report.rows.news.append((published, Bill.__tablename__, tuple(keeper.written)))
    finish(session, folder, report.rows)
    _record(session, report)
    return report


class _Keeper:
    """Writes bills with their steps and sponsors, each bill wholly or not at all."""

    def __init__(
        self, session: Session, names: SiteNames, source_id: int, report: Report, at: datetime
    ) -> None:
        """Read what earlier files brought."""
        self._session, self._names, self._source_id = session, names, source_id
        self._report, self._at = report, at
        self._known = imports.imported_rows(session, Bill, beginning=OPEN_DATA)
        self._parts = {model: _below(session, model) for model in (BillStep, BillSponsor)}
        self.written: list[int] = []

    def knows(self, key: str) -> bool:
        """Say whether an earlier file brought a bill."""
        return key in self._known

    def keep(self, key: str, bill: OpenBill) -> None:
        """Write a bill where the file tells anything new and no person changed it."""
        row = self._known.get(key)
        slug = row.slug if row else self._names.free_slug(key)
        parts, proposed_by = _parts(bill, key, self._names, self._source_id)
        values = _values(bill, slug, proposed_by, self._source_id)
        before = values_of_record(row, values)
        outcome = self._write(key, row, values, parts)
        change = RowChange(bill.line.path, key, bill.line.number, outcome, before, values)
        self._report.note(change)

    def _write(self, key: str, row: Bill | None, values: Values, parts: Parts) -> Outcome:
        if row is not None:
            if self._is_same(row, values, parts):
                return Outcome.SAME
            if self._was_changed_by_hand(row, values):
                return Outcome.KEPT
        outcome, saved = imports.save_imported(
            self._session, Bill, key, values, known=self._known, at=self._at
        )
        self._session.flush()
        for model, entries in parts.items():
            self._write_parts(model, saved.id, key, entries)
        self.written.append(saved.id)
        # The bill's own row may be the same where only its steps are new.
        return Outcome.NEW if outcome is Outcome.NEW else Outcome.CHANGED

    def _is_same(self, row: Bill, values: Values, parts: Parts) -> bool:
        """Say whether an earlier file told the same; it stays the source then."""
        source = {"source_id": row.source_id}
        if row.import_digest != digest_of(values | source):
            return False
        for model, entries in parts.items():
            owned = {"bill_id": row.id} | (source if model is BillStep else {})
            before = [each.import_digest for each in self._parts[model][row.id]]
            if before != [digest_of(entry | owned) for entry in entries]:
                return False
        return True

    def _was_changed_by_hand(self, row: Bill, values: Values) -> bool:
        """Say whether a person wrote into a bill or its steps: a revision, a row, a value."""
        if row.shown_revision or imports.was_changed_by_hand(row, values):
            return True
        return any(
            each.import_key is None or imports.was_changed_by_hand(each, _FIELDS[model])
            for model, below in self._parts.items()
            for each in below[row.id]
        )

    def _write_parts(
        self, model: type[Any], bill_id: int, key: str, entries: Sequence[Values]
    ) -> None:
        below = {each.import_key: each for each in self._parts[model][bill_id]}
        for entry in entries:
            own = f"{key}|{entry['position']}"
            values = entry | {"bill_id": bill_id}
            imports.save_imported(self._session, model, own, values, known=below, at=self._at)
            below.pop(own, None)
        for gone in below.values():
            self._session.delete(gone)


_FIELDS: Mapping[type[Any], tuple[str, ...]] = {
    BillStep: (
        "bill_id",
        "position",
        "kind",
        "on",
        "nature",
        "committee_id",
        "result",
        "text",
        "source_id",
        "locator",
    ),
    BillSponsor: ("bill_id", "position", "role", "member_id", "name"),
}


def _keyed(opened: OpenBills, term: int | None, names: SiteNames) -> dict[str, OpenBill]:
    """Return the bills by their keys.

    :raise DataErrors: rows tell no term, stand twice, or name an unknown committee
    """
    found: dict[str, OpenBill] = {}
    errors: list[DataError] = []
    for bill in opened.bills:
        try:
            key = key_of(bill, term)
            names.check(bill)
            if key in found:
                reason = _("the bill of line %(line)s once more", line=found[key].line.number)
                raise bill.line.whole_error(reason)
            found[key] = bill
        except DataError as error:
            errors.append(error)
    if errors:
        raise DataErrors(errors[:MOST_ERRORS])
    return found


def _values(
    bill: OpenBill, slug: str, proposed_by: Proposer | None, source_id: int
) -> dict[str, object]:
    """Return the fields of a bill; the names of citizens who bring one in or petition stay out."""
    is_petition = bill.kind is BillKind.PETITION and proposed_by is None
    is_private = is_petition or proposed_by is Proposer.CITIZENS
    return {
        "slug": slug,
        "number": bill.number,
        "title": bill.title,
        "kind": bill.kind,
        "session_number": bill.session_number,
        "proposed_by": proposed_by,
        "proposer": None if is_private else bill.proposer,
        "source_id": source_id,
        "locator": _locator(bill),
    }


def _parts(
    bill: OpenBill, key: str, names: SiteNames, source_id: int
) -> tuple[Parts, Proposer | None]:
    """Return the steps and sponsors of a bill, and who brought it in.

    Names that no column calls members' are sponsors only where the site knows them all.
    """
    term = int(key.split(":")[1])
    members = [(each, names.member_id(term, each.name)) for each in bill.sponsors]
    are_members = bill.proposed_by is Proposer.MEMBERS or all(found for _each, found in members)
    sponsors: list[Values] = [
        {
            "position": position,
            "role": each.role,
            "member_id": found,
            "name": None if found else each.name,
        }
        for position, (each, found) in enumerate(members if are_members else [], start=1)
    ]
    steps: list[Values] = [
        {
            "position": position,
            "kind": step.kind,
            "on": step.on,
            "nature": Nature.STATED if step.on or step.result else Nature.DERIVED,
            "committee_id": names.committee_id(step.committee),
            "result": step.result,
            "text": step.text,
            "source_id": source_id,
            "locator": _locator(bill),
        }
        for position, step in enumerate(bill.steps, start=1)
    ]
    proposed_by = Proposer.MEMBERS if sponsors else bill.proposed_by
    return {BillStep: steps, BillSponsor: sponsors}, proposed_by


def _locator(bill: OpenBill) -> str | None:
    """Return where the bill stands in its file: its number, which stays when lines move.

    Pages print it in every language, so it has no Korean letters.
    """
    number = bill.printed_number
    return f"No. {number}"[:80] if number and number.isascii() else None


def _below(session: Session, model: type[Any]) -> dict[int, list[Any]]:
    """Return the rows below the bills of earlier files, whoever wrote them, in their order."""
    opened = select(Bill.id).where(Bill.import_key.startswith(OPEN_DATA, autoescape=True))
    rows = session.scalars(
        select(model).where(model.bill_id.in_(opened)).order_by(model.bill_id, model.position)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.bill_id].append(row)
    return found


def _source_id(session: Session, path: str, at: datetime) -> int:
    """Return the document that pages cite: the file by its name, as it was read first."""
    key = f"open-{hashlib.sha256(path.encode()).hexdigest()[:12]}"
    row = session.scalar(select(Source).where(Source.key == key))
    if row is None:
        row = Source(
            key=key, import_key=f"{OPEN_DATA}{key}", kind=SourceKind.OTHER, title=path[:300]
        )
        row.accessed = at.astimezone(clock.council_zone()).date().isoformat()
        session.add(row)
        session.flush()
    return row.id


def _twin_line(bill: OpenBill, slug: str) -> str:
    place = f"{bill.line.path}:{bill.line.number}"
    sentence: str = _(
        "%(place)s: %(title)s is here already and stays: /legislation/bills/%(slug)s",
        place=place,
        title=bill.title,
        slug=slug,
    )
    return sentence


def _record(session: Session, report: OpenBillsReport) -> None:
    audit.record(
        session,
        actor="import",
        deed="open_bills.imported",
        kind=Bill.__tablename__,
        row_id="all",
        after={str(outcome): str(count) for outcome, count in report.rows.totals.items()},
    )
    if report.rows.has_changes:
        raise_version(session)


def lines_of(opened: OpenBills, report: OpenBillsReport) -> list[str]:
    """Return what an import of bills did, line by line."""
    totals = report.rows.totals + Counter({Outcome.KEPT: len(report.twins)})
    words = ", ".join(f"{totals[outcome]} {outcome}" for outcome in Outcome if totals[outcome])
    lines = [f"{opened.path} ({opened.encoding})  {words or 'no rows'}"]
    if opened.ignored:
        lines.append(_("Columns that were not used: %(names)s", names=", ".join(opened.ignored)))
    return [*lines, *report.twins, *(f"difference: {each}" for each in report.rows.differences)]
