"""A row's way to the public: who may move it, when, and who is told."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert

from portal.core import audit
from portal.core.errors import Conflict, Invalid, NotAllowed
from portal.core.signals import published, withdrawn
from portal.core.versions import SITE, versions_of
from portal.council.models import Committee
from portal.extensions import db
from portal.moderation.models import Correction, publishable_classes
from portal.moderation.queries import corrections_of, recent_corrections
from portal.moderation.rules import Move, PublicationState, Window
from portal.moderation.services import possible_moves
from tests.moderation.people import (
    EDITOR,
    HOUR,
    NOW,
    OTHER,
    READER,
    do,
    newest,
    publish,
    write,
)


def version() -> int:
    return versions_of(db.session(), (SITE,))[SITE]


def test_a_draft_is_published_by_a_second_person(draft: Committee):
    before = version()
    publish(draft)
    assert draft.is_public
    assert draft.published_at is not None
    assert version() == before + 1


def test_who_wrote_may_not_approve(draft: Committee):
    write(draft, READER, note="글")
    do(draft, Move.SUBMIT, EDITOR)
    with pytest.raises(NotAllowed):
        do(draft, Move.PUBLISH, READER)


def test_who_submitted_may_not_approve(draft: Committee):
    write(draft, EDITOR, note="글")
    do(draft, Move.SUBMIT, READER)
    with pytest.raises(NotAllowed):
        do(draft, Move.PUBLISH, READER)


def test_who_wrote_an_earlier_version_may_not_approve_a_later_one(draft: Committee):
    write(draft, READER, note="글")
    write(draft, EDITOR, note="더 나은 글")
    do(draft, Move.SUBMIT, EDITOR)
    with pytest.raises(NotAllowed):
        do(draft, Move.PUBLISH, READER)


def test_a_rows_corrections_are_found_however_many_others_came_later(draft: Committee):
    publish(draft)
    other = db.session.query(Committee).filter_by(slug="steering").one()
    one = {"kind": "committees", "because": "바로잡음", "fields": ["name"]}
    old = {**one, "row_id": draft.id, "corrected_on": NOW.date()}
    later = {**one, "row_id": other.id, "corrected_on": NOW.date() + timedelta(days=1)}
    db.session.execute(insert(Correction), [old, *([later] * 5000)])
    assert len(corrections_of(db.session(), "committees", draft.id)) == 1


def test_a_setting_lets_one_person_do_a_kind(staff_app: Flask, draft: Committee):
    staff_app.config["ONE_PERSON_KINDS"] = ("committees",)
    write(draft, READER, note="글")
    do(draft, Move.SUBMIT, READER)
    do(draft, Move.PUBLISH, READER)
    assert draft.is_public


def test_an_editor_may_not_publish(draft: Committee):
    write(draft, READER, note="글")
    do(draft, Move.SUBMIT, READER)
    with pytest.raises(NotAllowed):
        do(draft, Move.PUBLISH, EDITOR)


def test_an_empty_draft_is_not_submitted(draft: Committee):
    with pytest.raises(Invalid):
        do(draft, Move.SUBMIT, EDITOR)


def test_sending_back_needs_a_reason(draft: Committee):
    write(draft, note_en="Text")
    do(draft, Move.SUBMIT, EDITOR)
    with pytest.raises(Invalid):
        do(draft, Move.SEND_BACK, READER, reason=" ")
    do(draft, Move.SEND_BACK, READER, reason="날짜가 틀렸습니다.")
    assert draft.state is PublicationState.DRAFT
    assert draft.submitted_by is None


def test_who_approves_has_read_the_newest_revision(draft: Committee):
    write(draft, note_en="Text")
    do(draft, Move.SUBMIT, EDITOR)
    with pytest.raises(Conflict):
        do(draft, Move.PUBLISH, READER, seen=0)


def test_an_unknown_move_from_a_state_is_refused(draft: Committee):
    with pytest.raises(Conflict):
        do(draft, Move.ARCHIVE, READER)


def test_what_comes_later_is_scheduled(draft: Committee):
    write(draft, note_en="Text")
    do(draft, Move.SUBMIT, EDITOR)
    later = Window(publish_at=NOW + HOUR)
    with pytest.raises(Invalid):
        do(draft, Move.PUBLISH, READER, window=later)
    do(draft, Move.SCHEDULE, READER, window=later)
    assert draft.state is PublicationState.SCHEDULED
    assert not draft.is_public


def test_nothing_ends_before_it_begins(draft: Committee):
    write(draft, note_en="Text")
    do(draft, Move.SUBMIT, EDITOR)
    with pytest.raises(Invalid):
        do(draft, Move.PUBLISH, READER, window=Window(withdraw_at=NOW - HOUR))


def test_an_end_that_passed_meanwhile_can_be_typed_anew(draft: Committee):
    write(draft, note_en="Text")
    do(draft, Move.SUBMIT, EDITOR)
    do(draft, Move.SCHEDULE, READER, window=Window(NOW + HOUR, NOW + 2 * HOUR))
    do(draft, Move.TAKE_BACK, EDITOR)
    do(draft, Move.SUBMIT, EDITOR)
    later = NOW + 3 * HOUR
    possible = possible_moves(db.session(), draft, READER, now=later)
    assert {Move.PUBLISH, Move.SCHEDULE} <= possible
    do(draft, Move.PUBLISH, READER, now=later, window=Window())
    assert draft.is_public


def test_what_is_in_the_archive_can_be_a_draft_again(draft: Committee):
    publish(draft)
    do(draft, Move.WITHDRAW, READER)
    do(draft, Move.ARCHIVE, READER)
    do(draft, Move.REOPEN, EDITOR)
    assert draft.state is PublicationState.DRAFT


def test_a_change_of_a_public_row_waits_for_a_second_person(draft: Committee):
    publish(draft)
    write(draft, READER, name="더 새로운 위원회")
    assert draft.name == "새 위원회"
    do(draft, Move.PROPOSE, READER)
    with pytest.raises(NotAllowed):
        do(draft, Move.ACCEPT, READER)
    do(draft, Move.ACCEPT, OTHER, reason="이름이 바뀌었습니다.", reason_en="It was renamed.")
    assert draft.name == "더 새로운 위원회"
    (line,) = corrections_of(db.session(), "committees", draft.id)
    assert (line.fields, line.because_en) == (("name",), "It was renamed.")
    assert recent_corrections(db.session()) == (line,)


def test_the_note_of_the_author_is_the_reason_where_none_is_given(draft: Committee):
    publish(draft)
    write(draft, name="더 새로운 위원회")
    do(draft, Move.PROPOSE, EDITOR)
    do(draft, Move.ACCEPT, READER, reason="")
    assert corrections_of(db.session(), "committees", draft.id)[0].because == "바로잡음"


def test_a_declined_change_never_shows(draft: Committee):
    publish(draft)
    write(draft, name="틀린 이름")
    do(draft, Move.PROPOSE, EDITOR)
    do(draft, Move.DECLINE, READER)
    assert draft.name == "새 위원회"
    assert draft.submitted_at is None


def test_an_urgent_correction_shows_at_once_and_is_reviewed_later(draft: Committee):
    publish(draft)
    write(draft, READER, name="급히 고친 이름")
    do(draft, Move.CORRECT, READER)
    assert (draft.name, draft.review_due) == ("급히 고친 이름", True)
    with pytest.raises(NotAllowed):
        do(draft, Move.CONFIRM, READER)
    do(draft, Move.CONFIRM, OTHER)
    assert not draft.review_due


def test_a_withdrawn_row_is_reopened_as_a_draft_and_reviewed_anew(draft: Committee):
    publish(draft)
    do(draft, Move.WITHDRAW, READER)
    assert draft.withdrawn_at is not None
    do(draft, Move.REOPEN, READER)
    do(draft, Move.SUBMIT, READER)
    with pytest.raises(NotAllowed):
        do(draft, Move.PUBLISH, READER)
    do(draft, Move.PUBLISH, OTHER)
    assert draft.withdrawn_at is None


def test_a_correction_of_a_withdrawn_row_is_told_no_more(draft: Committee):
    publish(draft)
    write(draft, name="더 새로운 위원회")
    do(draft, Move.PROPOSE, EDITOR)
    do(draft, Move.ACCEPT, READER)
    do(draft, Move.WITHDRAW, READER)
    assert recent_corrections(db.session()) == ()


def test_upper_features_and_the_trail_are_told(staff_app: Flask, draft: Committee):
    heard: list[Any] = []
    lines: list[tuple[str, str]] = []

    def hear(_sender: Any, **told: Any) -> None:
        heard.append((told["kind"], told["ids"]))

    audit.register_keeper(staff_app, lambda _session, line: lines.append((line.actor, line.deed)))
    with published.connected_to(hear), withdrawn.connected_to(hear):
        publish(draft)
        do(draft, Move.WITHDRAW, OTHER)
    assert heard == [("committees", (draft.id,))] * 2
    assert lines == [
        ("staff:1", "content.revise"),
        ("staff:1", "content.submit"),
        ("staff:2", "content.publish"),
        ("staff:3", "content.withdraw"),
    ]


def test_an_import_after_writing_stops_the_approval(draft: Committee):
    publish(draft)
    write(draft, name="제안한 이름")
    do(draft, Move.PROPOSE, EDITOR)
    draft.name_en = "Brought by an import"
    with pytest.raises(Conflict):
        do(draft, Move.ACCEPT, READER)
    assert newest(draft) == 2


def test_every_publishable_class_names_its_fields(staff_app: Flask):
    for model in publishable_classes():
        assert model.title_field in model.editable_fields
        assert all(hasattr(model, name) for name in model.editable_fields)
