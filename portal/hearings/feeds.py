"""Hearings as entries of people's own calendars and of feed readers, in the feed's language."""

from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Response, current_app, request
from flask_babel import gettext as _

from portal.calendar.ical import FeedEntry, Status, write_feed
from portal.calendar.rules import EventState
from portal.core import clock
from portal.core.addresses import url_for
from portal.core.feeds import FeedEntry as NewsEntry
from portal.core.i18n import page_language, plain, write_day
from portal.hearings import words
from portal.hearings.pages import HearingRow

_TENTATIVE = (EventState.PLANNED, EventState.UNCONFIRMED)


def calendar_feed(file_name: str, name: str, rows: Iterable[HearingRow]) -> Response:
    """Return hearings as a file for calendars."""
    site = current_app.config["SITE_URL"]
    zone = clock.council_zone()
    body = write_feed(
        name,
        page_language(),
        zone.key,
        [
            calendar_entry(row, site + url_for("hearings.show_hearing", slug=row.slug), zone)
            for row in rows
        ],
        site + request.script_root + request.path,
    )
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{file_name}.ics"'
    return response


def news_entries(rows: Iterable[HearingRow]) -> Iterable[NewsEntry]:
    """Give hearings for feed readers; one that was withdrawn is left out."""
    for row in rows:
        if row.withdrawn_at is not None:
            continue
        day = write_day(row.starts_on, page_language())
        yield NewsEntry(
            title=f"{day} {_summary(row)}",
            summary=plain(row.topic, row.topic_en),
            path=url_for("hearings.show_hearing", slug=row.slug),
            key=f"hearings/{row.slug}",
            at=row.changed_at,
            category=words.kind_label(row.kind),
        )


def calendar_entry(row: HearingRow, url: str, zone: ZoneInfo) -> FeedEntry:
    """Return a hearing; one that was withdrawn stays as cancelled, without its words.

    :param url: whole address of its page
    """
    is_gone = row.withdrawn_at is not None
    return FeedEntry(
        # The same in all feeds and languages, and in the letters to those who come.
        uid=uid_of(row.slug),
        summary=_("Withdrawn by the council") if is_gone else _summary(row),
        description=_description(row, is_gone=is_gone),
        location="" if is_gone else plain(row.place, row.place_en),
        url=url,
        category=words.kind_label(row.kind),
        first_on=row.starts_on,
        last_on=row.starts_on,
        starts_at=None if is_gone else _in(zone, row.starts_at),
        ends_at=None if is_gone else _in(zone, row.ends_at),
        status=Status.CANCELLED if is_gone else _status(row.state),
        sequence=row.sequence,
        changed_at=row.withdrawn_at or row.changed_at,
    )


def uid_of(slug: str) -> str:
    """Return by what calendars know a hearing, whatever happens to it."""
    return f"hearing-{slug}@{urlsplit(current_app.config['SITE_URL']).hostname or 'localhost'}"


def _summary(row: HearingRow) -> str:
    title = plain(row.title, row.title_en)
    if row.state is EventState.CANCELLED:
        return str(_("Cancelled: %(title)s", title=title))
    return title


def _description(row: HearingRow, *, is_gone: bool) -> str:
    """Return what an entry says below its title."""
    host = plain(row.host, row.host_en)
    lines = [
        plain(row.topic, row.topic_en),
        _("Host: %(host)s", host=host) if host else "",
        plain(row.cancelled_because, None),
        _closing(row.sign_up.closes_at),
    ]
    said = [_("This entry is no longer published.")] if is_gone else lines
    if clock.is_practice():
        said.append(_("Practice: this is not the official calendar of the council."))
    return "\n".join(line for line in said if line)


def _closing(closes_at: datetime | None) -> str:
    if closes_at is None:
        return ""
    day: date = closes_at.astimezone(clock.council_zone()).date()
    return str(_("Sign-up until %(day)s", day=write_day(day, page_language())))


def _in(zone: ZoneInfo, instant: datetime | None) -> datetime | None:
    return instant.astimezone(zone) if instant else None


def _status(state: EventState) -> Status:
    if state is EventState.CANCELLED:
        return Status.CANCELLED
    return Status.TENTATIVE if state in _TENTATIVE else Status.CONFIRMED
