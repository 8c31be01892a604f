"""What was done is told once, on the page that follows."""

import re

from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in, save, text_of
from tests.moderation.test_desk_pages import write
from tests.support.client import PageClient


def told(client: PageClient, page: str) -> list[str]:
    """Return what a page tells of what was just done."""
    box = re.search(r'<div role="status">.*?</h1>', text_of(client.get(page)), re.S)
    return re.findall(r'notice-title">(.*?)</p>', box[0]) if box else []


def test_saving_and_handing_in_are_told_once(people):
    editor, _reader = people
    row = write(editor)
    assert told(editor, row) == ["초안으로 저장했습니다. 공개하려면 검토에 올려 주세요."]
    assert told(editor, row) == []
    save(editor, row, title="방청하는 법")
    assert len(told(editor, row)) == 1
    hand_in(editor, row)
    assert told(editor, row) == ["검토에 올렸습니다. 이제 다른 사람이 읽습니다."]


def test_a_decision_is_told_with_the_name_of_the_thing(people):
    editor, reader = people
    row = write(editor)
    hand_in(editor, row)
    decide(reader, row, "publish")
    assert told(reader, "/staff/review") == ["방청 안내: 공개했습니다."]


def test_approving_nothing_is_told(people):
    editor, reader = people
    hand_in(editor, write(editor))
    assert post(reader, "/staff/review").status_code == 303
    assert told(reader, "/staff/review") == [
        "고른 것이 없습니다. 읽은 것을 고른 뒤 단추를 눌러 주세요."
    ]


def test_a_changed_name_is_told(people):
    editor, _reader = people
    post(editor, "/staff/account", name="새 이름", language="ko")
    assert told(editor, "/staff/account") == ["이름과 언어를 저장했습니다."]
