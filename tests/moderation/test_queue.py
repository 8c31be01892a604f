"""The queue of the reviewers, and who answers for whom."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.errors import Invalid, NotAllowed
from portal.council.models import Committee
from portal.extensions import db
from portal.moderation.queries import Wish, waiting_for_review, who_answers
from portal.moderation.rules import Actor, LanguageState, Move
from portal.moderation.services import appoint_deputy
from portal.programmes.models import Programme
from tests.moderation.people import (
    AT,
    EDITOR,
    HOUR,
    OTHER,
    READER,
    do,
    new_committee,
    publish,
    write,
)

DAY = timedelta(days=1)


def test_the_queue_holds_all_kinds_the_oldest_first(staff_app: Flask):
    programme = db.session.scalars(select(Programme).order_by(Programme.id)).first()
    assert programme is not None
    write(programme, READER, name="바뀐 사업", name_en=None)
    do(programme, Move.PROPOSE, READER, at=AT + HOUR)
    draft = new_committee()
    write(draft, name_en="New committee")
    do(draft, Move.SUBMIT, EDITOR)
    first, second = waiting_for_review(db.session(), at=AT + 3 * DAY)
    assert (first.kind, first.wish, first.author, first.climbed) == (
        "committees",
        Wish.FIRST_PUBLICATION,
        "staff:1",
        1,
    )
    assert (first.title, first.title_en, first.age) == ("새 위원회", "New committee", 3 * DAY)
    assert (second.kind, second.wish, second.title) == ("programmes", Wish.CHANGE, "바뀐 사업")
    assert second.language is LanguageState.ENGLISH_MISSING


def test_the_queue_is_filtered(staff_app: Flask):
    for slug, author in (("a", EDITOR), ("b", OTHER)):
        row = new_committee(slug)
        write(row, author, name_en="A" if slug == "a" else None, note="글", note_en="Text")
        do(row, Move.SUBMIT, author)
    found = waiting_for_review(db.session(), at=AT)
    assert len(found) == 2
    assert not any(row.is_overdue for row in found)
    (of_other,) = waiting_for_review(db.session(), at=AT, author=OTHER.key)
    (without,) = waiting_for_review(
        db.session(), at=AT, language=LanguageState.ENGLISH_MISSING, kind="committees"
    )
    assert of_other == without
    assert waiting_for_review(db.session(), at=AT, kind="events") == ()
    assert waiting_for_review(db.session(), at=AT, kind="nothing") == ()


def test_an_urgent_correction_waits_for_its_later_review(staff_app: Flask, draft: Committee):
    publish(draft)
    write(draft, READER, name="급히 고친 이름")
    do(draft, Move.CORRECT, READER)
    (row,) = waiting_for_review(db.session(), at=AT)
    assert (row.wish, row.author, row.number) == (Wish.LATER_REVIEW, "staff:2", 2)
    do(draft, Move.CONFIRM, OTHER)
    assert waiting_for_review(db.session(), at=AT) == ()


def appoint(account: str, deputy: str, first: int, last: int, actor: Actor | None = None) -> None:
    appoint_deputy(
        db.session(),
        account=account,
        deputy=deputy,
        starts_on=date(2020, 11, first),
        ends_on=date(2020, 11, last),
        actor=actor or Actor(account),
    )


def test_a_deputy_answers_on_the_days_of_absence(staff_app: Flask):
    appoint("staff:1", "staff:2", 9, 11)
    days = [who_answers(db.session(), "staff:1", date(2020, 11, n)) for n in (8, 9, 11, 12)]
    assert days == ["staff:1", "staff:2", "staff:2", "staff:1"]


def test_only_the_absent_or_who_keeps_accounts_appoints(staff_app: Flask):
    with pytest.raises(NotAllowed):
        appoint("staff:1", "staff:2", 9, 11, Actor("staff:5", EDITOR.permissions))
    appoint("staff:1", "staff:2", 9, 11, Actor("staff:5", frozenset(("accounts.manage",))))


@pytest.mark.parametrize(("deputy", "last"), [("staff:1", 11), ("staff:2", 8)])
def test_a_deputy_is_another_person_for_at_least_a_day(staff_app: Flask, deputy: str, last: int):
    with pytest.raises(Invalid):
        appoint("staff:1", deputy, 9, last)
