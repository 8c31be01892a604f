"""Read a council's list of bills, as it stands on open-data sites, into plain rows.

Councils name and order the columns in their own ways (``open_bill_columns``). Nothing here knows
the database: names of committees and members are as printed.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from flask_babel import gettext as _

from portal.importers.open_bill_columns import Column, columns_of
from portal.importers.open_bill_steps import BETWEEN, Line, OpenStep, steps_of
from portal.importers.open_bill_words import kind_of, proposer_of, without_others
from portal.importers.tables import DataError, DataErrors, records
from portal.legislation.rules.kinds import BillKind, Proposer, SponsorRole

#: A council decides some hundred bills a year; such a file is a mistake.
MOST_ROWS = 50_000
MOST_ERRORS = 20
#: As long as the columns of the tables are.
_LONGEST_TITLE, _LONGEST_PROPOSER, _LONGEST_NAME = 300, 160, 80
_NUMBER = re.compile(r"(?:제\s*)?([0-9]{1,9})\s*(?:호|대|회)?")
_SESSION = re.compile(r"(?:.*?대\s*)?(?:제\s*)?([0-9]{1,4})\s*(?:회.*)?", re.DOTALL)
_LEAD = re.compile(r"\(?\s*대표\s*(?:발의)?\s*\)?")
_MEMBER = re.compile(r"\s*의원$")


@dataclass(frozen=True)
class OpenSponsor:
    """A member behind a bill, as printed."""

    name: str
    role: SponsorRole


@dataclass(frozen=True)
class OpenBill:
    """A bill of the file.

    :ivar line: where it stands, for what is found out later
    :ivar printed_number: as printed; ``number`` only where it is a plain one
    """

    line: Line = field(repr=False)
    title: str
    kind: BillKind
    term: int | None
    session_number: int | None
    number: int | None
    printed_number: str
    proposed_by: Proposer | None
    proposer: str | None
    steps: tuple[OpenStep, ...]
    sponsors: tuple[OpenSponsor, ...]


@dataclass(frozen=True)
class OpenBills:
    """What a file holds.

    :ivar encoding: ``UTF-8`` or ``CP949``
    :ivar ignored: names of columns that nothing was taken from
    """

    path: str
    encoding: str
    ignored: tuple[str, ...]
    bills: tuple[OpenBill, ...]


def read_bills(content: bytes, path: str) -> OpenBills:
    """Return the bills of a CSV file in UTF-8 or CP949.

    :param path: what errors call the file
    :raise DataErrors: it is neither, or as in ``parse_bills``
    """
    for encoding, name in (("utf-8-sig", "UTF-8"), ("cp949", "CP949")):
        try:
            return parse_bills(content.decode(encoding), path, encoding=name)
        except UnicodeDecodeError:
            continue
    reason = _("save the file as UTF-8 (in a spreadsheet: CSV UTF-8)")
    raise DataErrors([DataError(path, 0, 0, reason)])


def parse_bills(text: str, path: str, *, encoding: str = "UTF-8") -> OpenBills:
    """Return the bills of a CSV text, whichever of the known columns it has in which order.

    :raise DataErrors: no column has the titles, or values don't fit; at most 20 are told at once
    """
    errors: list[DataError] = []
    bills: list[OpenBill] = []
    ignored: list[str] = []
    for line in _lines(text, path, ignored, errors):
        try:
            bills.append(_bill(line))
        except DataError as error:
            errors.append(error)
        if len(bills) > MOST_ROWS:
            reason = _("the file has more than %(most)s rows", most=MOST_ROWS)
            raise DataErrors([DataError(path, line.number, 0, reason)])
    if errors:
        raise DataErrors(sorted(errors, key=lambda error: error.line)[:MOST_ERRORS])
    return OpenBills(path, encoding, tuple(ignored), tuple(bills))


def _lines(text: str, path: str, ignored: list[str], errors: list[DataError]) -> Iterator[Line]:
    """Give the records below the header; what can't be one goes to the errors."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    every = records(csv.reader(io.StringIO(plain), strict=True), path, errors)
    header = tuple(next(every, (1, []))[1])
    if errors:
        return
    columns, unknown = columns_of(header, path)
    ignored.extend(unknown)
    for number, fields in every:
        if len(fields) != len(header) and any(fields):
            errors.append(_uneven(path, number, len(fields), len(header)))
        elif any(tidy := tuple(_tidy(text) for text in fields)):
            yield Line(path, number, header, columns, tidy)


