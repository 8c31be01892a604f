"""A role for one committee acts on what is this committee's, before and after each change."""

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.accounts.rules import Place, Role, ScopeKind
from portal.calendar.models import Event
from portal.council.desk_places import committee_place
from portal.council.models import Committee
from portal.extensions import db
from tests.accounts.staff import make_account, post, sign_in
from tests.moderation.desk import decide, hand_in, review_address, save, text_of
from tests.support.client import PageClient

DESK = "/staff/content/publications"
WORDS = {"kind": "notice", "title": "방청 안내"}
HERE, ELSEWHERE = "transport", "education"
PLACE = Place(ScopeKind.COMMITTEE, HERE)


@pytest.fixture
def narrow_editor(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.EDITOR, place=PLACE))


@pytest.fixture
def editor(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))


@pytest.fixture
def narrow_reader(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR, place=PLACE))


def write(client: PageClient, committee: str) -> str:
    """Write a new notice about a committee and return its address at the desk."""
    answer = post(client, f"{DESK}/new", **WORDS, committee=committee)
    assert answer.status_code == 303, text_of(answer)
    return str(answer.headers["Location"])


@pytest.mark.parametrize("committee", ["", ELSEWHERE])
def test_nobody_adds_to_another_place(narrow_editor: PageClient, committee: str):
    answer = post(narrow_editor, f"{DESK}/new", **WORDS, committee=committee)
    assert answer.status_code == 422
    assert 'value="방청 안내"' in text_of(answer)
    write(narrow_editor, HERE)


@pytest.mark.parametrize("committee", ["", ELSEWHERE])
def test_nobody_writes_a_row_out_of_their_place(narrow_editor: PageClient, committee: str):
    row = write(narrow_editor, HERE)
    assert save(narrow_editor, row, committee=committee, title="옮긴 글").status_code == 422
    assert "옮긴 글" not in text_of(narrow_editor.get(row))
    assert save(narrow_editor, row, title="고친 글").status_code == 303


def test_nobody_brings_back_an_old_version_of_another_place(fresh_app: Flask, editor: PageClient):
    row = write(editor, ELSEWHERE)
    assert save(editor, row, committee=HERE).status_code == 303
    narrow = sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR, place=PLACE))
    old = {"page": f"{row}/history/1", "number": "1", "based_on": "2"}
    assert post(narrow, f"{row}/restore", **old).status_code == 403


@pytest.mark.parametrize("committee", ["", ELSEWHERE])
def test_nobody_publishes_what_is_another_places(
    editor: PageClient, narrow_reader: PageClient, committee: str
):
    row = write(editor, committee)
    hand_in(editor, row)
    address = review_address(row)
    answer = post(narrow_reader, address, move="publish", seen="1")
    assert answer.status_code == 422
    assert f"{row}/edit" not in text_of(narrow_reader.get(row))
    assert narrow_reader.get(f"{row}/edit").status_code == 403


def test_a_reviewer_of_one_place_lets_nothing_move_away(
    editor: PageClient, narrow_reader: PageClient
):
    row = write(editor, HERE)
    hand_in(editor, row)
    assert decide(narrow_reader, row, "publish").status_code == 303
    assert save(editor, row, committee=ELSEWHERE, change_note="담당이 바뀜").status_code == 303
    hand_in(editor, row, "propose")
    sent = {"page": "/staff/review", "move": "accept", "seen": "2"}
    assert post(narrow_reader, review_address(row), **sent).status_code == 422
    away = {"page": "/staff/review", "move": "withdraw", "reason": "끝남"}
    assert post(narrow_reader, f"{row}/withdraw", **away).status_code == 403


@pytest.fixture
def seoul(fresh_app: Flask) -> Iterator[Flask]:
    with fresh_app.test_request_context():
        yield fresh_app
        db.session.rollback()


def test_an_event_is_where_its_committee_is_or_would_be(seoul: Flask):
    ids = {c.slug: c.id for c in db.session.query(Committee)}
    event, session = Event(committee_id=ids[HERE]), db.session()
    assert committee_place(session, event, {}) == PLACE
    moved = committee_place(session, event, {"committee_id": ids[ELSEWHERE]})
    assert moved == Place(ScopeKind.COMMITTEE, ELSEWHERE)
    assert committee_place(session, event, {"committee_id": None}) is None
    assert committee_place(session, None, {"committee_id": ids[HERE]}) == PLACE
