"""The clock of a complaint: vectors of the law, and what always holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.complaints.rules.clock import (
    ExtensionRefusal,
    extended_by,
    limit_ends_at,
    refuse_extension,
)
from portal.complaints.rules.counts import Reason
from portal.complaints.rules.pauses import ClockEventKind as K
from portal.complaints.rules.periods import ComplaintKind, Limit, progress_notice_on
from portal.complaints.rules.work_calendar import Office, WorkCalendar, minutes_of
from tests.unit.complaints import cases
from tests.unit.complaints.cases import KOREA, SEOUL, at, count, event


@pytest.mark.parametrize(
    ("received_on", "kind", "due_on"),
    [
        ("2020-09-25", ComplaintKind.GRIEVANCE, "2020-10-08"),
        ("2020-04-13", ComplaintKind.PROCEDURE_QUESTION, "2020-04-22"),
        ("2020-08-13", ComplaintKind.SUGGESTION, "2020-09-02"),
        ("2020-11-02", ComplaintKind.LAW_QUESTION, "2020-11-19"),
    ],
)
def test_days_are_counted_from_the_first_without_days_off(received_on, kind, due_on):
    assert count(at(received_on), kind=kind).due_on.isoformat() == due_on


def test_each_day_says_its_number_or_why_it_has_none():
    counted = count(at("2020-04-13"))
    shown = [step.number or step.holiday or step.reason for step in counted.steps]
    weekend = [Reason.SATURDAY, Reason.SUNDAY]
    assert shown == [1, 2, "국회의원 선거일", 3, 4, *weekend, 5, 6, 7]


@pytest.mark.parametrize(
    ("received_at", "hours", "due_at"),
    [
        (at("2020-11-09", "09:00"), 3, at("2020-11-09", "12:00")),
        (at("2020-11-09", "11:30"), 3, at("2020-11-09", "15:30")),
        (at("2020-11-06", "17:20:59"), 3, at("2020-11-09", "11:20")),
        (at("2020-11-07", "23:00"), 3, at("2020-11-09", "12:00")),
        (at("2020-11-09", "18:00"), 8, at("2020-11-10", "18:00")),
    ],
)
def test_hours_are_counted_at_work_only(received_at, hours, due_at):
    counted = count(received_at, period=cases.hours(hours))
    assert counted.due_at == due_at
    assert counted.steps[-1].minutes_in_all == hours * 60


def test_five_days_are_forty_hours_and_six_are_days():
    received_at = at("2020-11-09", "15:00")
    assert count(received_at, period=cases.days(5)).due_at == at("2020-11-16", "15:00")
    assert count(received_at, period=cases.days(6)).due_on == date(2020, 11, 16)


def test_a_correction_leaves_out_the_day_it_is_asked_for_and_the_day_it_comes():
    asked, came = event(K.CORRECTION_ASKED, "2020-11-10"), event(K.CORRECTION_CAME, "2020-11-12")
    counted = count(at("2020-11-09"), asked, came)
    assert [step.number for step in counted.steps[:5]] == [1, None, None, None, 2]
    assert counted.steps[1].reason is Reason.CORRECTION
    assert counted.due_on == date(2020, 11, 20)


def test_in_hours_a_pause_takes_its_own_time_only():
    asked = event(K.ADVICE_ASKED, "2020-11-09", "09:30")
    came = event(K.ADVICE_CAME, "2020-11-09", "14:00")
    counted = count(at("2020-11-09", "09:00"), asked, came, period=cases.hours(3))
    assert counted.due_at == at("2020-11-09", "16:30")
    assert (counted.steps[0].minutes, counted.steps[0].reason) == (180, Reason.ADVICE)


def test_while_it_waits_the_deadline_moves_on_and_nothing_is_overdue():
    asked = event(K.CORRECTION_ASKED, "2020-11-10")
    waiting = count(at("2020-11-09"), asked, now=at("2020-12-01"))
    assert waiting.waits_for == "correction"
    assert waiting.due_on == date(2020, 12, 9)
    assert not waiting.is_overdue(at("2020-12-01"))


def test_what_still_waits_when_a_case_ends_waits_no_longer():
    asked = event(K.CORRECTION_ASKED, "2020-11-10")
    ended = count(at("2020-11-09"), asked, event(K.ENDED, "2020-11-12"))
    assert (ended.waits_for, ended.due_on) == (None, date(2020, 11, 20))


@pytest.mark.parametrize(("prolonged", "limit"), [(False, 14), (True, 21)])
def test_a_survey_stops_the_clock_up_to_its_limit_and_then_it_counts_again(prolonged, limit):
    received_at, begun = at("2020-11-02"), event(K.SURVEY_BEGUN, "2020-11-03")
    ended = event(K.SURVEY_ENDED, "2020-11-30")
    more = [event(K.SURVEY_PROLONGED, "2020-11-12")] if prolonged else []
    counted = count(received_at, begun, *more, ended)
    surveyed = [step.on for step in counted.steps if step.reason is Reason.SURVEY]
    last = date(2020, 11, 3) + timedelta(days=limit - 1)
    assert surveyed[0] == date(2020, 11, 3)
    assert last - timedelta(days=2) <= surveyed[-1] <= last
    again = next(step for step in counted.steps if step.reason is Reason.SURVEY_TOO_LONG)
    assert (again.on, again.number) == (date(2020, 11, 3) + timedelta(days=limit), 2)


def test_all_surveys_of_a_case_share_one_limit():
    first = event(K.SURVEY_BEGUN, "2020-11-02"), event(K.SURVEY_ENDED, "2020-11-11")
    second = event(K.SURVEY_BEGUN, "2020-11-16"), event(K.SURVEY_ENDED, "2020-11-25")
    surveyed = [
        step.on.day
        for step in count(at("2020-11-02"), *first, *second).steps
        if step.reason is Reason.SURVEY
    ]
    assert surveyed == [2, 3, 4, 5, 6, 9, 10, 11, 16, 17, 18, 19]


def test_only_a_grievance_waits_for_a_survey():
    survey = event(K.SURVEY_BEGUN, "2020-11-03"), event(K.SURVEY_ENDED, "2020-11-10")
    asked = count(at("2020-11-02"), *survey, kind=ComplaintKind.PROCEDURE_QUESTION)
    assert asked.steps == count(at("2020-11-02")).steps


def test_an_extension_is_counted_on_from_the_period():
    first = event(K.EXTENDED, "2020-11-09", amount=7)
    second = event(K.EXTENDED_WITH_CONSENT, "2020-11-16", amount=2)
    counted = count(at("2020-11-02"), first, second)
    assert (counted.total, counted.steps[-1].number) == (16, 16)
    assert counted.due_on == date(2020, 11, 23)


@pytest.mark.parametrize(
    ("made", "amount", "has_consent", "now", "refusal"),
    [
        ((), 7, False, "2020-11-10", None),
        ((), 8, False, "2020-11-10", ExtensionRefusal.TOO_LONG),
        ((), 0, False, "2020-11-10", ExtensionRefusal.TOO_LONG),
        ((), 7, False, "2020-11-11", ExtensionRefusal.TOO_LATE),
        ((K.EXTENDED,), 7, False, "2020-11-10", ExtensionRefusal.NEEDS_CONSENT),
        ((K.EXTENDED,), 7, True, "2020-11-10", None),
        ((K.EXTENDED, K.EXTENDED_WITH_CONSENT), 1, True, "2020-11-10", ExtensionRefusal.NO_MORE),
        ((K.ENDED,), 7, True, "2020-11-10", ExtensionRefusal.ENDED),
    ],
)
def test_an_extension_is_refused_where_the_decree_does(made, amount, has_consent, now, refusal):
    events = [event(kind, "2020-11-03", f"1{n}:00", amount=1) for n, kind in enumerate(made)]
    counted = count(at("2020-11-02"), *(() if K.EXTENDED in made else events))
    assert counted.due_on == date(2020, 11, 10)
    assert refuse_extension(counted, events, amount, has_consent, at(now)) is refusal


@pytest.mark.parametrize(
    "kinds", [(K.EXTENDED, K.EXTENDED), (K.EXTENDED, K.EXTENDED_WITH_CONSENT, K.EXTENDED)]
)
def test_what_the_decree_refuses_is_not_counted(kinds):
    events = [event(kind, f"2020-11-0{n}", amount=1) for n, kind in enumerate(kinds, start=3)]
    with pytest.raises(ValueError, match="refused"):
        extended_by(cases.days(7), events)


@pytest.mark.parametrize(
    "kinds",
    [
        (K.CORRECTION_CAME,),
        (K.CORRECTION_ASKED, K.CORRECTION_ASKED),
        (K.SURVEY_PROLONGED,),
        (K.SURVEY_BEGUN, K.SURVEY_PROLONGED, K.SURVEY_PROLONGED),
        (K.ENDED, K.CORRECTION_ASKED),
    ],
)
def test_what_cannot_have_happened_is_a_mistake(kinds):
    events = [event(kind, f"2020-11-0{n}") for n, kind in enumerate(kinds, start=3)]
    with pytest.raises(ValueError, match=kinds[-1].value.split("_")[0]):
        count(at("2020-11-02"), *events)


def test_a_case_is_in_time_until_the_last_day_ends():
    counted = count(at("2020-11-02"))
    assert counted.due_on == date(2020, 11, 10)
    assert [counted.days_left(at(f"2020-11-{day}")) for day in ("06", "07", "09", "10")] == [
        2,
        2,
        1,
        0,
    ]
    assert counted.is_due_today(at("2020-11-10", "00:00"))
    assert not counted.is_overdue(at("2020-11-10", "23:59"))
    assert counted.is_overdue(at("2020-11-11", "00:00"))


@pytest.mark.parametrize(("ended", "late"), [("2020-11-10", False), ("2020-11-11", True)])
def test_what_was_answered_in_time_never_becomes_late(ended, late):
    counted = count(at("2020-11-02"), event(K.ENDED, ended))
    assert counted.is_overdue(at("2021-01-01")) is late
    assert not counted.is_due_today(at("2020-11-10"))


def test_papers_go_on_within_hours_at_work():
    since = at("2020-11-06", "16:00")
    ends = {limit: limit_ends_at(limit, since, KOREA) for limit in Limit}
    assert ends[Limit.TO_UNIT] == at("2020-11-06", "17:00")
    assert ends[Limit.WITHIN_BODY] == at("2020-11-09", "10:00")
    assert ends[Limit.TO_OTHER_BODY] == ends[Limit.RECEIVE] == at("2020-11-09", "16:00")


def test_progress_is_told_every_thirty_days():
    told = [progress_notice_on(date(2020, 11, 2), number) for number in (1, 2)]
    assert told == [date(2020, 12, 2), date(2021, 1, 1)]


def test_a_calendar_without_a_working_day_is_a_mistake():
    with pytest.raises(ValueError, match="No working day"):
        count(at("2020-11-02"), calendar=WorkCalendar(SEOUL, lambda _day: "쉬는 날"))


@given(cases.instants(), cases.PERIODS, cases.holidays(), st.data())
def test_the_last_day_works_and_exactly_the_period_is_counted(received_at, period, off, data):
    events = data.draw(cases.pauses(received_at))
    calendar = cases.calendar_of(off)
    counted = count(received_at, *events, period=period, calendar=calendar)
    numbers = [step.number for step in counted.steps if step.counts]
    assert numbers == list(range(1, period.amount + 1))
    assert counted.steps[-1].counts
    assert calendar.why_off(counted.due_on) is None
    assert [step.on for step in counted.steps] == [
        received_at.date() + timedelta(days=n) for n in range(len(counted.steps))
    ]


@given(
    cases.instants(),
    st.one_of(cases.PERIODS, cases.HOURS),
    cases.holidays(),
    st.integers(0, 40),
    st.data(),
)
def test_one_more_holiday_never_makes_a_deadline_earlier(received_at, period, off, later, data):
    events = data.draw(cases.pauses(received_at))
    more = off | {received_at.date() + timedelta(days=later): "임시공휴일"}
    before, after = (
        count(received_at, *events, period=period, calendar=cases.calendar_of(days))
        for days in (off, more)
    )
    assert after.due_at >= before.due_at


@given(cases.instants(), cases.PERIODS, cases.holidays(), st.data())
def test_pauses_move_a_deadline_by_the_working_days_in_them(received_at, period, off, data):
    calendar = cases.calendar_of(off)
    events = data.draw(cases.pauses(received_at))
    plain = count(received_at, period=period, calendar=calendar)
    paused = count(received_at, *events, period=period, calendar=calendar)
    touched = {
        day
        for begun, ended in zip(events[::2], events[1::2], strict=True)
        for day in (
            begun.at.date() + timedelta(days=n)
            for n in range((ended.at.date() - begun.at.date()).days + 1)
        )
        if not calendar.why_off(day) and day <= paused.due_on
    }
    added = [s for s in paused.steps if s.on > plain.due_on and not calendar.why_off(s.on)]
    assert len(added) == len(touched)


@given(cases.instants(), cases.HOURS, cases.holidays(), st.data())
def test_hours_never_count_at_night_or_in_the_break(received_at, period, off, data):
    calendar = cases.calendar_of(off)
    events = data.draw(cases.pauses(received_at))
    counted = count(received_at, *events, period=period, calendar=calendar)
    assert sum(step.minutes for step in counted.steps) == period.hours * 60
    assert all(step.minutes <= minutes_of(calendar.shifts_of(step.on)) for step in counted.steps)
    shifts = calendar.shifts_of(counted.due_on)
    assert any(begin < counted.due_at <= end for begin, end in shifts)


@given(cases.instants(), cases.HOURS)
def test_an_office_with_other_hours_counts_its_own(received_at, period):
    office = Office(opens=at("2020-11-09", "08:30").time(), closes=at("2020-11-09", "16:00").time())
    calendar = WorkCalendar(SEOUL, {}.get, office)
    counted = count(received_at, period=period, calendar=calendar)
    assert all(step.minutes <= 390 for step in counted.steps)


def test_an_office_that_closes_at_noon_counts_mornings():
    noon = at("2020-11-09", "12:00").time()
    morning = Office(closes=noon, break_from=noon, break_until=noon)
    asked = event(K.ADVICE_ASKED, "2020-11-09", "20:00")
    came = event(K.ADVICE_CAME, "2020-11-09", "21:00")
    calendar = WorkCalendar(SEOUL, {}.get, morning)
    counted = count(
        at("2020-11-09", "09:00"), asked, came, period=cases.hours(6), calendar=calendar
    )
    assert counted.due_at == at("2020-11-10", "12:00")
    assert [step.reason for step in counted.steps] == [None, None]


def test_office_hours_out_of_order_are_a_mistake():
    with pytest.raises(ValueError, match="follow"):
        Office(opens=at("2020-11-09", "19:00").time())