def _uneven(path: str, number: int, found: int, wanted: int) -> DataError:
    reason = _(
        "%(found)s fields instead of %(wanted)s; put texts with commas in quotes",
        found=found,
        wanted=wanted,
    )
    return DataError(path, number, min(found, wanted) + 1, reason)


def _tidy(text: str) -> str:
    """Return a field in one way of writing: composed syllables, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _bill(line: Line) -> OpenBill:
    """Return the bill of a record.

    :raise DataError: a value does not fit
    """
    title, printed = line.text(Column.TITLE), line.text(Column.PROPOSER) or line.text(Column.LEAD)
    if any(unicodedata.category(sign) == "Cc" for text in line.fields for sign in text):
        raise line.whole_error(_("has a control character"))
    if not title:
        raise line.error(Column.TITLE, _("must not be empty"))
    if len(title) > _LONGEST_TITLE:
        raise line.error(Column.TITLE, _("has more than %(most)s letters", most=_LONGEST_TITLE))
    proposed_by = proposer_of(line.text(Column.PROPOSED_BY), printed)
    number = _NUMBER.fullmatch(line.text(Column.NUMBER))
    return OpenBill(
        line=line,
        title=title,
        kind=kind_of(line.text(Column.KIND), title),
        term=line.read(Column.TERM, _parse_term),
        session_number=line.read(Column.SESSION, _parse_session),
        number=int(number[1]) if number else None,
        printed_number=line.text(Column.NUMBER)[:_LONGEST_NAME],
        proposed_by=proposed_by,
        proposer=_cut(printed) or None,
        steps=tuple(steps_of(line)),
        sponsors=_sponsors(line) if proposed_by in (None, Proposer.MEMBERS) else (),
    )


def _cut(printed: str) -> str:
    """Return who brought a bill in, as long as the column is; all stand among the sponsors."""
    is_long = len(printed) > _LONGEST_PROPOSER
    return printed[: _LONGEST_PROPOSER - 1] + "…" if is_long else printed


def _parse_term(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    if not found or not 0 < int(found[1]) < 1000:
        raise ValueError(_("%(value)s is not a council term such as 제10대", value=repr(text)))
    return int(found[1])


def _parse_session(text: str) -> int:
    found = _SESSION.fullmatch(text)
    if not found or not int(found[1]):
        raise ValueError(_("%(value)s is not a session such as 제298회", value=repr(text)))
    return int(found[1])


def _sponsors(line: Line) -> tuple[OpenSponsor, ...]:
    """Return the members behind a bill; a lone one leads, of several none does unless marked.

    :raise DataError: a name is too long to be one
    """
    found: dict[str, SponsorRole] = {}
    printed = BETWEEN.split(without_others(line.text(Column.PROPOSER)))
    others = len(printed) == 1 and not line.text(Column.LEAD)
    lists = (
        (Column.LEAD, SponsorRole.LEAD),
        (Column.PROPOSER, SponsorRole.LEAD if others else SponsorRole.SPONSOR),
        (Column.SPONSORS, SponsorRole.SPONSOR),
        (Column.SUPPORTERS, SponsorRole.SUPPORTER),
    )
    for column, role in lists:
        for text in BETWEEN.split(without_others(line.text(column))):
            name = _MEMBER.sub("", _LEAD.sub("", text)).strip()
            if len(name) > _LONGEST_NAME:
                raise line.error(column, _("put commas between names"))
            if name:
                found.setdefault(name, SponsorRole.LEAD if "대표" in text else role)
    return tuple(OpenSponsor(name, role) for name, role in found.items())
