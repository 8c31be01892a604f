"""What staff see of letters: frozen rows, without the address of anybody."""

from dataclasses import dataclass
from datetime import datetime

from portal.notifications.rules import Channel


@dataclass(frozen=True)
class LetterRow:
    """A letter that was sent or given up.

    :ivar title: what its kind says in its subject, with dots for what differs
    :ivar recipient: masked; empty once it was erased
    :ivar at: when it was sent, or tried last; aware
    :ivar last_error: kind and codes of the last failure; empty for a letter that was sent
    :ivar bounced_at: when somebody noted that it came back
    """

    id: int
    title: str
    channel: Channel
    language: str
    recipient: str
    at: datetime | None
    attempts: int
    last_error: str
    bounced_at: datetime | None
