"""A staff for tests: accounts, and clients that are signed in."""

import functools
import secrets
from datetime import datetime, timedelta

import time_machine
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from portal.accounts import second_factor, services
from portal.accounts.guard import TOKEN
from portal.accounts.models import StaffAccount
from portal.accounts.passwords import hash_password
from portal.accounts.rules import Grant, Place, Role
from portal.accounts.sessions import origin_of, start_session
from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.extensions import db
from tests.support.client import PageClient

PASSWORD = "늦가을 감나무 세 그루"
HOST = "http://localhost"


def make_account(app: Flask, role: Role | None, *, place: Place | None = None) -> str:
    """Make an account with password and second factor; return its address."""
    email = f"{role or 'nobody'}@council.example"
    with app.app_context():
        account = services.create_account(
            db.session(),
            email=email,
            name=str(role),
            language="ko",
            at=real_now(),
            actor="tests",
        )
        account.password_hash = _password_hash()
        account.totp_key = second_factor.new_key()
        if role is not None:
            services.give_role(
                db.session(),
                account=account,
                grant=Grant(role, place),
                actor="tests",
                on=real_now().date() - timedelta(days=10000),
            )
        db.session.commit()
    return email


@functools.cache
def _password_hash() -> str:
    """Return what is kept of everybody's password; hashing is slow on purpose."""
    return hash_password(PASSWORD)


def account_of(app: Flask, email: str) -> StaffAccount:
    """Return an account as it is now."""
    with app.app_context():
        account = db.session.query(StaffAccount).filter_by(email=email).one()
        db.session.expunge(account)
        db.session.rollback()
        return account


def form_token(client: PageClient) -> str:
    """Return the token that a form shows to a client's session."""
    with client.session_transaction() as cookie:
        raw = cookie.setdefault("csrf_token", secrets.token_hex(20))
    key = client.application.config["SECRET_KEY"]
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


def post(client: PageClient, path: str, **fields: str) -> TestResponse:
    """Send a form as its page would."""
    return client.post(path, data={**fields, "csrf_token": form_token(client)})


def give_password(client: PageClient, email: str, password: str = PASSWORD) -> TestResponse:
    """Take the first step of signing in."""
    return post(client, "/staff/sign-in", email=email, password=password)


def current_code(app: Flask, email: str, at: datetime | None = None) -> str:
    """Return the code that the person's app shows."""
    key = account_of(app, email).totp_key
    assert key
    return second_factor.code_at(key, at or real_now())


def sign_in(app: Flask, email: str) -> PageClient:
    """Return a client with a session as signing in leaves it, without the pages on the way."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    with app.test_request_context(), client.session_transaction() as cookie:
        begin_write()
        account = db.session.query(StaffAccount).filter_by(email=email).one()
        account.signed_in_at = real_now()
        services.record(db.session(), account.key, "sign_in", account.id)
        origin = origin_of("127.0.0.1", "")
        cookie[TOKEN] = start_session(
            db.session(), account=account, is_complete=True, origin=origin, at=real_now()
        )
        cookie["_user_id"] = account.fs_uniquifier
        cookie["_fresh"] = True
        cookie["fs_paa"] = real_now().timestamp()
        db.session.commit()
    return client


def sign_in_by_form(app: Flask, email: str) -> PageClient:
    """Return a client that is signed in with both factors."""
    client = app.test_client()
    assert isinstance(client, PageClient)
    assert give_password(client, email).status_code == 303
    answer = post(client, "/staff/second-factor", code=current_code(app, email))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def sign_in_later(app: Flask, email: str, seconds: int) -> PageClient:
    """Return a client that signs in some seconds from now, with a code of its own."""
    with time_machine.travel(real_now() + timedelta(seconds=seconds), tick=False):
        return sign_in(app, email)
