"""Atom feeds: what several features publish is written in one way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import feedgenerator
from flask import Response, current_app

from portal.core.control_signs import without_control_signs
from portal.core.i18n import page_language


@dataclass(frozen=True)
class FeedEntry:
    """One thing in a feed.

    :ivar path: address of its page within the site
    :ivar key: names it for ever within its language, such as ``news/audit-2020``
    :ivar at: when it came or changed, aware
    """

    title: str
    summary: str
    path: str
    key: str
    at: datetime
    category: str


def atom_feed(*, title: str, page: str, feed: str, entries: Iterable[FeedEntry]) -> Response:
    """Return an Atom feed in the page's language; a control sign would make all of it unreadable.

    :param page: address of the page that it follows, within the site
    :param feed: its own address within the site
    """
    site = current_app.config["SITE_URL"]
    made = feedgenerator.Atom1Feed(
        title=title,
        link=site + page,
        description="",
        language=page_language(),
        feed_url=site + feed,
    )
    for entry in entries:
        made.add_item(
            title=without_control_signs(entry.title),
            link=site + entry.path,
            description=without_control_signs(entry.summary),
            unique_id=_name_of(site, entry.key),
            updateddate=entry.at,
            categories=(without_control_signs(entry.category),),
        )
    return Response(made.writeString("utf-8"), mimetype="application/atom+xml")


def _name_of(site: str, key: str) -> str:
    """Return a name that stays the same wherever the site moves within its host (RFC 4151)."""
    host = urlsplit(site).hostname or "localhost"
    return f"tag:{host},2020:{page_language()}/{key}"
