"""Mark what was asked for in a text, and choose the part of it that a result shows.

Texts are compared as they are indexed, so spaces, particles and capitals don't matter; what is
shown is the text as it stands in the database.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.search.analysis import normalise, stem_of
from portal.search.questions import Question

#: So much text stands below a result's title.
SNIPPET_LETTERS = 140
#: So much of a text is looked through for the part to show.
MOST_LETTERS = 20_000
#: So many of its marks are looked at for it.
MOST_SPANS = 100
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Piece:
    """A part of a text, marked or not."""

    text: str
    is_marked: bool


#: A text in pieces; joined they are the text.
Marked = tuple[Piece, ...]


def mark(text: str, question: Question) -> Marked:
    """Return a whole text with what was asked for marked."""
    return _pieces(text, _spans(text, question))


def snippet(text: str, question: Question) -> Marked:
    """Return the part of a text with most of what was asked for; its beginning when it has none."""
    read = " · ".join(text[:MOST_LETTERS].split("\n"))
    spans = _spans(read, question)
    begin = _best_begin(read, spans)
    end = min(len(read), begin + SNIPPET_LETTERS)
    if end < len(read):
        end = max(read.rfind(" ", begin + SNIPPET_LETTERS // 2, end), begin + SNIPPET_LETTERS // 2)
    inside = [
        (first - begin, last - begin) for first, last in spans if begin <= first < last <= end
    ]
    shown = _pieces(read[begin:end], inside)
    before = (Piece("… ", False),) if begin else ()
    return (*before, *shown, *((Piece(" …", False),) if end < len(read) else ()))


def _spans(text: str, question: Question) -> list[tuple[int, int]]:
    """Return where what was asked for stands, in order, joined where spaces alone divide them."""
    every = _english_spans if question.language == "en" else _korean_spans
    joined: list[tuple[int, int]] = []
    for first, last in sorted(every(text, question)):
        if joined and (first <= joined[-1][1] or not text[joined[-1][1] : first].strip()):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _korean_spans(text: str, question: Question) -> Iterator[tuple[int, int]]:
    """Give the places of tokens in a text read without what stands between its letters."""
    letters = [(sign, place) for place, sign in enumerate(text) if sign.isalnum()]
    plain = "".join(normalise(sign)[:1] or " " for sign, _place in letters)
    for token in _tokens(question):
        at = plain.find(token)
        while at >= 0:
            yield letters[at][1], letters[at + len(token) - 1][1] + 1
            at = plain.find(token, at + 1)


def _english_spans(text: str, question: Question) -> Iterator[tuple[int, int]]:
    """Give the places of words with the stems that were asked for."""
    stems = set(_tokens(question))
    for word in _WORD.finditer(text):
        if stem_of(normalise(word[0])) in stems:
            yield word.span()


def _tokens(question: Question) -> list[str]:
    """Return the tokens that make words; pairs across two words would mark chance."""
    tokens = (t for alternatives in question.words for tokens in alternatives for t in tokens)
    return list(dict.fromkeys(tokens))


def _best_begin(text: str, spans: list[tuple[int, int]]) -> int:
    """Return where the part with most marked letters begins."""
    if not spans or len(text) <= SNIPPET_LETTERS:
        return 0
    best, most = 0, -1
    for first, _last in spans[:MOST_SPANS]:
        begin = max(0, first - SNIPPET_LETTERS // 5)
        inside = [
            (f, e) for f, e in spans[:MOST_SPANS] if begin <= f and e <= begin + SNIPPET_LETTERS
        ]
        marked = sum(end - start for start, end in inside)
        if marked > most:
            best, most = begin, marked
    space = text.rfind(" ", 0, best + 1)
    return space + 1 if best and best - space < SNIPPET_LETTERS // 5 else best


def _pieces(text: str, spans: list[tuple[int, int]]) -> Marked:
    """Return a text in pieces, marked and unmarked by turns."""
    pieces, at = [], 0
    for first, last in spans:
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    pieces.append(Piece(text[at:], False))
    return tuple(piece for piece in pieces if piece.text)
