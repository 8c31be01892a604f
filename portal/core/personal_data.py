"""Numbers and addresses of persons that stand in a text by mistake.

What is found here is looked at by a person before the text is published: the rules would rather
find too much than too little. They find what is written out, not what has to be guessed: no house
of one family (its address looks like an office's), no telephone without its area code, no picture.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from portal.core.personal_rules import CAN_BE_ALLOWED, RULES, SURE, PersonalKind

#: So many letters of what was found are shown; the rest is covered.
SHOWN_LETTERS = 3
_COVER = "●"
_DASHES = "\u2212\u3161\u30fc"
#: Fillers of Hangul: letters that nobody sees.
_UNSEEN = "\u115f\u1160\u3164\uffa0"
#: Digits one by one: "0 1 0 - 1 2 3 4"; what stands between them is left out.
_SINGLE_DIGITS = re.compile(r"(?<!\d)\d(?:[ .\-]\d)+(?!\d)")
#: A number within which a line ends.
_WRAPPED = re.compile(r"(?<=\d-) *\n *(?=\d)")


@dataclass(frozen=True)
class Finding:
    """A place in a text that seems to tell about a person.

    :ivar start: of the place in the text as it was given, counted in letters
    :ivar end: behind the last letter of the place
    :ivar masked: the place as it is read, with all but its first letters covered
    :ivar is_sure: whether a check digit agrees; most kinds have none
    """

    kind: PersonalKind
    start: int
    end: int
    masked: str
    is_sure: bool = False


@dataclass(frozen=True)
class _Readable:
    """A text as the eye reads it, and where each of its letters stands in the given one."""

    text: str
    places: tuple[int, ...]


def find_personal(text: str, allowed: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Return what in a text seems to tell about a person, in its order; no two overlap.

    :param allowed: telephones, mail addresses, accounts and addresses that the council itself
        publishes; only their letters and digits count
    """
    readable = _readable(text)
    known = frozenset(_key(_readable(words).text) for words in allowed)
    taken = bytearray(len(readable.text))
    findings = []
    for kind, start, end in _places(readable.text):
        if any(taken[start:end]):
            continue
        taken[start:end] = b"x" * (end - start)
        if kind not in CAN_BE_ALLOWED or _key(readable.text[start:end]) not in known:
            findings.append(_finding(kind, readable, start, end))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def _places(text: str) -> Iterator[tuple[PersonalKind, int, int]]:
    """Give kind, start and end of what the rules find, kind by kind."""
    for kind, rule in RULES.items():
        at = 0
        while match := rule.pattern.search(text, at):
            group = match.lastgroup or 0
            holds = rule.holds(_digits(match[group]))
            if holds:
                yield (kind, *match.span(group))
            at = match.end(group) if holds else match.start() + 1


def _finding(kind: PersonalKind, readable: _Readable, start: int, end: int) -> Finding:
    found = readable.text[start:end]
    is_sure = kind in SURE and SURE[kind](_digits(found))
    first, last = readable.places[start], readable.places[end - 1]
    return Finding(kind, first, last + 1, _masked(found), is_sure)


def _readable(text: str) -> _Readable:
    """Return a text with plain digits, dashes and spaces, and without what nobody sees."""
    pairs = [(plain, place) for place, sign in enumerate(text) if (plain := _plain(sign))]
    for gaps in (_gaps_at_line_ends, _gaps_of_single_digits):
        dropped = set(gaps("".join(plain for plain, _ in pairs)))
        pairs = [pair for at, pair in enumerate(pairs) if at not in dropped]
    return _Readable("".join(plain for plain, _ in pairs), tuple(place for _, place in pairs))


def _plain(sign: str) -> str:
    """Return one sign as it is read; nothing for one that cannot be seen."""
    category = unicodedata.category(sign)
    if category in ("Cf", "Mn", "Me") or sign in _UNSEEN:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    if category == "Pd" or sign in _DASHES:
        return "-"
    if category == "Zs" or sign == "\t":
        return " "
    is_wide = "\uff01" <= sign <= "\uff5e"
    return unicodedata.normalize("NFKC", sign) if is_wide else sign


def _gaps_at_line_ends(text: str) -> Iterator[int]:
    for match in _WRAPPED.finditer(text):
        yield from range(*match.span())


def _gaps_of_single_digits(text: str) -> Iterator[int]:
    for match in _SINGLE_DIGITS.finditer(text):
        yield from range(match.start() + 1, match.end(), 2)


def _key(text: str) -> str:
    """Return the letters and digits alone, which two spellings of one thing share."""
    return "".join(sign for sign in text if sign.isalnum()).casefold()


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _masked(text: str) -> str:
    """Return a text of which only the first letters can be read."""
    masked, shown = "", 0
    for sign in text:
        masked += sign if shown < SHOWN_LETTERS or not sign.isalnum() else _COVER
        shown += sign.isalnum()
    return masked
