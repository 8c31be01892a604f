"""The desks of the calendar: two people write it, and pages, feeds and history follow."""

from dataclasses import replace
from datetime import date, datetime, time

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.calendar.models import CouncilSession, Event
from portal.core.clock import council_zone
from portal.council.contact import contact_of_council
from portal.council.queries import find_council
from portal.extensions import db
from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in, save, text_of, written_fields
from tests.support.client import PageClient

EVENTS = "/staff/content/events"
SESSIONS = "/staff/content/council_sessions"
DAYS_OFF = "/staff/content/holiday_changes"
QUESTIONS = "questions-2020-11"
MOVED = {"starts_on": "2020-11-24", "ends_on": "2020-11-26", "change_note": "본회의장 공사"}
NEW_EVENT = {
    "kind": "forum",
    "title": "감나무 토론회",
    "title_en": "A forum on persimmon trees",
    "starts_on": "2020-11-20",
    "ends_on": "2020-11-20",
    "starts_time": "14:00",
    "agenda-0-text": "여는 말",
}
DAY_OFF = {"on": "2020-11-20", "change": "add", "name": "임시공휴일", "name_en": "Extra holiday"}


def desk_of_event(app: Flask, slug: str) -> str:
    with app.app_context():
        return f"{EVENTS}/{db.session.scalars(select(Event.id).where(Event.slug == slug)).one()}"


def desk_of_session(app: Flask, number: int) -> str:
    with app.app_context():
        found = select(CouncilSession.id).where(CouncilSession.number == number)
        return f"{SESSIONS}/{db.session.scalars(found).one()}"


def is_open(app: Flask, day: date) -> bool:
    """Say whether an office with usual hours is open at ten o'clock on a day."""
    with app.app_context():
        council = find_council(db.session())
        assert council
        council = replace(council, opening_hours="Mo-Fr 09:00-18:00")
        opening = contact_of_council(
            db.session(), council, datetime.combine(day, time(10), council_zone())
        ).opening
        assert opening
        return opening.is_open


def public(app: Flask, address: str) -> str:
    return text_of(app.test_client().get(address))


def entry_of(app: Flask, slug: str) -> Calendar:
    feed = app.test_client().get(f"/calendar/events/{slug}.ics").data
    (entry,) = Calendar.from_ical(feed).walk("VEVENT")
    return entry  # type: ignore[return-value]


def add(editor: PageClient, desk: str, fields: dict[str, str]) -> str:
    """Write a new row and return its address at the desk."""
    answer = add_unchecked(editor, desk, fields)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])


def add_unchecked(editor: PageClient, desk: str, fields: dict[str, str]) -> TestResponse:
    blank = written_fields(text_of(editor.get(f"{desk}/new")))
    return editor.post(f"{desk}/new", data=blank | fields)


def publish(people: tuple[PageClient, PageClient], row: str) -> None:
    editor, reader = people
    hand_in(editor, row)
    answer = decide(reader, row, "publish")
    assert answer.status_code == 303, text_of(answer)


def correct(people: tuple[PageClient, PageClient], row: str, **changes: str | None) -> None:
    """Let the editor propose a change of a public row, and the reader accept it."""
    editor, reader = people
    saved = save(editor, row, **changes)
    assert saved.status_code == 303, text_of(saved)
    hand_in(editor, row, "propose")
    accepted = decide(reader, row, "accept")
    assert accepted.status_code == 303, text_of(accepted)


def test_the_desks_open_within_the_bounds_of_all_staff_pages(fresh_app: Flask, people):
    editor, _reader = people
    rows = {
        EVENTS: desk_of_event(fresh_app, "administration-2020-02-28"),
        SESSIONS: desk_of_session(fresh_app, 298),
        DAYS_OFF: add(editor, DAYS_OFF, DAY_OFF),
    }
    for desk, row in rows.items():
        for address in (desk, f"{desk}/new", f"{desk}/help", row, f"{row}/edit"):
            assert editor.get(address).status_code == 200, address


def test_a_move_waits_for_the_second_person(fresh_app: Flask, people):
    editor, _reader = people
    row = desk_of_event(fresh_app, QUESTIONS)
    assert save(editor, row, **MOVED).status_code == 303
    hand_in(editor, row, "propose")
    assert "moved-to" not in public(fresh_app, "/calendar/2020/11")
    assert entry_of(fresh_app, QUESTIONS).decoded("dtstart").isoformat() == "2020-11-17"


