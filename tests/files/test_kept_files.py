"""Files from the upload to the answer: scanned, kept, read, served, and found when lost."""

import io
import os
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from portal.core.errors import Conflict, Gone, Invalid
from portal.core.files import services, tasks
from portal.core.files.models import StoredFile
from portal.core.files.reading import TooMuch, read_text
from portal.core.files.rules import FileKind, FileState
from portal.core.files.serving import send_file_of
from portal.core.files.store import file_store
from portal.extensions import db
from tests.support import samples

AT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)


@pytest.fixture
def portal(fresh_app: Flask) -> Iterator[Flask]:
    with fresh_app.test_request_context():
        yield fresh_app
        db.session.rollback()


def keep(content: bytes, name: str = "a.pdf", alt: str | None = None) -> StoredFile:
    stream = io.BytesIO(content)
    stored = services.keep_file(
        db.session(),
        stream=stream,
        purpose="content",
        display_name=name,
        actor="staff:1",
        at=AT,
        alt=alt,
    )
    db.session.commit()
    return stored


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (samples.pdf(), "Budget hearing"),
        (samples.docx(), "# 예산안\n\n본예산을 심사한다.\n\n| 구분 | 금액 |"),
        (samples.xlsx(), "| 의정활동 지원 | 1200 |"),
        (samples.hwpx(), "회의록을 공개한다."),
        ("알림".encode("cp949"), "알림"),
    ],
    ids=["pdf", "docx", "xlsx", "hwpx", "text"],
)
def test_a_document_waits_until_the_worker_has_read_it(portal: Flask, content: bytes, words: str):
    stored = keep(content)
    with pytest.raises(Conflict):
        send_file_of(stored)
    tasks.read_file(stored.id)
    db.session.refresh(stored)
    assert stored.state is FileState.READY
    assert words in (stored.text or "")


def test_a_document_that_breaks_its_reader_is_refused(
    portal: Flask, monkeypatch: pytest.MonkeyPatch
):
    def swell(_kind: FileKind, _path: object) -> str:
        raise TooMuch

    monkeypatch.setattr(tasks, "read_text", swell)
    stored = keep(samples.pdf())
    tasks.read_file(stored.id)
    with pytest.raises(Gone):
        send_file_of(stored)


def test_a_reader_that_hangs_is_ended(portal: Flask):
    path = file_store().path_of(keep(samples.pdf()).store_key)
    with pytest.raises(TooMuch):
        read_text(FileKind.PDF, path, seconds=0.001)


def test_a_picture_needs_words_and_is_ready_at_once(portal: Flask):
    with pytest.raises(Invalid):
        keep(samples.picture(), alt="  ")
    stored = keep(samples.picture(), "a.jpg", alt="빨강과 파랑")
    assert stored.state is FileState.READY
    assert send_file_of(stored, inline=True).headers["Content-Disposition"].startswith("inline")


def test_a_file_is_served_to_be_saved_and_never_run(portal: Flask):
    stored = keep(samples.mp3(), "녹음 1.mp3")
    response = send_file_of(stored, inline=True)
    response.direct_passthrough = False
    assert len(response.get_data()) == stored.size_bytes
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="file-{stored.id}.mp3"; '
        "filename*=UTF-8''%EB%85%B9%EC%9D%8C%201.mp3"
    )


def test_a_file_is_readable_by_the_portal_only(portal: Flask):
    path = file_store().path_of(keep(samples.pdf()).store_key)
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ValueError, match="no key"):
        file_store().path_of("../../secret.key")


def test_a_file_over_the_limit_is_refused(portal: Flask):
    portal.config["MAX_FILE_BYTES"] = 100
    with pytest.raises(Invalid):
        keep(samples.pdf())


def test_a_removed_file_goes_with_the_commit_and_stays_when_undone(portal: Flask):
    stored = keep(samples.mp3())
    key = stored.store_key
    stored_id = stored.id
    db.session.commit()
    services.remove_file(db.session(), stored, actor="staff:1")
    db.session.rollback()
    db.session.commit()
    assert file_store().exists(key)
    stored = db.session.get_one(StoredFile, stored_id)
    services.remove_file(db.session(), stored, actor="staff:1")
    assert file_store().exists(key)
    db.session.commit()
    assert not file_store().exists(key)


def test_the_check_finds_and_mends_both_kinds_of_orphans(portal: Flask):
    stored, old, young = keep(samples.mp3()), file_store().put(b"x"), file_store().put(b"y")
    past = (datetime.now(UTC) - timedelta(days=2)).timestamp()
    os.utime(file_store().path_of(old), (past, past))
    file_store().delete(stored.store_key)
    runner = portal.test_cli_runner()
    found = runner.invoke(args=["files", "check"])
    assert found.exit_code == 1
    assert f"row {stored.id} has no file\nfile {old} has no row\n" == found.output
    assert runner.invoke(args=["files", "check", "--repair"]).exit_code == 0
    assert runner.invoke(args=["files", "check"]).exit_code == 0
    assert file_store().exists(young)
    assert not file_store().exists(old)


class FakeScanner(threading.Thread):
    """A clamd that reads one file and gives one answer."""

    def __init__(self, answer: bytes) -> None:
        super().__init__(daemon=True)
        self.answer = answer
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"tcp:127.0.0.1:{self.listening.getsockname()[1]}"

    def run(self) -> None:
        connection, _address = self.listening.accept()
        with connection, self.listening, connection.makefile("rb") as received:
            assert received.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(received.read(4)):
                received.read(size)
            connection.sendall(self.answer)


@pytest.mark.parametrize(
    ("answer", "is_kept"),
    [
        (b"stream: OK\0", True),
        (b"stream: Eicar FOUND\0", False),
        (b"INSTREAM size limit exceeded. ERROR\0", False),
        (b"stream: OK", False),
        (b"OK\0", False),
        (b"", False),
        (b"x" * 4000, False),
    ],
)
def test_only_a_clear_ok_of_the_scanner_lets_a_file_in(portal: Flask, answer: bytes, is_kept: bool):
    scanner = FakeScanner(answer)
    scanner.start()
    portal.config["CLAMAV"] = scanner.address
    try:
        keep(samples.mp3())
        kept = True
    except Invalid:
        kept = False
    assert kept is is_kept
    scanner.join(5)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp:127.0.0.1:1"])
def test_without_the_scanner_nothing_is_taken(portal: Flask, address: str):
    portal.config["CLAMAV"] = address
    with pytest.raises(Invalid):
        keep(samples.mp3())


def test_a_scanner_that_never_answers_is_not_waited_for(portal: Flask):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        portal.config["CLAMAV"] = f"tcp:127.0.0.1:{silent.getsockname()[1]}"
        portal.config["CLAMAV_SECONDS"] = 1
        with pytest.raises(Invalid):
            keep(samples.mp3())
