"""What a hearing is, who speaks at it, and where it stands."""

from datetime import datetime
from enum import StrEnum


class HearingKind(StrEnum):
    """The kinds of the business report of November 2020, lines 2044 to 2160."""

    PUBLIC_HEARING = "public_hearing"
    PUBLIC_DISCUSSION = "public_discussion"
    ONLINE_DISCUSSION = "online_discussion"
    EXPERT_SEMINAR = "expert_seminar"
    BUDGET_FORUM = "budget_forum"


class SpeakerRole(StrEnum):
    """What somebody does at a hearing."""

    CHAIR = "chair"
    PRESENTER = "presenter"
    DISCUSSANT = "discussant"
    HOST = "host"


class Way(StrEnum):
    """How somebody takes part."""

    ROOM = "room"
    ONLINE = "online"


class WindowState(StrEnum):
    """Whether something can be sent in now."""

    NONE = "none"
    SOON = "soon"
    OPEN = "open"
    CLOSED = "closed"


#: The topic of hearings about a budget or accounts, beside the parts of life of ordinances.
BUDGET = "budget"
#: Only experts who were asked take part (report, lines 2066 to 2070).
BY_INVITATION = frozenset((HearingKind.EXPERT_SEMINAR,))


def window_state(
    opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> WindowState:
    """Return where a window stands; it includes its first instant and excludes its last.

    :param opens_at: aware; None: there is no window
    :param closes_at: aware; None: there is no window
    """
    if opens_at is None or closes_at is None:
        return WindowState.NONE
    if now < opens_at:
        return WindowState.SOON
    return WindowState.OPEN if now < closes_at else WindowState.CLOSED
