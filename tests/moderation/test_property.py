"""Whatever three people do in whatever order, nobody publishes their own work alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from hypothesis.stateful import run_state_machine_as_test as run

from portal.core.errors import PortalError
from portal.extensions import db
from portal.moderation.queries import due_rows
from portal.moderation.rules import MOVES, Move, PublicationState, Window
from portal.moderation.services import follow_clock
from tests.moderation.people import (
    AT,
    EDITOR,
    HOUR,
    NOW,
    OTHER,
    READER,
    do,
    new_committee,
    newest,
    write,
)

PEOPLE = st.sampled_from([EDITOR, READER, OTHER])
#: What people write; an import brings the English name.
BY_PEOPLE = ("name", "note")
FIELDS = st.sampled_from(BY_PEOPLE)
HOURS = st.sampled_from([(None, None), (None, None), (1, None), (1, 3), (None, 2), (2, 1)])


@contextmanager
def refusals() -> Iterator[None]:
    """Let a refused deed be one that changes nothing."""
    try:
        yield
    except PortalError:
        pass


class Office(RuleBasedStateMachine):
    """Three people and the clock at work on one committee."""

    @initialize()
    def begin(self) -> None:
        self.row = new_committee(f"office-{id(self)}")
        self.now: datetime = NOW
        self.texts = 0
        #: Who wrote a text, and who else had a hand in letting it out.
        self.writer: dict[str, str] = {}
        self.approvers: dict[str, set[str]] = {}

    @rule(who=PEOPLE, field=FIELDS)
    def write_something(self, who, field: str) -> None:
        self.texts += 1
        text = f"{field} {self.texts}"
        with refusals():
            write(self.row, who, **{field: text})
            self.writer[text] = who.key

    @rule()
    def an_import_brings_something(self) -> None:
        self.texts += 1
        if self.row.published_at is not None:
            self.row.name_en = f"Import {self.texts}"
            db.session.flush()

    @rule(who=PEOPLE, deed=st.sampled_from(list(Move)))
    def try_anything(self, who, deed: Move) -> None:
        self.move_it(who, deed, Window())

    @rule(who=PEOPLE, hours=HOURS, choice=st.integers(0, 99))
    def go_on(self, who, hours: tuple[int | None, int | None], choice: int) -> None:
        # Most moves are refused in most states; these are not, for a person who may.
        fitting = [m for m, line in MOVES.items() if self.row.state in line.sources]
        window = Window(*(None if h is None else self.now + h * HOUR for h in hours))
        if fitting:
            self.move_it(who, fitting[choice % len(fitting)], window)

    def move_it(self, who, deed: Move, window: Window) -> None:
        with refusals():
            do(self.row, deed, who, now=self.now, window=window)
            if deed in (Move.PUBLISH, Move.SCHEDULE, Move.ACCEPT, Move.CONFIRM):
                for field in BY_PEOPLE:
                    self.approvers.setdefault(getattr(self.row, field), set()).add(who.key)

    @rule(hours=st.integers(0, 3))
    def time_goes_on(self, hours: int) -> None:
        self.now += hours * HOUR
        for due in due_rows(db.session(), self.now):
            follow_clock(db.session(), due.model, due.row_id, at=AT, now=self.now)
        is_public = self.row.state is PublicationState.PUBLISHED
        assert not (is_public and self.row.publish_at and self.row.publish_at > self.now)
        assert not (is_public and self.row.withdraw_at and self.row.withdraw_at <= self.now)

    @invariant()
    def nobody_publishes_alone(self) -> None:
        if self.row.state is not PublicationState.PUBLISHED or self.row.review_due:
            return
        for field in BY_PEOPLE:
            text = getattr(self.row, field)
            assert self.approvers.get(text, set()) - {self.writer.get(text)}, text

    @invariant()
    def a_draft_holds_its_newest_words(self) -> None:
        if self.row.state is not PublicationState.PUBLISHED:
            gone = self.row.state in (PublicationState.WITHDRAWN, PublicationState.ARCHIVED)
            assert gone or self.row.shown_revision == newest(self.row)

    @invariant()
    def what_waits_for_its_hour_is_not_public(self) -> None:
        if self.row.state is PublicationState.SCHEDULED:
            assert self.row.approved_revision == self.row.shown_revision
            assert not self.row.is_public

    def teardown(self) -> None:
        db.session.rollback()


def test_no_order_of_deeds_lets_one_person_publish_alone(staff_app: Flask):
    run(
        Office,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
