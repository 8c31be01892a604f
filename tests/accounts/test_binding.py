"""Flask-Security is bound to our tables and pages, and public pages know nothing of it."""

import os
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from flask import Flask, Response, g
from flask_migrate import downgrade, upgrade

from portal.accounts import services
from portal.accounts.models import StaffAccount
from portal.accounts.passwords import hash_password, is_password, normalise
from portal.accounts.rules import Role
from portal.accounts.second_factor import code_at
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
    sign_in_by_form,
)
from tests.support.prepared import make_app

SIGN_IN = "/staff/sign-in"


def hooks_of(app: Flask) -> set[str]:
    hooks = (
        *app.before_request_funcs[None],
        *app.after_request_funcs[None],
        *app.template_context_processors[None],
    )
    return {hook.__module__.partition(".")[0] for hook in hooks}


def test_no_hook_of_the_libraries_runs_on_every_request(app: Flask):
    assert hooks_of(app) & {"flask_login", "flask_principal", "flask_security"} == set()


def test_on_staff_pages_the_libraries_know_who_is_here(fresh_app: Flask):
    email, seen = make_account(fresh_app, Role.EDITOR), []
    client = sign_in_by_form(fresh_app, email)

    def look(response: Response) -> Response:
        seen.append(g.get("identity"))
        return response

    fresh_app.after_request_funcs[None].append(look)
    client.get("/staff/")
    client.get("/about")
    here, public = seen
    assert here.id == account_of(fresh_app, email).fs_uniquifier
    assert ("role", "editor") in {tuple(need)[:2] for need in here.provides}
    assert public is None


def test_the_second_factor_is_awaited_for_ten_minutes(fresh_app: Flask):
    email, client = make_account(fresh_app, Role.EDITOR), fresh_app.test_client()
    give_password(client, email)
    page = client.get("/staff/second-factor").text
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    with time_machine.travel(real_now() + timedelta(minutes=10), tick=False):
        data = {"code": current_code(fresh_app, email), "csrf_token": token}
        assert client.post("/staff/second-factor", data=data).location == SIGN_IN
        assert client.get("/staff/").location.startswith(SIGN_IN)


def test_of_a_change_that_fails_nothing_is_kept(fresh_app: Flask, monkeypatch):
    email = make_account(fresh_app, Role.EDITOR)
    client, before = sign_in(fresh_app, email), account_of(fresh_app, email)

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(services, "note_new_password", fail)
    fresh_app.config["PROPAGATE_EXCEPTIONS"] = False
    fields = {"password": PASSWORD, "new_password": "새로 심은 매화 두 그루"}
    assert post(client, "/staff/account/password", **fields).status_code == 500
    after = account_of(fresh_app, email)
    assert (after.password_hash, after.fs_uniquifier) == (
        before.password_hash,
        before.fs_uniquifier,
    )


def test_its_pages_are_those_that_are_used(app: Flask):
    names = {rule.endpoint for rule in app.url_map.iter_rules()}
    ours = {name.partition(".")[2] for name in names if name.startswith("security.")}
    assert ours == {
        *("login", "logout", "change_password", "forgot_password", "reset_password"),
        *("two_factor_setup", "two_factor_token_validation", "two_factor_rescue"),
        *("mf_recovery", "mf_recovery_codes", "wan_register", "wan_register_response"),
        *("wan_signin", "wan_signin_response"),
    }


def test_it_answers_forms_alone(fresh_app: Flask):
    client = fresh_app.test_client()
    email = make_account(fresh_app, Role.EDITOR)
    asked = client.get(SIGN_IN, headers={"Accept": "application/json"})
    assert asked.mimetype == "text/html"
    fresh_app.config["WTF_CSRF_ENABLED"] = False
    sent = client.post(SIGN_IN, json={"email": email, "password": PASSWORD})
    assert sent.status_code == 415


def test_an_address_asks_nothing_that_our_pages_do_not_know(fresh_app: Flask):
    client = sign_in(fresh_app, make_account(fresh_app, Role.EDITOR))
    page = client.get("/staff/account/recovery-codes?show_codes=1")
    assert page.status_code == 200
    assert "No recovery codes" not in page.text


def test_no_token_in_a_header_opens_a_page(fresh_app: Flask):
    email = make_account(fresh_app, Role.EDITOR)
    with fresh_app.test_request_context():
        token = account_of(fresh_app, email).get_auth_token()
    answer = fresh_app.test_client().get("/staff/", headers={"Authentication-Token": token})
    assert answer.location == f"{SIGN_IN}?next=/staff/"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_hangul_from_any_keyboard_is_the_same_password(fresh_app: Flask, form):
    email = make_account(fresh_app, Role.EDITOR)
    typed = unicodedata.normalize(form, PASSWORD)
    assert give_password(fresh_app.test_client(), email, typed).status_code == 303


