"""The house itself: clock, transactions, keys, jobs, sections."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask, Response
from sqlalchemy import select

from portal.core import clock, keys, sections
from portal.core.filters import day, moment, plain_text
from portal.core.jobs import enqueue, task
from portal.core.models import SiteState
from portal.core.state import WORKER_SEEN_AT, change_state, find_state
from portal.core.transactions import commits
from portal.core.versions import raise_version, versions_of
from portal.extensions import db

done: list[str] = []


@task
def note(word: str) -> None:
    """Remember a word, so that a test sees that the worker ran."""
    done.append(word)


def test_the_data_sets_day_stands_while_the_time_of_day_runs(app: Flask):
    with (
        app.app_context(),
        time_machine.travel(datetime(2026, 3, 5, 1, 30, tzinfo=UTC), tick=False),
    ):
        now = clock.business_now()
    assert now.date() == date(2020, 11, 9)
    assert (now.hour, now.minute) == (10, 30)


def test_the_real_clock_follows_the_councils_zone(fresh_app: Flask):
    fresh_app.config["CLOCK"] = "real"
    moment = datetime(2026, 3, 5, 15, 30, tzinfo=UTC)
    with fresh_app.app_context(), time_machine.travel(moment, tick=False):
        assert clock.today() == date(2026, 3, 6)


def test_a_business_instant_is_as_far_away_as_the_clock_says(app: Flask):
    with app.app_context():
        soon = clock.business_now().replace(microsecond=0)
        away = clock.to_real(soon) - clock.real_now()
        assert abs(away.total_seconds()) < 60


def test_a_view_below_400_commits_and_others_undo(fresh_app: Flask):
    fresh_app.add_url_rule("/keep", "keep", commits(lambda: _write("kept", 200)))
    fresh_app.add_url_rule("/drop", "drop", commits(lambda: _write("dropped", 409)))
    client = fresh_app.test_client()
    client.get("/keep")
    client.get("/drop")
    with fresh_app.app_context():
        assert find_state(db.session(), "kept") == "yes"
        assert find_state(db.session(), "dropped") is None


def test_a_lost_write_fails_the_test_that_made_it(fresh_app: Flask):
    fresh_app.add_url_rule("/lose", "lose", lambda: _write("lost", 200))
    with pytest.raises(AssertionError, match="unsaved changes"):
        fresh_app.test_client().get("/lose")


def _write(key: str, status: int) -> Response:
    change_state(db.session(), key, "yes")
    return Response("done", status, mimetype="text/plain")


def test_versions_rise_one_by_one(fresh_app: Flask):
    with fresh_app.app_context():
        assert versions_of(db.session(), ("hearing:1",)) == {"hearing:1": 0}
        raise_version(db.session(), "hearing:1")
        raise_version(db.session(), "hearing:1")
        assert versions_of(db.session(), ("hearing:1",)) == {"hearing:1": 2}


def test_the_key_is_for_its_owner_only(tmp_path: Path):
    keys.make_key(tmp_path)
    assert (tmp_path / keys.FILE_NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("key", [None, "another key"])
def test_a_database_refuses_a_missing_or_wrong_key(
    fresh_app: Flask, tmp_path: Path, key: str | None
):
    with fresh_app.app_context():
        keys.prove_key(db.session(), "the key", tmp_path)
        with pytest.raises(keys.WrongKey, match="secret.key"):
            keys.prove_key(db.session(), key, tmp_path)


def test_work_is_done_by_the_queue_in_the_applications_context(tmp_path: Path, fresh_app: Flask):
    queue = fresh_app.extensions["portal_queue"]
    queue.flush()
    with fresh_app.app_context():
        enqueue(note, word="hello")
    queued = queue.dequeue()
    queue.execute(queued)
    assert done == ["hello"]


def test_the_worker_leaves_a_sign_of_life(fresh_app: Flask):
    fresh_app.extensions["portal_jobs"]["portal.core.tasks.note_worker"].call_local()
    with fresh_app.app_context():
        assert db.session.scalar(select(SiteState).where(SiteState.key == WORKER_SEEN_AT))


def test_a_section_is_filled_by_who_registered(app: Flask):
    sections.register_section(
        app,
        "test.place",
        lambda number: sections.Section("Bills", "x.html", number) if number else None,
    )
    with app.app_context():
        assert [s.content for s in sections.sections_of("test.place", 7)] == [7]
        assert sections.sections_of("test.place", 0) == ()
        assert sections.sections_of("nowhere", 7) == ()


def test_a_moment_has_day_and_time_of_the_councils_zone(app: Flask):
    with app.test_request_context("/"):
        shown = moment(datetime(2026, 11, 26, 20, 0, tzinfo=UTC))
        assert plain_text(shown) == "2026. 11. 27. 05:00"
        assert moment(None) == "–"


def test_the_day_of_an_instant_is_the_councils(app: Flask):
    early = datetime(2026, 11, 26, 21, 15, tzinfo=UTC)
    with app.test_request_context("/"):
        assert "11. 27." in plain_text(day(early))
