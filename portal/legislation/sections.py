"""What pages of members, committees, sessions and sittings show of bills and ordinances."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext as _

from portal.core import clock
from portal.core.addresses import url_for
from portal.core.sections import Section, register_links, register_section
from portal.council.queries import find_committee_slug, find_member_slug
from portal.extensions import db
from portal.legislation import words
from portal.legislation.queries import matters
from portal.legislation.queries.matters import MOST_SHOWN, MatterRow


@dataclass(frozen=True)
class Matters:
    """What a section shows.

    :ivar rows: each with what was done, in words
    :ivar has_more: there are more of them than are shown
    :ivar every: address of the list of bills that has all; None: there is none
    :ivar feed: address of the feed; None: there is none
    """

    rows: tuple[tuple[str, MatterRow], ...]
    has_more: bool
    every: str | None
    feed: str | None


def init_app(app: Flask) -> None:
    """Register the sections."""
    register_section(app, "council.member", _of_member)
    register_section(app, "council.committee", _of_committee)
    register_section(app, "calendar.session", _of_session)
    register_section(app, "calendar.event", _of_event)
    register_links(app, "calendar.event", _addresses_of_bills)


def _of_member(member_id: int) -> Section | None:
    """Return what a member brought in."""
    session = db.session()
    slug = find_member_slug(session, member_id)
    return _section(
        _("Bills and ordinances brought in"),
        matters.matters_of_member(session, member_id, clock.today()),
        every=url_for("legislation.show_bills", sponsor=slug),
        feed=url_for("legislation.feed_member", slug=slug),
    )


def _of_committee(committee_id: int) -> Section | None:
    """Return what a committee dealt with."""
    session = db.session()
    slug = find_committee_slug(session, committee_id)
    return _section(
        _("Bills and ordinances of this committee"),
        matters.matters_of_committee(session, committee_id, clock.today()),
        every=url_for("legislation.show_bills", committee=slug),
        feed=url_for("legislation.feed_committee", slug=slug),
    )


def _of_session(session_id: int) -> Section | None:
    """Return what a session of the council dealt with."""
    rows = matters.matters_of_session(db.session(), session_id, clock.today())
    number = next((row.session_number for row in rows), None)
    every = url_for("legislation.show_bills", session=number)
    return _section(_("What it dealt with"), rows, every=every)


def _of_event(event_id: int) -> Section | None:
    """Return the bills that a sitting dealt with."""
    rows = matters.matters_of_event(db.session(), event_id, clock.today())
    return _section(_("Bills of this sitting"), rows)


def _addresses_of_bills(event_id: int) -> dict[str, str]:
    """Return where the bills of a sitting have their pages, by their title."""
    rows = matters.matters_of_event(db.session(), event_id, clock.today())
    return {row.title: url_for("legislation.show_bill", slug=row.slug) for row in rows}


def _section(
    title: str, rows: Sequence[MatterRow], *, every: str | None = None, feed: str | None = None
) -> Section | None:
    if not rows:
        return None
    shown = tuple((words.matter_words(row), row) for row in rows[:MOST_SHOWN])
    content = Matters(shown, len(rows) > MOST_SHOWN, every, feed)
    return Section(title, "legislation/_section.html", content)
