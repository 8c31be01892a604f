"""Passkeys: made, used, and refused when anything about the answer is not right."""

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from webauthn.helpers import base64url_to_bytes

from portal.accounts import passkeys
from portal.accounts.authenticator import RelyingParty, claimed_id, relying_party
from portal.accounts.emails import SECOND_FACTOR_CHANGED
from portal.accounts.models import StaffPasskey
from portal.accounts.passkeys import add_passkey as add
from portal.accounts.passkeys import move_count, use_challenge
from portal.accounts.rules import Role
from portal.audit.models import AuditLine
from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from tests.accounts.soft_authenticator import SoftAuthenticator
from tests.accounts.staff import (
    PASSWORD,
    account_of,
    current_code,
    give_password,
    make_account,
    post,
    sign_in,
    sign_in_by_form,
    sign_in_later,
)
from tests.accounts.test_letters import letters_to
from tests.accounts.test_sign_in import cookie_of
from tests.support.client import PageClient

SIGN_IN, SECOND, NEW = "/staff/sign-in", "/staff/second-factor", "/staff/account/passkeys/new"


@pytest.fixture
def editor(fresh_app: Flask) -> str:
    return make_account(fresh_app, Role.EDITOR)


@pytest.fixture
def passkey(fresh_app: Flask, editor: str) -> SoftAuthenticator:
    return add_passkey(fresh_app, editor)


def later(minutes: int):
    return time_machine.travel(real_now() + timedelta(minutes=minutes), tick=False)


@dataclass(frozen=True)
class Asked:
    """What a page asks of an authenticator, and where and with which token the answer goes."""

    options: dict[str, Any]
    action: str
    token: str


def read_question(page: str) -> Asked:
    """Return what a page asks."""
    action, options = re.findall(
        r'action="([^"]*)" data-passkey="\w+" data-options="([^"]+)"', page
    )[0]
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    return Asked(json.loads(html.unescape(options)), html.unescape(action), token)


def question(client: PageClient, path: str) -> Asked:
    """Return what the page of an address asks."""
    return read_question(client.get(path).text)


def send(client: PageClient, asked: Asked, credential: str):
    """Send an answer."""
    data = {"credential": credential, "csrf_token": asked.token}
    return client.post(asked.action, data=data)


def use(client: PageClient, passkey: SoftAuthenticator, path: str = SIGN_IN):
    """Use a passkey on a page."""
    asked = question(client, path)
    return send(client, asked, passkey.use(asked.options))


def ask_for_new(app: Flask, client: PageClient, email: str, name: str) -> Asked:
    """Begin a passkey by its name and a code."""
    page = post(client, NEW, name=name, code=current_code(app, email))
    assert page.status_code == 200, page.text
    return read_question(page.text)


def add_passkey(app: Flask, email: str) -> SoftAuthenticator:
    """Give somebody a passkey."""
    client, made = sign_in(app, email), SoftAuthenticator()
    with later(2):
        asked = ask_for_new(app, client, email, "사무실 컴퓨터")
        done = send(client, asked, made.make(asked.options))
    assert done.location == "/staff/account", done.text
    return made


def deeds_of(app: Flask) -> list[str]:
    """Return the deeds of the trail, in their order."""
    with app.app_context():
        deeds = db.session.scalars(select(AuditLine.deed).order_by(AuditLine.number)).all()
        db.session.rollback()
    return list(deeds)


def passkey_row(app: Flask) -> StaffPasskey:
    with app.app_context():
        row = db.session.query(StaffPasskey).one()
        db.session.expunge(row)
        db.session.rollback()
        return row


def test_a_passkey_alone_signs_in_with_both_factors(fresh_app: Flask, passkey: SoftAuthenticator):
    client = fresh_app.test_client()
    done = use(client, passkey, f"{SIGN_IN}?next=/staff/account")
    assert done.location == "/staff/account"
    assert client.get("/staff/").status_code == 200
    assert passkey_row(fresh_app).sign_count == 1
    assert passkey_row(fresh_app).used_at is not None
    assert "account.use_passkey" in deeds_of(fresh_app)


