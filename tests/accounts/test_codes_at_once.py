"""Two requests show the same code, recovery code or letter's link in the same moment."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from flask_migrate import upgrade

from portal.accounts import services
from portal.accounts.queries import find_account_by_email
from portal.accounts.rules import Role
from portal.core.transactions import begin_write
from portal.extensions import db
from tests.accounts.staff import PASSWORD, current_code, make_account

ROUNDS = 3


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
    words = ("새로 심은 매화 두 그루", "이른 봄 매화 네 그루")
    for _round in range(ROUNDS):
        with any_database.test_request_context():
            account = find_account_by_email(db.session(), email)
            assert account
            data = [account.fs_uniquifier, "x"]
            token = current_app.extensions["security"].reset_serializer.dumps(data)
            db.session.rollback()
        fields = tuple({"password": word} for word in words)
        assert at_once(any_database, f"/staff/new-password/{token}", fields, "") == [303, 410]
    _close(any_database)


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
