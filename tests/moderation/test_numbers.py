"""Numbers that no browser sends are refused by the desks, and never end in a failure."""

import pytest
from flask import Flask

from tests.accounts.staff import post
from tests.moderation.desk import hand_in, review_address, save, text_of
from tests.moderation.test_desk_pages import write

LONG = "9" * 30


@pytest.mark.parametrize("row_id", ["²", "1" * 20, "٣", "-1", ""])
@pytest.mark.parametrize("seen", ["1", "²", "9" * 5000])
def test_a_choice_that_names_no_row_is_told(people, row_id: str, seen: str):
    _editor, reader = people
    hand_in(reader, write(reader))
    chosen = f"publications:{row_id}:{seen}"
    answer = post(reader, "/staff/review", chosen=chosen)
    assert answer.status_code == 200
    assert "notice-warning" in text_of(answer)


def test_a_number_that_no_database_takes_is_refused(fresh_app: Flask, people):
    editor, reader = people
    row = write(editor)
    refused = [
        save(editor, row, **{"editions-0-format": "print", "editions-0-copies": LONG}),
        save(editor, row, **{"files-0-file_id": LONG, "files-0-title": ""}),
    ]
    assert [answer.status_code for answer in refused] == [422, 422]
    restored = post(editor, f"{row}/restore", number=LONG, based_on=LONG)
    assert restored.status_code == 400
    hand_in(editor, row)
    sent = {"page": "/staff/review", "move": "publish"}
    answer = post(reader, review_address(row), seen=LONG, **sent)
    assert answer.status_code == 422
