"""What goes with a letter: the date for one's own calendar, and the picture of the ticket."""

from flask import current_app

from portal.calendar.ical import FeedEntry, Status, write_feed
from portal.core.clock import council_zone
from portal.core.i18n import in_language, plain
from portal.core.qr import qr_png
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.notifications.kinds import Attachment
from portal.notifications.wording import link_to

_CALENDAR = "text/calendar; method=PUBLISH; charset=utf-8"


def entry_of(hearing: Hearing, language: str) -> FeedEntry:
    """Return a hearing as an entry of a calendar; its name there never changes."""
    host = str(current_app.config["SITE_URL"]).partition("://")[2]
    with in_language(language):
        title, place = (
            plain(hearing.title, hearing.title_en),
            plain(hearing.place, hearing.place_en),
        )
        topic = plain(hearing.topic, hearing.topic_en)
    return FeedEntry(
        uid=f"hearing-{hearing.slug}@{host}",
        summary=title,
        description=topic,
        location=place,
        url=link_to(f"/hearings/{hearing.slug}", language),
        category="",
        first_on=hearing.starts_on,
        last_on=hearing.starts_on,
        starts_at=hearing.starts_at,
        status=Status.CANCELLED if hearing.cancelled_at else Status.CONFIRMED,
        sequence=hearing.moves,
        changed_at=hearing.changed_at,
    )


def write_calendar(hearing: Hearing, language: str) -> bytes:
    """Return a hearing as a calendar file of one entry."""
    address = link_to(f"/hearings/{hearing.slug}.ics", language)
    entry = entry_of(hearing, language)
    return write_feed(entry.summary, language, str(council_zone()), [entry], address)


def calendar_file(hearing_id: int, language: str) -> tuple[Attachment, ...]:
    """Return the file that goes with a letter; none once the hearing is gone."""
    hearing = db.session.get(Hearing, hearing_id)
    if hearing is None:
        return ()
    content = write_calendar(hearing, language)
    return (Attachment(f"{hearing.slug}.ics", _CALENDAR, content),)


def ticket_picture(token: str) -> Attachment:
    """Return the ticket's code as a picture; it holds an address and no person."""
    address = link_to(f"/hearings/tickets/{token}", "ko")
    return Attachment("ticket.png", "image/png", qr_png(address))
