"""The letters to somebody who signed up: what stands, what is offered, what has changed.

None repeats what they wrote; all lead to their own page by a signed link.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session

from portal.core.clock import council_zone
from portal.core.errors import Invalid
from portal.core.i18n import in_language, plain, write_day, write_time
from portal.hearings.ical import calendar_file, ticket_picture
from portal.hearings.links import LinkKind, sign_link
from portal.hearings.models import Hearing, SignUp
from portal.notifications.kinds import Attachment, Kind, register_kind
from portal.notifications.models import Letter
from portal.notifications.queries import count_letters
from portal.notifications.services import queue_letter, refuse_foreign_links
from portal.places.models import Claim, Pool
from portal.places.queries import place_in_line
from portal.places.rules import ClaimState

#: An address may be somebody else's: so many letters of a kind reach it in a day.
MOST_LETTERS = 5
DAY = timedelta(days=1)
_SAMPLE = {
    "number": "K7QM-2XPD",
    "title": "…",
    "when": "2020-11-19 14:00",
    "where": "…",
    "people": "2",
    "path": "/hearings/my/AbCd",
    "hours": "24",
    "place": "3",
    "until": "2020-11-10 14:00",
    "because": "…",
    "hearing": "1",
    "ticket": "AbCd",
}


def _attach_ticket(context: Mapping[str, str], language: str) -> tuple[Attachment, ...]:
    """Return the date for one's own calendar, and the picture of the ticket."""
    return (
        *calendar_file(int(context["hearing"]), language),
        ticket_picture(context["ticket"]),
    )


def _attach_date(context: Mapping[str, str], language: str) -> tuple[Attachment, ...]:
    """Return the date as it is now; calendars know it again and change it."""
    return calendar_file(int(context["hearing"]), language)


HELD = register_kind(
    Kind("sign_up_held", _l("Open this letter’s link to keep your places: %(title)s"), _SAMPLE)
)
CONFIRMED = register_kind(
    Kind("sign_up_confirmed", _l("Your places are kept: %(title)s"), _SAMPLE, _attach_ticket)
)
WAITING = register_kind(
    Kind("sign_up_waiting", _l("You are number %(place)s in line: %(title)s"), _SAMPLE)
)
OFFERED = register_kind(
    Kind("sign_up_offered", _l("There are places for you until %(until)s: %(title)s"), _SAMPLE)
)
LAPSED = register_kind(Kind("sign_up_lapsed", _l("Your places were not kept: %(title)s"), _SAMPLE))
AGAIN = register_kind(Kind("sign_up_again", _l("You had signed up already: %(title)s"), _SAMPLE))
CANCELLED = register_kind(
    Kind("sign_up_cancelled", _l("Your sign-up is cancelled: %(title)s"), _SAMPLE)
)
REMINDER = register_kind(
    Kind("sign_up_reminder", _l("Soon: %(title)s, %(when)s"), _SAMPLE, _attach_ticket)
)
MOVED = register_kind(
    Kind("hearing_moved", _l("Another time or place: %(title)s"), _SAMPLE, _attach_date)
)
CALLED_OFF = register_kind(
    Kind("hearing_cancelled", _l("It does not take place: %(title)s"), _SAMPLE, _attach_date)
)
THANKS = register_kind(Kind("hearing_thanks", _l("Three questions about %(title)s"), _SAMPLE))

#: Letters that somebody causes by a form or link; of the others none may be missing.
_BY_READERS = (HELD, CONFIRMED, WAITING, AGAIN, CANCELLED)


