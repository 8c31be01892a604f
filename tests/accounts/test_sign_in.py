"""Signing in as its owner does, and as an attacker tries."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

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
    sign_in_by_form,
)


@pytest.fixture
def editor(fresh_app: Flask) -> str:
    return make_account(fresh_app, Role.EDITOR)


def cookie_of(client) -> str:
    return str(client.get_cookie("portal").value)


def test_both_factors_lead_to_the_page_that_was_asked_for(fresh_app: Flask, editor: str):
    client = fresh_app.test_client()
    asked = client.get("/en/staff/account")
    assert asked.location == "/en/staff/sign-in?next=/en/staff/account"
    first = post(client, asked.location, email=editor.upper(), password=PASSWORD)
    second = post(client, first.location, code=current_code(fresh_app, editor))
    assert second.location == "/en/staff/account"
    page = client.get(second.location)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil", "/staff/../..//evil", "/budget"]
)
def test_sign_in_leads_to_staff_pages_only(fresh_app: Flask, editor: str, wanted: str):
    client = fresh_app.test_client()
    first = post(client, f"/staff/sign-in?next={wanted}", email=editor, password=PASSWORD)
    second = post(client, first.location, code=current_code(fresh_app, editor))
    assert second.location == "/staff/"


def test_wrong_password_brings_the_form_back_without_it(fresh_app: Flask, editor: str):
    client = fresh_app.test_client()
    answer = give_password(client, editor, "틀린 비밀번호 하나")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'value="{editor}"' in page
    assert "틀린 비밀번호 하나" not in page


def test_unknown_account_gets_the_same_answer_as_a_wrong_password(fresh_app: Flask, editor: str):
    wrong = give_password(fresh_app.test_client(), editor, "틀린 비밀번호 하나")
    unknown = give_password(fresh_app.test_client(), "x" + editor[1:], "틀린 비밀번호 하나")
    assert (wrong.status_code, len(wrong.data)) == (unknown.status_code, len(unknown.data))


def test_a_code_works_once(fresh_app: Flask, editor: str):
    code = current_code(fresh_app, editor)
    sign_in_by_form(fresh_app, editor)
    other = fresh_app.test_client()
    give_password(other, editor)
    assert post(other, "/staff/second-factor", code=code).status_code == 422


def test_the_session_changes_at_each_step_and_the_old_cookie_is_dead(fresh_app: Flask, editor: str):
    client = fresh_app.test_client()
    give_password(client, editor)
    pending = cookie_of(client)
    post(client, "/staff/second-factor", code=current_code(fresh_app, editor))
    assert client.get("/staff/").status_code == 200
    thief = fresh_app.test_client()
    thief.set_cookie("portal", pending)
    assert thief.get("/staff/").location == "/staff/sign-in?next=/staff/&ended=yes"


def test_a_cookie_that_was_planted_before_the_sign_in_opens_nothing(fresh_app: Flask, editor: str):
    thief, client = fresh_app.test_client(), fresh_app.test_client()
    thief.get("/staff/sign-in")
    client.set_cookie("portal", cookie_of(thief))
    give_password(client, editor)
    post(client, "/staff/second-factor", code=current_code(fresh_app, editor))
    assert client.get("/staff/").status_code == 200
    assert cookie_of(client) != cookie_of(thief)
    assert thief.get("/staff/").status_code == 303


def test_a_cookie_that_was_copied_is_dead_after_sign_out(fresh_app: Flask, editor: str):
    client = sign_in_by_form(fresh_app, editor)
    copied = cookie_of(client)
    assert post(client, "/staff/sign-out").status_code == 303
    client.set_cookie("portal", copied)
    assert client.get("/staff/").status_code == 303


def test_an_idle_session_ends_and_a_used_one_ends_after_twelve_hours(fresh_app: Flask, editor: str):
    client = sign_in_by_form(fresh_app, editor)
    start = real_now()
    for minutes in range(25, 12 * 60 - 5, 25):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert client.get("/staff/").status_code == 200
    with time_machine.travel(start + timedelta(hours=12, seconds=1), tick=False):
        assert client.get("/staff/").status_code == 303
    idle = sign_in_by_form(fresh_app, make_account(fresh_app, Role.VIEWER))
    with time_machine.travel(real_now() + timedelta(minutes=31), tick=False):
        assert idle.get("/staff/").status_code == 303


def test_disabling_ends_a_session_at_once_and_forbids_the_next(fresh_app: Flask, editor: str):
    client = sign_in_by_form(fresh_app, editor)
    chief = sign_in_by_form(fresh_app, make_account(fresh_app, Role.ADMINISTRATOR))
    page = f"/staff/accounts/{account_of(fresh_app, editor).id}"
    assert post(chief, f"{page}/disable").status_code == 303
    assert client.get("/staff/").status_code == 303
    assert give_password(fresh_app.test_client(), editor).status_code == 422


def test_changing_the_password_ends_the_other_sessions(fresh_app: Flask, editor: str):
    other = sign_in_by_form(fresh_app, editor)
    with time_machine.travel(real_now() + timedelta(minutes=2), tick=False):
        client = sign_in_by_form(fresh_app, editor)
        fields = {"password": PASSWORD, "new_password": "새로 심은 매화 두 그루"}
        assert post(client, "/staff/account/password", **fields).status_code == 303
        assert other.get("/staff/").status_code == 303
        assert client.get("/staff/").status_code == 200


def test_five_wrong_passwords_close_the_way_for_this_address_only(fresh_app: Flask, editor: str):
    client = fresh_app.test_client()
    answers = [give_password(client, editor, f"wrong guess {n:03}").status_code for n in range(7)]
    assert answers == [422] * 5 + [429] * 2
    owner = fresh_app.test_client()
    owner.environ_base["REMOTE_ADDR"] = "198.51.100.7"
    assert give_password(owner, editor).status_code == 303
    with time_machine.travel(real_now() + timedelta(minutes=15, seconds=1), tick=False):
        assert give_password(client, editor).status_code == 303


def test_a_known_address_gets_in_while_many_strangers_guess(fresh_app: Flask, editor: str):
    sign_in_by_form(fresh_app, editor)
    for number in range(21):
        stranger = fresh_app.test_client()
        stranger.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        give_password(stranger, editor, "wrong guess 000")
    assert give_password(fresh_app.test_client(), editor).status_code == 303
    stranger = fresh_app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = "203.0.113.99"
    assert give_password(stranger, editor).status_code == 429


def test_an_owner_whose_address_changed_within_the_network_gets_in(fresh_app: Flask, editor: str):
    sign_in_by_form(fresh_app, editor)
    for number in range(21):
        stranger = fresh_app.test_client()
        stranger.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        give_password(stranger, editor, "wrong guess 000")
    owner = fresh_app.test_client()
    owner.environ_base["REMOTE_ADDR"] = "127.0.0.77"
    assert give_password(owner, editor).status_code == 303


def test_ending_all_sessions_leaves_a_line(fresh_app: Flask, editor: str):
    client = sign_in_by_form(fresh_app, editor)
    assert post(client, "/staff/account/sessions/end").status_code == 303
    with fresh_app.app_context():
        deeds = db.session.scalars(select(AuditLine.deed).order_by(AuditLine.number)).all()
    assert deeds[-1] == "account.end_all_sessions"


@pytest.mark.parametrize("answer", ["[" * 15_000, "[" * 100_000], ids=["deep", "long"])
def test_a_made_up_answer_of_a_passkey_is_refused(fresh_app: Flask, answer: str):
    client = fresh_app.test_client()
    action = client.get("/staff/sign-in").text.split('action="/staff/passkey/')[1].split('"')[0]
    path = f"/staff/passkey/{action}"
    assert post(client, path, credential=answer).status_code == 422
    assert post(client, f"{path}x", credential=answer).status_code == 422


def test_five_wrong_codes_are_enough(fresh_app: Flask, editor: str):
    client = fresh_app.test_client()
    give_password(client, editor)
    wrong = f"{(int(current_code(fresh_app, editor)) + 7) % 1000000:06}"
    path = "/staff/second-factor"
    assert [post(client, path, code=wrong).status_code for _ in range(6)] == [422] * 5 + [429]


def test_a_link_sets_password_and_second_factor_once(fresh_app: Flask):
    result = fresh_app.test_cli_runner().invoke(
        args=["staff", "create", "Kim@Council.example", "김하나"]
    )
    path = "/staff/" + result.output.strip().split("/staff/")[1]
    client = fresh_app.test_client()
    assert post(client, path, new_password="seoulcouncil1234").status_code == 422
    assert post(client, path, new_password="짧은 것").status_code == 422
    assert post(client, path, new_password=PASSWORD).status_code == 303
    page = client.get("/staff/second-factor/new").get_data(as_text=True)
    key = page.split('<code translate="no">')[1].split("<")[0]
    from portal.accounts.second_factor import code_at

    code, page = code_at(key, real_now()), "/staff/second-factor/new"
    done = post(client, "/staff/second-factor", code=code)
    codes = done.get_data(as_text=True).split("<li><code>")[1:]
    assert len(codes) == 10
    assert client.get("/staff/accounts").status_code == 200
    assert fresh_app.test_client().get(path).status_code == 410
    _use_recovery_code_twice(fresh_app, codes[0].split("<")[0])


def _use_recovery_code_twice(app: Flask, code: str) -> None:
    answers = []
    for _ in range(2):
        client = app.test_client()
        give_password(client, "kim@council.example")
        answers.append(post(client, "/staff/second-factor/recovery", code=code.upper()).status_code)
    assert answers == [303, 422]


def test_a_link_ends_after_three_days(fresh_app: Flask):
    result = fresh_app.test_cli_runner().invoke(args=["staff", "create", "a@b.example", "가"])
    path = "/staff/" + result.output.strip().split("/staff/")[1]
    with time_machine.travel(real_now() + timedelta(hours=72, seconds=1), tick=False):
        assert fresh_app.test_client().get(path).status_code == 410


def test_the_password_is_kept_as_argon2id(fresh_app: Flask, editor: str):
    kept = account_of(fresh_app, editor).password_hash or ""
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    with fresh_app.app_context():
        raw = db.session.connection().exec_driver_sql("SELECT totp_key FROM staff_accounts")
        assert account_of(fresh_app, editor).totp_key not in [row[0] for row in raw]
        db.session.rollback()


def test_a_sample_account_is_refused_outside_the_demo(fresh_app: Flask, editor: str):
    with fresh_app.app_context():
        db.session.connection().exec_driver_sql("UPDATE staff_accounts SET is_sample = 1")
        db.session.commit()
    assert give_password(fresh_app.test_client(), editor).status_code == 422
    fresh_app.config["DEMO"] = True
    assert give_password(fresh_app.test_client(), editor).status_code == 303


def test_public_pages_know_nothing_of_the_session(fresh_app: Flask, editor: str):
    client = sign_in_by_form(fresh_app, editor)
    for path in ("/", "/en/budget", "/council"):
        answer = client.get(path)
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
