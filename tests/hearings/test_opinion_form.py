"""The form for opinions, as citizens use it."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from portal.core.clock import business_now, real_now
from portal.core.files.models import StoredFile
from portal.extensions import db
from portal.hearings import limits
from portal.hearings.models import Hearing, Opinion
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.rules.opinions import (
    LONGEST_NAME,
    MOST_LETTERS,
    Draft,
    NameShown,
    OpinionState,
)
from portal.hearings.services import opinions as services
from portal.legislation.rules.kinds import Field
from tests.hearings.opinions import (
    EMAIL,
    NAME,
    SLUG,
    TEXT,
    all_opinions,
    letters,
    make_hearing,
    open_form,
    send,
    send_one,
    set_hearing,
    the_opinion,
)
from tests.support.client import PageClient
from tests.support.samples import docx, picture

FORM = f"/hearings/{SLUG}/opinion"


@pytest.fixture
def citizen(fresh_app: Flask) -> PageClient:
    make_hearing(fresh_app)
    client = fresh_app.test_client()
    assert isinstance(client, PageClient)
    return client


def test_the_form_says_what_is_kept_and_that_views_can_show(citizen: PageClient) -> None:
    answer = citizen.get(FORM)
    page = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    for word in (
        "목적",
        "항목",
        "보유 기간",
        "거부할 수 있나요?",
        "정치적 견해",
        "제23조",
        "180일",
    ):
        assert word in page
    assert "예산의 어느" not in page


def test_an_opinion_arrives_with_its_number_and_a_letter_without_its_words(
    fresh_app: Flask, citizen: PageClient
) -> None:
    address = send_one(citizen, email=f" {EMAIL} ")
    opinion = the_opinion(fresh_app)
    assert (opinion.text, opinion.name, opinion.email) == (TEXT, NAME, EMAIL)
    assert (opinion.state, opinion.public_text) == (OpinionState.WAITING, None)
    page = citizen.get(address).get_data(as_text=True)
    assert opinion.number in page and "읽기를 기다리고 있습니다" in page
    context = {"number": opinion.number, "path": address}
    assert letters(fresh_app) == [("opinion_received", EMAIL, context)]


def test_words_name_and_address_are_unreadable_in_the_database(
    fresh_app: Flask, citizen: PageClient
) -> None:
    send_one(citizen, email=EMAIL)
    with fresh_app.app_context():
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.rollback()
    kept = Path(fresh_app.config["INSTANCE_DIR"], "portal.db").read_bytes()
    for told in (TEXT, NAME, EMAIL):
        assert told.encode() not in kept


def test_an_english_page_is_answered_in_english(fresh_app: Flask, citizen: PageClient) -> None:
    form = open_form(citizen, prefix="/en")
    answer = send(citizen, form, prefix="/en", email=EMAIL)
    assert answer.location.startswith("/en/hearings/opinions/")
    assert the_opinion(fresh_app).language == "en"
    assert letters(fresh_app)[0][2]["path"] == answer.location.removeprefix("/en")
    assert "It has arrived" in citizen.get(answer.location).get_data(as_text=True)


@pytest.mark.parametrize(
    "mistake",
    [
        {"text": "   "},
        {"text": "가" * 5001},
        {"text": "제 번호는 900101-1234567 입니다"},
        {"name": ""},
        {"name": "\u200b"},
        {"name": "길" * 10_000},
        {"name": "900101-1234567"},
        {"name_shown": None},
        {"name_shown": "banana"},
        {"email": "no address"},
        {"agrees": None},
        {"agrees_to_views": None},
        {"website": "http://buy.example"},
    ],
)
def test_a_mistake_brings_the_form_back_with_what_was_written(
    fresh_app: Flask, citizen: PageClient, mistake: dict[str, str | None]
) -> None:
    form = open_form(citizen)
    answers = {"text": TEXT, "name": NAME, "email": EMAIL, **mistake}
    answer = send(citizen, form, **answers)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "data-error-summary" in page and form["key"] in page
    for name in ("text", "name", "email"):
        assert name in mistake or str(answers[name]) in page
    assert all_opinions(fresh_app) == []


def test_who_is_not_shown_needs_no_name(fresh_app: Flask, citizen: PageClient) -> None:
    send_one(citizen, name="", name_shown="none")
    assert the_opinion(fresh_app).name is None
    assert letters(fresh_app) == []


def test_odd_signs_are_taken_in_as_they_can_be_read(fresh_app: Flask, citizen: PageClient) -> None:
    send_one(citizen, text="=1+1\x00 좋아요 👍🏽\x1b[2J", name="=HYPERLINK(1)🙂", name_shown="full")
    opinion = the_opinion(fresh_app)
    assert (opinion.text, opinion.name) == ("=1+1 좋아요 👍🏽[2J", "=HYPERLINK(1)🙂")


def test_a_budget_forum_asks_for_the_field(fresh_app: Flask) -> None:
    make_hearing(fresh_app, kind=HearingKind.BUDGET_FORUM)
    citizen = fresh_app.test_client()
    assert "예산의 어느" in citizen.get(FORM).get_data(as_text=True)
    assert send(citizen, open_form(citizen)).status_code == 422
    assert send(citizen, open_form(citizen), field="banana").status_code == 422
    send_one(citizen, field="transport")
    assert the_opinion(fresh_app).field is Field.TRANSPORT


def test_other_hearings_take_in_no_field(fresh_app: Flask, citizen: PageClient) -> None:
    send_one(citizen, field="transport")
    assert the_opinion(fresh_app).field is None


def test_before_and_after_its_time_there_is_a_sentence_and_no_form(
    fresh_app: Flask, citizen: PageClient
) -> None:
    set_hearing_open(fresh_app, opens=1, closes=2)
    assert "<textarea" not in (page := citizen.get(FORM).get_data(as_text=True))
    assert "부터 의견을 보낼 수 있습니다" in page
    set_hearing_open(fresh_app, opens=-2, closes=-1)
    page = citizen.get(FORM).get_data(as_text=True)
    assert "<textarea" not in page and "끝났습니다" in page
    set_hearing(fresh_app, opinions_open_at=None)
    assert "<textarea" not in citizen.get(FORM).get_data(as_text=True)


def set_hearing_open(app: Flask, *, opens: int, closes: int) -> None:
    """Move the window by days from now."""
    with app.app_context():
        now = business_now()
        db.session.rollback()
    set_hearing(
        app,
        opinions_open_at=now + timedelta(days=opens),
        opinions_close_at=now + timedelta(days=closes),
    )


def test_a_window_that_closes_while_the_form_is_open_loses_nothing(
    fresh_app: Flask, citizen: PageClient
) -> None:
    form = open_form(citizen)
    set_hearing_open(fresh_app, opens=-2, closes=-1)
    answer = send(citizen, form, email=EMAIL)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    for kept in (TEXT, NAME, EMAIL, "아무것도 보내지 않았습니다"):
        assert kept in page
    assert all_opinions(fresh_app) == []


def test_who_sends_again_after_the_end_is_shown_what_arrived(
    fresh_app: Flask, citizen: PageClient
) -> None:
    form = open_form(citizen)
    first = send(citizen, form)
    set_hearing_open(fresh_app, opens=-2, closes=-1)
    again = send(citizen, form)
    assert (again.status_code, again.location) == (303, first.location)


def test_a_form_sent_twice_is_one_opinion(fresh_app: Flask, citizen: PageClient) -> None:
    form = open_form(citizen)
    first, second = send(citizen, form, email=EMAIL), send(citizen, form, email=EMAIL)
    assert first.location == second.location
    assert len(all_opinions(fresh_app)) == len(letters(fresh_app)) == 1


def test_a_double_click_that_passes_the_first_look_is_one_opinion(fresh_app: Flask) -> None:
    hearing_id = make_hearing(fresh_app)
    draft = Draft(TEXT, NAME, NameShown.FULL, EMAIL, None, "ko")
    with fresh_app.test_request_context():
        sent = [
            services.send_opinion(
                db.session(),
                hearing_id=hearing_id,
                draft=draft,
                key="k" * 22,
                now=business_now(),
                at=real_now(),
            )
            for _ in range(2)
        ]
        assert sent[0] is sent[1]
        db.session.commit()
    assert len(all_opinions(fresh_app)) == len(letters(fresh_app)) == 1


def test_a_number_that_is_taken_is_made_up_anew(
    fresh_app: Flask, citizen: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = iter(("AAAA-AAAA", "AAAA-AAAA", "BBBB-BBBB"))
    monkeypatch.setattr(services, "_new_number", lambda: next(numbers))
    send_one(citizen)
    send_one(citizen)
    assert [o.number for o in all_opinions(fresh_app)] == ["AAAA-AAAA", "BBBB-BBBB"]


def test_nothing_is_taken_without_the_token_or_with_a_foreign_key(
    fresh_app: Flask, citizen: PageClient
) -> None:
    form = open_form(citizen)
    refused = send(citizen, {**form, "csrf_token": "wrong"})
    assert refused.status_code == 422 and TEXT in refused.get_data(as_text=True)
    assert send(citizen, {**form, "key": "guessed"}).status_code == 400
    assert send(citizen, form, slug="nothing-here").status_code == 404
    assert all_opinions(fresh_app) == []


def test_a_hearing_that_is_not_public_takes_no_opinion(fresh_app: Flask) -> None:
    make_hearing(fresh_app, state="draft", published_at=None)
    assert fresh_app.test_client().get(FORM).status_code == 404


def test_a_flood_waits_and_loses_nothing(
    fresh_app: Flask, citizen: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "OPINIONS", replace(limits.OPINIONS, most=2))
    for _ in range(2):
        send_one(citizen)
    refused = send(citizen, open_form(citizen))
    assert refused.status_code == 429 and TEXT in refused.get_data(as_text=True)
    with time_machine.travel(real_now() + timedelta(hours=1, minutes=1), tick=False):
        assert send(citizen, open_form(citizen)).status_code == 303


def test_nobody_gets_more_than_some_letters_a_day(fresh_app: Flask, citizen: PageClient) -> None:
    for email in (EMAIL, EMAIL.upper()) * 2:
        send_one(citizen, email=email)
    assert len(letters(fresh_app)) == MOST_LETTERS


def test_only_who_has_the_address_sees_how_an_opinion_stands(citizen: PageClient) -> None:
    assert citizen.get(send_one(citizen)).status_code == 200
    assert citizen.get("/hearings/opinions/" + "x" * 22).status_code == 404
    assert citizen.get("/hearings/opinions/1").status_code == 404


def test_a_file_comes_along_without_its_author(fresh_app: Flask, citizen: PageClient) -> None:
    send_one(citizen, file=(io.BytesIO(docx()), "의견.docx"))
    file_id = the_opinion(fresh_app).file_id
    with fresh_app.app_context():
        stored = db.session.get(StoredFile, file_id)
        assert stored is not None
        told = (stored.purpose, stored.display_name, stored.created_by)
        db.session.rollback()
    assert told == ("opinion", "의견.docx", "reader")
    assert citizen.get(f"/files/{file_id}/x").status_code == 404


def test_a_picture_needs_no_words_beside_it(fresh_app: Flask, citizen: PageClient) -> None:
    send_one(citizen, file=(io.BytesIO(picture()), "정류장.jpg"))
    assert the_opinion(fresh_app).file_id is not None


def test_a_file_that_is_not_taken_loses_no_words(fresh_app: Flask, citizen: PageClient) -> None:
    answer = send(citizen, open_form(citizen), file=(io.BytesIO(b"MZ\x00\x01"), "a.exe"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and TEXT in page
    assert "파일은 받지 못했습니다" in page
    assert all_opinions(fresh_app) == []


def test_a_form_that_comes_back_says_to_choose_the_file_again(citizen: PageClient) -> None:
    file = (io.BytesIO(picture()), "정류장.jpg")
    page = send(citizen, open_form(citizen), text="", file=file).get_data(as_text=True)
    assert "다시 골라 주세요" in page


def test_a_file_may_be_larger_than_a_form_and_not_endless(
    fresh_app: Flask, citizen: PageClient
) -> None:
    many = fresh_app.config["MAX_BODY_BYTES"] + 1
    large = b"words " * (many // 6)
    send_one(citizen, file=(io.BytesIO(large), "a.txt"))
    huge = io.BytesIO(b"a" * (12 * 1024 * 1024))
    assert send(citizen, open_form(citizen), file=(huge, "a.txt")).status_code == 413


def test_the_trail_tells_that_an_opinion_came_and_nothing_about_its_author(
    fresh_app: Flask, citizen: PageClient
) -> None:
    send_one(citizen, email=EMAIL)
    with fresh_app.app_context():
        row = db.session.execute(
            text("SELECT actor, origin, before, after FROM audit_lines WHERE deed = 'opinion.sent'")
        ).one()
        db.session.rollback()
    assert tuple(row) == ("reader", "public form", "{}", "{}")


def test_the_longest_name_can_be_kept(fresh_app: Flask, citizen: PageClient) -> None:
    send_one(citizen, name="ß " * (LONGEST_NAME // 2))
    assert the_opinion(fresh_app).name == ("ß " * (LONGEST_NAME // 2)).strip()


def test_opinions_of_a_hearing_are_counted_for_it_alone(
    fresh_app: Flask, citizen: PageClient
) -> None:
    make_hearing(fresh_app, slug="another")
    send(citizen, open_form(citizen, "another"), "another")
    with fresh_app.app_context():
        counted = db.session.execute(
            select(Hearing.slug, func.count(Opinion.id))
            .join(Opinion, Opinion.hearing_id == Hearing.id)
            .group_by(Hearing.slug)
        ).all()
        db.session.rollback()
    assert [tuple(row) for row in counted] == [("another", 1)]
