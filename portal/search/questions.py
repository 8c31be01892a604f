"""A question: what somebody typed, taken apart, with the words that mean the same."""

from dataclasses import dataclass

from portal.search.analysis import (
    bare,
    compact,
    normalise,
    spellings,
    start_of,
    tokens_of_word,
    words_of,
)

#: More of what was typed is not read.
LONGEST_QUESTION = 200
#: More tokens are not looked up.
MOST_TOKENS = 64
#: So many words that mean the same are tried for one word.
MOST_ALTERNATIVES = 6

#: Tokens that must all be there.
Tokens = tuple[str, ...]
#: Groups of words that mean the same, as ``words_of_group`` gives them.
Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Question:
    """What is looked up.

    :ivar text: what was typed, cut to what is read
    :ivar whole: the forms in which it would be a whole title
    :ivar start: how a title may begin that is still being typed; empty when it is too long for one
    :ivar words: each word must be there, in one of its alternatives
    :ivar tokens: what a document may have of it, the pairs across words included
    """

    text: str
    language: str
    whole: tuple[str, ...]
    start: str
    words: tuple[tuple[Tokens, ...], ...]
    tokens: Tokens

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing in it to look up."""
        return not self.tokens


def ask(text: str, language: str, synonyms: Groups = ()) -> Question:
    """Take apart what somebody typed.

    :param language: of the documents that are looked up
    :param synonyms: groups of words that mean the same
    """
    typed = " ".join(text.split())[:LONGEST_QUESTION].replace("\x00", "")
    words = words_of(typed, language)
    taken = _alternatives_of(words, language, synonyms)
    return Question(
        text=typed,
        language=language,
        whole=_whole(typed),
        start=start_of(typed),
        words=_bounded(taken),
        tokens=_every_token(typed, words, taken, language),
    )


def words_of_group(words: str) -> tuple[str, ...]:
    """Return the words of a group of synonyms, which commas separate."""
    return tuple(dict.fromkeys(filter(None, (normalise(w).strip() for w in words.split(",")))))


def _alternatives_of(words: list[str], language: str, groups: Groups) -> list[tuple[Tokens, ...]]:
    """Return for each word the tokens that it, or what means the same, must have."""
    others = _others_in_english if language == "en" else _others_in_korean
    bares = [word if language == "en" else bare(word) for word in words]
    split = _split_english if language == "en" else tokens_of_word
    every = [tuple(map(split, (word, *others(word, groups)))) for word in dict.fromkeys(bares)]
    return [tuple(filter(None, alternatives)) for alternatives in every if alternatives[0]]


def _split_english(word: str) -> Tokens:
    return tuple(words_of(word, "en"))


def _others_in_korean(word: str, groups: Groups) -> tuple[str, ...]:
    """Return a word with each part of it that has a synonym said in other words."""
    said = (
        word.replace(known, other)
        for group in map(_korean, groups)
        for known in group
        if known in word
        for other in group
        if other not in word
    )
    return tuple(dict.fromkeys(said))[: MOST_ALTERNATIVES - 1]


def _others_in_english(word: str, groups: Groups) -> tuple[str, ...]:
    """Return the English words and phrases that mean the same as a word."""
    said = (
        other
        for group in groups
        if any(_split_english(known) == (word,) for known in group if known.isascii())
        for other in group
        if other.isascii() and _split_english(other) != (word,)
    )
    return tuple(dict.fromkeys(said))[: MOST_ALTERNATIVES - 1]


def _korean(group: tuple[str, ...]) -> list[str]:
    """Return the Korean words of a group, without spaces as words are asked."""
    return [compact(word) for word in group if not word.isascii()]


def _whole(typed: str) -> tuple[str, ...]:
    """Return the titles it may be, also with a particle left out."""
    last = compact(typed)
    return tuple(dict.fromkeys((*spellings(typed), *spellings(bare(last))))) if last else ()


def _bounded(words: list[tuple[Tokens, ...]]) -> tuple[tuple[Tokens, ...], ...]:
    """Return the words whose tokens are few enough in all."""
    bounded, left = [], MOST_TOKENS
    for alternatives in words:
        left -= len(alternatives[0])
        if left >= 0:
            bounded.append(alternatives)
    return tuple(bounded)


def _every_token(
    typed: str, words: list[str], taken: list[tuple[Tokens, ...]], language: str
) -> Tokens:
    """Return all that may be found: of each word, of all of them written as one, of synonyms."""
    if language == "en":
        every = list(words)
    else:
        joined = tokens_of_word("".join(words))
        every = [token for word in words for token in tokens_of_word(word)]
        every += [token for alternatives in taken for tokens in alternatives for token in tokens]
        every += joined
    return tuple(dict.fromkeys(every))[:MOST_TOKENS]


def translate(text: str, groups: Groups) -> str:
    """Return a question with the English terms it has said in Korean.

    :param groups: words that mean the same, in both languages
    """
    said = f" {' '.join(normalise(text).split())} "
    pairs = [(word, group) for group in groups for word in group if word.isascii()]
    for word, group in sorted(pairs, key=lambda pair: len(pair[0]), reverse=True):
        korean = next((other for other in group if not other.isascii()), None)
        if korean:
            said = said.replace(f" {word} ", f" {korean} ").replace(f" {word}s ", f" {korean} ")
    return said.strip()
