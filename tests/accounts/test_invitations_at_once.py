"""Two people open the same one-time link and choose a password in the same moment."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from portal.accounts import services
from portal.accounts.models import StaffLink
from portal.accounts.queries import find_account_by_email
from portal.accounts.rules import Role
from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from tests.accounts.staff import make_account

ROUNDS = 3


def new_link(app: Flask, email: str) -> str:
    """Return the path of a new one-time link of an account."""
    with app.test_request_context():
        begin_write()
        account = find_account_by_email(db.session(), email)
        assert account
        token = services.make_link(db.session(), account=account, actor="tests", at=real_now())
        db.session.commit()
    return f"/staff/invitations/{token}"


def choose(app: Flask, path: str, password: str, barrier: Barrier) -> int:
    """Choose a password, the form being open on both sides before either is sent."""
    client = FlaskClient(app, app.response_class)
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).text)
    assert token
    barrier.wait()
    return client.post(path, data={"new_password": password, "csrf_token": token[1]}).status_code


def test_of_two_who_use_a_link_at_once_one_gets_in(any_database: Flask) -> None:
    with any_database.app_context():
        upgrade()
    email = make_account(any_database, Role.EDITOR)
    with ThreadPoolExecutor(2) as pool:
        for _round in range(ROUNDS):
            path, barrier = new_link(any_database, email), Barrier(2)
            words = ("늦가을 감나무 세 그루", "이른 봄 매화 네 그루")
            sent = [pool.submit(choose, any_database, path, word, barrier) for word in words]
            assert sorted(each.result() for each in sent) == [303, 410]
    with any_database.app_context():
        assert db.session.query(StaffLink).count() == 0
        db.session.remove()
        db.engine.dispose()
