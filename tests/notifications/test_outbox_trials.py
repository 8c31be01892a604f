"""Trials of the outbox: a mail server that falls silent, and two workers at once."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.core.clock import real_now
from portal.extensions import db
from portal.notifications import queries, services
from portal.notifications.delivery import deliver_due
from portal.notifications.models import Letter
from portal.notifications.rules import LetterState
from tests.notifications.outbox import NOW, Sink, queue, state_of
from tests.support.prepared import make_app, new_postgresql, postgresql_answers
from tests.support.processes import run_at_once

LETTERS = 200
ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class SilentServer:
    """A mail server on a real socket that answers up to a word, then not any more."""

    def __init__(self, silent_at: bytes) -> None:
        self._silent_at = silent_at
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.callers = 0
        self._kept: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _address = self._listener.accept()
            except OSError:
                return
            self.callers += 1
            # Kept open without a word until the end of the test.
            self._kept.append(caller)
            self._answer(caller)

    def _answer(self, caller: socket.socket) -> None:
        if self._silent_at == b"greeting":
            return
        caller.sendall(b"220 here\r\n")
        for line in caller.makefile("rb"):
            word = line[:4].strip().upper()
            if word == self._silent_at:
                return
            if word in (b"EHLO", b"MAIL", b"RCPT", *ANSWERS):
                caller.sendall(ANSWERS.get(word, b"250 well\r\n"))

    def close(self) -> None:
        for open_socket in (self._listener, *self._kept):
            open_socket.close()


@pytest.mark.parametrize("silent_at", [b"greeting", b"MAIL", b"."])
def test_a_silent_server_costs_one_time_limit_and_starves_nobody(
    tmp_path: Path, sink: tuple[Sink, int], silent_at: bytes
):
    server = SilentServer(silent_at)
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_TLS": "none", "SMTP_TIMEOUT": 1}
    app = make_app(tmp_path, SMTP_PORT=server.port, **settings)
    with app.app_context(), time_machine.travel(NOW, tick=False):
        upgrade()
        first, second = queue(), queue(to="lee@example.kr")
        assert deliver_due() == NOW + timedelta(seconds=10)
        # The run ended with the first letter: the others have lost no attempt to it.
        assert (state_of(first), state_of(second), second.attempts) == ("retry", "queued", 0)
        assert server.callers == 1
        app.config["SMTP_PORT"] = sink[1]
        assert deliver_due() is None
        assert (state_of(first), state_of(second)) == ("retry", "sent")
        with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
            deliver_due()
        assert sink[0].kept == [second.message_id, first.message_id]
    server.close()


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[Flask]:
    """Give a portal with tables on PostgreSQL."""
    if not postgresql_answers():
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    with new_postgresql("letters") as address:
        app = make_app(tmp_path / "here", SQLALCHEMY_DATABASE_URI=address)
        with app.app_context():
            upgrade()
            yield app
            db.session.remove()
            db.engine.dispose()


WORK = """
from portal.core.clock import real_now
from portal.notifications import queries
from portal.notifications.delivery import deliver_due
while queries.has_due_letters(db.session(), real_now()):
    db.session.rollback()
    deliver_due()
"""


@pytest.mark.postgresql
def test_two_workers_at_once_send_each_letter_once(
    on_postgresql: Flask, tmp_path: Path, sink: tuple[Sink, int]
):
    for number in range(LETTERS):
        services.queue_letter(
            db.session(),
            kind="test",
            to=f"a{number}@example.kr",
            language="ko",
            context={},
            at=real_now(),
        )
    db.session.commit()
    run_at_once(on_postgresql, [tmp_path / "one", tmp_path / "two"], WORK, smtp_port=sink[1])
    assert (len(sink[0].kept), len(set(sink[0].seen)), len(sink[0].seen)) == (LETTERS,) * 3
    attempts = db.session.scalar(select(func.sum(Letter.attempts)))
    assert (queries.letter_counts(db.session())[LetterState.SENT], attempts) == (LETTERS, LETTERS)


@pytest.mark.postgresql
def test_a_worker_passes_by_a_letter_that_another_one_holds(on_postgresql: Flask):
    first, second = queue(), queue()
    ids = first.id, second.id
    db.session.rollback()
    with Session(db.engine) as one, Session(db.engine) as other:
        # Whoever waits for the lock instead of passing by fails here.
        other.execute(text("SET LOCAL lock_timeout = '1s'"))
        taken = services.take_letter(one, at=NOW), services.take_letter(other, at=NOW)
        assert [parcel.letter_id for parcel in taken if parcel] == list(ids)


@pytest.mark.postgresql
def test_a_night_passes_by_an_old_letter_that_somebody_holds(on_postgresql: Flask):
    first, second = queue(), queue()
    for letter in (first, second):
        letter.state, letter.sent_at = LetterState.SENT, NOW
    ids = first.id, second.id
    db.session.commit()
    with Session(db.engine) as one, Session(db.engine) as other:
        one.get(Letter, ids[0], with_for_update=True)
        other.execute(text("SET LOCAL lock_timeout = '1s'"))
        assert services.erase_letters(other, before=NOW) == 1
        other.commit()
        assert [letter.id for letter in queries.finished_letters(one, NOW)] == [ids[0]]
