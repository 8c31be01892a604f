"""The import: idempotent, all or nothing, never over a person's work."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from portal.calendar.models import Event
from portal.config import ROOT
from portal.core import clock
from portal.core.i18n import in_language
from portal.core.models import Coverage, DataCheck
from portal.core.state import BUSINESS_DAY, change_state, find_state
from portal.core.versions import SITE, versions_of
from portal.council.models import Member, StaffCount
from portal.extensions import db
from portal.importers.dataset import import_dataset
from portal.importers.reports import Report
from portal.importers.tables import DataErrors
from portal.moderation.rules import PublicationState
from tests.moderation.people import NOW
from tests.support.prepared import DATA_DIRS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of Seoul's data that a test may change."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data"))


def run_import(app: Flask, folder: Path) -> Report:
    with app.app_context():
        report = import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.commit()
        return report


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("council", ["seoul", "hanbit"])
def test_both_databases_take_every_council(any_database: Flask, council: str):
    with any_database.app_context():
        upgrade()
    run_import(any_database, DATA_DIRS[council])
    with any_database.app_context():
        assert db.session.scalar(select(func.count()).select_from(Member))
        assert db.session.scalar(select(func.count()).select_from(Coverage))
        db.session.remove()
        db.engine.dispose()


def test_a_second_import_changes_nothing(fresh_app: Flask):
    with fresh_app.app_context():
        before = versions_of(db.session(), (SITE,))
    report = run_import(fresh_app, ROOT / "data")
    with fresh_app.app_context():
        assert versions_of(db.session(), (SITE,)) == before
    assert not report.has_changes


def test_a_changed_row_is_written_and_raises_the_version(fresh_app: Flask, folder: Path):
    change(folder / "council/members.csv", "김정태", "김정택")
    with fresh_app.app_context():
        before = versions_of(db.session(), (SITE,))[SITE]
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        assert db.session.scalar(select(Member).where(Member.name == "김정택"))
        assert versions_of(db.session(), (SITE,))[SITE] == before + 1


def test_a_changed_event_tells_its_subscribers(fresh_app: Flask, folder: Path):
    change(folder / "calendar/events.csv", "제298회 본회의", "제298회 본회의 변경")
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        event = db.session.scalar(select(Event).where(Event.title.contains("변경")))
        assert event is not None
        assert event.sequence == 1


def test_a_row_changed_by_hand_is_kept_and_named(fresh_app: Flask, folder: Path):
    with fresh_app.app_context():
        member = db.session.scalar(select(Member).where(Member.name == "김정태"))
        assert member is not None
        member.note = "사람이 고친 글"
        db.session.commit()
    change(folder / "council/members.csv", "김정태", "김정택")
    report = run_import(fresh_app, folder)
    with fresh_app.app_context():
        assert db.session.scalar(select(Member).where(Member.note == "사람이 고친 글"))
    assert any("gim-jeongtae" in difference for difference in report.differences)


def test_a_member_who_leaves_the_file_is_withdrawn_and_can_come_back(
    fresh_app: Flask, folder: Path
):
    original = (folder / "calendar/events.csv").read_text(encoding="utf-8")
    lines = original.splitlines(keepends=True)
    slug = lines[-1].split(",")[0]
    (folder / "calendar/events.csv").write_text("".join(lines[:-1]), encoding="utf-8")
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        event = db.session.scalar(select(Event).where(Event.slug == slug))
        assert event is not None
        assert event.state is PublicationState.WITHDRAWN
    (folder / "calendar/events.csv").write_text(original, encoding="utf-8")
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        event = db.session.scalar(select(Event).where(Event.slug == slug))
        assert event is not None
        assert event.is_public


def test_what_leaves_its_file_takes_its_proposal_along_and_calendars_are_told(
    fresh_app: Flask, folder: Path
):
    path = folder / "calendar/events.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    slug = lines[-1].split(",")[0]
    of_slug = select(Event).where(Event.slug == slug)
    with fresh_app.app_context():
        event = db.session.scalars(of_slug).one()
        sequence, event.submitted_at, event.submitted_by = event.sequence, NOW, "staff:1"
        db.session.commit()
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        event = db.session.scalars(of_slug).one()
        assert event.state is PublicationState.WITHDRAWN
        assert event.submitted_at is None
        assert event.sequence == sequence + 1


def test_a_day_that_somebody_moved_stays_moved(fresh_app: Flask, folder: Path):
    with fresh_app.app_context():
        change_state(db.session(), BUSINESS_DAY, "2020-12-22")
        db.session.commit()
    change(folder / "council/members.csv", "김정태", "김정택")
    run_import(fresh_app, folder)
    with fresh_app.app_context():
        assert find_state(db.session(), BUSINESS_DAY) == "2020-12-22"


@pytest.mark.parametrize(
    ("path", "old", "new", "place", "reason"),
    [
        ("council/terms.csv", "2018-07-01", "2018-07-32", "council/terms.csv:2:4", "not a day"),
        ("council/members.csv", "10,district,", "10,distrikt,", "council/members.csv:", "none of"),
        ("council/members.csv", "slug,name", "slug,nam", "council/members.csv:1:2", "not known"),
        (
            "council/affiliations.csv",
            "gim-jeongtae",
            "nobody",
            "council/affiliations.csv:",
            "not in members",
        ),
        (
            "calendar/sessions.csv",
            "2020-12-22",
            "2020-10-22",
            "calendar/sessions.csv:",
            "is before",
        ),
        ("calendar/rooms.csv", "Building 2,,", "Building 2,0,", "calendar/rooms.csv:8:6", "empty"),
        ("identities.csv", "110,", "111,", "identities.csv:", "they differ"),
        (
            "council.yaml",
            "site_day: 2020-11-09",
            "site_day: soon",
            "council.yaml:",
            "a day such as",
        ),
    ],
)
def test_a_broken_file_is_refused_with_its_place_and_nothing_is_written(
    fresh_app: Flask, folder: Path, path: str, old: str, new: str, place: str, reason: str
):
    change(folder / path, old, new)
    with fresh_app.app_context():
        before = versions_of(db.session(), (SITE,))
        with in_language("en"), pytest.raises(DataErrors) as caught:
            import_dataset(db.session(), folder, at=clock.real_now(), tell=lambda _line: None)
        db.session.rollback()
        assert versions_of(db.session(), (SITE,)) == before
    assert str(caught.value).startswith(place)
    assert reason in str(caught.value)


def test_only_declared_figures_differ(app: Flask):
    with app.app_context():
        rows = db.session.scalars(select(DataCheck)).all()
        differing = {
            row.key for row in rows if row.printed is not None and row.printed != row.computed
        }
        assert differing == {row.key for row in rows if not row.agrees and row.printed is not None}
        assert len(differing) == 18
        db.session.rollback()


def test_staff_are_kept_as_totals_of_units_only(app: Flask):
    columns = set(StaffCount.__table__.columns.keys())
    assert columns >= {"quota", "present"}
    assert not columns & {"grade", "post", "job", "name"}


def test_new_files_for_another_council_can_be_read(empty_app: Flask, tmp_path: Path):
    target = tmp_path / "neu"
    result = empty_app.test_cli_runner().invoke(args=["data", "new", str(target)])
    assert result.exit_code == 0, result.output
    with empty_app.app_context():
        upgrade()
    run_import(empty_app, target)
    again = empty_app.test_cli_runner().invoke(args=["data", "new", str(target)])
    assert again.exit_code == 1
    assert "not empty" in again.output
