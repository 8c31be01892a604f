"""What an application must keep to: the limits of its kind, its rooms, and its hours."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.calendar.queries import plenary_on, what_is_in_the_way
from portal.calendar.words import taken_sentence
from portal.core.clock import council_zone
from portal.core.errors import Conflict, Invalid
from portal.core.i18n import plain
from portal.hearings.application_words import say_rooms, say_support
from portal.hearings.models import Application
from portal.hearings.queries.applications import rooms_of_kind
from portal.hearings.rules.applications import BY_COMMITTEES_ONLY, SUPPORT, Draft, Support


@dataclass(frozen=True)
class Problem:
    """Why an application can't be taken.

    :ivar field: which of its fields it is about, by the name in the form
    :ivar is_conflict: what it asks for is somebody else's
    """

    field: str
    sentence: str
    is_conflict: bool = False


def problems_of(session: Session, draft: Draft, *, now: datetime) -> tuple[Problem, ...]:
    """Return all that stands against an application, in the order of the form.

    :param now: business time
    """
    limits = SUPPORT.get(draft.kind)
    if limits is None:
        return (Problem("kind", _("Nobody applies for this kind. Choose another one.")),)
    hours = _hour_problems(draft, now)
    found = (
        *_host_problems(draft),
        *_room_problems(session, draft),
        *hours,
        *(() if hours else _taken_problems(session, draft)),
        *_plenary_problems(session, draft),
        *_money_problems(draft.wanted, limits),
    )
    return found


def check_draft(session: Session, draft: Draft, *, now: datetime) -> None:
    """Refuse an application against which something stands.

    :raise Conflict: what it asks for is somebody else's
    :raise Invalid: it does not keep to the limits
    """
    problems = problems_of(session, draft, now=now)
    if not problems:
        return
    sentence = " ".join(problem.sentence for problem in problems)
    if any(problem.is_conflict for problem in problems):
        raise Conflict(sentence)
    raise Invalid(sentence)


def check_grant(support: Support, most: Support) -> None:
    """Refuse an amount that is more than another, or whose business expenses are more than all.

    :raise Invalid: with what there is at most
    """
    problems = _money_problems(support, most)
    if problems:
        raise Invalid(" ".join(problem.sentence for problem in problems))


def draft_of(row: Application) -> Draft:
    """Return what an application asks for."""
    assert row.room_id is not None, "an application that was sent names its room"
    return Draft(
        kind=row.kind,
        title=row.title,
        topic=row.topic,
        committee_id=row.committee_id,
        member_id=row.member_id,
        room_id=row.room_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        people=row.people,
        wanted=Support(row.wanted_won, row.wanted_business_won),
        plenary_because=row.plenary_because,
        bill_id=row.bill_id,
    )


def _host_problems(draft: Draft) -> tuple[Problem, ...]:
    if (draft.committee_id is None) == (draft.member_id is None):
        return (Problem("whose", _("Choose the committee or the member whose hearing it is.")),)
    if draft.kind in BY_COMMITTEES_ONLY and draft.committee_id is None:
        sentence = _("A public hearing is held by a committee. Choose a discussion instead.")
        return (Problem("kind", sentence),)
    return ()


def _room_problems(session: Session, draft: Draft) -> tuple[Problem, ...]:
    fitting = rooms_of_kind(session, draft.kind)
    if any(room.id == draft.room_id for room in fitting):
        return ()
    names = say_rooms((room.name, room.name_en) for room in fitting)
    return (Problem("room", _("This kind takes place in: %(rooms)s.", rooms=names)),)


def _hour_problems(draft: Draft, now: datetime) -> tuple[Problem, ...]:
    starts, ends = (at.astimezone(council_zone()) for at in (draft.starts_at, draft.ends_at))
    if ends <= starts:
        return (Problem("ends_time", _("Let it end after it begins.")),)
    if ends.date() != starts.date():
        return (Problem("ends_time", _("Let it end on the day on which it begins.")),)
    if draft.starts_at <= now:
        return (Problem("day", _("This hour is over. Choose a later one.")),)
    return ()


def _taken_problems(session: Session, draft: Draft) -> tuple[Problem, ...]:
    in_the_way = what_is_in_the_way(
        session, room_id=draft.room_id, starts_at=draft.starts_at, ends_at=draft.ends_at
    )
    if not in_the_way:
        return ()
    return (Problem("room", taken_sentence(in_the_way), is_conflict=True),)


def _plenary_problems(session: Session, draft: Draft) -> tuple[Problem, ...]:
    if (draft.plenary_because or "").strip():
        return ()
    sittings = plenary_on(session, draft.starts_at.astimezone(council_zone()).date())
    if not sittings:
        return ()
    titles = ", ".join(_("“%(title)s”", title=plain(s.title, s.title_en)) for s in sittings)
    sentence = _(
        "The whole council sits on this day: %(sittings)s. Choose another day, or write why it "
        "must be on this one.",
        sittings=titles,
    )
    return (Problem("plenary_because", sentence, is_conflict=True),)


def _money_problems(support: Support, most: Support) -> tuple[Problem, ...]:
    if not support.is_sound:
        sentence = _("The business expenses are a part of the sum: at least 0, at most the sum.")
        return (Problem("wanted_business", sentence),)
    if not support.is_within(most):
        field = "wanted" if support.won > most.won else "wanted_business"
        return (Problem(field, _("At most %(limit)s.", limit=say_support(most))),)
    return ()
