"""What an office may ask for, and what becomes of it: limits, rooms, hours, money, states."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.audit.models import AuditLine
from portal.calendar import services as calendar
from portal.calendar.models import Event, Room, RoomBooking
from portal.core.errors import Conflict, Invalid, NotAllowed, PortalError
from portal.core.i18n import in_language
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.models import Application, Hearing
from portal.hearings.rules.applications import MOVES, SUPPORT, ApplicationState, Support
from portal.hearings.rules.kinds import HearingKind
from portal.hearings.services import applications as services
from portal.moderation.models import Revision
from portal.moderation.rules import Actor, PublicationState
from portal.programmes.models import Programme
from tests.hearings.asking import (
    AT,
    DAY,
    NOW,
    OFFICE,
    OFFICER,
    any_member,
    approve,
    at,
    draft,
    id_of,
    submit,
)

FORUM, QUESTIONS = "budget-forum-2020-11-19", date(2020, 11, 17)
OVER = at(18)


@pytest.fixture
def session(fresh_app: Flask):
    """Give a database to apply in."""
    with fresh_app.test_request_context():
        begin_write()
        yield db.session()
        db.session.rollback()


def book(session: Session, room: str, hours: tuple[int, int]) -> None:
    calendar.book_room(
        session,
        room_id=id_of(session, Room, room),
        event_id=id_of(session, Event, FORUM),
        starts_at=at(hours[0]),
        ends_at=at(hours[1]),
    )


def refused(session: Session, error: type[PortalError], **changes: object) -> str:
    """Return why an application with some changes is refused, in English."""
    with in_language("en"), pytest.raises(error) as refusal:
        submit(session, **changes)
    return refusal.value.sentence


def test_what_fits_is_taken_in_and_leaves_a_line_without_its_words(session: Session):
    row = submit(session)
    assert (row.state, row.sent_by, row.wanted_won) == ("submitted", OFFICE, 3_000_000)
    session.commit()
    line = session.scalars(select(AuditLine).order_by(AuditLine.number.desc()).limit(1)).one()
    assert (line.deed, line.row_id) == ("hearing_application.submitted", str(row.id))
    assert "따릉이" not in str(vars(line))


def test_the_same_application_sent_twice_is_one(session: Session):
    assert submit(session).id == submit(session).id
    assert submit(session, title="다른 토론회").id != submit(session).id


@pytest.mark.parametrize(
    ("kind", "room", "fits"),
    [
        (HearingKind.ONLINE_DISCUSSION, "members-2", True),
        (HearingKind.ONLINE_DISCUSSION, "members-small", False),
        (HearingKind.ONLINE_DISCUSSION, "conference-1", False),
        (HearingKind.PUBLIC_DISCUSSION, "members-small", False),
        (HearingKind.EXPERT_SEMINAR, "members-small", True),
        (HearingKind.EXPERT_SEMINAR, "members-1", False),
        (HearingKind.PUBLIC_HEARING, "conference-1", True),
    ],
)
def test_a_kind_has_its_rooms(session: Session, kind: HearingKind, room: str, fits: bool):
    wanted = Support(1_000_000, 0)
    if fits:
        assert submit(session, kind=kind, room=room, wanted=wanted).kind is kind
        return
    assert "This kind takes place in" in refused(
        session, Invalid, kind=kind, room=room, wanted=wanted
    )


def test_where_none_of_its_rooms_is_known_all_fit(session: Session):
    for room in session.scalars(select(Room).where(Room.slug == "members-small")):
        room.slug = "elsewhere"
    session.flush()
    seminar = {"kind": HearingKind.EXPERT_SEMINAR, "wanted": Support(1_000_000, 0)}
    assert submit(session, room="conference-1", **seminar).room_id


def test_a_public_hearing_is_a_committees(session: Session):
    member = {"committee_id": None, "member_id": any_member(session)}
    kind = HearingKind.PUBLIC_HEARING
    assert "by a committee" in refused(session, Invalid, kind=kind, **member)
    assert submit(session, **member).member_id == member["member_id"]
    nobody = {"committee_id": None, "title": "누구의 것도 아닌 토론회"}
    assert "whose hearing" in refused(session, Invalid, **nobody)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"starts_at": at(14), "ends_at": at(14)}, "end after it begins"),
        ({"starts_at": at(16), "ends_at": at(14)}, "end after it begins"),
        ({"starts_at": NOW, "ends_at": NOW + timedelta(hours=1)}, "is over"),
        ({"starts_at": at(22), "ends_at": at(2, day=DAY + timedelta(days=1))}, "on the day"),
    ],
)
def test_hours_that_are_over_or_turned_round_are_refused(session: Session, hours, said: str):
    assert said in refused(session, Invalid, **hours)


def test_what_is_in_the_room_is_named(session: Session):
    book(session, "members-1", (15, 17))
    sentence = refused(session, Conflict)
    assert "Citizens and council discuss the 2021 budgets" in sentence
    assert "15:00–17:00" in sentence
    assert submit(session, room="members-2").id
    assert submit(session, starts_at=at(13), ends_at=at(15)).id


def test_a_plenary_day_needs_a_reason(session: Session):
    hours = {"starts_at": at(14, day=QUESTIONS), "ends_at": at(16, day=QUESTIONS)}
    assert "whole council sits" in refused(session, Conflict, **hours)
    assert "whole council sits" in refused(session, Conflict, **hours, plenary_because="  ")
    assert submit(session, **hours, plenary_because="외국 전문가가 그날만 옵니다.").id


WON = st.integers(-1_000_000, 5_000_000)


@given(kind=st.sampled_from(list(HearingKind)), won=WON, business=WON)
@settings(max_examples=80)
def test_no_application_is_taken_over_the_limits_of_its_kind(app: Flask, kind, won, business):
    rooms = {HearingKind.EXPERT_SEMINAR: "members-small"}
    with app.test_request_context():
        begin_write()
        asked = {"kind": kind, "room": rooms.get(kind, "members-1")}
        limits = SUPPORT.get(kind)
        fits = (
            limits is not None
            and 0 <= business <= won
            and won <= limits.won
            and business <= limits.business_won
        )
        try:
            row = submit(db.session(), wanted=Support(won, business), **asked)
        except Invalid:
            assert not fits
        else:
            assert fits and row.wanted_won == won
        db.session.rollback()


AMOUNT = st.integers(0, 3_500_000)


@given(asked=st.tuples(AMOUNT, AMOUNT), granted=st.tuples(AMOUNT, AMOUNT), spent=AMOUNT)
@settings(max_examples=40)
def test_nothing_is_granted_beyond_what_was_asked_nor_spent_beyond_it(
    app: Flask, asked: tuple[int, int], granted: tuple[int, int], spent: int
):
    with app.test_request_context():
        begin_write()
        session = db.session()
        wanted = Support(min(asked[0], 3_000_000), min(asked[1], asked[0], 200_000))
        row = submit(session, wanted=wanted)
        given_ = Support(*granted)
        may = given_.is_sound and given_.is_within(wanted)
        if not may:
            with pytest.raises(Invalid):
                approve(session, row, given_)
        else:
            approve(session, row, given_)
            _settle_and_check(session, row, spent)
        db.session.rollback()


def _settle_and_check(session: Session, row: Application, spent: int) -> None:
    amount = Support(spent, 0)
    deed = {"application_id": row.id, "spent": amount, "actor": "staff:77", "now": OVER, "at": AT}
    if spent > (row.granted_won or 0):
        with pytest.raises(Invalid):
            services.settle(session, **deed)
        return
    assert services.settle(session, **deed).spent_won == spent


def test_approving_books_the_room_and_begins_the_hearing_as_a_draft(session: Session):
    row = approve(session, submit(session))
    hearing = session.get_one(Hearing, row.hearing_id)
    event = session.get_one(Event, hearing.event_id)
    booking = session.scalars(select(RoomBooking).where(RoomBooking.event_id == event.id)).one()
    assert (row.state, row.granted_won, row.decided_by) == ("approved", 2_500_000, OFFICER.key)
    assert hearing.state is event.state is PublicationState.DRAFT
    assert (hearing.kind, hearing.title) == (row.kind, row.title)
    assert hearing.place == "의원회관 제1회의실"
    assert (hearing.starts_at, hearing.ends_at) == (at(14), at(16))
    assert (booking.starts_at, booking.ends_at) == (at(14), at(16))
    assert session.get_one(Programme, hearing.programme_id).slug == "hearings"
    revision = session.scalars(select(Revision).where(Revision.row_id == hearing.id)).first()
    assert revision is not None and revision.actor == OFFICER.key


def test_what_came_into_the_room_meanwhile_stops_an_approval(session: Session):
    row = submit(session)
    book(session, "members-1", (15, 17))
    session.commit()
    begin_write()
    with pytest.raises(Conflict):
        approve(session, row)
    session.rollback()
    kept = session.get_one(Application, row.id)
    assert (kept.state, kept.hearing_id) == ("submitted", None)
    assert session.scalar(select(func.count(Hearing.id)).where(Hearing.title == row.title)) == 0


def test_of_two_applications_for_one_room_one_is_approved(session: Session):
    first, second = submit(session), submit(session, title="같은 시간의 토론회")
    approve(session, first)
    with in_language("en"), pytest.raises(Conflict) as refusal:
        approve(session, second)
    assert first.title in refusal.value.sentence


def test_who_applied_does_not_decide_and_who_may_not_write_does_not_approve(session: Session):
    row = submit(session, actor=OFFICER.key)
    with pytest.raises(Conflict):
        approve(session, row)
    with pytest.raises(Conflict):
        services.refuse(session, application_id=row.id, because="아니요", actor=OFFICER.key, at=AT)
    with pytest.raises(NotAllowed):
        approve(session, submit(session), actor=Actor("staff:5", frozenset()))


def test_an_approval_that_is_withdrawn_gives_the_room_back(session: Session):
    row = approve(session, submit(session))
    deed = {"application_id": row.id, "actor": OFFICE, "at": AT}
    with pytest.raises(Conflict):
        services.withdraw(session, because="강사가 아픕니다.", now=at(14), **deed)
    session.refresh(row)
    row.state = ApplicationState.APPROVED
    session.flush()
    services.withdraw(session, because="강사가 아픕니다.", now=NOW, **deed)
    hearing = session.get_one(Hearing, row.hearing_id)
    assert (row.state, hearing.cancelled_because) == ("withdrawn", "강사가 아픕니다.")
    assert session.scalar(select(func.count(RoomBooking.id))) == 0
    assert approve(session, submit(session, title="다음 토론회")).hearing_id


def test_an_approved_one_is_not_withdrawn_without_a_word(session: Session):
    row = approve(session, submit(session))
    with pytest.raises(Invalid):
        services.withdraw(session, application_id=row.id, because=" ", actor=OFFICE, now=NOW, at=AT)


def test_what_is_not_over_is_not_settled(session: Session):
    row = approve(session, submit(session))
    deed = {"application_id": row.id, "spent": Support(1, 0), "actor": "staff:77", "at": AT}
    with pytest.raises(Conflict):
        services.settle(session, now=at(15), **deed)


@pytest.mark.parametrize("state", list(ApplicationState))
def test_the_table_of_moves_is_all_there_is(session: Session, state: ApplicationState):
    row = submit(session)
    row.state = state
    row.granted_won, row.granted_business_won = 1, 0
    session.flush()
    deeds = {
        ApplicationState.APPROVED: lambda: approve(session, row),
        ApplicationState.REFUSED: lambda: services.refuse(
            session, application_id=row.id, because="예산", actor="staff:77", at=AT
        ),
        ApplicationState.WITHDRAWN: lambda: services.withdraw(
            session, application_id=row.id, because="취소", actor=OFFICE, now=NOW, at=AT
        ),
        ApplicationState.SETTLED: lambda: services.settle(
            session, application_id=row.id, spent=Support(1, 0), actor="s", now=OVER, at=AT
        ),
    }
    for to, deed in deeds.items():
        row.state = state
        session.flush()
        if to in MOVES[state]:
            assert deed().state is to
        else:
            with pytest.raises(Conflict):
                deed()


def test_a_refusal_needs_its_reason(session: Session):
    with pytest.raises(Invalid):
        services.refuse(
            session, application_id=submit(session).id, because=" ", actor="staff:77", at=AT
        )


def test_nobody_applies_for_a_budget_forum(session: Session):
    asked = draft(session, kind=HearingKind.BUDGET_FORUM)
    with pytest.raises(Invalid):
        services.submit(session, draft=asked, actor=OFFICE, now=NOW, at=AT)
