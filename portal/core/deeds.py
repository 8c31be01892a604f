"""What the trail calls deeds, in words: each feature registers its own, in its ``deeds.py``."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

_words: dict[str, LazyString] = {}


def register_deeds(words: Mapping[str, LazyString]) -> None:
    """Say what some deeds are called; each is told as a short sentence about who did it."""
    _words.update(words)


def known_deeds() -> tuple[str, ...]:
    """Return every deed that somebody named."""
    return tuple(_words)


def deed_words(deed: str) -> str:
    """Return what a deed is called, in the page's language; empty for one that nobody named."""
    return str(_words.get(deed, ""))


register_deeds(
    {
        "clock.set": _l("Moved the day the site stands on"),
        "file.keep": _l("Took in a file"),
        "file.remove": _l("Deleted a file"),
    }
)
