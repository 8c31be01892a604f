"""Replacing one's own second factor."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal.accounts.emails import SECOND_FACTOR_CHANGED
from portal.accounts.rules import Role
from portal.accounts.second_factor import code_at
from portal.audit.models import AuditLine
from portal.core.clock import real_now
from portal.extensions import db
from tests.accounts.staff import (
    PASSWORD,
    account_of,
    current_code,
    make_account,
    post,
    sign_in,
    sign_in_by_form,
)
from tests.accounts.test_letters import letters_to
from tests.support.client import PageClient

PAGE = "/staff/account/second-factor"
A_DAY = timedelta(days=1)


@pytest.fixture
def editor(fresh_app: Flask) -> str:
    return make_account(fresh_app, Role.EDITOR)


def later(seconds: int = 120):
    return time_machine.travel(real_now() + timedelta(seconds=seconds), tick=False)


def shown_key(client: PageClient) -> str:
    page = client.get(PAGE).get_data(as_text=True)
    return page.split('<code translate="no">')[1].split("<")[0]


def test_the_new_app_takes_over_with_new_recovery_codes_and_a_letter(fresh_app: Flask, editor: str):
    other = sign_in(fresh_app, editor)
    with later():
        client = sign_in(fresh_app, editor)
    with later(240):
        key = shown_key(client)
        fields = {"password": PASSWORD, "code": current_code(fresh_app, editor)}
        answer = post(client, PAGE, **fields, new_code=code_at(key, real_now()))
        assert answer.get_data(as_text=True).count("<li><code>") == 10
        assert account_of(fresh_app, editor).totp_key == key
        assert client.get("/staff/").status_code == 200
        assert other.get("/staff/").status_code == 303
    assert [kind for kind, _text in letters_to(fresh_app, editor)] == [SECOND_FACTOR_CHANGED.name]
    with fresh_app.app_context():
        deeds = db.session.scalars(select(AuditLine.deed)).all()
    assert deeds.count("account.replace_second_factor") == 1


@pytest.mark.parametrize("wrong", ["password", "code", "new_code"])
def test_each_of_the_three_proofs_is_needed(fresh_app: Flask, editor: str, wrong: str):
    client = sign_in(fresh_app, editor)
    before = account_of(fresh_app, editor).totp_key
    with later():
        now = real_now()
        fields = {
            "password": PASSWORD,
            "code": current_code(fresh_app, editor),
            "new_code": code_at(shown_key(client), now),
        }
        fields[wrong] = (
            "틀린 비밀번호 하나" if wrong == "password" else code_at(before, now - A_DAY)
        )
        assert post(client, PAGE, **fields).status_code == 422
    assert account_of(fresh_app, editor).totp_key == before
    assert letters_to(fresh_app, editor) == []


def test_a_code_that_was_used_replaces_nothing(fresh_app: Flask, editor: str):
    with later(0):
        client = sign_in_by_form(fresh_app, editor)
        fields = {"password": PASSWORD, "code": current_code(fresh_app, editor)}
        new_code = code_at(shown_key(client), real_now())
        assert post(client, PAGE, **fields, new_code=new_code).status_code == 422


def test_a_recovery_code_stands_in_for_the_app_that_was_lost_once(fresh_app: Flask, editor: str):
    with later(0):
        client = sign_in(fresh_app, editor)
    with later(60):
        fields = {"password": PASSWORD, "code": current_code(fresh_app, editor)}
        made = post(client, "/staff/account/recovery-codes", **fields).text
        spare = made.split("<li><code>")[1].split("<")[0]
        for status in (200, 422):
            fields = {"password": PASSWORD, "code": spare}
            new_code = code_at(shown_key(client), real_now())
            assert post(client, PAGE, **fields, new_code=new_code).status_code == status
