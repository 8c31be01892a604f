"""Opinions when two people act at the same moment, on both databases."""

import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from portal.audit.models import AuditHead
from portal.core.clock import business_now, real_now
from portal.core.errors import Conflict
from portal.core.transactions import begin_write
from portal.extensions import Base, db
from portal.hearings.queries import opinions, opinions_for_staff
from portal.hearings.rules.opinions import (
    Draft,
    HouseRule,
    NameShown,
    ObjectionState,
    OpinionState,
)
from portal.hearings.services import opinion_decisions as decisions
from portal.hearings.services import opinions as services
from tests.hearings.opinions import TEXT, all_opinions, make_hearing


@pytest.fixture
def council(any_database: Flask) -> Iterator[Flask]:
    """Give a portal with tables and one hearing, on each database."""
    with any_database.app_context():
        Base.metadata.create_all(db.engine)
        db.session.add(AuditHead(id=1, number=0, hash="0" * 64))
        db.session.commit()
    make_hearing(any_database)
    yield any_database
    with any_database.app_context():
        db.session.remove()
        db.engine.dispose()


def send(key: str, text: str = TEXT) -> None:
    draft = Draft(text, "홍길동", NameShown.FULL, "", None, "ko")
    services.send_opinion(
        db.session(), hearing_id=1, draft=draft, key=key, now=business_now(), at=real_now()
    )


def at_once(app: Flask, *deeds: Callable[[], object]) -> list[str]:
    """Do several things at the same moment, each in a transaction; return how each ended."""
    gate, ends = threading.Barrier(len(deeds)), list[str]()

    def run(deed: Callable[[], object]) -> None:
        with app.test_request_context():
            gate.wait()
            begin_write()
            try:
                deed()
                db.session.commit()
                ends.append("done")
            except Conflict:
                db.session.rollback()
                ends.append("conflict")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


def do(app: Flask, deed: Callable[[], object]) -> None:
    assert at_once(app, deed) == ["done"]


def publish(number: int, actor: str, together: tuple[int, ...] = ()) -> Callable[[], object]:
    return lambda: decisions.publish_opinions(
        db.session(),
        opinion_id=number,
        together=together,
        public_text=TEXT,
        reason="",
        actor=actor,
        at=real_now(),
    )


def hide(number: int, actor: str, together: tuple[int, ...] = ()) -> Callable[[], object]:
    return lambda: decisions.hide_opinions(
        db.session(),
        opinion_id=number,
        together=together,
        seen=OpinionState.WAITING,
        because=HouseRule.INSULT,
        actor=actor,
        at=real_now(),
    )


def test_the_same_form_from_two_tabs_is_one_opinion(council: Flask) -> None:
    assert at_once(council, *[lambda: send("k" * 22)] * 4) == ["done"] * 4
    assert len(all_opinions(council)) == 1


def test_two_moderators_decide_once(council: Flask) -> None:
    do(council, lambda: send("k" * 22))
    ends = at_once(council, publish(1, "staff:1"), hide(1, "staff:2"))
    assert ends == ["conflict", "done"]


def test_two_moderators_decide_the_same_texts_from_two_desks_without_a_deadlock(
    council: Flask,
) -> None:
    for number in range(6):
        do(council, lambda number=number: send(f"{number:022}"))
    every = tuple(range(1, 7))
    ends = at_once(council, publish(1, "staff:1", every), hide(6, "staff:2", every[::-1]))
    states = [opinion.state for opinion in all_opinions(council)]
    if ends == ["done", "done"]:
        # The later one found them public already: of these each is hidden alone.
        assert states == [OpinionState.PUBLISHED] * 5 + [OpinionState.HIDDEN]
    else:
        assert ends == ["conflict", "done"]
        assert len(set(states)) == 1


def test_two_answers_at_once_end_as_one(council: Flask) -> None:
    for number in range(4):
        do(council, lambda number=number: send(f"{number:022}"))
    do(council, publish(1, "staff:1", (1, 2, 3, 4)))

    def answer(number: int) -> Callable[[], object]:
        return lambda: decisions.answer_opinion(
            db.session(),
            opinion_id=number,
            answer=f"답 {number}",
            answer_en="",
            actor="staff:1",
            at=real_now(),
        )

    assert at_once(council, answer(1), answer(4)) == ["done", "done"]
    assert all(opinion.answer for opinion in all_opinions(council))


def test_an_objection_is_taken_once_and_decided_once(council: Flask) -> None:
    key = "k" * 22
    do(council, lambda: send(key))
    do(council, hide(1, "staff:1"))

    def objecting(why: str) -> Callable[[], object]:
        return lambda: services.object_to_hiding(
            db.session(), key=key, objection=why, at=real_now()
        )

    assert at_once(council, objecting("하나"), objecting("둘")) == ["conflict", "done"]
    own = at_once(
        council,
        lambda: decisions.uphold_hiding(db.session(), opinion_id=1, actor="staff:1", at=real_now()),
    )
    assert own == ["conflict"]

    def restore(actor: str) -> Callable[[], object]:
        return lambda: decisions.restore_opinion(
            db.session(), opinion_id=1, public_text=TEXT, reason="", actor=actor, at=real_now()
        )

    def uphold(actor: str) -> Callable[[], object]:
        return lambda: decisions.uphold_hiding(
            db.session(), opinion_id=1, actor=actor, at=real_now()
        )

    assert at_once(council, restore("staff:2"), uphold("staff:3")) == ["conflict", "done"]
    (opinion,) = all_opinions(council)
    is_shown = opinion.state is OpinionState.PUBLISHED
    assert opinion.objection_state is (
        ObjectionState.RESTORED if is_shown else ObjectionState.UPHELD
    )


def test_lists_for_staff_and_public_read_alike_on_both_databases(council: Flask) -> None:
    for number in range(3):
        do(council, lambda number=number: send(f"{number:022}"))
    do(council, lambda: send("x" * 22, "다른 글"))
    do(council, publish(4, "staff:1"))
    with council.test_request_context():
        session, at = db.session(), real_now()
        groups = opinions_for_staff.waiting_groups(session, at=at, hearing_id=1, number=1)
        assert [(line.id, line.count) for line in groups.rows] == [(1, 3)]
        waiting = opinions_for_staff.count_waiting(session, at=at)
        assert waiting is not None and (waiting.opinions, waiting.objections) == (3, 0)
        figures = opinions.figures_of(session, 1)
        assert (figures.published, figures.waiting, figures.all_hidden) == (1, 3, 0)
        page = opinions.published_opinions(session, 1, total=1, number=1)
        assert [row.text for row in page.rows] == [TEXT]
        assert len(opinions_for_staff.first_waiting(session, at=at)) == 1
        document = opinions_for_staff.opinions_for_document(session, 1, with_waiting=True)
        assert [row.is_published for row in document] == [False, False, False, True]
        session.rollback()
