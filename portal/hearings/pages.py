"""What the pages of hearings show: frozen rows read by ``queries``, and what is made of them."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from portal.calendar.rules import EventState
from portal.core.citations import SourceLine
from portal.hearings.rules.kinds import BY_INVITATION, HearingKind, SpeakerRole, WindowState
from portal.legislation.pages import Named
from portal.moderation.queries import AttachedFile, CorrectionLine
from portal.places.rules import Terms


class Window(NamedTuple):
    """When something can be sent in; both None: not at all. Instants are aware."""

    opens_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True)
class HearingRow:
    """A hearing as lists show it, as it is known on a day.

    :ivar host: who holds it, as printed; None: the committee or member alone is known
    :ivar committee: whose hearing it is; or ``member``
    :ivar topic_key: by which lists are narrowed: ``budget``, or a part of life; empty: none
    :ivar starts_at: aware; None: only the day is known
    :ivar attendance: people who came; None before it is over, or not known
    :ivar published_at: real time at which it came, aware
    """

    id: int
    slug: str
    kind: HearingKind
    title: str
    title_en: str | None
    topic: str | None
    topic_en: str | None
    is_own: bool
    host: str | None
    host_en: str | None
    committee: Named | None
    member: Named | None
    topic_key: str
    fiscal_year: int | None
    starts_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    place: str | None
    place_en: str | None
    is_online: bool
    state: EventState
    sign_up: Window
    opinions: Window
    attendance: int | None
    cancelled_because: str | None
    is_sample: bool
    sequence: int
    changed_at: datetime
    published_at: datetime | None
    withdrawn_at: datetime | None
    committee_id: int | None
    member_id: int | None
    bill_id: int | None
    ordinance_id: int | None
    programme_id: int | None
    event_id: int | None
    room_pool_id: int | None
    online_pool_id: int | None

    @property
    def pool_ids(self) -> tuple[int, ...]:
        """Return the pools of its places, in the room and online, as far as there are any."""
        return tuple(pool for pool in (self.room_pool_id, self.online_pool_id) if pool)

    @property
    def host_key(self) -> str:
        """Return by whom lists are narrowed: ``others``, ``council``, or a committee or member."""
        if not self.is_own:
            return "others"
        if self.committee and self.committee.slug:
            return f"committee-{self.committee.slug}"
        if self.member and self.member.slug:
            return f"member-{self.member.slug}"
        return "council"

    def is_coming(self, today: date) -> bool:
        """Say whether its day is still to come, or is today."""
        return self.starts_on >= today


@dataclass(frozen=True)
class SpeakerRow:
    """Somebody who presents, discusses, chairs or holds it.

    :ivar person: a member with a page, or somebody from outside
    :ivar is_member: a member, whose name is romanised where it has no English form
    """

    role: SpeakerRole
    person: Named
    is_member: bool
    affiliation: str | None
    affiliation_en: str | None


@dataclass(frozen=True)
class OrderRow:
    """A line of the running order, with who speaks in it."""

    position: int
    starts_time: time | None
    title: str
    title_en: str | None
    speakers: tuple[SpeakerRow, ...]


@dataclass(frozen=True)
class SameDay:
    """The session of the council that has the day of a hearing.

    :ivar day_number: which of its days that is, from 1
    """

    number: int
    day_number: int


@dataclass(frozen=True)
class HearingDetail:
    """What a hearing's own page shows.

    :ivar speakers: those of the whole; the others stand in ``order``
    :ivar outcome: None until it is over; so with the response and all that tells of it
    :ivar budget_year: year of the budget it is about, where that has a page
    :ivar event_slug: its event in the calendar; None: that is not public
    :ivar terms: how places in the room are given; None: there are no places to give
    """

    row: HearingRow
    order: tuple[OrderRow, ...]
    speakers: tuple[SpeakerRow, ...]
    bill: Named | None
    ordinance: Named | None
    programme: Named | None
    budget_year: int | None
    same_day: SameDay | None
    event_slug: str | None
    directions: str | None
    directions_en: str | None
    online_url: str | None
    has_sign_language: bool
    has_captions: bool
    wheelchair_places: int | None
    accessibility: str | None
    accessibility_en: str | None
    outcome: str | None
    outcome_en: str | None
    response: str | None
    response_en: str | None
    video_url: str | None
    minutes_url: str | None
    papers_url: str | None
    note: str | None
    note_en: str | None
    terms: Terms | None
    source: SourceLine | None
    files: tuple[AttachedFile, ...]
    corrections: tuple[CorrectionLine, ...]


@dataclass(frozen=True)
class ListedHearing:
    """A hearing in the list, with its words.

    :ivar state: where the window of sign-ups stands
    :ivar sign_up: the same in words; empty: nothing is known
    :ivar places: how places stand, in sentences, while one can sign up; else empty
    """

    row: HearingRow
    kind: str
    state: WindowState
    sign_up: str
    places: str

    @property
    def is_by_invitation(self) -> bool:
        """Say whether only those take part who were asked."""
        return self.row.kind in BY_INVITATION


@dataclass(frozen=True)
class SignUpPanel:
    """The panel of a coming hearing: whether and how one takes part.

    :ivar state: where the window of sign-ups stands
    :ivar capacity: places in the room that are given out; None: there is no room to sign up for
    :ivar left: of these, places that are free
    :ivar waiting: parties that wait for a place
    :ivar is_online: one can sign up to take part online
    :ivar online_left: free places online; None: as many as come
    :ivar days_left: days until the window closes; None: it is not open
    :ivar sign_up_url: where one signs up; None: not now
    :ivar opinion_url: where one sends an opinion; None: not now
    :ivar notice_url: where one asks to be told when sign-up opens; None: not needed
    :ivar link_url: where who has signed up gets the link again; None: nobody can have
    :ivar is_by_invitation: only those who were asked take part
    """

    state: WindowState
    opens_at: datetime | None
    closes_at: datetime | None
    days_left: int | None
    capacity: int | None
    left: int | None
    waiting: int
    is_online: bool
    online_left: int | None
    opinions_state: WindowState
    opinions_close_at: datetime | None
    sign_up_url: str | None
    opinion_url: str | None
    notice_url: str | None
    link_url: str | None
    is_by_invitation: bool
    is_sample: bool

    @property
    def taken_share(self) -> float | None:
        """Return the share of the places that are taken, from 0 to 1; None: there are none."""
        if not self.capacity or self.left is None:
            return None
        return (self.capacity - self.left) / self.capacity

    @property
    def is_full(self) -> bool:
        """Say whether no place in the room is left."""
        return self.left == 0
