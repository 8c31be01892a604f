"""The session ended while somebody wrote: they come back, and their words are not lost."""

from datetime import timedelta

import html5lib
import time_machine
from flask import Flask

from portal.accounts.rules import Role
from portal.accounts.sessions import end_sessions
from portal.core.clock import real_now
from portal.extensions import db
from tests.accounts.staff import (
    HOST,
    account_of,
    current_code,
    give_password,
    make_account,
    post,
    sign_in,
)
from tests.support.client import PageClient

NEW = "/staff/content/publications/new"


def signed_out(app: Flask) -> tuple[PageClient, str]:
    """Return somebody whose session has ended, and their address."""
    email = make_account(app, Role.EDITOR)
    client = sign_in(app, email)
    with app.app_context():
        end_sessions(db.session(), account_id=account_of(app, email).id)
        db.session.commit()
    return client, email


def test_the_page_that_was_wanted_comes_after_signing_in(fresh_app: Flask):
    client, _email = signed_out(fresh_app)
    assert client.get(NEW).location == f"/staff/sign-in?next={NEW}&ended=yes"
    assert "로그아웃되었습니다" in client.get(client.get(NEW).location).text


def test_what_was_pressed_leads_back_to_the_page_where_it_stood(fresh_app: Flask):
    client, _email = signed_out(fresh_app)
    fresh_app.config["WTF_CSRF_ENABLED"] = False
    row = "/staff/content/publications/1"
    answer = client.post(f"{row}/move", headers={"Referer": f"{HOST}{row}"})
    assert answer.location == f"/staff/sign-in?next={row}&ended=yes"
    foreign = client.post(f"{row}/move", headers={"Referer": f"https://elsewhere.example{row}"})
    assert foreign.location == "/staff/sign-in?ended=yes"


def test_what_was_written_is_given_back(fresh_app: Flask):
    client, email = signed_out(fresh_app)
    words = {"kind": "notice", "title": "오래 쓴 글", "csrf_token": "old"}
    answer = client.post(NEW, data=words, headers={"Origin": HOST})
    assert answer.status_code == 403
    root = html5lib.parse(answer.text, namespaceHTMLElements=False)
    form = next(f for f in root.iter("form") if any(i.get("name") == "title" for i in f.iter()))
    fields = {i.get("name"): i.get("value") for i in form.iter("input")}
    assert fields["title"] == "오래 쓴 글"
    with time_machine.travel(real_now() + timedelta(minutes=1), tick=False):
        give_password(client, email)
        post(client, "/staff/second-factor", code=current_code(fresh_app, email))
        again = client.post(NEW, data=fields, headers={"Origin": HOST})
    assert 'value="오래 쓴 글"' in again.text


def test_words_from_another_site_are_not_given_back(fresh_app: Flask):
    client, _email = signed_out(fresh_app)
    words = {"title": "남의 글", "csrf_token": "old"}
    answer = client.post(NEW, data=words, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 303
    assert client.post(NEW, data=words).status_code == 303
