"""Feeds for people's own calendars, and the page that explains them."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Response, current_app, request
from flask_babel import gettext as _

from portal.calendar import queries, words
from portal.calendar.addresses import read_session_number
from portal.calendar.feeds import FeedWriter
from portal.calendar.ical import write_feed
from portal.calendar.models import Event
from portal.calendar.pages import EventRow, FeedLink, SessionRow
from portal.calendar.rules import EventKind
from portal.calendar.views.blueprint import calendar
from portal.core import clock
from portal.core.addresses import url_for
from portal.core.errors import NotFound
from portal.core.i18n import page_language, plain
from portal.core.pages import public_page
from portal.core.templates import render
from portal.council import queries as council_queries
from portal.extensions import db


@calendar.get("/calendar/subscribe")
@public_page()
def show_subscription() -> str:
    """Explain what a subscription is and list the feeds."""
    session, today = db.session(), clock.today()
    sessions = queries.published_sessions(session, today, year=today.year)
    committees = queries.subscribable_committees(session, today)
    return render(
        "calendar/show_subscription.html",
        whole=_link("all", _("The whole council"), url_for("calendar.subscribe_council")),
        kinds=[
            _link(kind.value, words.kind_label(kind), url_for("calendar.subscribe_kind", kind=kind))
            for kind in EventKind
        ],
        committees=[
            _link(
                f"committee-{slug}",
                words.marked(name, name_en),
                url_for("calendar.subscribe_committee", slug=slug),
            )
            for slug, name, name_en in committees
        ],
        sessions=[
            _link(
                f"session-{row.number}",
                words.session_title(row),
                url_for("calendar.subscribe_session", number=row.number),
            )
            for row in sessions
            if row.ends_on >= today
        ],
    )


@calendar.get("/calendar.ics")
@public_page()
def subscribe_council() -> Response:
    """Give all events and sessions as a feed."""
    today = clock.today()
    events = queries.subscribed_events(db.session(), today)
    sessions = queries.published_sessions(db.session(), today)
    return _feed("council", _("Calendar of the council"), events, sessions)


@calendar.get("/calendar/committees/<slug>.ics")
@public_page()
def subscribe_committee(slug: str) -> Response:
    """Give a committee's meetings as a feed."""
    session, today = db.session(), clock.today()
    committee = council_queries.get_published_committee(session, slug, today)
    events = queries.subscribed_events(session, today, Event.committee_id == committee.id)
    name = plain(committee.row.name, committee.row.name_en)
    return _feed(f"committee-{slug}", name, events)


@calendar.get("/calendar/sessions/<number>.ics")
@public_page()
def subscribe_session(number: str) -> Response:
    """Give a session with its events as a feed."""
    row, _before, _after = queries.get_published_session(
        db.session(), read_session_number(number), clock.today()
    )
    events = queries.subscribed_events(db.session(), clock.today(), Event.session_id == row.id)
    return _feed(f"session-{row.number}", words.session_title(row), events, (row,))


@calendar.get("/calendar/kinds/<kind>.ics")
@public_page()
def subscribe_kind(kind: str) -> Response:
    """Give the events of one kind as a feed."""
    if kind not in set(EventKind):
        raise NotFound
    chosen = EventKind(kind)
    events = queries.subscribed_events(db.session(), clock.today(), Event.kind == chosen)
    return _feed(f"kind-{chosen.value}", words.kind_label(chosen), events)


@calendar.get("/calendar/events/<slug>.ics")
@public_page()
def subscribe_event(slug: str) -> Response:
    """Give one event as a file for a calendar."""
    events = queries.subscribed_events(db.session(), clock.today(), Event.slug == slug)
    if not events:
        raise NotFound
    return _feed(f"event-{slug}", plain(events[0].title, events[0].title_en), events)


def _feed(
    file_name: str, name: str, events: Iterable[EventRow], sessions: Iterable[SessionRow] = ()
) -> Response:
    """Return a feed under the council's name, in the language of its address."""
    config = current_app.config
    council = council_queries.find_council(db.session())
    council_name = plain(council.name, council.name_en) if council else ""
    writer = FeedWriter(
        config["SITE_URL"] + request.script_root,
        urlsplit(config["SITE_URL"]).hostname or "localhost",
        clock.council_zone(),
        is_practice=clock.is_practice(),
    )
    entries = [writer.session_entry(row, clock.today()) for row in sessions]
    entries += [writer.event_entry(event) for event in events]
    url = config["SITE_URL"] + request.script_root + request.path
    body = write_feed(
        f"{council_name} · {name}" if council_name else name,
        page_language(),
        clock.council_zone().key,
        entries,
        url,
    )
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return response


def _link(key: str, name: str, path: str) -> FeedLink:
    """Return a feed's address for copying and for the reader's calendar program."""
    address = current_app.config["SITE_URL"] + path
    return FeedLink(key, name, address, "webcal://" + address.partition("://")[2])
