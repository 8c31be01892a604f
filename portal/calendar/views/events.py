"""The page of an event."""

from flask_babel import gettext as _
from markupsafe import Markup

from portal.calendar import queries, words
from portal.calendar.entries import day_url
from portal.calendar.models import Event
from portal.calendar.pages import BusinessLine, EventRow
from portal.calendar.rules import EventState
from portal.calendar.views.blueprint import calendar
from portal.core import clock
from portal.core.i18n import page_language, write_day_range
from portal.core.pages import page_expires_at, public_page
from portal.core.sections import links_of, sections_of, squeezed
from portal.core.templates import render
from portal.council import queries as council_queries
from portal.council.contact import Contact, contact_of_council
from portal.extensions import db
from portal.moderation.queries import CorrectionLine, corrections_of

#: Fields whose changes are lines of an event's history.
_IN_HISTORY = frozenset(("starts_on", "ends_on", "is_cancelled"))


@calendar.get("/calendar/events/<slug>")
@public_page()
def show_event(slug: str) -> str:
    """Show an event: when, where, who, what became of it, and how to take part."""
    session, today = db.session(), clock.today()
    event = queries.get_published_event(session, slug, today)
    before, after = queries.neighbours_of(session, event, today)
    return render(
        "calendar/show_event.html",
        event=event,
        title=words.marked(event.title, event.title_en),
        dates=write_day_range(event.starts_on, event.ends_on, page_language(), year=True),
        day_url=day_url(event.starts_on),
        kind=words.kind_word(event.kind),
        is_over=event.ends_on < today,
        is_cancelled=event.state is EventState.CANCELLED,
        history=_history(event),
        ways=_ways(event),
        session_name=words.session_name(event.session_number) if event.session_number else "",
        agenda=_agenda(event.id),
        before=before,
        after=after,
        contact=_contact(),
        corrections=_corrections(event),
        sections=sections_of("calendar.event", event.id),
    )


def _agenda(event_id: int) -> list[tuple[BusinessLine, str | None]]:
    """Return the items of an agenda, each with the address of what it is about, where one is."""
    addresses = links_of("calendar.event", event_id)
    items = queries.agenda_of(db.session(), event_id)
    return [(item, addresses.get(squeezed(item.text))) for item in items]


def _history(event: EventRow) -> list[tuple[str, str | None, str | None]]:
    """Return each change as a sentence, with its reason in both languages."""
    return [(words.change_sentence(c), c.reason, c.reason_en) for c in event.changes]


def _corrections(event: EventRow) -> list[CorrectionLine]:
    """Return what was corrected, without what the event's history tells already."""
    lines = corrections_of(db.session(), Event.__tablename__, event.id)
    return [line for line in lines if set(line.fields) - _IN_HISTORY]


def _ways(event: EventRow) -> list[tuple[str, str]]:
    """Return how to watch, attend, get the papers and read the minutes, or that it is not known."""
    attend = words.marked(event.attend, event.attend_en) if event.attend else _("Not known")
    return [
        (_("Watch"), _link(event.watch_url, _("Watch it"))),
        (_("Attend"), attend),
        (_("Papers"), _link(event.papers_url, _("Read the papers"))),
        (_("Minutes"), _link(event.minutes_url, _("Read the minutes"))),
    ]


def _link(address: str | None, label: str) -> str:
    """Return a link to another site, or that it is not known; only web addresses become links."""
    if address is None or not address.startswith(("https://", "http://")):
        return str(_("Not known"))
    return Markup('<a href="{}" rel="external">{}</a>').format(address, label)


def _contact() -> Contact | None:
    """Return how the council is reached; the page is fresh until its office opens or closes."""
    council = council_queries.find_council(db.session())
    if council is None:
        return None
    contact = contact_of_council(db.session(), council, clock.business_now())
    if contact.opening and contact.opening.changes_at:
        page_expires_at(clock.to_real(contact.opening.changes_at))
    return contact
