"""What a stranger can learn, send or undo with an address or a link: nothing beyond their own."""

import string

import pytest
from flask import Flask
from sqlalchemy import update

from portal.core.clock import business_now, real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.links import LinkKind, sign_link
from portal.hearings.models import Hearing, OpeningNotice, Review, SignUp
from portal.hearings.services.notices import ask_notice
from portal.places.models import Pool
from tests.hearings.opened import SLUG, letters_of, open_hearing, press, take_part, walk

VICTIM = "victim@example.kr"
_SIGNS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


@pytest.fixture
def hearing(fresh_app: Flask) -> int:
    return open_hearing(fresh_app)


def sibling_of(token: str) -> str:
    """Return a token with the same signature: the last sign of base64 holds unused bits."""
    at = _SIGNS.index(token[-1])
    return token[:-1] + _SIGNS[at ^ 1]


def ask(app: Flask, hearing: int, email: str) -> None:
    with app.test_request_context():
        begin_write()
        ask_notice(db.session(), hearing_id=hearing, email=email, language="ko", at=real_now())
        db.session.commit()


def test_a_party_too_large_for_the_room_does_not_tell_who_has_signed_up(
    fresh_app: Flask, hearing: int
) -> None:
    take_part(fresh_app, hearing, 1, VICTIM)
    with fresh_app.app_context():
        db.session.execute(update(Pool).values(capacity=3))
        db.session.commit()
    answers = [
        walk(fresh_app.test_client(), size="4", email=email)
        for email in (VICTIM, "nobody@example.kr")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]


def test_a_review_is_taken_once_however_its_link_is_spelled(fresh_app: Flask, hearing: int) -> None:
    sign_up = take_part(fresh_app, hearing)
    with fresh_app.app_context():
        token = sign_link(LinkKind.REVIEW, sign_up, 1)
    client = fresh_app.test_client()
    assert press(client, f"/hearings/review/{token}", content="5", access="5").status_code == 200
    assert client.get(f"/hearings/review/{sibling_of(token)}").status_code == 410
    with fresh_app.app_context():
        assert db.session.query(Review).count() == 1
        db.session.rollback()


def test_a_review_needs_a_link_that_was_not_revoked(fresh_app: Flask, hearing: int) -> None:
    sign_up = take_part(fresh_app, hearing)
    with fresh_app.app_context():
        token = sign_link(LinkKind.REVIEW, sign_up, 1)
        db.session.execute(update(SignUp).values(link_version=2))
        db.session.commit()
    assert fresh_app.test_client().get(f"/hearings/review/{token}").status_code == 410


def test_the_link_of_an_erased_address_confirms_no_other_one(
    fresh_app: Flask, hearing: int
) -> None:
    ask(fresh_app, hearing, "kim@example.kr")
    path = letters_of(fresh_app)[0][1]["path"]
    with fresh_app.app_context():
        old = db.session.query(OpeningNotice).one()
        number = old.id
        db.session.delete(old)
        db.session.commit()
    with fresh_app.test_request_context():
        begin_write()
        db.session.add(
            OpeningNotice(
                id=number,
                hearing_id=hearing,
                contact_index="0" * 64,
                email=VICTIM,
                language="ko",
                created_at=real_now().replace(year=2019),
            )
        )
        db.session.commit()
    assert press(fresh_app.test_client(), path).status_code == 410
    with fresh_app.app_context():
        assert db.session.query(OpeningNotice).one().confirmed_at is None
        db.session.rollback()


def test_a_strangers_mailbox_gets_few_questions_a_day(fresh_app: Flask, hearing: int) -> None:
    for _time in range(9):
        ask(fresh_app, hearing, VICTIM)
    assert [kind for kind, _c in letters_of(fresh_app, VICTIM)] == ["notice_asked"] * 5


def test_a_hearing_that_is_called_off_offers_and_keeps_nothing(
    fresh_app: Flask, hearing: int
) -> None:
    take_part(fresh_app, hearing, 4)
    take_part(fresh_app, hearing, 4, VICTIM)
    path = letters_of(fresh_app)[0][1]["path"]
    client = fresh_app.test_client()
    with fresh_app.app_context():
        values = {"cancelled_at": business_now(), "cancelled_because": "태풍"}
        db.session.execute(update(Hearing).values(**values))
        db.session.commit()
    token = _token(client)
    assert client.post(f"{path}/keep", data=token).status_code == 409
    assert client.post(f"{path}/cancel", data=token).status_code == 303
    assert [kind for kind, _c in letters_of(fresh_app, VICTIM)] == ["sign_up_waiting"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_remark_takes_no_link_of_a_person_along(
    fresh_app: Flask, hearing: int, prefix: str
) -> None:
    take_part(fresh_app, hearing)
    client, path = fresh_app.test_client(), letters_of(fresh_app)[0][1]["path"]
    page = client.get(prefix + path).get_data(as_text=True)
    assert f'href="{prefix}/feedback"' in page
    assert "/feedback?page=" not in page
    assert client.get(f"/feedback?page={path}").status_code == 400


def _token(client) -> dict[str, str]:
    page = client.get(f"/hearings/{SLUG}/link").get_data(as_text=True)
    return {"csrf_token": page.split('name="csrf_token"', 1)[1].split('value="')[1].split('"')[0]}


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_head_of_a_page_that_is_a_key_does_not_tell_its_address(
    fresh_app: Flask, hearing: int, prefix: str
) -> None:
    sign_up = take_part(fresh_app, hearing)
    with fresh_app.app_context():
        version = db.session.get_one(SignUp, sign_up).link_version
        token = sign_link(LinkKind.OWN, sign_up, version)
    client = fresh_app.test_client()
    page = client.get(f"{prefix}/hearings/my/{token}").get_data(as_text=True)
    assert token in page
    assert token not in page.split("</head>")[0]
    assert (
        f"{prefix}/hearings/{SLUG}"
        in client.get(f"{prefix}/hearings/{SLUG}").text.split("</head>")[0]
    )
