"""The direct answer: a question that names one thing leads there at once."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.calendar.models import CouncilSession
from portal.core.i18n import plain, write_day
from portal.core.params import FIRST_YEAR, LAST_YEAR
from portal.legislation.models import Bill
from portal.search.analysis import normalise
from portal.search.models import SearchDocument

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
#: Ways to write a day, with or without its year.
_DAYS = (
    re.compile(r"(?:(?P<year>\d{4})년 ?)?(?P<month>\d{1,2})월 ?(?P<day>\d{1,2})일"),
    re.compile(r"(?P<year>\d{4})[-./] ?(?P<month>\d{1,2})[-./] ?(?P<day>\d{1,2})(?!\d)"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH}(?: (?P<year>\d{{4}}))?"),
    re.compile(rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"),
)
_BILL = re.compile(
    r"의안 ?(?:번호)? ?(?:제 ?)?(?P<korean>\d{1,6})|bill (?:no\.? ?)?(?P<english>\d{1,6})"
)
#: A number is given anew in each term of the council.
_MOST_BILLS = 5
_SESSION = re.compile(r"(?:제 ?)?(?P<korean>\d{1,4}) ?회|session (?:no\.? ?)?(?P<english>\d{1,4})")


@dataclass(frozen=True)
class Answer:
    """Where a question leads.

    :ivar address: path of the page, without the language
    """

    title: str
    address: str


def answers_to(session: Session, text: str, *, language: str, today: date) -> tuple[Answer, ...]:
    """Return the pages that what was typed names outright: a day, a session, a bill.

    :param today: whose year is meant where none is written
    """
    said = " ".join(normalise(text).split())
    return (
        *_sessions(session, said, language),
        *_bills(session, said),
        *_days(said, language, today),
    )


def _days(said: str, language: str, today: date) -> Iterator[Answer]:
    """Give the page of the first day that is named."""
    day = next(filter(None, (_day(way.search(said), today) for way in _DAYS)), None)
    if day:
        name = write_day(day, language)
        title = _("What is on: %(day)s", day=name)
        yield Answer(title, f"/calendar/{day:%Y}/{day:%m}/{day:%d}")


def _day(found: re.Match[str] | None, today: date) -> date | None:
    if found is None:
        return None
    parts = found.groupdict()
    month = parts.get("month") or _MONTHS.index(parts["name"]) + 1
    try:
        day = date(int(parts["year"] or today.year), int(month), int(parts["day"]))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _sessions(session: Session, said: str, language: str) -> Iterator[Answer]:
    """Give the session whose number is named, when its page is public."""
    found = _SESSION.search(said)
    if found is None:
        return
    number = int(found["korean"] or found["english"])
    title = session.scalar(
        select(SearchDocument.title).where(
            SearchDocument.source == CouncilSession.__tablename__,
            SearchDocument.language == language,
            SearchDocument.address == f"/calendar/sessions/{number}",
        )
    )
    if title:
        yield Answer(title, f"/calendar/sessions/{number}")


def _bills(session: Session, said: str) -> Iterator[Answer]:
    """Give the bills whose number is named."""
    found = _BILL.search(said)
    if found is None:
        return
    rows = session.execute(
        select(Bill.slug, Bill.title, Bill.title_en)
        .where(Bill.number == int(found["korean"] or found["english"]), Bill.is_published())
        .order_by(Bill.id.desc())
        .limit(_MOST_BILLS)
    )
    for slug, title, title_en in rows:
        yield Answer(plain(title, title_en), f"/legislation/bills/{slug}")
