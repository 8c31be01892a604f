"""Two requests show a code, a recovery code, a password or a letter's link in the same moment."""

import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Barrier
from typing import Any

import flask_security.forms
import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from flask_migrate import upgrade

from portal.accounts import services
from portal.accounts.models import StaffAccount
from portal.accounts.queries import find_account_by_email
from portal.accounts.rules import Role
from portal.accounts.second_factor import code_at
from portal.accounts.security import forms, pages
from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from tests.accounts.staff import PASSWORD, current_code, make_account

ROUNDS = 3
NEW = "새로 심은 매화 두 그루"


def send(client: FlaskClient, path: str, **fields: str) -> int:
    """Send a form with the token of its page."""
    return int(prepare(client, path)(**fields))


def prepare(client: FlaskClient, path: str):
    """Open a form and return what sends it."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert token
    return lambda **fields: client.post(path, data={**fields, "csrf_token": token[1]}).status_code


def at_once(app: Flask, path: str, fields: tuple[dict[str, str], ...], email: str) -> list[int]:
    """Send two forms at once and return the statuses in order.

    :param email: who signs in before; empty: nobody
    """
    barrier, ready = Barrier(2), []
    for _each in fields:
        client = FlaskClient(app, app.response_class)
        if email:
            assert send(client, "/staff/sign-in", email=email, password=PASSWORD) == 303
        ready.append(prepare(client, path))

    def go(send_it, values: dict[str, str]) -> int:
        barrier.wait()
        return int(send_it(**values))

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(go, ready, fields))


@pytest.fixture
def email(any_database: Flask) -> str:
    with any_database.app_context():
        upgrade()
    return make_account(any_database, Role.EDITOR)


def test_of_two_who_show_one_code_one_gets_in(any_database: Flask, email: str) -> None:
    fields = {"code": current_code(any_database, email)}
    assert at_once(any_database, "/staff/second-factor", (fields, fields), email) == [303, 422]
    _close(any_database)


def test_of_two_who_show_one_recovery_code_one_gets_in(any_database: Flask, email: str) -> None:
    with any_database.test_request_context():
        begin_write()
        account = find_account_by_email(db.session(), email)
        assert account
        codes = services.renew_recovery_codes(db.session(), account=account)
        db.session.commit()
    page = "/staff/second-factor/recovery"
    for code in codes[:ROUNDS]:
        fields = {"code": code}
        assert at_once(any_database, page, (fields, fields), email) == [303, 422]
    _close(any_database)


def test_of_two_who_use_one_letter_one_chooses(any_database: Flask, email: str) -> None:
    words = (NEW, "이른 봄 매화 네 그루")
    for _round in range(ROUNDS):
        page, fields = page_of_letter(any_database, email), ({"password": word} for word in words)
        assert at_once(any_database, page, tuple(fields), "") == [303, 410]
    _close(any_database)


def page_of_letter(app: Flask, email: str) -> str:
    """Return where the letter of a forgotten password leads."""
    with app.test_request_context():
        account = find_account_by_email(db.session(), email)
        assert account
        data = [account.fs_uniquifier, "x"]
        token = current_app.extensions["security"].reset_serializer.dumps(data)
        db.session.rollback()
    return f"/staff/new-password/{token}"


def test_two_who_give_their_passwords_at_once_both_go_on(any_database: Flask, email: str) -> None:
    fields = {"email": email, "password": PASSWORD}
    for _round in range(ROUNDS):
        assert at_once(any_database, "/staff/sign-in", (fields, fields), "") == [303, 303]
    _close(any_database)


#: Page of a step, and the function that judges it.
STEPS = {
    "password": ("/staff/sign-in", StaffAccount, "verify_and_update_password"),
    "code": ("/staff/second-factor", services, "move_counter"),
    "change": ("/staff/account/password", flask_security.forms, "verify_password"),
}


@pytest.mark.parametrize("step", STEPS)
def test_nobody_is_in_by_a_password_that_was_renewed_meanwhile(
    any_database: Flask, email: str, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    client = FlaskClient(any_database, any_database.response_class)
    password, code = {"email": email, "password": PASSWORD}, current_code(any_database, email)
    if step != "password":
        send(client, "/staff/sign-in", **password)
    if step == "change":
        send(client, "/staff/second-factor", code=code)
    page, place, name = STEPS[step]
    go_on = prepare(client, page)
    renewed = meanwhile(monkeypatch, place, name, renewal(any_database, email))
    answer = go_on(**password, code=code, new_password="이른 봄 매화 네 그루")
    assert answer in (303, 410)
    # Where the two wait for each other, the first may win, and the letter is used no more.
    assert renewed() == 410 or client.get("/staff/").location.startswith("/staff/sign-in")
    _close(any_database)


def test_no_second_factor_is_set_up_after_a_one_time_link_was_used_meanwhile(
    any_database: Flask, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with any_database.test_request_context():
        begin_write()
        account = find_account_by_email(db.session(), email)
        assert account
        account.totp_key = None
        token = services.make_link(db.session(), account=account, actor="tests", at=real_now())
        db.session.commit()
    thief, owner = (FlaskClient(any_database, any_database.response_class) for _ in range(2))
    send(thief, "/staff/sign-in", email=email, password=PASSWORD)
    page = thief.get("/staff/second-factor/new").text
    set_up = prepare(thief, "/staff/second-factor")
    choose = prepare(owner, f"/staff/invitations/{token}")
    used = meanwhile(monkeypatch, forms, "is_whole", lambda: choose(new_password=NEW))
    code = code_at(page.split('<code translate="no">')[1].split("<")[0], real_now())
    assert (set_up(code=code), used()) == (410, 303)
    assert owner.get("/staff/second-factor/new").status_code == 200
    _close(any_database)


def test_a_letter_used_between_two_looks_at_it_is_gone(
    any_database: Flask, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, app = page_of_letter(any_database, email), any_database
    late, early = (prepare(FlaskClient(app, app.response_class), page) for _ in range(2))
    deed = meanwhile(monkeypatch, pages, "reset_password_token_status", lambda: early(password=NEW))
    assert (late(password="이른 봄 매화 네 그루"), deed()) == (410, 303)
    _close(any_database)


def renewal(app: Flask, email: str) -> Callable[[], int]:
    """Return what chooses a new password by a letter."""
    choose = prepare(FlaskClient(app, app.response_class), page_of_letter(app, email))
    return lambda: int(choose(password=NEW))


def meanwhile(
    monkeypatch: pytest.MonkeyPatch, place: object, name: str, deed: Callable[[], int]
) -> Callable[[], int]:
    """Let a deed be done when a function was called; return what waits for its outcome."""
    call, pool = getattr(place, name), ThreadPoolExecutor(1)
    begun: list[Future[int]] = []

    def call_beside(*args: Any, **more: Any) -> Any:
        result = call(*args, **more)
        if not begun:
            begun.append(pool.submit(deed))
            # Where the deed has to wait for the caller, it is not waited for.
            wait(begun, timeout=1)
        return result

    monkeypatch.setattr(place, name, call_beside)
    return lambda: int(begun[0].result())


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
