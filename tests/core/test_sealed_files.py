"""Sealed files: never in clear on the disk, closed until scanned, gone when not sent."""

import io
import os
import socket
import stat
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
import time_machine
from flask import Flask, Response, request
from flask.testing import FlaskClient
from flask_migrate import upgrade
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.core.age import Unreadable, identity_of, seal, unseal
from portal.core.errors import Conflict, Gone, Invalid, NotAllowed, NotFound
from portal.core.files import scanner
from portal.core.files.limits import reader_forms, takes_sealed_files
from portal.core.files.sealed import checking, queries, services, start, tasks
from portal.core.files.sealed.models import SealedFile
from portal.core.files.sealed.rules import GRACE, MOST_DRAFT_BYTES, SealedState
from portal.core.files.sealed.serving import send_sealed_file
from portal.core.files.sealed.store import sealed_store
from portal.core.files.sealed.uploads import PartInMemory, Sealed, seal_upload
from portal.core.transactions import begin_again, begin_write
from portal.extensions import Base, csrf, db
from tests.support import samples
from tests.support.prepared import make_app

AT = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
CANARY = "카나리아 canary-7f3a"
#: As clamd says it of the test file of EICAR.
FOUND = "stream: Test.Eicar.UNOFFICIAL FOUND"


@pytest.fixture
def portal(any_database: Flask) -> Iterator[Flask]:
    """Give a portal with the table on each database, whose scanner is down."""
    any_database.config["CLAMAV"] = "unix:/nowhere"
    with any_database.test_request_context():
        Base.metadata.create_all(db.engine, tables=[Base.metadata.tables["sealed_files"]])
        yield any_database
        db.session.remove()
        db.engine.dispose()


def upload(content: bytes, name: str = "a.txt") -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)


def sealed(content: bytes = CANARY.encode(), name: str = "a.txt") -> Sealed:
    return seal_upload(upload(content, name))


def keep(draft: str, content: bytes = CANARY.encode(), name: str = "a.txt") -> SealedFile:
    made = sealed(content, name)
    begin_again()
    row = services.keep(db.session(), draft, made, at=AT)
    db.session.commit()
    return row


def claim(draft: str, *rows: SealedFile, at: datetime = AT) -> list[SealedFile]:
    ids = [row.id for row in rows]
    begin_again()
    return services.claim(db.session(), draft, "complaint:17", file_ids=ids, at=at)


def files_below(app: Flask) -> list[Path]:
    return [p for p in (app.config["INSTANCE_DIR"] / "sealed").rglob("*") if p.is_file()]