def test_a_moved_sitting_is_told_everywhere_with_its_reason(fresh_app: Flask, people):
    before = entry_of(fresh_app, QUESTIONS)
    correct(people, desk_of_event(fresh_app, QUESTIONS), **MOVED)
    after = entry_of(fresh_app, QUESTIONS)
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after.decoded("dtstart").isoformat() == "2020-11-24"
    month = public(fresh_app, "/calendar/2020/11")
    assert '<a class="moved-to" href="/calendar/2020/11/24">' in month
    assert "<s><a" in public(fresh_app, "/calendar/2020/11/17")
    page = public(fresh_app, f"/calendar/events/{QUESTIONS}")
    assert "날짜가 바뀐 일정입니다." in page
    assert page.count("본회의장 공사") == 1
    corrections = public(fresh_app, "/corrections")
    assert "본회의장 공사" in corrections and "첫날, 마지막 날" in corrections


def test_a_cancelled_sitting_keeps_its_page_and_is_struck_in_feeds(fresh_app: Flask, people):
    editor, _reader = people
    row = desk_of_event(fresh_app, QUESTIONS)
    correct(people, row, is_cancelled="y", change_note="감염병")
    page = public(fresh_app, f"/calendar/events/{QUESTIONS}")
    assert "취소된 일정입니다." in page and "감염병" in page
    assert "내 달력에 담기" not in page
    assert str(entry_of(fresh_app, QUESTIONS)["status"]) == "CANCELLED"
    taken_back = save(editor, row, is_cancelled=None, change_note="다시 엽니다")
    assert taken_back.status_code == 422
    assert "취소된 일정은 되돌릴 수 없습니다." in text_of(taken_back)


@pytest.mark.parametrize("changes", [MOVED, {"is_cancelled": "y"}])
def test_dates_of_a_public_event_change_with_a_reason_only(
    fresh_app: Flask, people, changes: dict[str, str]
):
    editor, _reader = people
    row = desk_of_event(fresh_app, QUESTIONS)
    refused = save(editor, row, **(changes | {"change_note": " "}))
    assert refused.status_code == 422
    assert 'id="change_note-error"' in text_of(refused)
    assert save(editor, row, place="본회의장", change_note="").status_code == 303


@pytest.mark.parametrize(
    ("slug", "field", "changes"),
    [
        ("plenary-2020-11-02", "starts_on", MOVED),
        ("plenary-2020-11-02", "is_cancelled", {"is_cancelled": "y"}),
        (QUESTIONS, "ends_on", {"ends_on": "2020-11-16"}),
        (QUESTIONS, "ends_on", {"ends_on": "2201-01-01"}),
    ],
)
def test_what_can_not_happen_is_refused_in_the_form(
    fresh_app: Flask, people, slug: str, field: str, changes: dict[str, str]
):
    editor, _reader = people
    row = desk_of_event(fresh_app, slug)
    refused = save(editor, row, **({"change_note": "까닭"} | changes))
    assert refused.status_code == 422
    assert f'id="{field}-error"' in text_of(refused)


def test_a_change_of_something_else_leaves_the_history_alone(fresh_app: Flask, people):
    correct(people, desk_of_event(fresh_app, QUESTIONS), place="본회의장", change_note="빠졌음")
    page = public(fresh_app, f"/calendar/events/{QUESTIONS}")
    assert "날짜가 바뀐 일정입니다." not in page
    assert page.count("빠졌음") == 1


def test_the_preview_of_a_move_tells_it_as_the_page_will(fresh_app: Flask, people):
    editor, _reader = people
    row = desk_of_event(fresh_app, QUESTIONS)
    save(editor, row, **MOVED)
    preview = text_of(editor.get(f"{row}/page/2"))
    assert "날짜가 바뀐 일정입니다." in preview and "본회의장 공사" in preview
    assert "본회의장 공사" not in public(fresh_app, f"/calendar/events/{QUESTIONS}")


def test_agenda_items_are_added_and_an_old_agenda_is_restored(fresh_app: Flask, people):
    editor, reader = people
    slug = "plenary-2020-02-21"
    row = desk_of_event(fresh_app, slug)
    assert "휴회의 건" not in public(fresh_app, f"/calendar/events/{slug}")
    correct(people, row, **{"agenda-2-text": "휴회의 건", "change_note": "빠뜨린 안건"})
    page = public(fresh_app, f"/calendar/events/{slug}")
    assert page.index("긴급현안질문") < page.index("휴회의 건")
    answer = editor.get(f"{row}/history/1")
    fields = {"number": "1", "based_on": "2", "csrf_token": token_of(text_of(answer))}
    assert editor.post(f"{row}/restore", data=fields).status_code == 303
    hand_in(editor, row, "propose")
    assert decide(reader, row, "accept", reason="잘못 넣었음").status_code == 303
    page = public(fresh_app, f"/calendar/events/{slug}")
    assert "휴회의 건" not in page
    assert "긴급현안질문" in page and "잘못 넣었음" in page


