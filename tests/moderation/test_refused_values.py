"""What does not fit comes back with a sentence, and all that was written."""

import re

import pytest
from flask import Flask

from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in, review_address, save, text_of
from tests.support.client import PageClient

NEWS = "/staff/content/publications"
WORDS = {"kind": "notice", "title": "방청 안내"}
TWO_LARGE = ("3000000000", "1" + "0" * 20)


def write(editor: PageClient, desk: str = NEWS, **fields: str) -> str:
    """Write something new and return its address at the desk."""
    answer = post(editor, f"{desk}/new", **(fields or WORDS))
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])


@pytest.mark.parametrize(
    ("editions", "said"),
    [
        ({"editions-0-format": "pdf", "editions-1-format": "pdf"}, "이 형식은 이미"),
        ({"editions-0-copies": "20"}, "이 칸을 채워"),
        *(({"editions-0-format": "pdf", "editions-0-copies": n}, "editions") for n in TWO_LARGE),
        *(({"files-0-file_id": n}, "방청 안내") for n in TWO_LARGE),
    ],
)
def test_editions_and_files_that_do_not_fit_come_back(people, editions: dict[str, str], said: str):
    editor, _reader = people
    refused = post(editor, f"{NEWS}/new", **WORDS, **editions)
    page = text_of(refused)
    assert refused.status_code == 422
    assert said in page and "방청 안내" in page
    assert "{&#39;" not in page


@pytest.mark.parametrize("number", TWO_LARGE)
def test_a_number_that_no_database_keeps_comes_back(fresh_app: Flask, people, number: str):
    editor, _reader = people
    rows = text_of(editor.get("/staff/content/committees"))
    row = re.search(r'href="(/staff/content/committees/\d+)"', rows)
    assert row
    assert save(editor, row[1], position=number).status_code == 422


@pytest.mark.parametrize("hour", ["publish_at", "withdraw_at"])
def test_an_hour_in_the_year_1_comes_back(people, hour: str):
    editor, reader = people
    row = write(editor)
    hand_in(editor, row)
    answer = decide(reader, row, "publish", **{hour: "0001-01-01T00:00"})
    assert answer.status_code == 422


def day_off(editor: PageClient, day: str) -> str:
    return write(editor, "/staff/content/holiday_changes", on=day, change="add", name="쉬는 날")


def test_a_day_that_another_draft_took_meanwhile_is_told(people):
    editor, reader = people
    row = day_off(editor, "2020-12-01")
    hand_in(editor, row)
    assert decide(reader, row, "publish").status_code == 303
    assert save(editor, row, on="2020-12-02", change_note="옮김").status_code == 303
    hand_in(editor, row, "propose")
    day_off(editor, "2020-12-02")
    refused = decide(reader, row, "accept")
    assert refused.status_code == 422
    assert "이미 같은 값을" in text_of(refused)
    chosen = re.findall(r'name="chosen" value="([^"]+)"', text_of(reader.get("/staff/review")))
    many = post(reader, "/staff/review", chosen=chosen[0])
    assert many.status_code == 200
    assert reader.get(review_address(row)).status_code == 200
