"""A counted deadline as a page shows it: every day with its words."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.complaints.rules.counts import Count, Step
from portal.complaints.rules.periods import Basis
from portal.complaints.words import length_label, pause_label, step_label


@dataclass(frozen=True)
class CountingDay:
    """One day of a counting.

    :ivar tense: past, today or future
    :ivar words: which day it is, or why it is not counted
    """

    on: date
    tense: str
    counts: bool
    words: str
    is_last: bool


@dataclass(frozen=True)
class Counting:
    """A counting with what stands above it.

    :ivar length: the period in words, without extensions
    :ivar rule: what sets it, in Korean; ``rule_en`` in English, or None
    :ivar extension: by how much it was extended, in words; empty when it was not
    :ivar due_at: aware; its time of day means something only where ``is_in_hours``
    :ivar waits_for: what the clock stands still for now, in words; empty when it runs
    """

    length: str
    rule: str
    rule_en: str | None
    is_practice: bool
    extension: str
    received_at: datetime
    due_on: date
    due_at: datetime
    is_in_hours: bool
    waits_for: str
    days: tuple[CountingDay, ...]


def show_count(count: Count, today: date) -> Counting:
    """Return a counting in words of the page's language.

    :param today: in the council's zone
    """
    period = count.period
    return Counting(
        length=length_label(period.amount, period.unit),
        rule=period.rule,
        rule_en=period.rule_en,
        is_practice=period.basis is Basis.PRACTICE,
        extension=length_label(count.extended_by, period.unit) if count.extended_by else "",
        received_at=count.received_at,
        due_on=count.due_on,
        due_at=count.due_at,
        is_in_hours=period.is_in_hours,
        waits_for=pause_label(count.waits_for) if count.waits_for else "",
        days=tuple(_day(step, count, today) for step in count.steps),
    )


def _day(step: Step, count: Count, today: date) -> CountingDay:
    tense = "today" if step.on == today else "past" if step.on < today else "future"
    words = step_label(step, count.total)
    return CountingDay(step.on, tense, step.counts, words, is_last=step.on == count.due_on)
