"""How a desk's form behaves: its errors, Enter, room for one more, files."""

from xml.etree.ElementTree import Element

import html5lib

from tests.accounts.staff import post
from tests.moderation.desk import text_of

MEMBER = {"name": "홍길동", "memberships-0-role": "위원", "memberships-0-starts_on": "언젠가"}
COUNTS = {3: "세 곳을 고쳐 주세요", 4: "4곳을 고쳐 주세요"}


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
    assert COUNTS[len(links)] in page


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