def test_a_passkey_takes_the_place_of_the_code(fresh_app: Flask, editor: str, passkey):
    client = fresh_app.test_client()
    give_password(client, editor)
    asked = question(client, SECOND)
    assert [base64url_to_bytes(known["id"]) for known in asked.options["allowCredentials"]] == [
        passkey_row(fresh_app).credential_id
    ]
    assert send(client, asked, passkey.use(asked.options)).location == "/staff/"
    assert client.get("/staff/").status_code == 200


def test_its_owner_hears_of_a_new_passkey(fresh_app: Flask, editor: str, passkey):
    assert [kind for kind, _text in letters_to(fresh_app, editor)] == [SECOND_FACTOR_CHANGED.name]


@pytest.mark.parametrize(
    "wrong", ["challenge", "origin", "verified", "signature", "handle", "nonsense"]
)
def test_an_answer_with_one_fault_is_refused(fresh_app: Flask, passkey, wrong: str):
    client = fresh_app.test_client()
    asked = question(client, SIGN_IN)
    if wrong == "challenge":
        other = question(fresh_app.test_client(), SIGN_IN)
        asked.options["challenge"] = other.options["challenge"]
    if wrong == "signature":
        passkey.key = SoftAuthenticator().key
    if wrong == "handle":
        passkey.handle = "c29tZWJvZHkgZWxzZQ"
    origin = "http://evil.example" if wrong == "origin" else "http://localhost"
    credential = passkey.use(asked.options, origin=origin, verified=wrong != "verified")
    done = send(client, asked, "{}" if wrong == "nonsense" else credential)
    assert done.status_code == 422
    assert "패스키" in done.text
    assert client.get("/staff/").status_code == 303
    assert passkey_row(fresh_app).sign_count == 0


def test_an_answer_works_once_even_with_a_copied_cookie(fresh_app: Flask, passkey):
    client = fresh_app.test_client()
    asked = question(client, SIGN_IN)
    # An authenticator that does not count, as those of phones: only the challenge stops a replay.
    passkey.count = -1
    credential = passkey.use(asked.options)
    thief = fresh_app.test_client()
    thief.set_cookie("portal", cookie_of(client))
    assert send(client, asked, credential).status_code == 303
    assert send(thief, asked, credential).status_code == 422
    assert thief.get("/staff/").status_code == 303


def test_an_answer_works_once_also_in_the_last_second(fresh_app: Flask, passkey):
    client, thief = fresh_app.test_client(), fresh_app.test_client()
    begun = real_now().replace(microsecond=0) + timedelta(minutes=5)
    with time_machine.travel(begun, tick=False):
        asked = question(client, SIGN_IN)
        thief.set_cookie("portal", cookie_of(client))
        passkey.count = -1
        credential = passkey.use(asked.options)
        assert send(client, asked, credential).status_code == 303
    with time_machine.travel(begun + timedelta(minutes=10, milliseconds=900), tick=False):
        assert send(thief, asked, credential).status_code == 422


def test_an_answer_works_in_the_browser_that_was_asked_only(fresh_app: Flask, passkey):
    client, thief = fresh_app.test_client(), fresh_app.test_client()
    asked, own = question(client, SIGN_IN), question(thief, SIGN_IN)
    stolen = replace(asked, token=own.token)
    assert send(thief, stolen, passkey.use(asked.options)).status_code == 422
    assert thief.get("/staff/").status_code == 303


def test_a_challenge_ends_after_ten_minutes(fresh_app: Flask, passkey: SoftAuthenticator):
    client = fresh_app.test_client()
    asked = question(client, SIGN_IN)
    with later(11):
        assert send(client, asked, passkey.use(asked.options)).status_code == 422


def test_an_authenticator_whose_count_goes_back_is_refused(fresh_app: Flask, passkey):
    passkey.count = 5
    client = fresh_app.test_client()
    assert use(client, passkey).status_code == 303
    passkey.count = 4
    copy = fresh_app.test_client()
    assert use(copy, passkey).status_code == 422


def test_the_passkey_of_somebody_else_is_no_second_factor(fresh_app: Flask, passkey):
    other = make_account(fresh_app, Role.ADMINISTRATOR)
    add_passkey(fresh_app, other)
    client = fresh_app.test_client()
    give_password(client, other)
    assert use(client, passkey, SECOND).status_code == 422
    assert client.get("/staff/").location.startswith("/staff/second-factor")


