"""Which committee, member or bill of the site a row of a council's list means."""

import hashlib
import re
from collections import defaultdict

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.core.imports import OPEN_DATA
from portal.council.models import Committee, Member, Term
from portal.importers.open_bill_columns import Column, bare
from portal.importers.open_bill_rows import OpenBill
from portal.legislation.models import Bill

_BODY = re.compile("(상임|특별)?위원회$|특위$")
#: A key has room for so much of a title; a longer one is told apart by its digest.
_MOST_LETTERS = 60


def key_of(bill: OpenBill, term: int | None) -> str:
    """Return the key of a bill: its term and number, else its session and title.

    :param term: of rows that don't tell it
    :raise DataError: neither tells it
    """
    term = bill.term or term
    if term is None:
        raise bill.line.error(Column.TERM, _("no term is told; add --council-term, such as 10"))
    if bill.printed_number:
        return f"{OPEN_DATA}{term}:{bill.number or bare(bill.printed_number)}"
    return f"{OPEN_DATA}{term}:{bill.session_number or ''}/{_short(bare(bill.title))}"


def _short(title: str) -> str:
    digest = hashlib.sha256(title.encode()).hexdigest()[:12]
    return title if len(title) <= _MOST_LETTERS else f"{title[:_MOST_LETTERS]}-{digest}"


class SiteNames:
    """Names and addresses of the site, read once for a file."""

    def __init__(self, session: Session) -> None:
        """Read them."""
        self._committees = _committees(session)
        self._shown = sorted(session.scalars(select(Committee.name)))
        self._members = _members(session)
        self._twins = _titles(session)
        self._slugs = set(session.scalars(select(Bill.slug)))

    def committee_id(self, name: str | None) -> int | None:
        """Return the id of a committee by its printed name, with or without ``위원회``."""
        if name is None:
            return None
        plain = bare(name)
        return self._committees.get(plain) or self._committees.get(_BODY.sub("", plain))

    def check(self, bill: OpenBill) -> None:
        """Do nothing when the site knows all committees of a bill.

        :raise DataError: it does not; the message names those it knows
        """
        for step in bill.steps:
            if step.committee and self.committee_id(step.committee) is None:
                reason = _(
                    "%(name)s is not a committee of this site; it knows: %(names)s",
                    name=repr(step.committee),
                    names=", ".join(self._shown),
                )
                raise bill.line.error(Column.COMMITTEE, reason)

    def member_id(self, term: int, name: str) -> int | None:
        """Return the id of the one member of a term with a name, None where none or two have it."""
        ids = self._members.get((term, bare(name)), [])
        return ids[0] if len(ids) == 1 else None

    def twin_of(self, bill: OpenBill) -> str | None:
        """Return the address of a bill that is here and was not brought by such a file.

        It has the same title; and the same number and session, as far as both tell them.
        """
        for slug, number, session_number in self._twins.get(bare(bill.title), []):
            pairs = ((number, bill.number), (session_number, bill.session_number))
            told = [(here, there) for here, there in pairs if here and there]
            if told and all(here == there for here, there in told):
                return slug
        return None

    def free_slug(self, key: str) -> str:
        """Return an address for a new bill and keep it: its term and number where they are plain.

        The same key gives the same address wherever the file is read first.
        """
        plain = key.removeprefix(OPEN_DATA).replace(":", "-")
        is_plain = re.fullmatch("[0-9]{1,3}-[0-9]{1,9}", plain)
        stem = "bill-" + (plain if is_plain else hashlib.sha256(key.encode()).hexdigest()[:12])
        number = 1
        while (slug := f"{stem}-{number}" if number > 1 else stem) in self._slugs:
            number += 1
        self._slugs.add(slug)
        return slug


def _committees(session: Session) -> dict[str, int]:
    """Return committees by their names, whole and without what all are called."""
    rows = session.execute(select(Committee.name, Committee.id).order_by(Committee.id)).all()
    by_whole = {bare(name): row_id for name, row_id in rows}
    by_stem: dict[str, list[int]] = defaultdict(list)
    for whole, row_id in by_whole.items():
        by_stem[_BODY.sub("", whole)].append(row_id)
    return {stem: ids[0] for stem, ids in by_stem.items() if len(ids) == 1} | by_whole


def _members(session: Session) -> dict[tuple[int, str], list[int]]:
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    rows = session.execute(
        select(Term.number, Member.name, Member.id).join(Term, Term.id == Member.term_id)
    )
    for term, name, row_id in rows:
        found[term, bare(name)].append(row_id)
    return found


def _titles(session: Session) -> dict[str, list[tuple[str, int | None, int | None]]]:
    """Return address, number and session of the bills that no such file brought, by title."""
    found: dict[str, list[tuple[str, int | None, int | None]]] = defaultdict(list)
    key = Bill.import_key
    rows = session.execute(
        select(Bill.title, Bill.slug, Bill.number, Bill.session_number)
        .where(or_(key.is_(None), key.not_like(f"{OPEN_DATA}%")))
        .order_by(Bill.id)
    )
    for title, slug, number, session_number in rows:
        found[bare(title)].append((slug, number, session_number))
    return found
