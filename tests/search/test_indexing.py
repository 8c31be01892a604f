"""Nothing that is published is missing in the index, and nothing else is shown."""

import json
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from portal.core.clock import business_now, real_now, today
from portal.core.transactions import begin_write
from portal.council.models import Member
from portal.extensions import db
from portal.moderation.models import Publishable
from portal.publications.models import Publication
from portal.search import tasks
from portal.search.choice import search_engine
from portal.search.engines.folders import IndexFolders
from portal.search.engines.with_whoosh import WhooshEngine
from portal.search.indexing import drain, rebuild, reconcile
from portal.search.models import IndexTask, SearchDocument
from portal.search.queries import Wish, count_tasks, look_up
from portal.search.rules import Narrowing
from portal.search.services import refresh_all
from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in
from tests.support.client import PageClient

TITLE = "승강기를 고칩니다"


@pytest.fixture
def searched(fresh_app: Flask) -> Flask:
    """Give Seoul's portal with an index that is up to date."""
    with fresh_app.app_context():
        drain(search_engine())
    return fresh_app


def publish_new(editor: PageClient, reader: PageClient, *, title: str) -> str:
    answer = post(editor, "/staff/content/publications/new", kind="notice", title=title)
    row = answer.headers["Location"]
    hand_in(editor, row)
    assert decide(reader, row, "publish").status_code == 303
    return row


def titles(app: Flask, text: str = TITLE) -> list[str]:
    with app.test_request_context():
        rows = look_up(db.session(), search_engine(), text, Wish(Narrowing("ko"))).page.rows
        db.session.rollback()
    return [result.row.title for result in rows if result.row.is_whole]


def index(app: Flask) -> None:
    with app.app_context():
        drain(search_engine())


def test_the_first_drain_makes_the_index_of_all_documents(fresh_app: Flask):
    with fresh_app.app_context():
        waiting = count_tasks(db.session())
        assert waiting > 400
        assert drain(search_engine()) == waiting
        assert count_tasks(db.session()) == 0
        known = dict(db.session.execute(select(SearchDocument.id, SearchDocument.version)).all())
        assert search_engine().status().versions == known


def test_what_is_published_is_found_and_what_is_withdrawn_is_gone_at_once(
    searched: Flask, people: tuple[PageClient, PageClient]
):
    editor, reader = people
    row = publish_new(editor, reader, title=TITLE)
    assert titles(searched) == []
    index(searched)
    assert titles(searched) == [TITLE]
    post(reader, f"{row}/withdraw", reason="잘못 올렸습니다")
    # The index still names it; the table of documents decides.
    assert titles(searched) == []
    index(searched)
    with searched.app_context():
        assert count_tasks(db.session()) == 0


def test_a_draft_is_no_document(searched: Flask, people: tuple[PageClient, PageClient]):
    post(people[0], "/staff/content/publications/new", kind="notice", title=TITLE)
    with searched.app_context():
        assert count_tasks(db.session()) == 0
        assert (
            db.session.scalar(select(SearchDocument).where(SearchDocument.title == TITLE)) is None
        )


def test_what_is_over_by_its_hour_is_not_shown_before_the_worker_comes(
    searched: Flask, people: tuple[PageClient, PageClient]
):
    publish_new(*people, title=TITLE)
    index(searched)
    # At noon in Seoul: the data's day does not move, so its clock starts again at midnight.
    noon = real_now().replace(hour=3)
    with time_machine.travel(noon), searched.app_context():
        begin_write()
        soon = business_now() + timedelta(hours=1)
        db.session.execute(
            update(SearchDocument).where(SearchDocument.title == TITLE).values(until=soon)
        )
        db.session.commit()
    with time_machine.travel(noon):
        assert titles(searched) == [TITLE]
    with time_machine.travel(noon + timedelta(hours=2)):
        assert titles(searched) == []


def test_a_change_that_is_undone_leaves_nothing_to_index(searched: Flask):
    with searched.app_context():
        begin_write()
        refresh_all(db.session(), today=today() + timedelta(days=400), at=real_now())
        assert count_tasks(db.session()) > 0
        db.session.rollback()
        assert count_tasks(db.session()) == 0


def test_a_worker_killed_after_the_index_was_written_does_the_same_again(searched: Flask):
    with searched.app_context():
        begin_write()
        db.session.execute(update(SearchDocument).values(version=0))
        refresh_all(db.session(), today=today(), at=real_now())
        db.session.commit()
        rows = db.session.scalars(select(IndexTask)).all()
        kept = [{c.name: getattr(r, c.name) for c in IndexTask.__table__.columns} for r in rows]
        drain(search_engine())
        before = search_engine().status().versions
        # As if it had been killed before it took the tasks away.
        begin_write()
        db.session.execute(IndexTask.__table__.insert(), kept)
        db.session.commit()
        assert drain(search_engine()) == len(kept)
        assert search_engine().status().versions == before


