"""What goes with a letter arrives byte for byte, and is kept nowhere."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask_babel import gettext as _
from flask_migrate import upgrade
from sqlalchemy import func, select

from portal.extensions import db
from portal.notifications import kinds
from portal.notifications.delivery import deliver_due
from portal.notifications.kinds import Attachment, Kind
from portal.notifications.models import Letter
from portal.notifications.rules import Channel
from tests.notifications.outbox import NOW, Sink, queue, read_letter, state_of
from tests.support.prepared import make_app

CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:공청회\r\nEND:VCALENDAR\r\n".encode()
PICTURE = bytes(range(256)) * 4


def both(context: Mapping[str, str], language: str) -> tuple[Attachment, ...]:
    """Return a calendar entry and a picture."""
    letters = db.session.scalar(select(func.count()).select_from(Letter))
    name = f"{context['event']} {_('Language')} {language} {letters}.png"
    return (
        Attachment("invite.ics", "text/calendar; method=REQUEST; charset=utf-8", CALENDAR),
        Attachment(name, "image/png", PICTURE),
    )


def broken(_context: Mapping[str, str], _language: str) -> tuple[Attachment, ...]:
    """Fail."""
    raise LookupError("no such row")


@pytest.fixture
def portal(tmp_path: Path, sink: tuple[Sink, int]) -> Iterator[Flask]:
    """Give a portal that sends to the sink."""
    app = make_app(tmp_path, SMTP_HOST="127.0.0.1", SMTP_PORT=sink[1], SMTP_TLS="none")
    with app.app_context(), time_machine.travel(NOW, tick=False):
        upgrade()
        yield app


def let_attach(monkeypatch: pytest.MonkeyPatch, attach: kinds.Attach) -> None:
    """Let the test's letter carry something."""
    made = Kind("test", kinds.TEST.subject, {}, attach)
    monkeypatch.setitem(kinds._kinds, "test", made)


def test_a_letter_arrives_with_its_files(portal: Flask, sink, monkeypatch):
    let_attach(monkeypatch, both)
    letter = queue(context={"event": "방청권"})
    deliver_due()
    assert state_of(letter) == "sent"
    message = read_letter(sink[0].letters[0])
    assert message.get_content_type() == "multipart/mixed"
    words, calendar, picture = message.iter_parts()
    assert [part.get_content_type() for part in words.iter_parts()] == ["text/plain", "text/html"]
    assert calendar["Content-Type"] == 'text/calendar; method="REQUEST"; charset="utf-8"'
    assert calendar.get_payload(decode=True) == CALENDAR
    assert calendar.get_filename() == "invite.ics"
    assert picture.get_content() == PICTURE
    assert picture.get_content_disposition() == "attachment"
    assert picture.get_filename() == "방청권 언어 ko 1.png"


def test_a_letter_without_files_is_as_it_was(portal: Flask, sink):
    queue()
    deliver_due()
    message = read_letter(sink[0].letters[0])
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_files_are_made_again_at_each_try(portal: Flask, sink, monkeypatch):
    let_attach(monkeypatch, both)
    queue(context={"event": "표"})
    sink[0].answers = ["451 4.7.1 later"]
    deliver_due()
    queue(context={"event": "다른"}, at=NOW + timedelta(days=1))
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        deliver_due()
    names = [list(read_letter(raw).iter_parts())[-1].get_filename() for raw in sink[0].letters]
    assert names == ["표 언어 ko 1.png", "표 언어 ko 2.png"]


def test_a_letter_whose_file_fails_is_tried_again_and_stops_no_other(
    portal: Flask, sink, monkeypatch
):
    let_attach(monkeypatch, broken)
    first = queue()
    deliver_due()
    assert (state_of(first), first.last_error) == ("retry", "LookupError")
    assert sink[0].letters == []
    let_attach(monkeypatch, both)
    second = queue(context={"event": "표"})
    deliver_due()
    assert state_of(second) == "sent"


def test_without_a_server_the_file_of_a_letter_holds_them(portal: Flask, monkeypatch):
    portal.config["SMTP_HOST"] = ""
    let_attach(monkeypatch, both)
    letter = queue(context={"event": "표"}, language="en")
    text = queue(channel=Channel.TEXT_MESSAGE, to="010-1234-5678", context={"event": "표"})
    deliver_due()
    path = portal.config["INSTANCE_DIR"] / "mail" / f"{letter.id:08}.eml"
    parts = list(read_letter(path.read_bytes()).iter_parts())
    assert [part.get_filename() for part in parts] == [None, "invite.ics", "표 Language en 2.png"]
    assert state_of(text) == "sent"
