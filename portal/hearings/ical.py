"""What goes with a letter: the date for one's own calendar, and the picture of the ticket."""

from portal.calendar.ical import write_feed
from portal.core.clock import council_zone, today
from portal.core.i18n import in_language, plain
from portal.core.qr import qr_png
from portal.extensions import db
from portal.hearings.feeds import calendar_entry
from portal.hearings.models import Hearing
from portal.hearings.queries.hearings import subscribed_hearings
from portal.notifications.kinds import Attachment
from portal.notifications.wording import link_to

_CALENDAR = "text/calendar; method=PUBLISH; charset=utf-8"


def write_calendar(hearing: Hearing, language: str) -> bytes:
    """Return a hearing as a calendar file of one entry, the same as in the feeds."""
    zone, page = council_zone(), link_to(f"/hearings/{hearing.slug}", language)
    with in_language(language):
        rows = subscribed_hearings(db.session(), today(), hearing.slug)
        entries = [calendar_entry(row, page, zone) for row in rows]
        name = plain(hearing.title, hearing.title_en)
    return write_feed(name, language, zone.key, entries, f"{page}.ics")


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
