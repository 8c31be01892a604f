"""The document for the committees and its table; the task that erases what is kept."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.rules import Role
from portal.core.clock import business_now, real_now
from portal.core.files.models import StoredFile
from portal.extensions import db
from portal.hearings.models import Opinion
from portal.hearings.queries import opinions_for_staff
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.rules.opinions import HouseRule, OpinionState
from portal.hearings.services import opinion_decisions, opinion_erasing
from portal.hearings.tasks import erase_opinions
from tests.accounts.staff import make_account, sign_in
from tests.hearings.opinions import (
    EMAIL,
    NAME,
    SLUG,
    TEXT,
    all_opinions,
    make_hearing,
    send_one,
    set_hearing,
    the_opinion,
)
from tests.support.client import PageClient
from tests.support.samples import picture

FORMULA = "=HYPERLINK(1)을 빼 주세요"
PUBLIC = f"/hearings/{SLUG}/opinions"


@pytest.fixture
def forum(fresh_app: Flask) -> str:
    """Give the address of a budget forum's document."""
    hearing_id = make_hearing(fresh_app, kind=HearingKind.BUDGET_FORUM)
    return f"/staff/hearings/{hearing_id}/opinions/document"


def publish(app: Flask, opinion_id: int, text: str = TEXT) -> None:
    with app.test_request_context():
        opinion_decisions.publish_opinions(
            db.session(),
            opinion_id=opinion_id,
            together=(),
            public_text=text,
            reason="",
            actor="staff:1",
            at=real_now(),
        )
        db.session.commit()


def hide(app: Flask, opinion_id: int) -> None:
    with app.test_request_context():
        opinion_decisions.hide_opinions(
            db.session(),
            opinion_id=opinion_id,
            together=(),
            seen=db.session.get_one(Opinion, opinion_id).state,
            because=HouseRule.PERSONAL,
            actor="staff:1",
            at=real_now(),
        )
        db.session.commit()


def send_three(app: Flask) -> PageClient:
    """Send opinions on two fields; publish the first two."""
    citizen = app.test_client()
    assert isinstance(citizen, PageClient)
    send_one(citizen, field="transport")
    send_one(citizen, field="welfare", text=FORMULA, name="=1+1", name_shown="full")
    send_one(citizen, field="welfare", text="아직 아무도 읽지 않았습니다.")
    first, second, _third = all_opinions(app)
    publish(app, first.id)
    publish(app, second.id, FORMULA)
    return citizen


def test_the_document_holds_what_is_published_by_field(fresh_app: Flask, forum: str) -> None:
    send_three(fresh_app)
    viewer = sign_in(fresh_app, make_account(fresh_app, Role.EVENTS_OFFICER))
    page = viewer.get(forum).get_data(as_text=True)
    assert page.index("복지") < page.index(FORMULA) < page.index("교통") < page.index(TEXT)
    assert "아직 아무도" not in page and "with=waiting" not in page
    assert viewer.get(f"{forum}?with=waiting").status_code == 403
    assert viewer.get(f"{forum}.csv?with=waiting").status_code == 403
    assert viewer.get("/staff/hearings/999/opinions/document").status_code == 404


def test_moderators_add_what_waits_and_it_is_marked(fresh_app: Flask, forum: str) -> None:
    send_three(fresh_app)
    moderator = sign_in(fresh_app, make_account(fresh_app, Role.MODERATOR))
    page = moderator.get(f"{forum}?with=waiting").get_data(as_text=True)
    assert "아직 아무도" in page and "아직 읽지 않음" in page
    rows = rows_of(moderator, f"{forum}.csv?with=waiting")
    assert [row["state"] for row in rows] == ["published", "waiting", "published"]
    with fresh_app.app_context():
        statement = "SELECT count(*) FROM audit_lines WHERE deed = 'opinion.downloaded'"
        assert db.session.execute(db.text(statement)).scalar() == 1
        db.session.rollback()


def rows_of(client: PageClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).lstrip("\ufeff"))))


def test_no_cell_of_the_table_runs(fresh_app: Flask, forum: str) -> None:
    send_three(fresh_app)
    viewer = sign_in(fresh_app, make_account(fresh_app, Role.VIEWER))
    rows = rows_of(viewer, f"{forum}.csv")
    assert [(row["field"], row["name"], row["opinion"]) for row in rows] == [
        ("복지", "'=1+1", f"'{FORMULA}"),
        ("교통", "홍○○", TEXT),
    ]


def test_readers_see_the_fields_of_a_forum(fresh_app: Flask, forum: str) -> None:
    citizen = send_three(fresh_app)
    page = citizen.get(PUBLIC).get_data(as_text=True)
    assert page.index(FORMULA) < page.index(TEXT)
    narrowed = citizen.get(f"{PUBLIC}?field=transport").get_data(as_text=True)
    assert TEXT in narrowed and FORMULA not in narrowed
    assert citizen.get(f"{PUBLIC}?field=banana").status_code == 400


