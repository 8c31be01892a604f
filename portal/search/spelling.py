"""Say what somebody may have meant who mistyped: the nearest words of the titles there are."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from portal.search.analysis import bare, compact, jamo, normalise

#: A word may be wrong in one letter for so many that it has, and in no more than so many.
LETTERS_A_FAULT, MOST_FAULTS = 5, 3
#: Shorter words are near to too many others.
SHORTEST_WORD = 4

#: Words by the letters they are made of.
Vocabulary = dict[str, str]


def vocabulary_of(titles: Iterable[str]) -> Vocabulary:
    """Return the words of titles; of words written together also the whole."""
    words = (compact(word) for title in titles for word in normalise(title).split())
    return {jamo(word): word for word in words if len(jamo(word)) >= SHORTEST_WORD}


def correct(text: str, vocabulary: Vocabulary) -> str | None:
    """Return what was typed with mistyped words put right; None when no word is near enough."""
    words = normalise(text).split()
    meant = [_nearest(compact(word), vocabulary) for word in words]
    return " ".join(meant) if meant != [compact(word) for word in words] else None


def _nearest(word: str, vocabulary: Vocabulary) -> str:
    """Return the nearest known word, or the word itself where it is known or nothing is near."""
    for form in dict.fromkeys((word, bare(word))):
        letters = jamo(form)
        if len(letters) < SHORTEST_WORD or any(letters in known for known in vocabulary):
            return word
    letters = jamo(bare(word))
    most = min(MOST_FAULTS, max(1, len(letters) // LETTERS_A_FAULT))
    found = process.extractOne(
        letters, vocabulary.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=most
    )
    return vocabulary[found[0]] if found else word
