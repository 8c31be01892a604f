"""Events and sessions as entries of feeds, in the language of the feed."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from portal.calendar import words
from portal.calendar.ical import FeedEntry, Status
from portal.calendar.pages import EventRow, SessionRow
from portal.calendar.rules import EventState
from portal.core.i18n import plain, write_time


class FeedWriter:
    """Turns rows into entries of one feed.

    :ivar site_url: public address of the site with the language, such as ``https://x.example/en``
    :ivar host: ending of every UID; it must stay the same in all feeds and languages
    :ivar is_practice: whether each entry says that it is not the council's official calendar
    """

    def __init__(self, site_url: str, host: str, zone: ZoneInfo, *, is_practice: bool) -> None:
        """Keep what all entries share."""
        self.site_url = site_url
        self.host = host
        self.zone = zone
        self.is_practice = is_practice

    def event_entry(self, event: EventRow) -> FeedEntry:
        """Return an event; one that was withdrawn stays as cancelled, without its words."""
        if event.withdrawn_at is not None:
            return self._withdrawn_entry(event, event.withdrawn_at)
        is_one_day = event.starts_on == event.ends_on
        starts_at = event.starts_at.astimezone(self.zone) if event.starts_at else None
        return FeedEntry(
            uid=f"event-{event.slug}@{self.host}",
            summary=self._summary(event),
            description=self._joined(_event_lines(event, None if is_one_day else starts_at)),
            location=plain(event.place, event.place_en),
            url=f"{self.site_url}/calendar/events/{event.slug}",
            category=words.kind_label(event.kind),
            first_on=event.starts_on,
            last_on=event.ends_on,
            starts_at=starts_at if is_one_day else None,
            status=_status(event.state),
            sequence=event.sequence,
            changed_at=event.changed_at,
        )

    def session_entry(self, session: SessionRow, today: date) -> FeedEntry:
        """Return a session as an entry over all its days."""
        lines = [
            _("%(total)s days: %(mix)s.", total=session.days, mix=words.mix_sentence(session)),
            plain(session.note, session.note_en),
        ]
        return FeedEntry(
            uid=f"session-{session.number}@{self.host}",
            summary=words.session_title(session),
            description=self._joined(lines),
            location="",
            url=f"{self.site_url}/calendar/sessions/{session.number}",
            category=_("Sessions"),
            first_on=session.starts_on,
            last_on=session.ends_on,
            starts_at=None,
            status=Status.TENTATIVE if session.starts_on > today else Status.CONFIRMED,
            sequence=session.sequence,
            changed_at=session.changed_at,
        )

    def _withdrawn_entry(self, event: EventRow, at: datetime) -> FeedEntry:
        """Return what tells a subscriber's calendar to strike an entry."""
        said = _("Withdrawn by the council")
        return FeedEntry(
            uid=f"event-{event.slug}@{self.host}",
            summary=said,
            description=self._joined([_("This entry is no longer published.")]),
            location="",
            url=f"{self.site_url}/calendar",
            category=words.kind_label(event.kind),
            first_on=event.starts_on,
            last_on=event.ends_on,
            starts_at=None,
            status=Status.CANCELLED,
            sequence=event.sequence + 1,
            changed_at=at,
        )

    def _summary(self, event: EventRow) -> str:
        title = plain(event.title, event.title_en)
        if event.state is EventState.CANCELLED:
            return str(_("Cancelled: %(title)s", title=title))
        return title

    def _joined(self, lines: Iterable[str]) -> str:
        """Return the lines that have words, and the sentence of the practice clock last."""
        every = [line for line in lines if line]
        if self.is_practice:
            every.append(_("Practice: this is not the official calendar of the council."))
        return "\n".join(every)


def _event_lines(event: EventRow, starts_at: datetime | None) -> list[str]:
    """Return what an entry says below its title.

    :param starts_at: start of the first day of an event that takes several
    """
    body = plain(event.body, event.body_en)
    host = plain(event.host, event.host_en)
    return [
        _("Body: %(body)s", body=body) if body else "",
        _("Host: %(host)s", host=host) if host else "",
        _("Begins at %(time)s on the first day.", time=write_time(starts_at)) if starts_at else "",
        plain(event.summary, event.summary_en),
        plain(event.outcome, event.outcome_en),
        *(words.plain_change_sentence(change) for change in event.changes),
        _state_line(event),
    ]


def _state_line(event: EventRow) -> str:
    """Return what the status of an entry means, where it needs words."""
    if event.state is EventState.UNCONFIRMED:
        return str(_("No source found says that it took place."))
    if event.state is EventState.PLANNED and event.starts_at is None:
        return str(_("Time and place are not announced yet."))
    return ""


def _status(state: EventState) -> Status:
    """Return the status of an event; what nobody confirmed stays tentative."""
    if state is EventState.CANCELLED:
        return Status.CANCELLED
    if state in (EventState.PLANNED, EventState.UNCONFIRMED):
        return Status.TENTATIVE
    return Status.CONFIRMED