def test_a_disabled_account_has_no_use_of_its_passkey(fresh_app: Flask, editor: str, passkey):
    with fresh_app.app_context():
        db.session.connection().exec_driver_sql(
            "UPDATE staff_accounts SET disabled_at = created_at"
        )
        db.session.commit()
    client = fresh_app.test_client()
    assert use(client, passkey).status_code == 422


def passkeys_left(app: Flask) -> int:
    with app.app_context():
        count = db.session.query(StaffPasskey).count()
        db.session.rollback()
    return count


def test_no_passkey_is_added_without_a_fresh_code(fresh_app: Flask, editor: str):
    with later(0):
        client = sign_in_by_form(fresh_app, editor)
        done = post(client, NEW, name="내 전화", code=current_code(fresh_app, editor))
    assert done.status_code == 422
    assert 'value="내 전화"' in done.text
    assert "data-passkey" not in done.text


@pytest.mark.parametrize("name", ["", " ", "\x00"])
def test_a_passkey_has_a_name(fresh_app: Flask, editor: str, name: str):
    client = sign_in(fresh_app, editor)
    with later(2):
        code = current_code(fresh_app, editor)
        assert post(client, NEW, name=name, code=code).status_code == 422


def test_of_questions_that_were_asked_before_none_adds_one_too_many(
    fresh_app: Flask, editor: str, passkey, monkeypatch
):
    client = sign_in_later(fresh_app, editor, 4 * 60)
    with later(6):
        asked, made = ask_for_new(fresh_app, client, editor, "내 전화"), SoftAuthenticator()
        monkeypatch.setattr(passkeys, "MOST_PASSKEYS", 1)
        assert send(client, asked, made.make(asked.options)).status_code == 409
    assert passkeys_left(fresh_app) == 1


def test_a_question_that_somebody_else_was_asked_adds_nothing(fresh_app: Flask, editor: str):
    other = make_account(fresh_app, Role.ADMINISTRATOR)
    victim, thief = sign_in(fresh_app, editor), sign_in(fresh_app, other)
    with later(2):
        asked = ask_for_new(fresh_app, thief, other, "내 전화")
        token = re.findall(r'name="csrf_token" value="([^"]+)"', victim.get(NEW).text)[0]
        credential = SoftAuthenticator().make(asked.options)
        assert send(victim, replace(asked, token=token), credential).location == NEW
    assert passkeys_left(fresh_app) == 0


def test_the_question_of_a_sign_in_adds_nothing(fresh_app: Flask, editor: str):
    action = question(fresh_app.test_client(), SIGN_IN).action
    client = sign_in(fresh_app, editor)
    page = client.get(NEW).text
    token = re.findall(r'name="csrf_token" value="([^"]+)"', page)[0]
    asked = Asked({}, f"{NEW}/{action.rpartition('/')[2]}", token)
    assert send(client, asked, "{}").location == NEW
    assert passkeys_left(fresh_app) == 0


def test_a_code_stays_used_where_no_passkey_is_made(fresh_app: Flask, editor: str, passkey):
    with later(4):
        client = sign_in(fresh_app, editor)
    with later(6):
        asked = ask_for_new(fresh_app, client, editor, "내 전화")
        assert send(client, asked, passkey.make(asked.options)).location == NEW
        code = current_code(fresh_app, editor)
        assert post(client, NEW, name="내 전화", code=code).status_code == 422
    assert passkey_row(fresh_app).name == "사무실 컴퓨터"


def test_a_passkey_is_renamed_and_removed_by_its_owner_only(fresh_app: Flask, editor: str, passkey):
    page = f"/staff/account/passkeys/{passkey_row(fresh_app).id}"
    stranger = sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))
    assert stranger.get(page).status_code == 404
    assert post(stranger, f"{page}/remove").status_code == 404
    client = fresh_app.test_client()
    use(client, passkey)
    assert post(client, page, name="집 컴퓨터").status_code == 303
    assert "집 컴퓨터" in client.get("/en/staff/account").get_data(as_text=True)
    assert client.get(f"/en{page}").status_code == 200
    assert post(client, f"{page}/remove").status_code == 303
    asker = fresh_app.test_client()
    assert use(asker, passkey).status_code == 422


