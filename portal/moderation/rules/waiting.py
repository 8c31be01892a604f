"""What waits for somebody: who answers, when it is overdue, and what its English lacks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum


class LanguageState(StrEnum):
    """Which languages a thing has."""

    BOTH = "both"
    ENGLISH_MISSING = "english_missing"
    KOREAN_MISSING = "korean_missing"


def language_of(fields: Mapping[str, object]) -> LanguageState:
    """Return which languages a thing has; fields without an English twin have none.

    :param fields: values by name; the English of ``name`` is ``name_en``
    """
    pairs = [(fields[n.removesuffix("_en")], fields[n]) for n in fields if n.endswith("_en")]
    if any(english and not korean for korean, english in pairs):
        return LanguageState.KOREAN_MISSING
    if any(korean and not english for korean, english in pairs):
        return LanguageState.ENGLISH_MISSING
    return LanguageState.BOTH


def climbed(since: datetime, at: datetime, patience: timedelta) -> int:
    """Return how many steps a waiting thing has climbed: one each time the patience has passed.

    :raise ValueError: the patience is no time at all
    """
    if patience <= timedelta():
        raise ValueError("Patience is longer than nothing")
    return max(0, (at - since) // patience)


def is_overdue(since: datetime, at: datetime, patience: timedelta) -> bool:
    """Say whether a thing waits longer than it may."""
    return climbed(since, at, patience) > 0


def answering(chain: tuple[str, ...], steps: int) -> str:
    """Return whose turn it is: the first person of a chain, one further for each step climbed.

    :param chain: account keys, the first answerer first; the last one keeps what climbs further
    :raise ValueError: nobody is in the chain
    """
    if not chain:
        raise ValueError("Nobody answers")
    return chain[min(steps, len(chain) - 1)]


def standing_in(key: str, deputies: Mapping[str, str]) -> str:
    """Return who answers for an account: its deputy, or the deputy's one.

    Where deputies stand in for each other in a circle, the account itself answers.

    :param deputies: deputy of each absent account on the day
    """
    met, answerer = {key}, key
    while answerer in deputies:
        answerer = deputies[answerer]
        if answerer in met:
            return key
        met.add(answerer)
    return answerer
