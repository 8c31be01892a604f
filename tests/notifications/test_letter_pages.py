"""What staff see of letters: how they stand, never whom they went to."""

import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from portal.accounts.rules import Role
from portal.audit.pages import Wanted
from portal.audit.queries import lines_for_auditors
from portal.extensions import db
from portal.notifications.models import Letter
from portal.notifications.rules import LetterState, mask_recipient
from portal.notifications.services import queue_letter
from tests.accounts.staff import make_account, post, sign_in
from tests.support.client import PageClient

NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
ADDRESS = "kim.minsu@example.kr"


def letter_in(app: Flask, state: LetterState, *, to: str = ADDRESS, **changes: object) -> int:
    """Commit a letter that stands in a state, and return its id."""
    with app.app_context():
        letter = queue_letter(
            db.session(), kind="test", to=to, language="en", context={}, at=NOW, **changes
        )
        letter.state, letter.attempts, letter.taken_at = state, 6, NOW
        if state is LetterState.SENT:
            letter.sent_at = NOW
        else:
            letter.last_error = "SMTPRecipientsRefused 550 5.1.1"
        db.session.commit()
        return letter.id


def letter_of(app: Flask, letter_id: int) -> Letter:
    with app.app_context():
        letter = db.session.get_one(Letter, letter_id)
        db.session.expunge(letter)
        db.session.rollback()
        return letter


def deeds_of(app: Flask, deed: str) -> list[tuple[str, str]]:
    with app.app_context():
        rows = [
            (row.actor, row.row_id) for row in lines_for_auditors(db.session(), Wanted(deed=deed))
        ]
        db.session.rollback()
        return rows


@pytest.fixture
def administrator(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))


def test_a_failed_letter_is_told_at_home_and_can_be_sent_again(
    fresh_app: Flask, administrator: PageClient
):
    assert "/en/staff/letters#failed" not in administrator.get("/en/staff/").text
    letter_id = letter_in(fresh_app, LetterState.FAILED)
    home = administrator.get("/en/staff/").text
    assert "What went wrong" in home and "/en/staff/letters#failed" in home
    page = administrator.get("/en/staff/letters").text
    assert "SMTPRecipientsRefused 550 5.1.1" in page
    assert "k***@example.kr" in page and ADDRESS not in page
    address = f"/staff/letters/{letter_id}/send-again"
    assert post(administrator, address).status_code == 303
    letter = letter_of(fresh_app, letter_id)
    assert (letter.state, letter.attempts) == (LetterState.QUEUED, 0)
    assert len(deeds_of(fresh_app, "letter.send_again")) == 1
    assert post(administrator, address).status_code == 409


def test_bounces_are_noted_by_hand_and_by_a_file_and_recorded_once(
    fresh_app: Flask, administrator: PageClient
):
    first = letter_in(fresh_app, LetterState.SENT)
    second = letter_in(fresh_app, LetterState.SENT, to="lee@example.kr")
    name = letter_of(fresh_app, first).message_id
    typed = post(administrator, "/staff/letters/bounces", names=name)
    assert typed.location.endswith("noted=1&lines=1")
    page = administrator.get("/en/staff/letters").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    file = io.BytesIO(f"\ufeff{name}\r\nLEE@example.kr\r\nnobody@example.kr\r\n".encode())
    sent = administrator.post(
        "/en/staff/letters/bounces",
        data={"csrf_token": token[1], "names": "", "file": (file, "bounces.txt")},
        content_type="multipart/form-data",
    )
    assert "Letters noted as returned: 2" in re.sub(
        "<[^>]+>", "", administrator.get(sent.location).text
    )
    assert letter_of(fresh_app, second).bounced_at
    assert sorted(row_id for _actor, row_id in deeds_of(fresh_app, "letter.bounced")) == sorted(
        (str(first), str(second))
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"names": " \n"}, "Write at least one Message-ID or address."),
        ({"names": "a@b.kr\n" * 1001}, "at most 1,000 lines"),
    ],
)
def test_bounces_that_cannot_be_read_say_why(
    administrator: PageClient, fields: dict[str, str], told: str
):
    answer = post(administrator, "/en/staff/letters/bounces", **fields)
    assert (answer.status_code, told in answer.text) == (422, True)


def test_sent_letters_are_paged(fresh_app: Flask, administrator: PageClient):
    ids = [letter_in(fresh_app, LetterState.SENT) for _number in range(51)]
    page = administrator.get("/staff/letters").text
    assert f"below={ids[1]}" in page
    older = administrator.get(f"/en/staff/letters?below={ids[1]}").text
    assert older.count("k***@example.kr") == 1 and "Older letters" not in older
    assert administrator.get("/staff/letters?below=x").status_code == 400


def test_who_may_not_read_letters_is_not_told_of_them(fresh_app: Flask):
    letter_in(fresh_app, LetterState.FAILED)
    client = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    assert "/staff/letters" not in client.get("/staff/").text
    assert client.get("/staff/letters").status_code == 403


@pytest.mark.parametrize(
    ("recipient", "masked"),
    [
        ("kim@seoul.go.kr", "k***@seoul.go.kr"),
        ("k@seoul.go.kr", "***@seoul.go.kr"),
        ("01012345678", "***78"),
        (None, ""),
    ],
)
def test_a_recipient_is_shown_in_part_only(recipient: str | None, masked: str):
    assert mask_recipient(recipient) == masked
