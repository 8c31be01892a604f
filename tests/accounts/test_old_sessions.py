"""Sessions that are over leave the database at night."""

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from portal.accounts.models import StaffSession
from portal.accounts.services import create_account
from portal.accounts.sessions import Origin, start_session
from portal.accounts.tasks import forget_sessions_that_are_over
from portal.core.clock import real_now
from portal.extensions import db


def test_only_sessions_that_are_over_are_forgotten(fresh_app: Flask) -> None:
    now = real_now()
    with fresh_app.app_context():
        account = create_account(
            db.session(),
            email="a@council.example",
            name="가",
            language="ko",
            at=now,
            actor="command",
        )
        for hours in (13, 0):
            start_session(
                db.session(),
                account=account,
                is_complete=True,
                origin=Origin("127.0.0.0/24", ""),
                at=now - timedelta(hours=hours),
            )
        db.session.commit()
        forget_sessions_that_are_over()
        left = db.session.scalars(select(StaffSession)).all()
        assert [row.started_at for row in left] == [now]
