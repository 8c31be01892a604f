"""How long the law gives the council for each kind of complaint, and for passing one on.

Sources: the Civil Petitions Treatment Act (민원 처리에 관한 법률, here the Act) as amended on 11
January 2022, and its Enforcement Decree (시행령, here the Decree) as amended on 30 December 2025.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class ComplaintKind(StrEnum):
    """Kinds of complaints as they bind periods (Act, article 2; Decree, articles 14 to 17)."""

    LAW_QUESTION = "law_question"
    PROCEDURE_QUESTION = "procedure_question"
    SUGGESTION = "suggestion"
    GRIEVANCE = "grievance"
    OTHER = "other"


class Unit(StrEnum):
    """What a period is set in: hours at work, or days at work."""

    HOURS = "hours"
    DAYS = "days"


class Basis(StrEnum):
    """Whether a law, ordinance or rule sets a period, or only the council's stated practice."""

    LAW = "law"
    PRACTICE = "practice"


class Limit(StrEnum):
    """What must be done with a complaint that has arrived, before anybody answers it."""

    RECEIVE = "receive"
    TO_UNIT = "to_unit"
    TO_FAR_UNIT = "to_far_unit"
    WITHIN_BODY = "within_body"
    TO_OTHER_BODY = "to_other_body"


#: A period of at most so many days is counted in hours, a longer one in days (Act, article 19).
MOST_DAYS_IN_HOURS = 5
#: So many hours at work are one day (Act, article 19, paragraph 1).
HOURS_OF_DAY = 8
#: A case that is still open is told about each time so much has passed (Decree, article 23).
PROGRESS_EVERY = timedelta(days=30)


@dataclass(frozen=True)
class Period:
    """How long something may take.

    :ivar amount: 1 or more, in hours or days at work
    :ivar rule: the article, or whatever states it, in Korean
    :ivar rule_en: the same in English; None where there is none
    """

    amount: int
    unit: Unit
    basis: Basis
    rule: str
    rule_en: str | None = None

    def __post_init__(self) -> None:
        """Refuse a period of nothing.

        :raise ValueError: it has no amount
        """
        if self.amount < 1:
            raise ValueError(f"A period lasts 1 or more, not {self.amount}")

    @property
    def is_in_hours(self) -> bool:
        """Say whether it is counted hour by hour, from the time of receipt."""
        return self.unit is Unit.HOURS or self.amount <= MOST_DAYS_IN_HOURS

    @property
    def hours(self) -> int:
        """Return its length in hours at work."""
        return self.hours_of(self.amount)

    def hours_of(self, amount: int) -> int:
        """Return an amount of its unit in hours at work."""
        return amount if self.unit is Unit.HOURS else amount * HOURS_OF_DAY


def _by_decree(amount: int, unit: Unit, rule: str, rule_en: str) -> Period:
    return Period(
        amount,
        unit,
        Basis.LAW,
        f"민원 처리에 관한 법률 시행령 {rule}",
        f"Enforcement Decree of the Civil Petitions Treatment Act, {rule_en}",
    )


#: What binds a council that states no rule of its own.
LAW: Mapping[ComplaintKind, Period] = {
    ComplaintKind.LAW_QUESTION: _by_decree(14, Unit.DAYS, "제14조제1호", "article 14, item 1"),
    ComplaintKind.PROCEDURE_QUESTION: _by_decree(7, Unit.DAYS, "제14조제2호", "article 14, item 2"),
    ComplaintKind.SUGGESTION: _by_decree(14, Unit.DAYS, "제15조", "article 15"),
    ComplaintKind.GRIEVANCE: _by_decree(7, Unit.DAYS, "제17조제1항", "article 17, paragraph 1"),
    # “At once” (즉시) is within three hours at work.
    ComplaintKind.OTHER: _by_decree(
        3, Unit.HOURS, "제16조제1항, 제19조", "article 16, paragraph 1, and article 19"
    ),
}
#: Kinds whose period a council may set as it sees fit (Decree, article 16, paragraph 3). For all
#: others the law says “within”: a council may promise to be faster, never to be slower.
FREE_KINDS = frozenset((ComplaintKind.OTHER,))

#: An electronic paper goes on without delay, which is sooner than these (Decree, article 13,
#: paragraph 4); the limits are the last moment at which it is still no breach.
LIMITS: Mapping[Limit, Period] = {
    Limit.RECEIVE: _by_decree(8, Unit.HOURS, "제6조제7항", "article 6, paragraph 7"),
    Limit.TO_UNIT: _by_decree(1, Unit.HOURS, "제13조제1항", "article 13, paragraph 1"),
    Limit.TO_FAR_UNIT: _by_decree(3, Unit.HOURS, "제13조제1항", "article 13, paragraph 1"),
    Limit.WITHIN_BODY: _by_decree(3, Unit.HOURS, "제13조제2항", "article 13, paragraph 2"),
    Limit.TO_OTHER_BODY: _by_decree(8, Unit.HOURS, "제13조제3항", "article 13, paragraph 3"),
}


def is_too_long(kind: ComplaintKind, period: Period) -> bool:
    """Say whether a council's own period gives a person less than the law does."""
    return kind not in FREE_KINDS and period.hours > LAW[kind].hours


def progress_notice_on(received_on: date, number: int) -> date:
    """Return the day of the first, second ... notice of progress of a case that is still open.

    :param number: which notice, from 1
    """
    return received_on + number * PROGRESS_EVERY
