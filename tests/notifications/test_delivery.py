"""Letters arrive once, whatever a real mail server on the loopback answers."""

import email
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask_migrate import upgrade

from portal.core.errors import Conflict, Invalid
from portal.extensions import db
from portal.notifications import queries, services
from portal.notifications.delivery import deliver_due
from portal.notifications.rules import Channel
from tests.notifications.outbox import NOW, Sink, queue, state_of
from tests.support.prepared import make_app


@pytest.fixture
def portal(tmp_path: Path, sink: tuple[Sink, int]) -> Iterator[Flask]:
    app = make_app(
        tmp_path, SMTP_HOST="127.0.0.1", SMTP_PORT=sink[1], SMTP_TLS="none", SMTP_TIMEOUT=5
    )
    with app.app_context(), time_machine.travel(NOW, tick=False):
        upgrade()
        yield app


def test_a_letter_refused_for_now_arrives_once_at_the_next_try(portal, sink):
    letter = queue()
    sink[0].answers = ["451 4.7.1 kim@example.kr try later"]
    assert deliver_due() == NOW + timedelta(seconds=10)
    assert (state_of(letter), letter.last_error) == ("retry", "SMTPDataError 451 4.7.1")
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        assert deliver_due() is None
        assert deliver_due() is None
    assert state_of(letter) == "sent"
    assert sink[0].kept == [letter.message_id]
    assert sink[0].seen == [letter.message_id] * 2


def test_a_server_that_drops_after_the_data_loses_nothing(portal, sink):
    letter = queue()
    sink[0].answers = ["drop"]
    deliver_due()
    assert state_of(letter) == "retry"
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        deliver_due()
    assert sink[0].kept == [letter.message_id]


def test_a_recipient_refused_for_good_fails_at_once_and_can_be_sent_again(portal, sink):
    letter = queue()
    sink[0].answers = ["550 5.1.1 no such person kim@example.kr"]
    deliver_due()
    assert state_of(letter) == "failed"
    assert letter.last_error == "SMTPRecipientsRefused 550 5.1.1"
    services.send_again(db.session(), letter.id, actor="staff:1", at=NOW)
    db.session.commit()
    deliver_due()
    assert state_of(letter) == "sent"
    with pytest.raises(Conflict):
        services.send_again(db.session(), letter.id, actor="staff:1", at=NOW)


def test_a_letter_of_a_killed_worker_is_rescued_and_its_late_note_ignored(portal, sink):
    letter = queue()
    parcel = services.take_letter(db.session(), at=NOW)
    db.session.commit()
    assert services.take_letter(db.session(), at=NOW) is None
    with time_machine.travel(NOW + timedelta(seconds=149), tick=False):
        deliver_due()
    assert state_of(letter) == "sending"
    with time_machine.travel(NOW + timedelta(seconds=150), tick=False):
        deliver_due()
    assert state_of(letter) == "sent"
    services.note_failure(db.session(), parcel, OSError(), at=NOW)
    assert state_of(letter) == "sent"


@pytest.mark.parametrize("note", [services.note_sent, services.note_failure])
def test_a_late_worker_notes_nothing_of_a_letter_that_another_one_took(portal, note):
    letter = queue()
    late = services.take_letter(db.session(), at=NOW)
    later = NOW + timedelta(seconds=200)
    assert services.rescue_letters(db.session(), at=later, timeout_seconds=5) == 1
    assert services.take_letter(db.session(), at=later)
    error = [OSError()] if note is services.note_failure else []
    note(db.session(), late, *error, at=later)
    db.session.commit()
    assert state_of(letter) == "sending"


def test_without_a_server_letters_become_files_of_the_owner(portal):
    portal.config["SMTP_HOST"] = ""
    first, second = queue(), queue(channel=Channel.TEXT_MESSAGE, to="010-1234-5678")
    deliver_due()
    path = portal.config["INSTANCE_DIR"] / "mail" / f"{first.id:08}.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    message = email.message_from_bytes(path.read_bytes())
    assert message["Message-ID"] == first.message_id
    assert [p.get_content_type() for p in message.walk()][1:] == ["text/plain", "text/html"]
    sms = portal.config["INSTANCE_DIR"] / "sms" / f"{second.id:08}.txt"
    assert len(sms.read_text().splitlines()) == 2


def test_a_rolled_back_cause_sends_nothing_and_a_committed_one_wakes_the_worker(portal):
    jobs = portal.extensions["portal_queue"]
    services.queue_letter(
        db.session(), kind="test", to="kim@example.kr", language="en", context={}, at=NOW
    )
    db.session.rollback()
    assert len(jobs) == 0 and not queries.has_due_letters(db.session(), NOW)
    queue()
    assert jobs.dequeue().name.endswith("deliver_letters")


@pytest.mark.parametrize(
    "text",
    [
        "http://localhost/staff/sign-in?token=x",
        "고쳤습니다: http://localhost/calendar 에서 보세요.",
        "http://localhost/a http://localhost/b",
        "보세요: http://localhost",
    ],
)
def test_a_letter_links_to_this_site_wherever_the_link_stands(portal, text: str):
    assert queue(context={"link": text}).context == {"link": text}


@pytest.mark.parametrize(
    "lure",
    [
        "see http://evil.example",
        "www.evil.example",
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "http://localhost/ http://evil.example/",
        "http://localhost/?to=http://evil.example/",
        "hthttp://localhost/tp://evil.example",
    ],
)
def test_a_letter_links_to_no_other_site(portal, lure: str):
    with pytest.raises(Invalid):
        queue(context={"name": lure})


def test_old_letters_lose_recipient_and_content(portal):
    letter = queue()
    deliver_due()
    assert services.erase_letters(db.session(), before=NOW - timedelta(seconds=1)) == 0
    assert services.erase_letters(db.session(), before=NOW) == 1
    assert (letter.recipient, letter.recipient_index, letter.context) == (None, None, None)


def test_bounces_are_noted_by_address_or_message_id(portal):
    first, second = queue(), queue(to="Lee@Example.kr")
    deliver_due()
    names = [first.message_id, "lee@example.kr", "nobody@example.kr"]
    assert services.note_bounces(db.session(), names, actor="tests", at=NOW) == 2
    assert second.bounced_at == NOW
