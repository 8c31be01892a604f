"""Writing: conflicts, restoring, autosaves, and what an import brought."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from portal.calendar.models import Event
from portal.core.errors import Conflict, NotAllowed, NotFound
from portal.council.models import Committee, Member
from portal.council.rules import CommitteeKind
from portal.extensions import db
from portal.moderation.models import language_state
from portal.moderation.queries import autosave_of, revisions_of
from portal.moderation.rules import Actor, LanguageState, Move
from portal.moderation.services import ChangedMeanwhile, autosave, restore, revise
from tests.moderation.people import AT, EDITOR, OTHER, READER, do, newest, publish, write


def test_a_draft_takes_the_values_of_its_newest_revision(draft: Committee):
    write(draft, kind=CommitteeKind.STANDING, starts_on=date(2020, 11, 2), note="글")
    db.session.expire(draft)
    assert (draft.kind, draft.starts_on) == (CommitteeKind.STANDING, date(2020, 11, 2))


def test_the_second_to_save_is_told_who_was_first_and_what_differs(draft: Committee):
    write(draft, name="하나")
    write(draft, READER, name="둘")
    with pytest.raises(ChangedMeanwhile) as caught:
        revise(db.session(), draft, values={"name": "셋"}, actor=EDITOR, at=AT, based_on=1)
    error = caught.value
    assert (error.newest, error.by, error.at, error.fields) == (2, "staff:2", AT, ("name",))
    assert draft.name == "둘"


def test_restoring_writes_the_old_values_as_a_new_revision(draft: Committee):
    write(draft, name="하나", starts_on=date(2020, 1, 2))
    write(draft, name="둘", starts_on=None)
    restore(db.session(), draft, number=1, actor=READER, at=AT, based_on=2)
    assert (draft.name, draft.starts_on) == ("하나", date(2020, 1, 2))
    assert [r.number for r in revisions_of(db.session(), draft)] == [3, 2, 1]
    with pytest.raises(NotFound):
        restore(db.session(), draft, number=9, actor=READER, at=AT, based_on=3)


def test_saving_the_same_again_makes_no_revision(draft: Committee):
    first = write(draft, name="하나")
    assert write(draft, name="하나") is first


def test_an_autosave_takes_the_place_of_the_last_one_of_its_author(draft: Committee):
    write(draft, name="하나")
    for name in ("둘", "셋"):
        autosave(db.session(), draft, values={"name": name}, actor=EDITOR, at=AT, based_on=1)
    autosave(db.session(), draft, values={"name": "넷"}, actor=READER, at=AT, based_on=1)
    found = autosave_of(db.session(), draft, EDITOR.key)
    assert found is not None
    assert (found.is_autosave, found.fields["name"], draft.name) == (True, "셋", "하나")
    write(draft, name="셋")
    assert autosave_of(db.session(), draft, EDITOR.key) is None
    assert autosave_of(db.session(), draft, READER.key) is not None


def test_nobody_writes_what_is_being_reviewed(draft: Committee):
    write(draft, name="하나")
    do(draft, Move.SUBMIT, EDITOR)
    with pytest.raises(Conflict):
        write(draft, name="둘")
    do(draft, Move.TAKE_BACK, EDITOR)
    write(draft, name="둘")
    assert draft.name == "둘"


def test_nobody_writes_a_proposal_that_is_being_reviewed(draft: Committee):
    publish(draft)
    write(draft, name="둘")
    do(draft, Move.PROPOSE, EDITOR)
    with pytest.raises(Conflict):
        write(draft, READER, name="셋")


def test_who_may_not_write_does_not(draft: Committee):
    with pytest.raises(NotAllowed):
        write(draft, Actor("staff:9"), name="하나")


def test_only_editable_fields_are_written(draft: Committee):
    with pytest.raises(ValueError, match="slug"):
        write(draft, slug="other")


def imported() -> Member:
    member = db.session.scalar(select(Member).where(Member.name == "김정태"))
    assert member is not None
    return member


def test_what_an_import_brought_stays_as_the_first_revision(staff_app: Flask):
    member = imported()
    write(member, note="고친 글")
    newer, first = revisions_of(db.session(), member)
    assert (first.actor, first.fields["note"]) == ("import", member.note)
    assert (newer.number, newer.fields["note"]) == (2, "고친 글")
    assert (member.shown_revision, member.approved_revision) == (1, 1)


def test_an_import_between_two_edits_is_kept_and_the_proposal_stays_the_newest(
    staff_app: Flask,
):
    member = imported()
    write(member, note="고친 글")
    member.name_en = "Brought by an import"
    write(member, READER, note="더 고친 글")
    assert [r.actor for r in revisions_of(db.session(), member)] == [
        "staff:2",
        "staff:1",
        "import",
        "staff:1",
        "import",
    ]
    do(member, Move.PROPOSE, READER)
    do(member, Move.ACCEPT, OTHER)
    assert member.note == "더 고친 글"


def test_an_import_lets_nobody_accept_words_they_wrote_with_another(staff_app: Flask):
    member = imported()
    write(member, OTHER, note="고친 글")
    write(member, note_en="Mended text")
    member.name_en = "Brought by an import"
    write(member, note_en="A better text")
    do(member, Move.PROPOSE, EDITOR)
    with pytest.raises(NotAllowed):
        do(member, Move.ACCEPT, OTHER)
    do(member, Move.ACCEPT, READER)
    assert (member.note, member.approved_revision) == ("고친 글", newest(member))


def test_subscribers_hear_of_an_accepted_change(staff_app: Flask):
    event = db.session.scalars(select(Event).order_by(Event.id)).first()
    assert event is not None
    before = event.sequence
    write(event, place="다른 방")
    do(event, Move.PROPOSE, EDITOR)
    assert event.sequence == before
    do(event, Move.ACCEPT, READER)
    assert (event.sequence, event.changed_at, event.place) == (before + 1, AT, "다른 방")


def test_a_row_says_which_languages_it_has(draft: Committee):
    assert language_state(draft) is LanguageState.ENGLISH_MISSING
    draft.name_en = "New committee"
    assert language_state(draft) is LanguageState.BOTH
    assert newest(draft) == 0