def erase_at(app: Flask, days: int) -> None:
    """Run the nightly task so many days after the day of the hearing."""
    with app.app_context():
        now = business_now() + timedelta(days=10 + days)
        db.session.rollback()
        opinion_erasing.erase_old_opinions(db.session(), now=now, at=real_now(), days=180)
        db.session.commit()


def test_what_is_kept_is_erased_after_its_time_and_not_before(fresh_app: Flask, forum: str) -> None:
    citizen = fresh_app.test_client()
    file = (io.BytesIO(picture()), "정류장.jpg")
    receipts = [
        send_one(
            citizen, field="welfare", email=EMAIL, text=text, file=file if text == TEXT else None
        )
        for text in (TEXT, "가린 글", "기다리는 글")
    ]
    first, second, _third = all_opinions(fresh_app)
    publish(fresh_app, first.id)
    hide(fresh_app, second.id)
    erase_at(fresh_app, 180)
    assert all(opinion.text for opinion in all_opinions(fresh_app))
    erase_at(fresh_app, 181)
    published, hidden, waiting = all_opinions(fresh_app)
    for opinion in (published, hidden, waiting):
        kept = (opinion.name, opinion.email, opinion.text, opinion.objection, opinion.file_id)
        assert kept == (None,) * 5
        assert opinion.text_digest == "" and opinion.erased_at is not None
    assert (published.public_text, published.shown_name) == (TEXT, "홍○○")
    assert (hidden.public_text, hidden.shown_name) == (None, None)
    assert TEXT in citizen.get(PUBLIC).get_data(as_text=True)
    for receipt in receipts:
        assert "지웠습니다" in citizen.get(receipt).get_data(as_text=True)
    assert "정하기 전에 지움" in citizen.get(PUBLIC).get_data(as_text=True)
    assert count_files(fresh_app) == 0


def count_files(app: Flask) -> int:
    with app.app_context():
        query = select(func.count(StoredFile.id)).where(StoredFile.purpose == "opinion")
        count = db.session.scalar(query) or 0
        db.session.rollback()
        return count


def test_what_was_hidden_after_it_was_published_is_erased_whole(
    fresh_app: Flask, forum: str
) -> None:
    citizen = fresh_app.test_client()
    send_one(citizen, field="welfare", text="가려야 할 글", name_shown="full")
    publish(fresh_app, the_opinion(fresh_app).id, "가려야 할 글")
    hide(fresh_app, the_opinion(fresh_app).id)
    erase_at(fresh_app, 181)
    opinion = the_opinion(fresh_app)
    assert (opinion.public_text, opinion.shown_name) == (None, None)
    assert (opinion.state, opinion.hidden_because) == (OpinionState.HIDDEN, HouseRule.PERSONAL)


def test_nothing_is_kept_longer_than_two_years_whenever_the_hearing_is(
    fresh_app: Flask, forum: str
) -> None:
    send_one(fresh_app.test_client(), field="welfare", email=EMAIL)
    with fresh_app.app_context():
        day = business_now().date()
        db.session.rollback()
    set_hearing(fresh_app, starts_on=day + timedelta(days=3000))
    for days, is_there in ((729, True), (731, False)):
        later = real_now() + timedelta(days=days)
        with time_machine.travel(later, tick=False), fresh_app.app_context():
            erase_opinions()
        assert (the_opinion(fresh_app).name == NAME) == is_there


def test_one_night_erases_all_that_is_old(
    fresh_app: Flask, forum: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opinions_for_staff, "MOST_ERASED", 1)
    monkeypatch.setattr("portal.hearings.tasks.MOST_ERASED", 1)
    citizen = fresh_app.test_client()
    for _ in range(3):
        send_one(citizen, field="welfare")
    later = real_now() + timedelta(days=731)
    with time_machine.travel(later, tick=False), fresh_app.app_context():
        erase_opinions()
    assert all(opinion.erased_at for opinion in all_opinions(fresh_app))


def test_a_file_without_an_opinion_goes_after_a_day(fresh_app: Flask, forum: str) -> None:
    citizen = fresh_app.test_client()
    send_one(citizen, field="welfare", file=(io.BytesIO(picture()), "정류장.jpg"))
    with fresh_app.app_context():
        db.session.execute(db.update(Opinion).values(file_id=None))
        db.session.commit()
    for hours, left in ((23, 1), (25, 0)):
        later = real_now() + timedelta(hours=hours)
        with time_machine.travel(later, tick=False), fresh_app.app_context():
            erase_opinions()
        assert count_files(fresh_app) == left
    assert not [
        p for p in Path(fresh_app.config["INSTANCE_DIR"], "files").rglob("*") if p.is_file()
    ]
