"""Plain language: which sentences of a text are long, and which of its words are hard.

The bounds are the editors' own measure, not a law's: they give hints and refuse nothing.
"""

import re
from collections.abc import Mapping

#: Signs of a Korean sentence, and words of an English one, from which on it is called long.
MOST_SIGNS = 60
MOST_WORDS = 25
#: A full stop behind a number ends no sentence: it stands in a date.
_END = re.compile(r"(?<=[.!?])(?<![0-9]\.)\s+|\n+")
_LETTER = "[가-힣A-Za-z]"


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a text; a new line ends one, too."""
    pieces = (piece.strip() for piece in _END.split(text))
    return tuple(piece for piece in pieces if piece)


def long_sentences(text: str, language: str) -> tuple[str, ...]:
    """Return the sentences of a text that are hard to read at once.

    :param language: ``ko`` counts signs, any other words
    """
    if language == "ko":
        return tuple(each for each in sentences_of(text) if len(each) > MOST_SIGNS)
    return tuple(each for each in sentences_of(text) if len(each.split()) > MOST_WORDS)


def hard_words_in(text: str, known: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the hard words of a text with plainer ones, in the order in which they stand.

    :param known: plainer words by hard ones; a Korean word may have a particle behind it
    """
    found = ((_place_of(word, text), word) for word in known)
    placed = sorted((place, word) for place, word in found if place is not None)
    return tuple((word, known[word]) for _place, word in placed)


def _place_of(word: str, text: str) -> int | None:
    """Return where a word first stands in a text as a word of its own, or its beginning."""
    ends = r"(?![A-Za-z])" if word[-1:].isascii() else ""
    found = re.search(f"(?<!{_LETTER}){re.escape(word)}{ends}", text, re.IGNORECASE)
    return None if found is None else found.start()
