"""Why something was done: what looks personal in it is neither public nor kept for good."""

import pytest
from flask import Flask

from portal.core import audit
from portal.core.errors import Invalid
from portal.council.models import Committee
from portal.extensions import db
from portal.moderation.queries import corrections_of
from portal.moderation.rules import Move
from portal.moderation.services import revise
from tests.accounts.staff import post
from tests.moderation.desk import decide, hand_in, text_of
from tests.moderation.people import AT, EDITOR, READER, do, newest, publish, write
from tests.moderation.test_desk_pages import WORDS
from tests.moderation.test_desk_pages import publish as publish_notice

PERSONAL = "김철수 과장 010-2345-6789"


@pytest.fixture
def trail(staff_app: Flask) -> list[str]:
    """Give the reasons that the trail is told."""
    told: list[str] = []
    audit.register_keeper(staff_app, lambda _session, line: told.append(line.reason or ""))
    return told


@pytest.fixture
def proposed(trail: list[str], draft: Committee) -> Committee:
    """Give a public row with a change whose author's note tells about a person."""
    publish(draft)
    based_on, values = newest(draft), {"name": "더 새로운 위원회"}
    revise(
        db.session(),
        draft,
        values=values,
        actor=EDITOR,
        at=AT,
        based_on=based_on,
        note=PERSONAL,
    )
    do(draft, Move.PROPOSE, EDITOR, reason="")
    return draft


def test_an_authors_note_that_looks_personal_does_not_become_public(proposed: Committee):
    with pytest.raises(Invalid):
        do(proposed, Move.ACCEPT, READER, reason="")
    do(proposed, Move.ACCEPT, READER, reason="이름이 바뀌었습니다.")
    assert corrections_of(db.session(), "committees", proposed.id)[0].because != PERSONAL


def test_who_lets_it_pass_says_why_and_the_trail_does_not_repeat_it(
    proposed: Committee, trail: list[str]
):
    do(proposed, Move.ACCEPT, READER, reason="", passed_because="본인이 공개를 원함")
    assert corrections_of(db.session(), "committees", proposed.id)[0].because == PERSONAL
    assert "본인이 공개를 원함" in trail
    assert not any("2345" in reason for reason in trail)


@pytest.mark.parametrize("field", ["reason", "reason_en"])
def test_a_correction_does_not_tell_about_a_person(draft: Committee, field: str):
    publish(draft)
    write(draft, name="더 새로운 위원회")
    with pytest.raises(Invalid):
        do(draft, Move.CORRECT, READER, **{field: PERSONAL})


def test_what_only_the_trail_keeps_does_not_tell_about_a_person(draft: Committee):
    publish(draft)
    with pytest.raises(Invalid):
        do(draft, Move.WITHDRAW, READER, reason=PERSONAL)
    write(draft, name="더 새로운 위원회", note="신청인 900101-1234568")
    do(draft, Move.PROPOSE, EDITOR)
    with pytest.raises(Invalid):
        do(draft, Move.ACCEPT, READER, passed_because=PERSONAL)


def test_what_the_author_reads_is_not_repeated_by_the_trail(proposed: Committee, trail: list[str]):
    do(proposed, Move.DECLINE, READER, reason=f"{PERSONAL}를 빼세요.")
    assert trail[-1] == ""


def test_the_reviewer_sees_which_words_look_personal(people):
    editor, reader = people
    row = publish_notice(people)
    post(editor, f"{row}/edit", **WORDS, summary="오후", based_on="1", change_note=PERSONAL)
    hand_in(editor, row, "propose")
    refused = decide(reader, row, "accept")
    assert refused.status_code == 422
    assert "passed_because" in text_of(refused)
    assert PERSONAL not in text_of(reader.get("/corrections"))
    answer = post(reader, f"{row}/withdraw", move="withdraw", reason=PERSONAL)
    assert answer.status_code == 422
    assert PERSONAL in text_of(answer)
