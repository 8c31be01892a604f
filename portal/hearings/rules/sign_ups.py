"""Sign-ups: what somebody gives, the numbers that name them, and addresses that slipped."""

import difflib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.hearings.rules.kinds import Way

#: Version of the consent that stands beside the form.
CONSENT = "2026-11"
LONGEST_NAME = 60
LONGEST_TEXT = 1000
#: Links to one's own sign-up end so long after the hearing's day.
LINK_LIVES = timedelta(days=30)
#: A reminder goes out so long before.
REMIND_BEFORE = timedelta(hours=24)
#: Letters and figures that can't be taken for each other.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
#: Hosts of mail that people in Korea use most; one typed almost like these has probably slipped.
_HOSTS = (
    "naver.com",
    "gmail.com",
    "daum.net",
    "hanmail.net",
    "kakao.com",
    "nate.com",
    "outlook.com",
    "hotmail.com",
    "icloud.com",
    "yahoo.com",
    "korea.kr",
    "seoul.go.kr",
)
_ALIKE = 0.8


@dataclass(frozen=True)
class Draft:
    """What somebody gives who signs up.

    :ivar email: None for a caller without one
    """

    way: Way
    size: int
    name: str
    email: str | None
    language: str
    phone: str | None = None
    needs: str | None = None
    question: str | None = None


def new_number() -> str:
    """Return a number for a request, such as ``K7QM-2XPD``; it names it and opens nothing."""
    signs = [secrets.choice(_SIGNS) for _place in range(8)]
    return "".join(signs[:4]) + "-" + "".join(signs[4:])


def new_code() -> str:
    """Return a code for a slip, such as ``8F3K-WQ7M-P2ZD``: twelve signs, 59 bits."""
    signs = [secrets.choice(_SIGNS) for _place in range(12)]
    return "-".join("".join(signs[start : start + 4]) for start in (0, 4, 8))


def plain_number(typed: str) -> str:
    """Return a number or code as it is kept, however it was typed."""
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    return "-".join(signs[start : start + 4] for start in range(0, len(signs), 4))


def meant_address(email: str) -> str | None:
    """Return the address that was probably meant, None when it looks right."""
    name, _sign, host = email.strip().rpartition("@")
    host = host.lower()
    if not name or not host or host in _HOSTS:
        return None
    alike = difflib.get_close_matches(host, _HOSTS, n=1, cutoff=_ALIKE)
    return f"{name}@{alike[0]}" if alike else None


def is_reminded(starts_at: datetime | None, now: datetime) -> bool:
    """Say whether it is time to remind those who come."""
    return starts_at is not None and starts_at - REMIND_BEFORE <= now < starts_at
