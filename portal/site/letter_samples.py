"""Letters for the style guide: each kind in both languages, with its sample."""

from dataclasses import dataclass

from portal.core.i18n import LANGUAGES
from portal.notifications.kinds import registered_kinds
from portal.notifications.wording import Wording, word_letter


@dataclass(frozen=True)
class LetterSample:
    """A letter of a kind in one language."""

    kind: str
    language: str
    wording: Wording


def build_letter_samples() -> tuple[LetterSample, ...]:
    """Return every kind of letter in each language, by kind."""
    return tuple(
        LetterSample(kind.name, language, word_letter(kind.name, language, kind.sample))
        for kind in registered_kinds()
        for language in LANGUAGES
    )