def write_received(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Tell what a new sign-up gave; a letter that asks to open its link starts the time."""
    letter = write_standing(session, hearing, sign_up, claim, at=at)
    if letter is not None:
        sign_up.letter_id = letter.id


def write_standing(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> Letter | None:
    """Tell how a sign-up stands now."""
    if claim.state is ClaimState.CONFIRMED:
        return write_confirmed(session, hearing, sign_up, claim, at=at)
    if claim.state is ClaimState.WAITING:
        more = {"place": str(place_in_line(session, claim))}
        return _queue(session, WAITING, hearing, sign_up, claim, more, at)
    return _queue(session, HELD, hearing, sign_up, claim, {}, at)


def write_confirmed(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> Letter | None:
    """Send the ticket, and the date for one's own calendar."""
    return _queue(session, CONFIRMED, hearing, sign_up, claim, {}, at)


def write_offer(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Offer places to somebody who waited, and say until when."""
    assert claim.deadline_at is not None
    more = {"until": write_instant(claim.deadline_at, sign_up.language)}
    _queue(session, OFFERED, hearing, sign_up, claim, more, at)


def write_lapsed(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Tell that places were not kept in time, or none became free."""
    _queue(session, LAPSED, hearing, sign_up, claim, {}, at)


def write_again(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Lead somebody who signs up twice, or lost the link, to their first sign-up."""
    _queue(session, AGAIN, hearing, sign_up, claim, {}, at)


def write_cancelled(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Tell that a sign-up was cancelled."""
    _queue(session, CANCELLED, hearing, sign_up, claim, {}, at)


def write_reminder(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Remind somebody of the day, with the ticket once more."""
    _queue(session, REMINDER, hearing, sign_up, claim, {}, at)


def write_moved(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Tell of another time or place."""
    _queue(session, MOVED, hearing, sign_up, claim, {}, at)


def write_called_off(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Tell that the hearing does not take place, and why."""
    more = {"because": hearing.cancelled_because or ""}
    _queue(session, CALLED_OFF, hearing, sign_up, claim, more, at)


def write_thanks(
    session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim, *, at: datetime
) -> None:
    """Ask three questions afterwards."""
    token = sign_link(LinkKind.REVIEW, sign_up.id, sign_up.link_version)
    more = {"path": f"/hearings/review/{token}"}
    _queue(session, THANKS, hearing, sign_up, claim, more, at)


def own_path(sign_up: SignUp) -> str:
    """Return the address of somebody's own page, without language."""
    return f"/hearings/my/{sign_link(LinkKind.OWN, sign_up.id, sign_up.link_version)}"


def write_instant(instant: datetime, language: str) -> str:
    """Return an instant in words of a language: ``2020. 11. 10.(화) 14:00``."""
    local = instant.astimezone(council_zone())
    return f"{write_day(local.date(), language)} {write_time(local)}"


def when_of(hearing: Hearing, language: str) -> str:
    """Return when a hearing is, in words of a language."""
    if hearing.starts_at is not None:
        return write_instant(hearing.starts_at, language)
    return write_day(hearing.starts_on, language)


def _queue(
    session: Session,
    kind: Kind,
    hearing: Hearing,
    sign_up: SignUp,
    claim: Claim,
    more: Mapping[str, str],
    at: datetime,
) -> Letter | None:
    """Queue a letter, unless there is no address or it got many of the kind today."""
    if sign_up.email is None:
        return None
    if (
        kind in _BY_READERS
        and count_letters(session, kind.name, sign_up.email, at - DAY) >= MOST_LETTERS
    ):
        return None
    return queue_letter(
        session,
        kind=kind.name,
        to=sign_up.email,
        language=sign_up.language,
        context={**_facts(session, hearing, sign_up, claim), **more},
        at=at,
    )


def _place_of(hearing: Hearing) -> str:
    """Return where a hearing is; a letter may not hold the address of a meeting elsewhere."""
    if not hearing.place:
        return str(_("Not announced yet"))
    place = plain(hearing.place, hearing.place_en)
    try:
        refuse_foreign_links({"where": place})
    except Invalid:
        return str(_("The page of the hearing says how to take part."))
    return place


def _facts(session: Session, hearing: Hearing, sign_up: SignUp, claim: Claim) -> dict[str, str]:
    """Return what every letter may say."""
    with in_language(sign_up.language):
        people = ngettext("%(num)d person", "%(num)d people", claim.size)
        place = _place_of(hearing)
        title = plain(hearing.title, hearing.title_en)
    return {
        "number": sign_up.number,
        "title": title,
        "when": when_of(hearing, sign_up.language),
        "where": place,
        "people": people,
        "path": own_path(sign_up),
        "hours": str(session.get_one(Pool, claim.pool_id).hold_hours),
        "hearing": str(hearing.id),
        "ticket": sign_link(LinkKind.TICKET, sign_up.id, sign_up.link_version),
    }
