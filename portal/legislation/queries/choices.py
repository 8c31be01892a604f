"""What staff choose from when they write of ordinances and bills, and what others have taken."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from portal.calendar.models import Event
from portal.calendar.rules import EventKind
from portal.core.i18n import page_language, plain, write_day
from portal.core.kept import kept
from portal.legislation.models import Bill, BillStep, Collection, HardWord, Ordinance

#: Lists are bounded; a council has fewer.
MOST_ORDINANCES = 3000
MOST_COLLECTIONS = 500
MOST_SITTINGS = 600
MOST_WORDS = 2000
#: Sittings are offered from half a year ago, when late results are written, to three months on.
_BEFORE, _AFTER = timedelta(days=183), timedelta(days=92)
_SITTINGS = (EventKind.PLENARY, EventKind.QUESTIONS, EventKind.COMMITTEE, EventKind.AUDIT)


@dataclass(frozen=True)
class Sitting:
    """A sitting in which a step may have happened."""

    id: int
    title: str
    title_en: str | None
    first: date
    last: date

    @property
    def label(self) -> str:
        """Return its day and title in the page's language."""
        day = write_day(self.first, page_language())
        return f"{day} {plain(self.title, self.title_en)}"


def ordinance_choices(session: Session, own: int | None) -> list[tuple[int, str]]:
    """Return the public ordinances by their title, and one that a row has already."""
    rows = session.execute(
        select(Ordinance.id, Ordinance.title, Ordinance.title_en)
        .where(or_(Ordinance.is_published(), Ordinance.id == own))
        .order_by(Ordinance.title)
        .limit(MOST_ORDINANCES)
    )
    return [(row_id, plain(title, title_en)) for row_id, title, title_en in rows]


def collection_choices(session: Session, own: int | None) -> list[tuple[int, str]]:
    """Return the public collections in their order, and one that a row is in already."""
    rows = session.execute(
        select(Collection.id, Collection.title, Collection.title_en)
        .where(or_(Collection.is_published(), Collection.id == own))
        .order_by(Collection.position, Collection.id)
        .limit(MOST_COLLECTIONS)
    )
    return [(row_id, plain(title, title_en)) for row_id, title, title_en in rows]


def sittings_around(
    session: Session, day: date, *, bill_id: int | None, chosen: Set[int]
) -> tuple[Sitting, ...]:
    """Return the public sittings of the months around a day, the newest first.

    :param bill_id: the sittings in which its steps happened are there, too
    :param chosen: and those that were chosen before
    """
    own = select(BillStep.event_id).where(BillStep.bill_id == bill_id)
    near = and_(
        Event.kind.in_(_SITTINGS),
        Event.is_published(),
        Event.ends_on >= day - _BEFORE,
        Event.starts_on <= day + _AFTER,
    )
    rows = session.execute(
        select(Event.id, Event.title, Event.title_en, Event.starts_on, Event.ends_on)
        .where(or_(near, Event.id.in_(own), Event.id.in_(chosen)))
        .order_by(Event.starts_on.desc(), Event.id)
        .limit(MOST_SITTINGS)
    )
    return tuple(Sitting(*row) for row in rows)


@kept
def hard_words(session: Session) -> dict[str, str]:
    """Return the public hard words with plainer ones."""
    rows = session.execute(
        select(HardWord.word, HardWord.plainer)
        .where(HardWord.is_published())
        .order_by(HardWord.word)
        .limit(MOST_WORDS)
    )
    return {word: plainer for word, plainer in rows}


def find_ordinance(session: Session, title: str) -> Ordinance | None:
    """Return the ordinance that has a title, public or not; None: none has."""
    of_title = select(Ordinance).where(Ordinance.title == title).order_by(Ordinance.id)
    return session.scalars(of_title.limit(1)).first()


def find_bill_id(session: Session, number: int, title: str) -> int | None:
    """Return the id of the bill that has a number and a title; None: none has.

    A number alone tells no bill: each term of the council counts anew.
    """
    same = select(Bill.id).where(Bill.number == number, Bill.title == title)
    return session.scalar(same.order_by(Bill.id).limit(1))


def find_hard_word(session: Session, word: str) -> HardWord | None:
    """Return the entry of a hard word, public or not; None: there is none."""
    return session.scalars(select(HardWord).where(HardWord.word == word)).first()


def committees_of_bill(session: Session, bill_id: int) -> frozenset[int]:
    """Return the ids of the committees in which steps of a bill happened."""
    steps = select(BillStep.committee_id).where(BillStep.bill_id == bill_id)
    return frozenset(session.scalars(steps.where(BillStep.committee_id.is_not(None)).distinct()))