@pytest.mark.parametrize("damage", ["lost", "old", "stray"])
def test_the_nightly_comparison_repairs_the_index(searched: Flask, damage: str):
    with searched.app_context():
        engine = search_engine()
        known = engine.status().versions
        first = min(known)
        if damage == "stray":
            begin_write()
            db.session.execute(SearchDocument.__table__.delete().where(SearchDocument.id == first))
            db.session.commit()
            refresh_all(db.session(), today=today(), at=real_now())
        elif damage == "lost":
            engine.delete([first])
        else:
            begin_write()
            db.session.execute(
                update(SearchDocument).where(SearchDocument.id == first).values(version=9)
            )
            db.session.commit()
        begin_write()
        repair = reconcile(engine, today=today(), at=real_now())
        db.session.commit()
        assert repair.is_needed
        drain(engine)
        rows = db.session.execute(select(SearchDocument.id, SearchDocument.version)).all()
        assert engine.status().versions == dict(rows)
        begin_write()
        assert not reconcile(engine, today=today(), at=real_now()).is_needed
        db.session.rollback()


@pytest.mark.parametrize("damage", ["gone", "unreadable"])
def test_a_damaged_index_is_made_anew_by_the_worker(searched: Flask, damage: str):
    shown = searched.config["INSTANCE_DIR"] / "search" / "whoosh"
    for file in (shown / "index-1").iterdir():
        file.unlink() if damage == "gone" else file.write_bytes(b"nonsense")
    page = searched.test_client().get("/search?q=예산")
    assert page.status_code == 503 and "검색을 준비하고 있습니다" in page.text
    with searched.app_context():
        assert count_tasks(db.session()) == 0
        tasks.update_index()
    assert searched.test_client().get("/search?q=예산").status_code == 200


def test_nobody_else_may_read_the_index(searched: Flask):
    folder = searched.config["INSTANCE_DIR"] / "search" / "whoosh"
    assert [f"{f.stat().st_mode & 0o777:o}" for f in (folder, folder / "index-1")] == ["700"] * 2


def test_documents_follow_the_site_s_day(searched: Flask):
    with searched.app_context():
        tasks.update_index()
        sizes = select(SearchDocument.address).where(SearchDocument.source == "events")
        before = set(db.session.scalars(sizes))
        with time_machine.travel(real_now() + timedelta(days=1), tick=False):
            tasks.update_index()
        assert set(db.session.scalars(sizes)) >= before


def test_every_kind_of_published_thing_has_a_source_of_documents():
    from portal.moderation.models import publishable_classes
    from portal.search.documents import SOURCES

    covered = {table for source in SOURCES for table in source.tables}
    #: These have no page of their own.
    apart = {"figure_uploads", "hard_words", "holiday_changes", "rooms", "synonyms"}
    assert {c.__tablename__ for c in publishable_classes()} - covered == apart


def test_a_member_who_is_withdrawn_by_an_import_is_found_no_more(searched: Flask):
    from portal.core.signals import withdrawn
    from portal.moderation.rules import PublicationState

    with searched.app_context():
        begin_write()
        member = db.session.scalars(select(Member).order_by(Member.id)).first()
        assert member
        name = member.name
        member.state = PublicationState.WITHDRAWN
        db.session.flush()
        withdrawn.send("members", kind="members", ids=(member.id,))
        db.session.commit()
    assert name not in titles(searched, name)


def test_rows_of_publications_are_looked_at_one_by_one(searched: Flask):
    from portal.core.signals import published

    with searched.app_context():
        begin_write()
        row = db.session.scalars(select(Publication).order_by(Publication.id)).first()
        assert isinstance(row, Publishable)
        row.title, row.title_en = "새 이름", "A new name"
        db.session.flush()
        published.send("publications", kind="publications", ids=(row.id,))
        assert [t.operation.value for t in db.session.scalars(select(IndexTask))] == ["index"] * 2
        db.session.rollback()


def test_rebuilding_twice_keeps_two_folders(searched: Flask):
    folder = searched.config["INSTANCE_DIR"] / "search" / "whoosh"
    with searched.app_context():
        for _ in range(3):
            assert rebuild(search_engine()) > 400
    assert len(list(folder.glob("index-*"))) == 2


def test_readyz_says_when_the_index_cannot_keep_up(
    searched: Flask, monkeypatch: pytest.MonkeyPatch
):
    def is_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(WhooshEngine, "index", is_full)
    with searched.app_context():
        begin_write()
        db.session.execute(update(SearchDocument).values(version=0))
        refresh_all(db.session(), today=today(), at=real_now())
        db.session.commit()
        with pytest.raises(OSError):
            tasks.update_index()
        db.session.rollback()
    reader = searched.test_client()
    assert word_of_search(reader) == "busy"
    assert reader.get("/search?q=예산").status_code == 200
    with time_machine.travel(real_now() + timedelta(minutes=11), tick=False):
        assert word_of_search(reader) == "behind"


def word_of_search(reader: FlaskClient) -> str:
    return str(json.loads(reader.get("/readyz").text)["search"])


def test_a_second_writer_waits_for_the_first(tmp_path: Path):
    folders, order = IndexFolders(tmp_path), list[str]()
    second = Thread(target=lambda: _write(folders, order))
    with folders.alone():
        second.start()
        second.join(timeout=0.2)
        assert order == []
        order.append("first")
    second.join()
    assert order == ["first", "second"]


def _write(folders: IndexFolders, order: list[str]) -> None:
    with folders.alone():
        order.append("second")