def answer(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Let the scanner say this of every file."""
    monkeypatch.setattr(scanner, "_ask", lambda *_args: words)


def test_a_kept_file_lies_encrypted_under_a_name_and_time_of_no_meaning(portal: Flask):
    row = keep("draft", name=f"{CANARY}.txt")
    (path,) = files_below(portal)
    assert sealed_store().read(row.store_key) == CANARY.encode()
    assert path.name == row.store_key
    assert [int(p.stat().st_mtime) for p in (path, path.parent)] == [0, 0]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_is_one_that_ages_own_program_reads(portal: Flask):
    identity = pyrage.x25519.Identity.from_str(identity_of("of the tests"))
    assert pyrage.decrypt(seal(b"a"), [identity]) == b"a"


def test_an_older_key_still_opens_and_a_strange_one_does_not(tmp_path: Path):
    old = make_app(tmp_path, SECRET_KEY="old")
    new = make_app(tmp_path, SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"])
    other = make_app(tmp_path, SECRET_KEY="other")
    with old.app_context():
        content = seal(b"a")
    with new.app_context():
        assert unseal(content) == b"a"
    with other.app_context(), pytest.raises(Unreadable):
        unseal(content)


@pytest.mark.parametrize("where", ["memory", "disk"])
def test_an_upload_is_never_on_the_disk_in_clear(
    tmp_path: Path, where: str, monkeypatch: pytest.MonkeyPatch
):
    """The second case shows that the first one could fail."""
    app = make_app(tmp_path / "instance")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    found: list[str] = []

    def take() -> str:
        found.append(type(request.files["paper"].stream).__name__)
        found.extend(_open_files(temporary))
        return ""

    view = takes_sealed_files(take) if where == "memory" else take
    app.add_url_rule("/take", view_func=csrf.exempt(view), methods=["POST"])
    content = (CANARY * 40_000).encode()[: 900 * 1024]
    # The body is written out before, since the test client would use a temporary file itself.
    boundary, body = encode_multipart({"paper": FileStorage(io.BytesIO(content), "a.txt")})
    kind = f"multipart/form-data; boundary={boundary}"
    client = FlaskClient(app, Response)
    assert client.post("/take", data=body, content_type=kind).status_code == 200
    is_clean = found == [PartInMemory.__name__]
    assert is_clean is (where == "memory")


def test_a_marked_view_takes_all_files_of_a_draft_at_once(tmp_path: Path):
    app = make_app(tmp_path)
    app.add_url_rule("/take", view_func=takes_sealed_files(lambda: ""), methods=["POST"])
    assert reader_forms(app)["/take"] == MOST_DRAFT_BYTES + app.config["MAX_BODY_BYTES"]


def test_staff_are_told_of_files_that_no_scanner_will_ever_see(
    portal: Flask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(start, "is_allowed", lambda _permission: True)
    keep("draft")
    assert start._unscanned(1) is None
    portal.config["CLAMAV"] = ""
    section = start._unscanned(1)
    assert section
    template = portal.jinja_env.get_template(section.template)
    assert "파일 1개" in template.render(content=section.content)


def _open_files(folder: Path) -> list[str]:
    """Return files of a folder that this process holds open, those without a name, too."""
    held = (Path(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd"))
    targets = [os.readlink(link) for link in held if link.is_symlink()]
    return [target for target in targets if target.startswith(str(folder))]


def test_nothing_under_the_instance_tells_what_was_sent(tmp_path: Path):
    app = make_app(tmp_path)
    app.config["CLAMAV"] = ""
    with app.test_request_context():
        upgrade()
        claim("draft", keep("draft", name=f"{CANARY}.txt"))
        db.session.commit()
        db.session.remove()
    everything = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert len(everything) > 10_000
    for word in CANARY.split():
        assert word.encode() not in everything


def test_a_part_that_is_too_large_is_refused_in_words_and_let_go(
    portal: Flask, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("portal.core.files.sealed.uploads.MOST_FILE_BYTES", 100)
    part = PartInMemory()
    for _times in range(3):
        part.write(b"a" * 60)
    assert part.getvalue() == b""
    with pytest.raises(Invalid):
        seal_upload(FileStorage(part, filename="a.txt"))


def test_an_upload_of_a_view_that_is_not_marked_is_refused(portal: Flask, tmp_path: Path):
    with (tmp_path / "a").open("w+b") as file, pytest.raises(RuntimeError):
        seal_upload(FileStorage(file, filename="a.txt"))


def test_the_eleventh_file_is_refused_and_a_place_that_was_freed_is_taken(portal: Flask):
    ids = [keep("draft").id for _number in range(10)]
    with pytest.raises(Invalid, match="10"):
        keep("draft")
    db.session.rollback()
    begin_write()
    services.remove(db.session(), "draft", ids[3], at=AT)
    db.session.commit()
    assert keep("draft").position == 4
    assert len(files_below(portal)) == 10


def test_more_than_all_files_may_have_is_refused(portal: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(services, "MOST_DRAFT_BYTES", 50)
    keep("draft")
    with pytest.raises(Invalid, match="MB"):
        keep("draft", b"a" * 30)
    db.session.rollback()
    assert keep("another draft").position == 1


def test_two_files_never_take_one_place(portal: Flask, monkeypatch: pytest.MonkeyPatch):
    keep("draft")
    monkeypatch.setattr(services, "_find_place", lambda *_args: 1)
    with pytest.raises(Conflict):
        keep("draft")
    db.session.rollback()
    assert len(files_below(portal)) == 1


def test_a_file_whose_transaction_was_undone_is_deleted(portal: Flask):
    begin_write()
    services.keep(db.session(), "draft", sealed(), at=AT)
    assert files_below(portal)
    db.session.rollback()
    assert not files_below(portal)


def test_a_savepoint_that_was_undone_leaves_files_from_before_it(portal: Flask):
    begin_write()
    row = services.keep(db.session(), "draft", sealed(), at=AT)
    with db.session.begin_nested() as savepoint:
        savepoint.rollback()
    db.session.commit()
    assert sealed_store().exists(row.store_key)


@pytest.mark.parametrize(("minutes", "is_there"), [(119, True), (120, False)])
def test_what_was_not_sent_within_two_hours_is_erased(portal: Flask, minutes: int, is_there: bool):
    keep("draft")
    later = AT + timedelta(minutes=minutes)
    with time_machine.travel(later, tick=False):
        tasks.erase_expired_files()
    assert bool(queries.files_of(db.session(), "draft", at=later)) is is_there
    assert bool(queries.known_keys(db.session())) is is_there
    assert bool(files_below(portal)) is is_there


def test_what_was_sent_stays_and_no_longer_says_when_it_came(portal: Flask):
    claim("draft", keep("draft"), keep("draft"))
    db.session.commit()
    with time_machine.travel(AT + timedelta(days=400), tick=False):
        tasks.erase_expired_files()
    rows = queries.files_of_owner(db.session(), "complaint:17")
    assert [row.position for row in rows] == [1, 2]
    assert {(row.draft_hash, row.expires_at) for row in rows} == {(None, None)}


def test_sending_is_refused_when_a_file_the_person_saw_is_gone(portal: Flask):
    row = keep("draft")
    with pytest.raises(Gone, match="2"):
        claim("draft", row, at=AT + timedelta(hours=2))
    db.session.rollback()
    assert queries.files_of(db.session(), "draft", at=AT)


def test_a_draft_gives_no_file_of_another(portal: Flask):
    row = keep("draft")
    with pytest.raises(NotFound):
        services.remove(db.session(), "other", row.id, at=AT)
    with pytest.raises(Gone):
        claim("other", row)


def test_files_of_a_case_are_erased_with_it(portal: Flask):
    claim("draft", keep("draft"))
    db.session.commit()
    kept = keep("other")
    begin_write()
    assert services.erase(db.session(), "complaint:17") == 1
    db.session.commit()
    assert [path.name for path in files_below(portal)] == [kept.store_key]


def test_nobody_opens_what_is_not_scanned(portal: Flask, monkeypatch: pytest.MonkeyPatch):
    row = keep("draft")
    tasks.scan_waiting_files()
    with pytest.raises(Conflict):
        send_sealed_file(row)
    answer(monkeypatch, "stream: OK")
    tasks.scan_waiting_files()
    response = send_sealed_file(row)
    assert response.get_data() == CANARY.encode()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_without_a_scanner_files_wait_closed(portal: Flask):
    portal.config["CLAMAV"] = ""
    row = keep("draft")
    tasks.scan_waiting_files()
    assert row.state is SealedState.WAITING


def test_an_infected_file_is_never_opened(portal: Flask, monkeypatch: pytest.MonkeyPatch):
    row = keep("draft")
    answer(monkeypatch, FOUND)
    tasks.scan_waiting_files()
    with pytest.raises(NotAllowed):
        send_sealed_file(row)


def test_the_scanner_gets_the_file_in_clear(portal: Flask, tmp_path: Path):
    """A stand-in for clamd that looks for the canary."""
    got = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as server:
        portal.config["CLAMAV"] = f"tcp:127.0.0.1:{server.getsockname()[1]}"
        thread = threading.Thread(target=_scan_once, args=(server, got))
        thread.start()
        row = keep("draft")
        tasks.scan_waiting_files()
        thread.join()
    assert CANARY.encode() in got
    assert row.state is SealedState.CLEAN


def _scan_once(server: socket.socket, got: bytearray) -> None:
    connection, _address = server.accept()
    with connection:
        while not got.endswith(b"\0\0\0\0"):
            got += connection.recv(1 << 16)
        connection.sendall(b"stream: OK\0")


def test_a_photograph_loses_its_place_and_the_person_is_told(portal: Flask):
    row = keep("draft", samples.photograph(), "a.jpg")
    content = sealed_store().read(row.store_key)
    assert not Image.open(io.BytesIO(content)).getexif()
    assert b"Kim" not in content
    assert "촬영 장소(GPS)" in [str(word) for word in row.marks.removed]
    assert row.marks.left == ()


def test_what_stays_in_a_document_is_told_before_sending(portal: Flask):
    change = '<w:p><w:ins w:author="홍길동"><w:r><w:t>고침</w:t></w:r></w:ins></w:p>'
    row = keep("draft", samples.docx(change), "a.docx")
    assert [str(word) for word in row.marks.left] == ["변경 기록과 변경한 사람"]
    assert "작성자나 마지막으로 저장한 사람" in [str(word) for word in row.marks.removed]


def test_what_does_not_fit_is_found_both_ways_and_mended(portal: Flask):
    lost, whole = keep("draft"), keep("draft")
    sealed_store().delete(lost.store_key)
    stray = sealed_store().put(seal(b"a"))
    now = datetime.now(UTC)
    assert not checking.check_store(db.session(), at=now).without_row
    check = checking.check_store(db.session(), at=now + GRACE + timedelta(minutes=1))
    assert check == checking.SealedCheck((lost.id,), (stray,))
    checking.repair_store(db.session(), check)
    db.session.commit()
    assert [path.name for path in files_below(portal)] == [whole.store_key]
    assert queries.known_keys(db.session()) == {whole.store_key: whole.id}


def test_the_command_names_what_does_not_fit_and_fails(portal: Flask):
    row = keep("draft")
    sealed_store().delete(row.store_key)
    runner = portal.test_cli_runner()
    result = runner.invoke(args=["sealed", "check"])
    assert result.exit_code == 1
    assert f"row {row.id} has no file" in result.output
    assert runner.invoke(args=["sealed", "check", "--repair"]).exit_code == 0
    assert runner.invoke(args=["sealed", "check"]).exit_code == 0


def test_the_store_takes_nothing_in_clear(portal: Flask):
    with pytest.raises(ValueError, match="sealed"):
        sealed_store().put(b"in clear")
