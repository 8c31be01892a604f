"""Letters to the staff: the one-time link, and what was changed about an account."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.emails import (
    INVITATION,
    NEW_LINK,
    PASSWORD_CHANGED,
    RESET,
    SECOND_FACTOR_CHANGED,
)
from portal.accounts.rules import Role
from portal.extensions import db
from portal.notifications.models import Letter
from portal.notifications.wording import word_letter
from tests.accounts.staff import PASSWORD, account_of, make_account, post, sign_in
from tests.support.client import PageClient

INVITE = "/staff/accounts/invite"
NEW = {"name": "이둘", "email": "lee@council.example", "role": "viewer"}


@pytest.fixture
def chief(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))


def letters_to(app: Flask, email: str) -> list[tuple[str, str]]:
    """Return kind and text of the letters that somebody gets, in their language."""
    with app.app_context():
        rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
        mine = [row for row in rows if row.recipient == email]
        return [(r.kind, word_letter(r.kind, r.language, r.context or {}).text) for r in mine]


def test_an_invitation_goes_out_in_the_language_of_the_account(fresh_app: Flask, chief):
    shown = post(chief, f"/en{INVITE}", **NEW, language="ko").get_data(as_text=True)
    ((kind, text),) = letters_to(fresh_app, NEW["email"])
    (link,) = re.findall(r"http\S+/staff/invitations/\S+", text)
    assert kind == INVITATION.name
    assert "/en/" not in link
    assert f">{link}<" in shown
    path = link.removeprefix(fresh_app.config["SITE_URL"])
    assert fresh_app.test_client().get(path).status_code == 200


def test_a_new_link_is_a_letter_of_its_own_and_the_older_link_is_dead(fresh_app: Flask, chief):
    email = make_account(fresh_app, Role.EDITOR)
    page = f"/staff/accounts/{account_of(fresh_app, email).id}"
    for _number in range(2):
        post(chief, f"{page}/link")
    first, second = letters_to(fresh_app, email)
    assert first[0] == second[0] == NEW_LINK.name
    paths = [re.findall(r"/staff/invitations/\S+", text)[0] for _kind, text in (first, second)]
    answers = [fresh_app.test_client().get(path).status_code for path in paths]
    assert answers == [410, 200]


def test_an_address_no_letter_reaches_makes_no_account(fresh_app: Flask, chief):
    answer = post(chief, INVITE, **{**NEW, "email": "lee<x>@council.example"}, language="ko")
    assert answer.status_code == 422
    assert 'value="lee&lt;x&gt;@council.example"' in answer.get_data(as_text=True)
    assert "이둘" not in chief.get("/staff/accounts").get_data(as_text=True)


def test_a_changed_password_is_told_to_its_owner_without_the_password(fresh_app: Flask):
    email = make_account(fresh_app, Role.EDITOR)
    client = sign_in(fresh_app, email)
    fields = {"password": PASSWORD, "new_password": "새로 심은 매화 두 그루"}
    assert post(client, "/staff/account/password", **fields).status_code == 303
    ((kind, text),) = letters_to(fresh_app, email)
    assert kind == PASSWORD_CHANGED.name
    assert "매화" not in text


def test_a_deed_that_failed_sends_no_letter(fresh_app: Flask):
    email = make_account(fresh_app, Role.EDITOR)
    client = sign_in(fresh_app, email)
    fields = {"password": "틀린 비밀번호 하나", "new_password": "새로 심은 매화 두 그루"}
    assert post(client, "/staff/account/password", **fields).status_code == 422
    assert letters_to(fresh_app, email) == []


@pytest.mark.parametrize(
    "kind", [INVITATION, NEW_LINK, RESET, PASSWORD_CHANGED, SECOND_FACTOR_CHANGED]
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_letter_leads_to_this_site_in_its_language(fresh_app: Flask, kind, language: str):
    with fresh_app.test_request_context():
        wording = word_letter(kind.name, language, kind.sample)
    prefix = fresh_app.config["SITE_URL"] + ("/en" if language == "en" else "")
    links = re.findall(r"https?://\S+", wording.text)
    assert links
    assert all(link.startswith(prefix + "/") for link in links)
    assert "{" not in wording.text


def test_pages_about_somebody_with_a_korean_name_are_whole_in_both_languages(fresh_app, chief):
    post(chief, INVITE, **NEW, language="ko")
    number = account_of(fresh_app, NEW["email"]).id
    for path in ("/staff/accounts", f"/staff/accounts/{number}"):
        assert chief.get(path).status_code == chief.get(f"/en{path}").status_code == 200