def test_a_password_that_was_kept_before_still_opens(fresh_app: Flask):
    hasher = Argon2id(salt=os.urandom(16), length=32, iterations=2, lanes=1, memory_cost=19_456)
    before = hasher.derive_phc_encoded(normalise(PASSWORD).encode())
    with fresh_app.app_context():
        assert is_password(PASSWORD, before)
        assert not is_password(PASSWORD + "!", before)
        assert hash_password(PASSWORD).rpartition("$")[0][:31] == before[:31]


def test_a_wish_to_stay_signed_in_is_not_granted(fresh_app: Flask):
    email, client = make_account(fresh_app, Role.EDITOR), fresh_app.test_client()
    post(client, SIGN_IN, email=email, password=PASSWORD, remember="y")
    answer = post(client, "/staff/second-factor", code=current_code(fresh_app, email))
    assert answer.status_code == 303
    assert "remember" not in str(answer.headers.getlist("Set-Cookie"))
    with client.session_transaction() as cookie:
        assert not [key for key in cookie if "remember" in key]


def test_the_key_that_is_set_up_is_encrypted_in_the_cookie(fresh_app: Flask):
    result = fresh_app.test_cli_runner().invoke(args=["staff", "create", "a@b.example", "가"])
    client = fresh_app.test_client()
    post(client, "/staff/" + result.output.strip().split("/staff/")[1], new_password=PASSWORD)
    shown = client.get("/staff/second-factor/new").text
    again = client.get("/staff/second-factor/new").text
    key = shown.split('<code translate="no">')[1].split("<")[0]
    assert f">{key}<" in again
    with client.session_transaction() as cookie:
        assert key not in str(dict(cookie))


def test_who_is_half_signed_in_elsewhere_sets_up_nothing_any_more(fresh_app: Flask):
    email = make_account(fresh_app, Role.EDITOR)
    clients = []
    write_key(fresh_app, None)
    for _number in range(2):
        client = fresh_app.test_client()
        give_password(client, email)
        page = client.get("/staff/second-factor/new").text
        clients.append((client, page.split('<code translate="no">')[1].split("<")[0]))
    page, answers = "/staff/second-factor", []
    for client, key in clients:
        answers.append(post(client, page, code=code_at(key, real_now())).status_code)
    assert answers[0] == 200
    assert answers[1] in (409, 422)
    assert account_of(fresh_app, email).totp_key == clients[0][1]


def test_who_is_half_signed_in_elsewhere_is_asked_for_the_app_that_was_set_up(fresh_app: Flask):
    email, client = make_account(fresh_app, Role.EDITOR), fresh_app.test_client()
    key = account_of(fresh_app, email).totp_key
    write_key(fresh_app, None)
    assert give_password(client, email).location == "/staff/second-factor/new"
    write_key(fresh_app, key)
    assert client.get("/staff/second-factor/new").location == "/staff/second-factor"
    code = current_code(fresh_app, email)
    assert post(client, "/staff/second-factor", code=code).location == "/staff/"


def write_key(app: Flask, key: str | None) -> None:
    """Write the key of the only account."""
    with app.app_context():
        db.session.query(StaffAccount).one().totp_key = key
        db.session.commit()


def test_links_are_signed_with_the_newest_key_and_an_older_one_counts(tmp_path: Path):
    old, new, both = (
        make_app(tmp_path / name, SECRET_KEY=keys[0], SECRET_KEY_FALLBACKS=keys[1:])
        for name, *keys in (("old", "first"), ("new", "second"), ("both", "second", "first"))
    )
    signed = both.extensions["security"].reset_serializer.dumps("x")
    assert new.extensions["security"].reset_serializer.loads(signed) == "x"
    before = old.extensions["security"].reset_serializer.dumps("y")
    assert both.extensions["security"].reset_serializer.loads(before) == "y"


def test_accounts_live_through_the_migration(any_database: Flask):
    with any_database.app_context():
        upgrade()
    emails = [make_account(any_database, role) for role in (Role.EDITOR, Role.VIEWER)]
    before = [account_of(any_database, email) for email in emails]
    with any_database.app_context():
        downgrade(revision="0021")
        upgrade()
        db.engine.dispose()
    after = [account_of(any_database, email) for email in emails]
    for old, new in zip(before, after, strict=True):
        assert (new.totp_key, new.password_hash) == (old.totp_key, old.password_hash)
        assert len(new.fs_uniquifier) == 64
    assert after[0].fs_uniquifier != after[1].fs_uniquifier
    with any_database.app_context():
        db.session.remove()
        db.engine.dispose()
