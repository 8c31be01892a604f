"""How a desk's form behaves: its errors, Enter, room for one more, files."""

from io import BytesIO
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

from tests.accounts.staff import post
from tests.moderation.desk import hand_in, review_address, text_of
from tests.moderation.test_desk_pages import write
from tests.support.client import PageClient
from tests.support.samples import picture

MEMBER = {"name": "홍길동", "memberships-0-role": "위원", "memberships-0-starts_on": "언젠가"}


def summary_of(page: str) -> list[tuple[str, str]]:
    """Return the links of the error summary: where they lead, and what they say."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    box = next(e for e in root.iter("div") if e.get("class") == "error-summary")
    return [(a.get("href") or "", "".join(a.itertext())) for a in box.iter("a")]


def form_of(page: str) -> Element:
    """Return the desk's form on a page."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    return next(f for f in root.iter("form") if f.get("enctype"))


def test_each_error_within_an_entry_leads_to_its_own_field(people):
    editor, _reader = people
    page = text_of(post(editor, "/staff/content/members/new", **MEMBER))
    links = summary_of(page)
    named = [(to, words.partition(":")[0]) for to, words in links if "memberships" in to]
    assert named == [
        ("#memberships-0-starts_on", "시작한 날"),
        ("#memberships-0-start_basis", "시작에 대해 아는 것"),
        ("#memberships-0-rank", "직위"),
    ]
    assert f"{len(links)}곳을 고쳐 주세요" in page


def test_enter_saves_instead_of_making_room(people):
    editor, _reader = people
    form = form_of(text_of(editor.get("/staff/content/members/new")))
    first = next(b for b in form.iter("button") if b.get("type") == "submit")
    assert first.get("name") is None


def test_room_for_one_more_is_where_one_goes_on(people):
    editor, _reader = people
    page = text_of(post(editor, "/staff/content/members/new", **MEMBER, more="memberships"))
    focused = [e.get("name") for e in form_of(page).iter() if e.get("autofocus") is not None]
    assert focused == ["memberships-1-starts_on"]


def send_picture(editor: PageClient, **more: str) -> TestResponse:
    """Send a new notice with a picture."""
    address = "/staff/content/publications/new"
    token = next(
        e.get("value") or ""
        for e in form_of(text_of(editor.get(address))).iter("input")
        if e.get("name") == "csrf_token"
    )
    file = (BytesIO(picture("PNG")), "본회의장.png")
    return editor.post(
        address, data={"csrf_token": token, "kind": "notice", "new_file": file, **more}
    )


def test_a_picture_without_words_is_told_at_the_words_and_the_file_is_asked_for_again(people):
    editor, _reader = people
    answer = send_picture(editor, title="방청 안내")
    assert answer.status_code == 422
    assert [to for to, _words in summary_of(text_of(answer))] == ["#new_file", "#new_alt"]


def test_a_chosen_file_is_asked_for_again_when_another_field_is_wrong(people):
    editor, _reader = people
    page = text_of(send_picture(editor, new_alt="본회의장"))
    links = summary_of(page)
    assert [to for to, _words in links] == ["#title", "#new_file"]
    assert links[1][1] == "파일을 다시 골라 주세요. 앞서 고른 파일은 남아 있지 않습니다."


def test_a_chosen_file_is_asked_for_again_after_making_room(people):
    editor, _reader = people
    answer = send_picture(editor, title="방청 안내", more="editions")
    assert answer.status_code == 200
    assert "앞서 고른 파일은 남아 있지 않습니다." in text_of(answer)


def optional_fields(page: str) -> set[str]:
    """Return the ids of fields whose label says that they may be left empty."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    labels = (e for e in root.iter("label") if "안 적어도 됨" in "".join(e.itertext()))
    return {label.get("for") or "" for label in labels}


def test_what_is_needed_in_some_cases_is_not_called_optional(people):
    editor, reader = people
    members = text_of(editor.get("/staff/content/members/new"))
    assert "memberships-0-role" not in optional_fields(members)
    assert "memberships-0-note" in optional_fields(members)
    assert "이 항목에 무엇이든 적으면 꼭 있어야 합니다." in members
    assert "change_note" not in optional_fields(text_of(editor.get("/staff/content/events/new")))
    notices = optional_fields(text_of(editor.get("/staff/content/publications/new")))
    assert "new_alt" not in notices and "change_note" in notices
    row = write(editor)
    hand_in(editor, row)
    assert "reason" not in optional_fields(text_of(reader.get(review_address(row))))


def test_the_kind_of_an_event_is_chosen_by_who_writes_it(people):
    editor, _reader = people
    page = text_of(post(editor, "/staff/content/events/new", title="설명회"))
    assert "#kind" in [to for to, _words in summary_of(page)]


def test_lists_of_events_and_days_off_say_the_day(people):
    editor, _reader = people
    for desk in ("events", "council_sessions", "holiday_changes"):
        page = text_of(editor.get(f"/staff/content/{desk}"))
        assert "날짜" in page or "<table" not in page, desk


def test_a_wrong_address_is_told_in_our_words(people):
    editor, _reader = people
    fields = {"title": "설명회", "watch_url": "example.kr/live"}
    links = summary_of(text_of(post(editor, "/staff/content/events/new", **fields)))
    assert "https://www.example.kr/minutes" in dict(links)["#watch_url"]
