"""A forgotten password: a letter through the outbox, and nothing that a stranger learns by it."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.accounts.emails import PASSWORD_CHANGED, RESET
from portal.accounts.rules import Role
from portal.audit.models import AuditLine
from portal.core.clock import real_now
from portal.extensions import db
from tests.accounts.staff import (
    PASSWORD,
    account_of,
    current_code,
    give_password,
    make_account,
    post,
    sign_in,
)
from tests.accounts.test_letters import letters_to

PAGE = "/staff/new-password"
NEW = "새로 심은 매화 두 그루"


@pytest.fixture
def editor(fresh_app: Flask) -> str:
    return make_account(fresh_app, Role.EDITOR)


def ask(app: Flask, email: str, *, address: str = "127.0.0.1"):
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return post(client, PAGE, email=email)


def link_of(app: Flask, email: str) -> str:
    """Ask for the letter and return the path of its link."""
    assert ask(app, email).status_code == 200
    kind, text = letters_to(app, email.lower())[-1]
    assert kind == RESET.name
    (path,) = re.findall(r"http://localhost(/staff/new-password/\S+)", text)
    return str(path)


def test_the_letter_leads_to_a_new_password_and_the_second_factor_stays(
    fresh_app: Flask, editor: str
):
    before, other = account_of(fresh_app, editor), sign_in(fresh_app, editor)
    path, client = link_of(fresh_app, editor.upper()), fresh_app.test_client()
    assert post(client, path, password=NEW).location == "/staff/sign-in"
    assert "새 비밀번호로 로그인해 주세요." in client.get("/staff/sign-in").text
    assert other.get("/staff/").status_code == 303
    assert account_of(fresh_app, editor).totp_key == before.totp_key
    assert give_password(fresh_app.test_client(), editor, PASSWORD).status_code == 422
    with time_machine.travel(real_now() + timedelta(minutes=2), tick=False):
        give_password(client, editor, NEW)
        assert client.get("/staff/").location.startswith("/staff/second-factor")
        code = current_code(fresh_app, editor)
        assert post(client, "/staff/second-factor", code=code).status_code == 303
    assert [kind for kind, _text in letters_to(fresh_app, editor)] == [
        RESET.name,
        PASSWORD_CHANGED.name,
    ]
    with fresh_app.app_context():
        deeds = db.session.scalars(select(AuditLine.deed)).all()
    assert deeds.count("account.change_password") == 1


def test_a_link_works_once_for_an_hour_and_until_the_password_is_another(
    fresh_app: Flask, editor: str
):
    first, second = link_of(fresh_app, editor), link_of(fresh_app, editor)
    with time_machine.travel(real_now() + timedelta(minutes=61), tick=False):
        assert fresh_app.test_client().get(first).status_code == 410
    assert post(fresh_app.test_client(), first, password=NEW).status_code == 303
    for used in (first, second, f"{second}x", f"{PAGE}/nonsense"):
        assert fresh_app.test_client().get(used).status_code == 410


@pytest.mark.parametrize("word", ["짧은 것", "seoulcouncil1234", "editor@council.example"])
def test_the_rule_for_passwords_is_the_same_here(fresh_app: Flask, editor: str, word: str):
    path = link_of(fresh_app, editor)
    answer = post(fresh_app.test_client(), path, password=word)
    assert answer.status_code == 422
    assert fresh_app.test_client().get(path).status_code == 200


def test_an_unknown_address_gets_the_same_answer_and_no_letter(fresh_app: Flask, editor: str):
    known, unknown = ask(fresh_app, editor), ask(fresh_app, "x" + editor[1:])
    pages = [re.sub(r'value="[^"]*"|request_id\S*', "", answer.text) for answer in (known, unknown)]
    assert pages[0] == pages[1]
    assert letters_to(fresh_app, "x" + editor[1:]) == []


@pytest.mark.parametrize(
    "state",
    ["disabled_at = created_at", "is_sample = 1", "password_hash = NULL", "totp_key = NULL"],
)
def test_who_may_not_sign_in_gets_no_letter(fresh_app: Flask, editor: str, state: str):
    with fresh_app.app_context():
        db.session.connection().exec_driver_sql(f"UPDATE staff_accounts SET {state}")
        db.session.commit()
    assert ask(fresh_app, editor).status_code == 200
    assert letters_to(fresh_app, editor) == []


def test_disabling_ends_a_link_for_good(fresh_app: Flask, editor: str):
    path, chief = link_of(fresh_app, editor), make_account(fresh_app, Role.ADMINISTRATOR)
    page, client = f"/staff/accounts/{account_of(fresh_app, editor).id}", sign_in(fresh_app, chief)
    for deed in ("disable", "enable"):
        assert post(client, f"{page}/{deed}").status_code == 303
    assert fresh_app.test_client().get(path).status_code == 410


def test_letters_are_limited_for_each_address_and_for_the_account(fresh_app: Flask, editor: str):
    assert [ask(fresh_app, editor).status_code for _ in range(6)] == [200] * 5 + [429]
    assert len(letters_to(fresh_app, editor)) == 5
    assert ask(fresh_app, editor, address="198.51.100.7").status_code == 200
    with time_machine.travel(real_now() + timedelta(minutes=15, seconds=1), tick=False):
        assert ask(fresh_app, editor).status_code == 200


def test_an_address_that_is_none_brings_the_form_back(fresh_app: Flask):
    assert ask(fresh_app, "").status_code == 422
