"""Every screen of the staff is in our layout, in Korean and in English."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from portal.accounts.rules import OWN, PERMISSIONS, SCOPES_NEEDED, Place, Role
from portal.accounts.second_factor import code_at
from portal.core.clock import real_now
from tests.accounts.staff import PASSWORD, give_password, make_account, post, sign_in
from tests.accounts.test_permissions import staff_routes
from tests.site_wide.page_words import words_left
from tests.support.page_checks import read_page

LANGUAGES = ("", "/en")


def check_screen(answer: TestResponse) -> None:
    """Fail for a page that is not whole; the client has looked at its HTML already."""
    assert answer.status_code in (200, 422), answer.request.path
    assert "<header>" in answer.text, answer.request.path
    assert "css/staff" in answer.text, answer.request.path
    assert not list(words_left(read_page(answer.text))), answer.request.path


@pytest.mark.parametrize("role", Role, ids=str)
def test_each_screen_that_a_role_opens_is_whole(fresh_app: Flask, role: Role):
    kind = SCOPES_NEEDED.get(role)
    place = Place(kind, "x") if kind else None
    client = sign_in(fresh_app, make_account(fresh_app, role, place=place))
    for method, rule in staff_routes(fresh_app):
        permission = getattr(fresh_app.view_functions[rule.endpoint], "permission", None)
        if method != "GET" or rule.arguments or permission not in PERMISSIONS[role] | OWN:
            continue
        for prefix in LANGUAGES:
            answer = client.get(prefix + rule.rule)
            if answer.mimetype == "text/html":
                check_screen(answer)


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_each_screen_on_the_way_in_is_whole(fresh_app: Flask, prefix: str):
    client = fresh_app.test_client()
    check_screen(client.get(f"{prefix}/staff/sign-in"))
    check_screen(post(client, f"{prefix}/staff/sign-in", email="a@b.example", password="x"))
    for path in ("/staff/passkey", "/staff/new-password"):
        check_screen(client.get(prefix + path))
    check_screen(post(client, f"{prefix}/staff/new-password", email="a@b.example"))
    check_screen(post(client, f"{prefix}/staff/new-password", email=""))
    give_password(client, make_account(fresh_app, Role.EDITOR))
    for path in ("/staff/second-factor", "/staff/second-factor/recovery"):
        check_screen(client.get(prefix + path))
        check_screen(post(client, prefix + path, code="000000"))


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_each_screen_of_an_invitation_is_whole(fresh_app: Flask, prefix: str):
    result = fresh_app.test_cli_runner().invoke(args=["staff", "create", "a@b.example", "가"])
    path = prefix + "/staff/" + result.output.strip().split("/staff/")[1]
    client = fresh_app.test_client()
    check_screen(client.get(path))
    post(client, path, new_password=PASSWORD)
    page = client.get(f"{prefix}/staff/second-factor/new")
    check_screen(page)
    key = re.findall(r'<code translate="no">([^<]+)<', page.text)[0]
    code = code_at(key, real_now())
    wrong = f"{(int(code) + 7) % 1000000:06}"
    for typed in (wrong, code):
        check_screen(post(client, f"{prefix}/staff/second-factor", code=typed))


def test_no_staff_page_takes_the_look_of_the_staff_away():
    for path in Path("templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        if text.startswith('{% extends "layouts/staff.html" %}') and "{% block head %}" in text:
            assert "{% block head %}{{ super() }}" in text, path
