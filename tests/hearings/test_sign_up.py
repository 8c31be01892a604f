"""Signing up, as citizens do it: three steps, a number, a letter, and their own page."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from portal.core.clock import business_now
from portal.extensions import db
from portal.hearings.ical import calendar_file
from portal.hearings.links import LinkKind, sign_link
from portal.hearings.models import Hearing, SignUp, SignUpRequest
from portal.hearings.rules.kinds import WindowState
from portal.places.rules import ClaimState
from tests.hearings.opened import (
    SLUG,
    hidden_of,
    letters_of,
    open_hearing,
    press,
    state_of,
    take_part,
    walk,
)
from tests.support.reading import read_words

FORM = f"/hearings/{SLUG}/sign-up"


@pytest.fixture
def hearing(fresh_app: Flask) -> int:
    return open_hearing(fresh_app)


def count(app: Flask, table: type) -> int:
    with app.app_context():
        number = db.session.scalar(select(func.count()).select_from(table)) or 0
        db.session.rollback()
        return number


def the_sign_up(app: Flask) -> SignUp:
    with app.app_context():
        row = db.session.scalars(select(SignUp)).one()
        db.session.expunge(row)
        db.session.rollback()
        return row


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_step_asks_one_thing_and_keeps_what_was_written(
    fresh_app: Flask, hearing: int, prefix: str
) -> None:
    client = fresh_app.test_client()
    first = client.get(prefix + FORM).get_data(as_text=True)
    second = client.post(
        prefix + FORM,
        data={**hidden_of(first), "way": "room", "size": "3", "needs": "captions", "go": "next"},
    ).get_data(as_text=True)
    assert 'name="size" value="3"' in second
    assert "captions" in second
    back = client.post(
        prefix + FORM, data={**hidden_of(second), "name": "김하나", "email": "k", "go": "party"}
    ).get_data(as_text=True)
    assert '<option selected value="3">' in back
    assert 'name="email" value="k"' in back
    assert count(fresh_app, SignUp) == 0


def test_a_sign_up_gets_a_number_and_a_letter_with_its_link(fresh_app: Flask, hearing: int) -> None:
    client = fresh_app.test_client()
    answer = walk(client)
    assert answer.status_code == 303
    receipt = client.get(answer.location).get_data(as_text=True)
    row = the_sign_up(fresh_app)
    assert row.number in receipt
    ((kind, context),) = letters_of(fresh_app)
    assert (kind, context["number"]) == ("sign_up_held", row.number)
    own = client.get(context["path"])
    assert own.headers["Cache-Control"] == "no-store"
    assert "자리를 잡아 두었습니다" in own.get_data(as_text=True)


def test_the_link_keeps_the_places_and_sends_the_ticket_once(
    fresh_app: Flask, hearing: int
) -> None:
    sign_up, client = take_part(fresh_app, hearing, 2), fresh_app.test_client()
    path = letters_of(fresh_app)[0][1]["path"]
    assert state_of(fresh_app, sign_up) is ClaimState.HELD
    client.get(path)
    assert state_of(fresh_app, sign_up) is ClaimState.HELD, "a scanner that looks keeps nothing"
    for _twice in range(2):
        assert press(client, f"{path}/keep").status_code == 303
    assert state_of(fresh_app, sign_up) is ClaimState.CONFIRMED
    assert [kind for kind, _context in letters_of(fresh_app)] == [
        "sign_up_held",
        "sign_up_confirmed",
    ]
    ticket = letters_of(fresh_app)[1][1]["ticket"]
    page = client.get(f"/hearings/tickets/{ticket}").get_data(as_text=True)
    assert "<svg" in page and the_sign_up(fresh_app).number in page
    assert "김하나" not in page


def test_the_same_form_is_taken_in_once(fresh_app: Flask, hearing: int) -> None:
    client = fresh_app.test_client()
    page = client.get(FORM).get_data(as_text=True)
    whole = {
        **hidden_of(page),
        "step": "check",
        "way": "room",
        "size": "2",
        "name": "김하나",
        "email": "kim@example.kr",
        "consent": "y",
    }
    places = {client.post(FORM, data=whole).location for _time in range(3)}
    assert len(places) == 1
    assert (count(fresh_app, SignUp), count(fresh_app, SignUpRequest)) == (1, 1)
    assert len(letters_of(fresh_app)) == 1


def test_who_signs_up_again_sees_the_same_page_and_is_told_by_mail(
    fresh_app: Flask, hearing: int
) -> None:
    client = fresh_app.test_client()
    pages = []
    for email in ("kim@example.kr", "KIM@example.kr"):
        receipt = client.get(walk(client, email=email).location).get_data(as_text=True)
        pages.append(re.sub(r"[2-9A-Z]{4}-[2-9A-Z]{4}|/sign-up/[\w-]+", "", receipt))
    assert pages[0] == pages[1]
    assert count(fresh_app, SignUp) == 1
    assert [kind for kind, _c in letters_of(fresh_app)] == ["sign_up_held", "sign_up_again"]


def test_who_finds_no_places_is_told_the_place_in_line(fresh_app: Flask, hearing: int) -> None:
    take_part(fresh_app, hearing, 4, "a@example.kr")
    waiting = take_part(fresh_app, hearing, 3, "b@example.kr")
    assert state_of(fresh_app, waiting) is ClaimState.WAITING
    kind, context = letters_of(fresh_app, "b@example.kr")[0]
    assert (kind, context["place"]) == ("sign_up_waiting", "1")


def test_who_cancels_lets_the_next_one_in(fresh_app: Flask, hearing: int) -> None:
    first = take_part(fresh_app, hearing, 4, "a@example.kr")
    second = take_part(fresh_app, hearing, 3, "b@example.kr")
    client = fresh_app.test_client()
    path = letters_of(fresh_app, "a@example.kr")[0][1]["path"]
    assert press(client, f"{path}/cancel").status_code == 303
    assert state_of(fresh_app, first) is ClaimState.CANCELLED
    assert state_of(fresh_app, second) is ClaimState.OFFERED
    kind, context = letters_of(fresh_app, "b@example.kr")[-1]
    assert kind == "sign_up_offered" and context["until"]
    assert press(client, f"{context['path']}/keep").status_code == 303
    assert state_of(fresh_app, second) is ClaimState.CONFIRMED


def test_a_party_can_shrink_and_grow_only_where_places_are(fresh_app: Flask, hearing: int) -> None:
    take_part(fresh_app, hearing, 3, "a@example.kr")
    take_part(fresh_app, hearing, 2)
    client, path = fresh_app.test_client(), letters_of(fresh_app)[0][1]["path"]
    refused = press(client, f"{path}/change", size="3", needs="휠체어 자리")
    assert refused.status_code == 409
    assert "휠체어 자리" in refused.get_data(as_text=True)
    assert press(client, f"{path}/change", size="1", needs="휠체어 자리").status_code == 303
    assert the_needs(fresh_app, "kim@example.kr") == "휠체어 자리"


def the_needs(app: Flask, email: str) -> str | None:
    with app.app_context():
        rows = db.session.scalars(select(SignUp)).all()
        return next(row.needs for row in rows if row.email == email)


def test_when_the_window_closes_meanwhile_nothing_typed_is_lost(
    fresh_app: Flask, hearing: int
) -> None:
    client = fresh_app.test_client()
    page = client.get(FORM).get_data(as_text=True)
    with fresh_app.app_context():
        closed = update(Hearing).values(sign_up_closes_at=business_now() - timedelta(minutes=1))
        db.session.execute(closed.where(Hearing.id == hearing))
        db.session.commit()
    whole = {**hidden_of(page), "step": "check", "way": "room", "size": "2", "consent": "y"}
    answer = client.post(FORM, data={**whole, "name": "김하나", "email": "kim@example.kr"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "김하나" in text and "kim@example.kr" in text
    assert count(fresh_app, SignUp) == 0
    assert client.get(FORM).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "step"),
    [
        ({"name": ""}, "person"),
        ({"name": "가" * 10_000}, "person"),
        ({"email": "kim.example.kr"}, "person"),
        ({"email": "kim@example.kr\nBcc: a@b.kr"}, "person"),
        ({"size": "5"}, "party"),
        ({"size": "0"}, "party"),
        ({"way": "online"}, "party"),
        ({"way": ""}, "party"),
        ({"needs": "900101-1234567"}, "party"),
        ({"consent": ""}, "check"),
    ],
)
def test_a_post_straight_to_the_last_step_is_checked_whole(
    fresh_app: Flask, hearing: int, wrong: dict[str, str], step: str
) -> None:
    client = fresh_app.test_client()
    whole = {"way": "room", "size": "2", "name": "김하나", "email": "kim@example.kr"}
    sent = {**hidden_of(client.get(FORM).get_data(as_text=True)), **whole, "consent": "y"}
    sent |= {"step": "check"} | wrong
    if not sent["consent"]:
        del sent["consent"]
    answer = client.post(FORM, data=sent)
    assert answer.status_code == 422
    assert f'name="step" type="hidden" value="{step}"' in answer.get_data(as_text=True)
    assert count(fresh_app, SignUp) == 0


@pytest.mark.parametrize("name", ["=1+1", "김😀하나", "a\x00b", "‮abc", "O'Neil <b>"])
def test_odd_names_are_kept_or_cleaned_and_shown_as_text(
    fresh_app: Flask, hearing: int, name: str
) -> None:
    client = fresh_app.test_client()
    assert walk(client, name=name).status_code == 303
    assert "\x00" not in (the_sign_up(fresh_app).name or "")


def test_a_slip_of_the_mail_address_is_asked_about(fresh_app: Flask, hearing: int) -> None:
    client = fresh_app.test_client()
    page = client.get(FORM).get_data(as_text=True)
    sent = {**hidden_of(page), "step": "person", "way": "room", "size": "1", "go": "next"}
    answer = client.post(FORM, data={**sent, "name": "김하나", "email": "kim@navr.com"})
    assert "kim@naver.com" in answer.get_data(as_text=True)


@pytest.mark.parametrize("token", ["x", "WzEsMV0.abc", "가" * 10, "a" * 500])
@pytest.mark.parametrize("page", ["my", "tickets", "review", "notices"])
def test_a_guessed_link_opens_nothing(
    fresh_app: Flask, hearing: int, page: str, token: str
) -> None:
    assert fresh_app.test_client().get(f"/hearings/{page}/{token}").status_code == 404


def test_a_link_of_one_kind_is_none_of_another_and_ends_when_revoked(
    fresh_app: Flask, hearing: int
) -> None:
    sign_up, client = take_part(fresh_app, hearing), fresh_app.test_client()
    with fresh_app.app_context():
        ticket, old = (
            sign_link(LinkKind.TICKET, sign_up, 1),
            sign_link(LinkKind.OWN, sign_up, 2),
        )
    assert client.get(f"/hearings/my/{ticket}").status_code == 404
    assert client.get(f"/hearings/my/{old}").status_code == 410


def test_a_link_ends_thirty_days_after_the_hearing(fresh_app: Flask, hearing: int) -> None:
    take_part(fresh_app, hearing)
    with fresh_app.app_context():
        day = business_now().date() - timedelta(days=31)
        db.session.execute(update(Hearing).where(Hearing.id == hearing).values(starts_on=day))
        db.session.commit()
    path = letters_of(fresh_app)[0][1]["path"]
    assert fresh_app.test_client().get(path).status_code == 410


def test_the_link_is_sent_again_to_who_signed_up_and_to_nobody_else(
    fresh_app: Flask, hearing: int
) -> None:
    take_part(fresh_app, hearing)
    client, address = fresh_app.test_client(), f"/hearings/{SLUG}/link"
    pages = []
    for email in ("kim@example.kr", "lee@example.kr"):
        answer = press(client, address, email=email)
        assert answer.status_code == 303
        pages.append(client.get(answer.location).get_data(as_text=True))
    assert [kind for kind, _c in letters_of(fresh_app)] == ["sign_up_held", "sign_up_again"]
    assert letters_of(fresh_app, "lee@example.kr") == []
    clean = [re.sub(r'value="[^"]+"', "", page) for page in pages]
    assert clean[0] == clean[1]


def test_what_fills_every_field_gets_no_letter(fresh_app: Flask, hearing: int) -> None:
    client, address = fresh_app.test_client(), f"/hearings/{SLUG}/notice"
    answer = press(client, address, email="kim@example.kr", website="http://x.example")
    assert answer.status_code == 422
    assert letters_of(fresh_app) == []


def test_two_hundred_of_one_school_pass_and_one_mailbox_is_spared(
    fresh_app: Flask, hearing: int
) -> None:
    client, address = fresh_app.test_client(), f"/hearings/{SLUG}/link"
    for number in range(12):
        press(client, address, email=f"pupil{number}@school.example")
    statuses = [press(client, address, email="kim@example.kr").status_code for _try in range(10)]
    assert statuses == [303] * 8 + [422] * 2


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_date_in_a_letter_is_the_one_of_the_feed(
    fresh_app: Flask, hearing: int, language: str
) -> None:
    take_part(fresh_app, hearing)
    context = letters_of(fresh_app)[0][1]
    with fresh_app.app_context():
        (letter,) = calendar_file(int(context["hearing"]), language)
    prefix = "/en" if language == "en" else ""
    feed = fresh_app.test_client().get(f"{prefix}/hearings/{SLUG}.ics").data
    assert letter.content == feed
    assert b"UID:hearing-open-hearing@localhost" in feed


def test_nobody_signs_up_once_it_has_begun(fresh_app: Flask, hearing: int) -> None:
    with fresh_app.app_context():
        begun = business_now() - timedelta(minutes=1)
        row = db.session.get_one(Hearing, hearing)
        row.starts_at, row.sign_up_closes_at = begun, begun + timedelta(hours=1)
        assert row.sign_up_state(business_now()) is WindowState.CLOSED
        db.session.rollback()


@pytest.mark.parametrize(
    ("page", "told"),
    [("link", "링크가 담긴 메일을 보냈습니다."), ("notice", "메일을 보냈습니다.")],
)
def test_who_asks_for_a_letter_is_told_once_that_it_comes(
    fresh_app: Flask, hearing: int, page: str, told: str
) -> None:
    client, address = fresh_app.test_client(), f"/hearings/{SLUG}/{page}"
    assert press(client, address, email="kim@example.kr").status_code == 303
    assert told in read_words(client, address)
    assert told not in read_words(client, address)


def test_who_changes_a_sign_up_is_told_that_it_was_changed(fresh_app: Flask, hearing: int) -> None:
    sign_up = take_part(fresh_app, hearing, keep=True)
    with fresh_app.app_context():
        version = db.session.get_one(SignUp, sign_up).link_version
        own = f"/hearings/my/{sign_link(LinkKind.OWN, sign_up, version)}"
    client = fresh_app.test_client()
    assert press(client, f"{own}/change", size="1", needs="수어 통역").status_code == 303
    assert "신청을 고쳤습니다." in read_words(client, own)
