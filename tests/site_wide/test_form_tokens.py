"""Every post needs the token of its session, and a form that is refused keeps its answers."""

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.rules import Role
from portal.audit.models import AuditLine
from portal.core.clock import real_now
from portal.extensions import RETURNS_FORM, db
from portal.notifications.models import Letter
from tests.accounts.staff import PASSWORD, account_of, make_account, post, sign_in
from tests.accounts.test_permissions import address_of
from tests.support.client import PageClient
from tests.support.prepared import copy_app

ONCE_MORE = "양식을 한 번 더 보내 주세요."
INVITE = "/staff/accounts/invite"
SIGN_IN = "/staff/sign-in"
NEW = {"name": "이둘", "email": "lee@council.example", "language": "en", "role": "viewer"}


@pytest.fixture
def chief(fresh_app: Flask) -> PageClient:
    return sign_in(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))


def token_of(client: PageClient, path: str) -> str:
    page = client.get(path).get_data(as_text=True)
    tokens: list[str] = re.findall(r'name="csrf_token" value="([^"]+)"', page)
    return tokens[0]


def traces(app: Flask) -> tuple[int, int]:
    """Return how many audit lines and letters there are."""
    with app.app_context():
        lines = db.session.scalar(select(func.count(AuditLine.number))) or 0
        letters = db.session.scalar(select(func.count(Letter.id))) or 0
        db.session.rollback()
    return lines, letters


@pytest.mark.parametrize("token", [None, "wrong"])
def test_no_address_takes_a_post_without_its_token(fresh_app: Flask, chief, token: str | None):
    before = traces(fresh_app)
    for rule in fresh_app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()):
            continue
        answer = chief.post(address_of(rule), data={"csrf_token": token} if token else {})
        view = fresh_app.view_functions[rule.endpoint]
        # Before a view shows its form again it may find that the form is not whole, no row 0, that
        # another step is due, or that an administrator may not do this.
        refused = (422, 400, 404, 410, 303, 403) if getattr(view, RETURNS_FORM, False) else (400,)
        assert answer.status_code in refused, (rule.rule, answer.status_code)
        assert answer.status_code != 422 or ONCE_MORE in answer.text, rule.rule
    assert traces(fresh_app) == before
    assert chief.get("/staff/").status_code == 200


def test_a_token_of_another_session_brings_the_form_back_with_its_answers(fresh_app: Flask, chief):
    foreign = token_of(fresh_app.test_client(), SIGN_IN)
    answer = chief.post(INVITE, data={**NEW, "csrf_token": foreign})
    assert answer.status_code == 422
    for kept in (ONCE_MORE, 'value="이둘"', 'value="lee@council.example"', 'selected value="en"'):
        assert kept in answer.text
    again = re.findall(r'name="csrf_token" value="([^"]+)"', answer.text)[0]
    assert chief.post(INVITE, data={**NEW, "csrf_token": again}).status_code == 200


def test_a_refused_sign_in_keeps_the_address_and_no_password(fresh_app: Flask):
    answer = fresh_app.test_client().post(
        SIGN_IN, data={"email": "kim@council.example", "password": PASSWORD}
    )
    assert answer.status_code == 422
    assert ONCE_MORE in answer.text
    assert 'value="kim@council.example"' in answer.text
    assert PASSWORD not in answer.text


def test_a_refused_role_is_not_given_and_stays_chosen(fresh_app: Flask, chief):
    email = make_account(fresh_app, Role.VIEWER)
    page = f"/staff/accounts/{account_of(fresh_app, email).id}"
    answer = chief.post(f"{page}/roles", data={"role": "auditor", "place": ""})
    assert answer.status_code == 422
    assert ONCE_MORE in answer.text
    assert 'selected value="auditor"' in answer.text
    assert "auditor" not in re.sub(r"<select.*?</select>", "", chief.get(page).text, flags=re.S)


def test_a_refused_invitation_can_be_answered_again(fresh_app: Flask, chief):
    shown = html.unescape(post(chief, INVITE, **NEW).text)
    path = re.findall(r"/staff/invitations/[^<\s]+", shown)[0]
    guest = fresh_app.test_client()
    answer = guest.post(path, data={"new_password": PASSWORD})
    assert answer.status_code == 422
    assert ONCE_MORE in answer.text
    assert PASSWORD not in answer.text
    assert post(guest, path, new_password=PASSWORD).status_code == 303


def test_a_button_that_is_refused_says_what_to_do(fresh_app: Flask, chief):
    answer = chief.post("/staff/account/sessions/end")
    assert answer.status_code == 400
    assert "페이지를 다시 열고 단추를 한 번 더 눌러 주세요." in answer.text
    assert chief.get("/staff/").status_code == 200


def test_a_token_from_before_the_sign_in_counts_no_more(fresh_app: Flask):
    email = make_account(fresh_app, Role.ADMINISTRATOR)
    before = token_of(fresh_app.test_client(), SIGN_IN)
    client = sign_in(fresh_app, email)
    assert client.post(INVITE, data={**NEW, "csrf_token": before}).status_code == 422


def test_a_token_has_no_time_limit_of_its_own(fresh_app: Flask):
    email = make_account(fresh_app, Role.EDITOR)
    client = fresh_app.test_client()
    token = token_of(client, SIGN_IN)
    with time_machine.travel(real_now() + timedelta(hours=20), tick=False):
        data = {"email": email, "password": PASSWORD, "csrf_token": token}
        assert client.post(SIGN_IN, data=data).status_code == 303


def test_over_https_a_form_from_elsewhere_is_refused_with_the_right_token(
    filled_dirs: dict[str, Path], tmp_path: Path
):
    app = copy_app(filled_dirs["hanbit"], tmp_path / "instance", HTTPS=True)
    email, client = make_account(app, Role.EDITOR), app.test_client()
    data = {"email": email, "password": PASSWORD, "csrf_token": token_of(client, SIGN_IN)}
    for referrer, status in (("https://evil.example/", 422), ("https://localhost/", 303)):
        answer = client.post(SIGN_IN, data=data, headers={"Referer": referrer})
        assert answer.status_code == status
