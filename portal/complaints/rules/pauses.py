"""What stops the clock of a complaint, and for how long.

Time that is not counted: Decree, article 20, which takes over article 11 of the Enforcement Decree
of the Administrative Procedures Act (행정절차법 시행령), and for surveys Decree, article 17.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from portal.complaints.rules.periods import ComplaintKind


class ClockEventKind(StrEnum):
    """What happens to a case that its clock must know."""

    CORRECTION_ASKED = "correction_asked"
    CORRECTION_CAME = "correction_came"
    REPRESENTATIVES_ASKED = "representatives_asked"
    REPRESENTATIVES_NAMED = "representatives_named"
    HEARING_BEGUN = "hearing_begun"
    HEARING_ENDED = "hearing_ended"
    ADVICE_ASKED = "advice_asked"
    ADVICE_CAME = "advice_came"
    SURVEY_BEGUN = "survey_begun"
    SURVEY_PROLONGED = "survey_prolonged"
    SURVEY_ENDED = "survey_ended"
    EXTENDED = "extended"
    EXTENDED_WITH_CONSENT = "extended_with_consent"
    ENDED = "ended"


class Pause(StrEnum):
    """Why the clock stands still."""

    CORRECTION = "correction"
    REPRESENTATIVES = "representatives"
    HEARING = "hearing"
    ADVICE = "advice"
    SURVEY = "survey"


@dataclass(frozen=True)
class ClockEvent:
    """One thing that happened.

    :ivar at: aware
    :ivar amount: by how much a period was extended, in its own unit; None for other events
    """

    kind: ClockEventKind
    at: datetime
    amount: int | None = None


@dataclass(frozen=True)
class PauseRule:
    """Which events begin and end a pause, and where it is allowed.

    :ivar rule: its article in Korean; ``rule_en`` in English
    """

    begins: ClockEventKind
    ends: ClockEventKind
    rule: str
    rule_en: str


@dataclass(frozen=True)
class Stretch:
    """One time in which the clock stands still.

    :ivar ended_at: aware; for one that still runs, the instant it is looked at
    """

    pause: Pause
    began_at: datetime
    ended_at: datetime
    is_running: bool

    def days(self, zone: tzinfo) -> Iterator[date]:
        """Give each day it touches, the first and the last one, too."""
        day, last = self.began_at.astimezone(zone).date(), self.ended_at.astimezone(zone).date()
        while day <= last:
            yield day
            day += timedelta(days=1)


_K = ClockEventKind


def _by_procedures(begins: _K, ends: _K, item: int) -> PauseRule:
    return PauseRule(
        begins,
        ends,
        f"행정절차법 시행령 제11조제{item}호",
        f"Enforcement Decree of the Administrative Procedures Act, article 11, item {item}",
    )


PAUSES: Mapping[Pause, PauseRule] = {
    Pause.CORRECTION: _by_procedures(_K.CORRECTION_ASKED, _K.CORRECTION_CAME, 1),
    Pause.REPRESENTATIVES: _by_procedures(_K.REPRESENTATIVES_ASKED, _K.REPRESENTATIVES_NAMED, 3),
    Pause.HEARING: _by_procedures(_K.HEARING_BEGUN, _K.HEARING_ENDED, 4),
    # Experiments, tests, appraisals and reviews by experts that can't be done without.
    Pause.ADVICE: _by_procedures(_K.ADVICE_ASKED, _K.ADVICE_CAME, 5),
    Pause.SURVEY: PauseRule(
        _K.SURVEY_BEGUN,
        _K.SURVEY_ENDED,
        "민원 처리에 관한 법률 시행령 제17조제4항, 제5항",
        "Enforcement Decree of the Civil Petitions Treatment Act, article 17, paragraphs 4 and 5",
    ),
}
#: Only for a grievance does a survey stop the clock.
SURVEYED_KINDS = frozenset((ComplaintKind.GRIEVANCE,))
#: So many days all surveys of a case may take, and so many more once. The decree speaks of days,
#: not of days at work, and of a span that is no period of article 19: so we count all days, from
#: the one on which a survey begins. It is the reading that is best for the person who waits.
SURVEY_DAYS = 14
PROLONGED_DAYS = 7


def find_stretches(events: Iterable[ClockEvent], now: datetime) -> tuple[Stretch, ...]:
    """Return the times in which the clock stood still, in the order in which they began.

    What still runs when a case ends, ends with it.

    :param now: aware
    :raise ValueError: a pause ends that did not begin, or begins twice; a survey is prolonged
        when there is none or for a second time; something happens after the end
    """
    begun: dict[Pause, datetime] = {}
    found: list[Stretch] = []
    has_ended = is_prolonged = False
    for event in sorted(events, key=lambda event: event.at):
        if has_ended:
            raise ValueError(f"{event.kind} after the case had ended")
        if event.kind is _K.SURVEY_PROLONGED:
            if is_prolonged or Pause.SURVEY not in begun:
                raise ValueError("A survey is prolonged once, while it runs")
            is_prolonged = True
        if event.kind is _K.ENDED:
            has_ended, now = True, event.at
        _note(event, begun, found)
    running = (Stretch(p, at, max(at, now), not has_ended) for p, at in begun.items())
    return tuple(sorted((*found, *running), key=lambda stretch: stretch.began_at))


def _note(event: ClockEvent, begun: dict[Pause, datetime], found: list[Stretch]) -> None:
    """Open or close a pause."""
    for pause, rule in PAUSES.items():
        if event.kind is rule.begins:
            if pause in begun:
                raise ValueError(f"{event.kind} while it already runs")
            begun[pause] = event.at
        elif event.kind is rule.ends:
            if pause not in begun:
                raise ValueError(f"{event.kind} though it did not begin")
            found.append(Stretch(pause, begun.pop(pause), event.at, is_running=False))


def lawful_stretches(
    kind: ComplaintKind, events: Iterable[ClockEvent], zone: tzinfo, now: datetime
) -> tuple[Stretch, ...]:
    """Return the times that the law leaves out of the counting; a long survey is cut off.

    :param now: aware
    :raise ValueError: as in ``find_stretches``
    """
    events = tuple(events)
    is_prolonged = any(event.kind is _K.SURVEY_PROLONGED for event in events)
    left = SURVEY_DAYS + (PROLONGED_DAYS if is_prolonged else 0)
    kept: list[Stretch] = []
    for stretch in find_stretches(events, now):
        if stretch.pause is not Pause.SURVEY:
            kept.append(stretch)
        elif kind in SURVEYED_KINDS and left > 0:
            days = tuple(stretch.days(zone))
            kept.append(stretch if len(days) <= left else _cut(stretch, days[left - 1], zone))
            left -= len(days)
    return tuple(kept)


def _cut(stretch: Stretch, last: date, zone: tzinfo) -> Stretch:
    """Return a stretch that ends with a day."""
    return replace(stretch, ended_at=datetime.combine(last, time.max, zone), is_running=False)


def overlong_days(
    kind: ComplaintKind, events: Iterable[ClockEvent], zone: tzinfo, now: datetime
) -> frozenset[date]:
    """Return the days on which a survey goes on though it has taken as long as it may.

    :param now: aware
    :raise ValueError: as in ``find_stretches``
    """
    if kind not in SURVEYED_KINDS:
        return frozenset()
    events = tuple(events)
    all_of_them = find_stretches(events, now)
    return _survey_days(all_of_them, zone) - _survey_days(
        lawful_stretches(kind, events, zone, now), zone
    )


def _survey_days(stretches: Iterable[Stretch], zone: tzinfo) -> frozenset[date]:
    surveys = (stretch for stretch in stretches if stretch.pause is Pause.SURVEY)
    return frozenset(day for stretch in surveys for day in stretch.days(zone))
