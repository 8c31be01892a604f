"""The key ring: checked, exported, and put first anew while the site runs, also after a kill."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.config import ROOT
from portal.core import keys
from portal.core.clock import real_now
from portal.core.files.sealed import keys as ring
from portal.core.files.sealed import queries
from portal.core.files.sealed.services import keep
from portal.core.files.sealed.store import sealed_store
from portal.core.transactions import begin_write
from portal.extensions import Base, db
from portal.notifications.models import Letter
from portal.notifications.services import queue_letter
from tests.core.test_sealed_files import sealed
from tests.support.prepared import make_app, new_postgresql, postgresql_answers

LETTERS = 30
FILES = 3


def open_app(folder: Path, database: str) -> Flask:
    """Return the portal as a new process would start it, with the keys of its file."""
    found = keys.read_keys(folder)
    address = database or f"sqlite:///{folder}/portal.db"
    return make_app(
        folder,
        SECRET_KEY=found[0],
        SECRET_KEY_FALLBACKS=list(found[1:]),
        SQLALCHEMY_DATABASE_URI=address,
    )


def fill(app: Flask) -> None:
    """Write letters and files by the only key there is."""
    with app.test_request_context():
        Base.metadata.create_all(db.engine)
        keys.prove_key(db.session(), keys.read_key(app.config["INSTANCE_DIR"]), Path())
        for number in range(LETTERS):
            to = f"kim{number}@example.kr"
            queue_letter(
                db.session(), kind="test", to=to, language="ko", context={"a": to}, at=real_now()
            )
        db.session.commit()
        for number in range(FILES):
            made = sealed(f"file {number}".encode())
            begin_write()
            keep(db.session(), "draft", made, at=real_now())
            db.session.commit()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest):
    """Give the address of a database; empty: SQLite in the instance folder."""
    if request.param == "sqlite":
        yield ""
        return
    if not postgresql_answers():
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    with new_postgresql("keys") as address:
        yield address


@pytest.fixture
def portal(tmp_path: Path, database: str):
    keys.make_key(tmp_path)
    app = open_app(tmp_path, database)
    fill(app)
    with app.test_request_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def invoke(app: Flask, *args: str):
    with app.app_context():
        return app.test_cli_runner().invoke(args=["keys", *args])


def test_every_encrypted_column_is_found(app: Flask):
    found = {str(column) for column in ring.encrypted_columns()}
    assert {"remarks.email", "letters.context", "sealed_files.display_name"} <= found


def test_after_a_rotation_all_is_by_the_new_key_and_read_by_old_processes(
    portal: Flask, database: str
):
    folder = portal.config["INSTANCE_DIR"]
    index = db.session.scalars(select(Letter.recipient_index).order_by(Letter.id)).all()
    db.session.rollback()
    other = open_app(folder, database)
    result = invoke(other, "rotate")
    assert result.exit_code == 0, result.output
    assert len(keys.read_keys(folder)) == 2
    # This process started with the old key alone.
    letters = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.recipient for letter in letters] == [
        f"kim{number}@example.kr" for number in range(LETTERS)
    ]
    assert [letter.recipient_index for letter in letters] == index
    names = queries.known_keys(db.session())
    assert {sealed_store().read(name) for name in names} == {b"file 0", b"file 1", b"file 2"}
    assert {counted.older for counted in ring.check_keys(db.session())} == {0}
    db.session.rollback()
    keys.prove_key(db.session(), keys.read_key(folder), folder)


def test_a_rotation_that_was_killed_goes_on(portal: Flask, database: str):
    """A process of its own dies by SIGKILL in the middle of a column."""
    folder = portal.config["INSTANCE_DIR"]
    db.session.remove()
    program = (
        "import sys; from pathlib import Path;"
        "from tests.core.test_keys_rotation import die_in_the_middle;"
        "die_in_the_middle(Path(sys.argv[1]), sys.argv[2])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder), database], cwd=ROOT, check=False
    )
    assert done.returncode == -signal.SIGKILL
    app = open_app(folder, database)
    assert invoke(app, "rotate").exit_code == 1
    assert len(keys.read_keys(folder)) == 2
    with app.app_context():
        counted = {one.name: one for one in ring.check_keys(db.session())}
        assert 0 < counted["letters.context"].newest < LETTERS
        db.session.remove()
    assert invoke(app, "rotate", "--resume").exit_code == 0
    with app.app_context():
        counted = {one.name: one for one in ring.check_keys(db.session())}
        assert {one.older + one.unreadable for one in counted.values()} == {0}
        assert counted["letters.context"].newest == LETTERS
        assert counted["sealed files"].newest == FILES
        db.session.remove()
        db.engine.dispose()


def die_in_the_middle(folder: Path, database: str) -> None:
    """Rotate in small steps and die after the first one, without a chance to tidy up."""
    ring.ROWS_AT_ONCE = 7
    keys.add_key(folder)
    app = open_app(folder, database)
    with app.app_context():
        for _name, _rows in ring.renew_fields():
            os.kill(os.getpid(), signal.SIGKILL)


def test_what_somebody_changes_meanwhile_is_not_overwritten(
    portal: Flask, database: str, monkeypatch: pytest.MonkeyPatch
):
    db.session.remove()
    keys.add_key(portal.config["INSTANCE_DIR"])
    app = open_app(portal.config["INSTANCE_DIR"], database)
    with app.app_context():
        column = Letter.__table__.c.recipient
        key, token = ring._some_rows(db.session(), column, None)[0]
        db.session.execute(update(Letter).where(Letter.id == key[0]).values(recipient="new@a.kr"))
        assert not ring._renew(db.session(), column, (key, token))
        assert db.session.get_one(Letter, key[0]).recipient == "new@a.kr"
        db.session.remove()
        db.engine.dispose()


def test_the_check_fails_with_the_keys_of_another_house(portal: Flask, tmp_path: Path):
    assert invoke(portal, "check").exit_code == 0
    (tmp_path / keys.FILE_NAME).unlink()
    keys.make_key(tmp_path)
    result = invoke(open_app(tmp_path, str(portal.config["SQLALCHEMY_DATABASE_URI"])), "check")
    assert result.exit_code == 1
    assert (
        f"letters.recipient: 0 by the newest key, 0 by older ones, {LETTERS} unre" in result.output
    )


def test_an_exported_key_file_opens_only_for_its_keeper(tmp_path: Path):
    keys.make_key(tmp_path)
    app = open_app(tmp_path, "")
    keeper = pyrage.x25519.Identity.generate()
    target = tmp_path / "key.age"
    result = invoke(app, "export", str(target), "--recipient", str(keeper.to_public()))
    assert result.exit_code == 0, result.output
    plain = (tmp_path / keys.FILE_NAME).read_bytes()
    assert plain.strip() not in target.read_bytes()
    assert pyrage.decrypt(target.read_bytes(), [keeper]) == plain
    assert invoke(app, "export", str(target), "--recipient", "age1").exit_code == 2
