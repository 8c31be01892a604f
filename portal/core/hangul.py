"""Hangul as letters: first consonants for searching, Latin letters for English pages.

Romanisation follows the Revised Romanization (문화관광부 고시 제2000-8호, 국어의 로마자 표기법):
letter by letter, and for names without the sound changes between syllables (제3장 제4항).
"""

_FIRST = 0xAC00
_LAST = 0xD7A3
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_LATIN_INITIALS = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_LATIN_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split(" ")
_LATIN_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
#: Consonants a name can begin with, in the order of the dictionary; doubled ones stand with theirs.
INITIALS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_DOUBLED = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}


def is_hangul(character: str) -> bool:
    """Say whether a character is a whole Hangul syllable."""
    return len(character) == 1 and _FIRST <= ord(character) <= _LAST


def initials(text: str) -> str:
    """Return the text with each syllable as its first consonant: 김정태 gives ㄱㅈㅌ."""
    return "".join(_initial(character) for character in text)


def first_initial(text: str) -> str:
    """Return the consonant under which a name stands in a list, or its first letter."""
    letter = initials(text[:1])
    return _DOUBLED.get(letter, letter)


def is_initials(text: str) -> bool:
    """Say whether a search is given as first consonants only."""
    return bool(text) and all(character in _INITIALS for character in text)


def romanise(text: str) -> str:
    """Return Hangul syllables in Latin letters; other characters stay."""
    return "".join(_syllable(character) for character in text)


def romanise_name(name: str) -> str:
    """Return a person's name in Latin letters, surname first: 김정태 gives Gim Jeong-tae.

    A surname is taken to be one syllable; names that are not Hangul stay as they are.
    """
    if len(name) < 2 or not all(is_hangul(character) for character in name):
        return name
    given = "-".join(_syllable(character) for character in name[1:])
    return f"{_syllable(name[0]).capitalize()} {given.capitalize()}"


def _initial(character: str) -> str:
    return _INITIALS[(ord(character) - _FIRST) // 588] if is_hangul(character) else character


def _syllable(character: str) -> str:
    """Return one syllable in Latin letters."""
    if not is_hangul(character):
        return character
    place = ord(character) - _FIRST
    initial, vowel, final = place // 588, place % 588 // 28, place % 28
    return _LATIN_INITIALS[initial] + _LATIN_VOWELS[vowel] + _LATIN_FINALS[final]
