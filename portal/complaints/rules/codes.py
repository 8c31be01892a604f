"""What a person gets for a complaint: a number that may be told, and a code that opens it.

Both are written in Crockford's base 32, which has no I, L, O and U: what is written down by hand or
read out on the telephone is not mistaken (https://www.crockford.com/base32.html).
"""

import re
import secrets
import unicodedata

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKES = str.maketrans("ILO", "110")
#: 80 bits: nobody tries them out, and no table of them can be made.
_CODE_SIGNS = 16
_GROUP_SIGNS = 4
#: The number shows the year, not how many complaints came before.
_NUMBER_SIGNS = 8
_NUMBER = re.compile(r"([0-9]{4})([0-9A-Z]{8})")
#: Blanks and dashes of any script may stand between the groups, or be left out.
_BETWEEN = re.compile(r"[\s\-\u2010-\u2015\u2212\u30fc]")


def new_code() -> str:
    """Return a new code, four groups of four signs: ``7K3Q-F9XD-0M2P-WA5T``."""
    return _in_groups(_random(_CODE_SIGNS))


def read_code(typed: str) -> str | None:
    """Return the code that somebody typed, as ``new_code`` wrote it; None when it can be none.

    Small letters, blanks, hyphens, full-width signs, and letters that look like figures do no harm.
    """
    signs = _plain(typed)
    if len(signs) != _CODE_SIGNS or not set(signs) <= set(_SIGNS):
        return None
    return _in_groups(signs)


def new_number(year: int) -> str:
    """Return a new number of a complaint, ``2020-7K3QF9XD``; it may exist already.

    :param year: in which it arrived, four figures
    """
    return f"{year:04}-{_random(_NUMBER_SIGNS)}"


def read_number(typed: str) -> str | None:
    """Return the number that somebody typed, as ``new_number`` writes it; None: it can be none."""
    match = _NUMBER.fullmatch(_plain(typed))
    if match is None or not set(match[2]) <= set(_SIGNS):
        return None
    return f"{match[1]}-{match[2]}"


def _in_groups(signs: str) -> str:
    return "-".join(signs[at : at + _GROUP_SIGNS] for at in range(0, _CODE_SIGNS, _GROUP_SIGNS))


def _random(signs: int) -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(signs))


def _plain(typed: str) -> str:
    """Return what was typed in capital signs of one width, without what stands between."""
    wide = unicodedata.normalize("NFKC", typed)
    return _BETWEEN.sub("", wide).upper().translate(_LOOK_ALIKES)
