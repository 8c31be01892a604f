"""Opinions: how they stand, under which name they are shown, and which say the same."""

import hashlib
import unicodedata
from enum import StrEnum


class OpinionState(StrEnum):
    """Where an opinion stands."""

    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class ObjectionState(StrEnum):
    """Where the one objection against hiding stands."""

    NONE = "none"
    OPEN = "open"
    UPHELD = "upheld"
    RESTORED = "restored"


class NameShown(StrEnum):
    """How its author's name is shown."""

    FULL = "full"
    INITIALS = "initials"
    NONE = "none"


class HouseRule(StrEnum):
    """The public rules; an opinion is hidden by one of them, never for what it wants."""

    INSULT = "insult"
    PERSONAL = "personal"
    ADVERTISING = "advertising"
    UNRELATED = "unrelated"
    UNLAWFUL = "unlawful"


def initials(name: str) -> str:
    """Return a name of which only the beginning of each word can be read: 홍○○, J. D."""
    words = name.split()
    if len(words) == 1 and words[0] and unicodedata.name(words[0][0], "").startswith("HANGUL"):
        return words[0][0] + "○" * max(1, len(words[0]) - 1)
    return " ".join(f"{word[0].upper()}." for word in words)


def digest_of_text(text: str) -> str:
    """Return what texts of the same letters and digits share, 64 hexadecimal digits."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return hashlib.sha256("".join(sign for sign in plain if sign.isalnum()).encode()).hexdigest()
