"""Take texts apart for an index, and words for a question; the same rule for every engine.

Hangul becomes pairs of syllables (bigrams), so that neither spaces nor particles nor a table of
words decide what is found. Latin words and numbers stay whole; English text is reduced to stems.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from whoosh.lang.porter import stem

from portal.core.hangul import initials, is_hangul

#: So much of a title can be typed before suggestions end, in syllables.
LONGEST_START = 10
#: From so many words of a title suggestions may begin.
MOST_STARTS = 8
#: Longer words are no words.
LONGEST_WORD = 40

#: Before they are composed: NFKC makes a full stop of one and an old vowel of another.
_MIDDLE_DOTS = dict.fromkeys(map(ord, "·․ㆍᆞ・‧∙•･"), " ")
_JAMO = {
    ord(letter): 0xE000 + place
    for place, letter in enumerate("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
}
_HIDDEN: dict[int, int | str] = {**_JAMO, **_MIDDLE_DOTS}
_SHOWN = {hidden: letter for letter, hidden in _JAMO.items()}
_HANGUL = "가-힣"
_RUNS = re.compile(rf"[{_HANGUL}]+|[^\W_{_HANGUL}]+")
_BETWEEN = re.compile(rf"(?<=[{_HANGUL}])[ \t()\[\]'\"‘’“”「」『』,/~-]+(?=[{_HANGUL}])")
#: What may stand behind a noun, the longest first; a word keeps two syllables before it.
_PARTICLES = (
    *("에서는", "으로는", "에게서", "이라는", "에서의", "으로의", "하려면", "하는데"),
    *("에서", "에게", "으로", "부터", "까지", "이나", "이란", "하는", "하고", "하기", "한다", "된"),
    *(
        "라는",
        "에는",
        "에도",
        "보다",
        "처럼",
        "만의",
        "과의",
        "와의",
        "들의",
        "들이",
        "들을",
        "들은",
    ),
    *("은", "는", "이", "가", "을", "를", "의", "에", "로", "와", "과", "도", "만", "한", "할"),
)
#: Kinds of texts that a title ends with and a citizen leaves out.
_TAILS = ("조례", "법률")
_STOP_WORDS = frozenset(
    "a an and are as at be by do for from how i in is it of on or that the to was what when where "
    "which who will with".split()
)


def normalise(text: str) -> str:
    """Return a text as it is compared: composed, in small letters, middle dots as spaces."""
    # Single consonants, as they are typed, would become parts of a syllable.
    hidden = unicodedata.normalize("NFC", text).translate(_HIDDEN)
    return unicodedata.normalize("NFKC", hidden).translate(_SHOWN).lower()


def compact(text: str) -> str:
    """Return a text without anything but its letters and figures, as titles are compared."""
    return "".join(_RUNS.findall(normalise(text)))


def spellings(title: str) -> tuple[str, ...]:
    """Return the forms under which a title is found as a whole."""
    whole = compact(title)
    tails = (whole.removesuffix(tail) for tail in _TAILS if whole.endswith(tail))
    return tuple(dict.fromkeys((whole, *(short for short in tails if len(short) > 1))))


def tokens_of(text: str, language: str) -> list[str]:
    """Return what of a document is looked up: pairs of syllables, words, numbers; with repeats.

    Words that a space divides are taken as one, for nobody agrees where Korean has spaces.
    """
    if language == "en":
        return list(_stems(text))
    return [token for run in _joined_runs(text) for token in _cut(run)]


def words_of(text: str, language: str) -> list[str]:
    """Return the words of what somebody types, as they are separated, without their particles."""
    if language == "en":
        return list(_stems(text))
    return [compact(word) for word in normalise(text).split() if compact(word)]


def tokens_of_word(word: str) -> tuple[str, ...]:
    """Return the tokens of one Korean word; a single syllable is one by itself."""
    runs = _RUNS.findall(word)
    tokens = tuple(token for run in runs for token in _cut(run) if len(token) > 1 or len(runs) == 1)
    return tuple(dict.fromkeys(tokens or runs))


def bare(word: str) -> str:
    """Return a Korean word without a particle behind it; two syllables at least are left."""
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= 2 and is_hangul(word[-1]):
            return word.removesuffix(particle)
    return word


def starts_of(title: str) -> tuple[str, ...]:
    """Return everything somebody may have typed so far who wants a title, also as consonants."""
    words = [compact(word) for word in normalise(title).split()]
    rests = ["".join(words[place:])[:LONGEST_START] for place in range(len(words[:MOST_STARTS]))]
    every = (rest[:length] for rest in rests for length in range(1, len(rest) + 1))
    typed = dict.fromkeys(every)
    return tuple(dict.fromkeys((*typed, *(initials(start) for start in typed))))


def start_of(typed: str) -> str:
    """Return what is looked up of a title that is still being typed; empty when it is too long."""
    start = compact(typed)
    return start if len(start) <= LONGEST_START else ""


def jamo(word: str) -> str:
    """Return a word as the letters its syllables are made of, so that misspellings are near."""
    return unicodedata.normalize("NFD", word)


def _joined_runs(text: str) -> Iterator[str]:
    """Give the runs of Hangul and of other letters, Hangul joined over what lies between."""
    yield from _RUNS.findall(_join(normalise(text)))


def _join(text: str) -> str:
    """Take out what stands between two syllables and ends no sentence."""
    return _BETWEEN.sub("", text)


def _cut(run: str) -> Iterable[str]:
    """Return the pairs of a run of syllables; any other run is one token."""
    if not is_hangul(run[0]) or len(run) == 1:
        return (run[:LONGEST_WORD],)
    return (run[place : place + 2] for place in range(len(run) - 1))


def _stems(text: str) -> Iterator[str]:
    """Give the stems of English words; figures and Hangul stay as they are."""
    for word in _RUNS.findall(normalise(text)):
        if word in _STOP_WORDS:
            continue
        yield stem_of(word[:LONGEST_WORD]) if word.isascii() else word[:LONGEST_WORD]


@functools.lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """Return the stem of an English word (M. F. Porter, 1980)."""
    reduced: str = stem(word)
    return reduced
