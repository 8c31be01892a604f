"""Nightly copies: whole, checked, only so many, and good enough to serve from."""

import io
import shutil
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from werkzeug.datastructures import FileStorage

from portal.core import backups, keys
from portal.core.backups import BadCopy, back_up, copies_in
from portal.core.clock import real_now
from portal.core.files.sealed.queries import known_keys
from portal.core.files.sealed.services import keep
from portal.core.files.sealed.store import sealed_store
from portal.core.files.sealed.uploads import seal_upload
from portal.core.tasks import back_up_database
from portal.extensions import db
from portal.publications.models import Publication
from tests.support.prepared import make_app

DAY = date(2026, 3, 5)


def test_a_copy_brought_back_serves_what_was_there(fresh_app: Flask, tmp_path: Path):
    with fresh_app.app_context():
        back_up_database()
        (copy,) = copies_in(fresh_app.config["INSTANCE_DIR"] / "backups")
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(copy, other / "portal.db")
    assert make_app(other).test_client().get("/news/newsletter-200-203").status_code == 200


def test_a_copy_is_of_one_moment_and_for_the_portal_alone(fresh_app: Flask, tmp_path: Path):
    with fresh_app.app_context():
        db.session.add(Publication(slug="not-saved", kind="news", title="쓰는 중"))
        db.session.flush()
        copy = back_up(db.engine, tmp_path / "copies", on=DAY, keep=3)
        db.session.rollback()
    assert copy
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.name for path in copy.parent.iterdir()] == ["portal-2026-03-05.db"]
    assert b"not-saved" not in copy.read_bytes()


def test_only_the_newest_stay_and_a_day_has_one(fresh_app: Flask, tmp_path: Path):
    with fresh_app.app_context():
        for day in (0, 1, 1, 2, 3):
            back_up(db.engine, tmp_path, on=DAY + timedelta(days=day), keep=2)
        assert back_up(db.engine, tmp_path, on=DAY, keep=0) is None
    assert [c.name for c in copies_in(tmp_path)] == ["portal-2026-03-08.db", "portal-2026-03-07.db"]


def test_a_damaged_copy_is_not_kept(
    fresh_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def damage(_source: str, target: Path) -> None:
        raise BadCopy(target.name)

    with fresh_app.app_context():
        kept = back_up(db.engine, tmp_path, on=DAY, keep=2)
        monkeypatch.setattr(backups, "_copy", damage)
        with pytest.raises(BadCopy):
            back_up(db.engine, tmp_path, on=DAY + timedelta(days=1), keep=2)
    assert copies_in(tmp_path) == [kept]


def test_a_whole_copy_brought_back_fits_its_keys_and_has_none(fresh_app: Flask, tmp_path: Path):
    instance, copy, back = (tmp_path / name for name in ("instance", "copy", "back"))
    (instance / keys.FILE_NAME).write_text("of the tests\n")
    with fresh_app.test_request_context():
        upload = FileStorage(io.BytesIO(b"canary-7f3a"), filename="a.txt")
        keep(db.session(), "draft", seal_upload(upload), at=real_now())
        db.session.commit()
        assert run(fresh_app, "backup", copy).exit_code == 0
        assert run(fresh_app, "backup", copy).exit_code == 1
    everything = b"".join(path.read_bytes() for path in copy.rglob("*") if path.is_file())
    assert b"canary-7f3a" not in everything
    assert not list(copy.rglob(keys.FILE_NAME))
    other = make_app(back)
    with other.test_request_context():
        assert run(other, "restore", copy).exit_code == 0
        assert run(other, "keys", "check").exit_code == 0
        assert run(other, "sealed", "check").exit_code == 0
        (key,) = known_keys(db.session())
        assert sealed_store().read(key) == b"canary-7f3a"
        assert sealed_store().path_of(key).stat().st_mtime == 0
        db.session.remove()
        assert run(other, "restore", copy).exit_code == 1


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words])