def test_an_agenda_line_in_english_only_is_refused(fresh_app: Flask, people):
    editor, _reader = people
    row = desk_of_event(fresh_app, QUESTIONS)
    assert save(editor, row, **{"agenda-0-text_en": "Only English"}).status_code == 422


def test_a_draft_is_nowhere_until_it_is_published(fresh_app: Flask, people):
    editor, _reader = people
    with fresh_app.app_context():
        session = select(CouncilSession.id).where(CouncilSession.number == 298)
        own = {"session_id": str(db.session.scalars(session).one())}
    row = add(editor, EVENTS, NEW_EVENT | own)
    shown = [public(fresh_app, address) for address in WHERE_EVENTS_STAND]
    assert not [a for a, page in zip(WHERE_EVENTS_STAND, shown, strict=True) if "감나무" in page]
    assert fresh_app.test_client().get("/calendar/events/forum-2020-11-20").status_code == 404
    publish(people, row)
    shown = [public(fresh_app, address) for address in WHERE_EVENTS_STAND]
    assert not [a for a, p in zip(WHERE_EVENTS_STAND, shown, strict=True) if "감나무" not in p]
    page = public(fresh_app, "/calendar/events/forum-2020-11-20")
    assert "여는 말" in page and "14:00" in page
    assert "출처 의회사무처에서 직접 알림" in page
    assert "출처에 적힌 그대로" not in page


WHERE_EVENTS_STAND = (
    "/calendar/2020/11",
    "/calendar/2020/11/20",
    "/calendar/sessions/298",
    "/calendar.ics",
)


def test_an_event_needs_a_title_of_more_than_spaces(people):
    editor, _reader = people
    refused = add_unchecked(editor, EVENTS, NEW_EVENT | {"title": "  "})
    assert refused.status_code == 422
    assert 'id="title-error"' in text_of(refused)


def test_what_is_kept_by_itself_has_its_time_and_agenda(people):
    editor, _reader = people
    row = add(editor, EVENTS, NEW_EVENT)
    fields = written_fields(text_of(editor.get(f"{row}/edit")))
    later = {"starts_time": "15:30", "agenda-1-text": "닫는 말"}
    assert editor.post(f"{row}/autosave", data=fields | later).status_code == 204
    kept = written_fields(text_of(editor.get(f"{row}/edit?use=saved")))
    assert kept["starts_time"] == "15:30"
    assert (kept["agenda-0-text"], kept["agenda-1-text"]) == ("여는 말", "닫는 말")


def test_two_events_of_a_kind_on_a_day_have_addresses_of_their_own(fresh_app: Flask, people):
    editor, _reader = people
    first, second = (add(editor, EVENTS, NEW_EVENT) for _ in range(2))
    with fresh_app.app_context():
        rows = [db.session.get_one(Event, int(a.rpartition("/")[2])) for a in (first, second)]
        assert [row.slug for row in rows] == ["forum-2020-11-20", "forum-2020-11-20-2"]


def test_a_draft_is_not_cancelled(people):
    editor, _reader = people
    row = add(editor, EVENTS, NEW_EVENT)
    refused = save(editor, row, is_cancelled="y", change_note="까닭")
    assert refused.status_code == 422
    assert 'id="is_cancelled-error"' in text_of(refused)


def test_a_holiday_declared_late_changes_the_month_once_it_is_public(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, DAYS_OFF, DAY_OFF)
    assert "임시공휴일" not in public(fresh_app, "/calendar/2020/11")
    assert "적힌 날수와 달력이 맞지" not in public(fresh_app, "/calendar/sessions/298")
    publish(people, row)
    assert "임시공휴일" in public(fresh_app, "/calendar/2020/11")
    assert "Extra holiday" in public(fresh_app, "/en/calendar/2020/11/20")
    assert "적힌 날수와 달력이 맞지" in public(fresh_app, "/calendar/sessions/298")


def test_offices_are_closed_on_a_holiday_declared_late(fresh_app: Flask, people):
    editor, _reader = people
    row = add(editor, DAYS_OFF, DAY_OFF)
    assert is_open(fresh_app, date(2020, 11, 20))
    publish(people, row)
    assert not is_open(fresh_app, date(2020, 11, 20))