def test_a_new_one_time_link_ends_the_passkeys(fresh_app: Flask, editor: str, passkey):
    chief = sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))
    page = f"/staff/accounts/{account_of(fresh_app, editor).id}"
    shown = post(chief, f"{page}/link").get_data(as_text=True)
    path = re.findall(r"/staff/invitations/[^<]+", shown)[0]
    assert post(fresh_app.test_client(), path, new_password=PASSWORD).status_code == 303
    client = fresh_app.test_client()
    assert use(client, passkey).status_code == 422


def test_of_two_copies_that_answer_at_once_only_one_gets_in(any_database: Flask):
    with any_database.test_request_context():
        upgrade()
        account = account_of(any_database, make_account(any_database, Role.EDITOR))
        new = StaffPasskey(
            account_id=account.id,
            credential_id=b"a",
            public_key=b"b",
            sign_count=0,
            name="a",
            created_at=real_now(),
        )
        add(db.session(), account=account, passkey=new, at=real_now())
        db.session.commit()
        passkey = db.session.query(StaffPasskey).one()
        db.session.expunge(passkey)
        wins = [
            move_count(db.session(), passkey=passkey, count=count, at=real_now())
            for count in (1, 2)
        ]
    assert wins == [True, False]


def test_of_two_answers_to_one_challenge_at_once_only_one_gets_in(any_database: Flask):
    with any_database.app_context():
        upgrade()
    barrier = Barrier(2)

    def answer(challenge: str) -> bool:
        with any_database.app_context():
            barrier.wait()
            begin_write()
            is_first = use_challenge(db.session(), challenge, at=real_now())
            db.session.commit()
        return is_first

    with ThreadPoolExecutor(2) as pool:
        for challenge in "abcde":
            wins = list(pool.map(answer, (challenge, challenge)))
            assert sorted(wins) == [False, True]


@pytest.mark.parametrize(
    ("site_url", "sentence"),
    [
        ("http://localhost", "패스키는 다음 주소에서만 쓸 수 있습니다:"),
        ("http://192.168.0.7:8000", "패스키는 사이트 주소가 https일 때만 쓸 수 있습니다."),
    ],
)
def test_where_passkeys_cannot_work_the_page_says_why(fresh_app: Flask, site_url, sentence):
    fresh_app.config["SITE_URL"] = site_url
    page = fresh_app.test_client().get(SIGN_IN, base_url="http://127.0.0.1").get_data(as_text=True)
    assert "data-passkey" not in page
    assert sentence in page


@pytest.mark.parametrize("site_url", ["http://council.example", "http://localhost:8000"])
def test_where_passkeys_cannot_work_none_is_begun(fresh_app: Flask, editor: str, site_url: str):
    client = sign_in(fresh_app, editor)
    fresh_app.config["SITE_URL"] = site_url
    page = client.get(f"/en{NEW}").text
    assert 'name="code"' not in page
    assert "Passkeys work" in page


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://council.example", RelyingParty("council.example", "https://council.example")),
        (
            "https://council.example:8443",
            RelyingParty("council.example", "https://council.example:8443"),
        ),
        ("http://127.0.0.1:8000", RelyingParty("localhost", "http://localhost:8000")),
        ("http://[::1]:8000", RelyingParty("localhost", "http://localhost:8000")),
        ("http://0.0.0.0:8000", RelyingParty("localhost", "http://localhost:8000")),
        ("http://council.example", None),
        ("http://192.168.0.7:8000", None),
        ("https://192.168.0.7", None),
    ],
)
def test_passkeys_belong_to_an_https_host_or_this_machine(address: str, party):
    assert relying_party(address) == party


@pytest.mark.parametrize(
    "answer",
    ["", "1", "[]", "{}", "null", '{"id": 1}', '{"id": "a", "rawId": "a", "response": {}}'],
)
def test_nonsense_is_no_answer(answer: str):
    assert claimed_id(answer) is None
