"""Feeds of hearings: for people's own calendars, and for feed readers."""

from flask import Response
from flask_babel import gettext as _

from portal.core import clock
from portal.core.addresses import url_for
from portal.core.errors import NotFound
from portal.core.feeds import atom_feed
from portal.core.i18n import plain
from portal.core.pages import public_page
from portal.extensions import db
from portal.hearings.feeds import calendar_feed, news_entries
from portal.hearings.queries.hearings import subscribed_hearings
from portal.hearings.views.blueprint import hearings

MOST_NEWS = 50


@hearings.get("/hearings/feed.ics")
@public_page()
def subscribe_hearings() -> Response:
    """Give all hearings as a feed for calendars."""
    rows = subscribed_hearings(db.session(), clock.today())
    return calendar_feed("hearings", _("Hearings and discussions"), rows)


@hearings.get("/hearings/feed.atom")
@public_page()
def feed_hearings() -> Response:
    """Give the hearings that were announced or changed last."""
    rows = subscribed_hearings(db.session(), clock.today())
    newest = sorted(rows, key=lambda row: row.changed_at, reverse=True)[:MOST_NEWS]
    return atom_feed(
        title=_("Hearings and discussions"),
        page=url_for("hearings.show_hearings"),
        feed=url_for("hearings.feed_hearings"),
        entries=news_entries(newest),
    )


@hearings.get("/hearings/<slug>.ics")
@public_page()
def subscribe_hearing(slug: str) -> Response:
    """Give one hearing as a file for a calendar."""
    rows = subscribed_hearings(db.session(), clock.today(), slug)
    if not rows:
        raise NotFound
    return calendar_feed(f"hearing-{slug}", plain(rows[0].title, rows[0].title_en), rows)