def test_a_day_has_one_entry(people):
    editor, _reader = people
    add(editor, DAYS_OFF, DAY_OFF)
    refused = add_unchecked(editor, DAYS_OFF, DAY_OFF)
    assert refused.status_code == 422
    assert "이 날은 이미 적혀 있습니다." in text_of(refused)


def test_a_day_whose_entry_is_in_the_archive_says_how_it_comes_back(people):
    editor, reader = people
    row = add(editor, DAYS_OFF, DAY_OFF)
    publish(people, row)
    for move in ("withdraw", "archive"):
        answer = post(reader, f"{row}/withdraw", move=move, reason="해제됨")
        assert answer.status_code == 303
    refused = add_unchecked(editor, DAYS_OFF, DAY_OFF)
    assert "다시 초안으로 만들어 주세요" in text_of(refused)
    assert post(editor, f"{row}/move", move="reopen").status_code == 303


def test_a_session_whose_days_do_not_add_up_is_refused_with_the_difference(
    fresh_app: Flask, people
):
    editor, _reader = people
    row = desk_of_session(fresh_app, 298)
    refused = save(editor, row, plenary_days="7")
    assert refused.status_code == 422
    page = text_of(refused)
    assert "본회의: 인쇄된 것은 7일, 달력으로 세면 6일로 1일 차이가 납니다." in page
    assert "위원회 활동: 인쇄된" not in page


def test_a_public_session_is_corrected_with_its_note(fresh_app: Flask, people):
    row = desk_of_session(fresh_app, 298)
    correct(people, row, **{"business-0-text": "개회식과 시정연설", "change_note": "새 의사일정"})
    page = public(fresh_app, "/calendar/sessions/298")
    assert "개회식과 시정연설" in page and "새 의사일정" in page


def test_an_agenda_may_be_long(people):
    editor, _reader = people
    fields = written_fields(text_of(editor.get(f"{EVENTS}/new"))) | NEW_EVENT
    lines = {f"agenda-{number}-text": f"{number}번째 안건" for number in range(300)}
    kind = "multipart/form-data"
    answer = editor.post(f"{EVENTS}/new", data=fields | lines, content_type=kind)
    assert answer.status_code == 303, text_of(answer)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"spans-0-ends_on": "2020-11-03"}, "겹칩니다"),
        ({"spans-0-starts_on": "2020-11-01"}, "회기 밖에"),
        ({"spans-0-starts_on": "", "spans-0-ends_on": "", "spans-0-kind": ""}, "모두 채우거나"),
        ({"number": "297"}, "이미 있습니다"),
    ],
)
def test_spans_that_contradict_each_other_are_refused(
    fresh_app: Flask, people, changes: dict[str, str], said: str
):
    editor, _reader = people
    refused = save(editor, desk_of_session(fresh_app, 298), **changes)
    assert refused.status_code == 422
    assert said in text_of(refused)


def test_a_working_day_that_nothing_is_said_about_is_named(fresh_app: Flask, people):
    editor, _reader = people
    blank = {f"spans-0-{name}": "" for name in ("starts_on", "ends_on", "kind", "nature")}
    refused = save(editor, desk_of_session(fresh_app, 298), **blank)
    assert "이 평일에 무엇을 하는지 적으세요: 11. 2.(월)" in text_of(refused)


def test_a_new_session_is_nowhere_until_it_is_published(fresh_app: Flask, people):
    editor, _reader = people
    fields = {
        "kind": "extraordinary",
        "number": "299",
        "starts_on": "2020-10-12",
        "ends_on": "2020-10-12",
        **{"days": "1", "plenary_days": "1"},
        **{f"{name}_days": "0" for name in ("committee", "audit", "off")},
        "spans-0-starts_on": "2020-10-12",
        "spans-0-ends_on": "2020-10-12",
        "spans-0-kind": "plenary",
        "spans-0-nature": "stated",
    }
    row = add(editor, SESSIONS, fields)
    assert "제299회" not in public(fresh_app, "/calendar/sessions")
    assert fresh_app.test_client().get("/calendar/sessions/299").status_code == 404
    assert "제299회" not in text_of(editor.get(f"{EVENTS}/new"))
    assert "제299회 임시회" in text_of(editor.get(f"{row}/page/1"))
    publish(people, row)
    assert "제299회 임시회" in public(fresh_app, "/calendar/sessions")
    assert "제299회" in text_of(editor.get(f"{EVENTS}/new"))


def token_of(page: str) -> str:
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
