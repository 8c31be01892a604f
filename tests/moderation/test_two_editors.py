"""Two people save the same row in the same moment, on each database."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.rules import Role
from portal.extensions import db
from portal.moderation.models import Revision
from tests.accounts.staff import make_account, post, sign_in
from tests.support.client import PageClient
from tests.support.prepared import fill, make_app, new_postgresql, postgresql_answers

ROUNDS = 5
WORDS = {"kind": "notice", "title": "처음"}


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Give a filled portal on each database that answers."""
    if request.param == "sqlite":
        yield fill(make_app(tmp_path, council="hanbit"))
        return
    if not postgresql_answers():
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    with new_postgresql("editors") as address:
        yield fill(make_app(tmp_path, council="hanbit", SQLALCHEMY_DATABASE_URI=address))


def quiet_client(app: Flask, client: PageClient) -> FlaskClient:
    """Return a client with another's session that watches nothing, for a thread of its own."""
    made = FlaskClient(app, app.response_class)
    cookie = client.get_cookie("portal")
    assert cookie
    made.set_cookie("portal", cookie.value)
    return made


def save(client: FlaskClient, row: str, title: str, based_on: int, barrier: Barrier) -> int:
    page = client.get(f"{row}/edit").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    barrier.wait()
    words = WORDS | {"title": title, "based_on": str(based_on), "csrf_token": token[1]}
    return client.post(f"{row}/edit", data=words).status_code


def test_of_two_saves_at_once_one_is_kept_and_one_comes_back(office: Flask) -> None:
    people = [sign_in(office, make_account(office, role)) for role in (Role.EDITOR, Role.MODERATOR)]
    made = post(people[0], "/staff/content/publications/new", **WORDS)
    row = made.headers["Location"]
    clients = [quiet_client(office, person) for person in people]
    with ThreadPoolExecutor(len(clients)) as pool:
        for based_on in range(1, ROUNDS + 1):
            barrier = Barrier(len(clients))
            saves = [
                pool.submit(save, client, row, f"{number}의 {based_on}번째", based_on, barrier)
                for number, client in enumerate(clients)
            ]
            assert sorted(each.result() for each in saves) == [303, 422]
    with office.app_context():
        numbers = [n for (n,) in db.session.query(Revision.number).order_by(Revision.number)]
    assert numbers == list(range(1, ROUNDS + 2))
