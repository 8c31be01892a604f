"""Any order of deeds on places keeps the rules: a model of hypothesis against real rows."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from portal.core.errors import Conflict, Gone, Invalid
from portal.core.transactions import begin_write
from portal.extensions import Base, db
from portal.places import services
from portal.places.models import Claim, Pool
from portal.places.queries import line_of
from portal.places.rules import ENDING, LIVE, TAKING, ClaimState, Terms, hand_out

BEGIN = datetime(2020, 11, 9, 10, tzinfo=UTC)
STARTS = BEGIN + timedelta(days=5)
REFUSED = (Conflict, Gone, Invalid)


class Places(RuleBasedStateMachine):
    """Parties come, keep, change and give back places of one pool, while time goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.at, self.claims, self.offers = BEGIN, list[int](), set[int]()
        begin_write()

    @initialize(capacity=st.integers(0, 8), passes=st.integers(0, 3), held_back=st.integers(0, 2))
    def open(self, capacity: int, passes: int, held_back: int) -> None:
        terms = Terms(capacity, held_back, most_passes=passes, starts_at=STARTS)
        self.pool = services.create_pool(db.session(), terms).id
        self.most = capacity

    def teardown(self) -> None:
        db.session.rollback()

    def note(self, changes: services.Changes) -> None:
        assert not set(changes.offered) & set(changes.lapsed)
        self.offers |= set(changes.offered)

    def pick(self, number: int) -> int | None:
        return self.claims[number % len(self.claims)] if self.claims else None

    @rule(size=st.integers(1, 5))
    def sign_up(self, size: int) -> None:
        try:
            claim, changes = services.take_places(
                db.session(), pool_id=self.pool, size=size, at=self.at
            )
        except Invalid:
            pool = db.session.get_one(Pool, self.pool)
            assert size > min(pool.most_party, max(0, (pool.capacity or 0) - pool.held_back))
            return
        assert claim.state in (ClaimState.HELD, ClaimState.WAITING, ClaimState.LAPSED)
        self.note(changes)
        self.claims.append(claim.id)

    @rule(number=st.integers(0, 99), deed=st.sampled_from(["confirm", "cancel", "start_clock"]))
    def act(self, number: int, deed: str) -> None:
        claim = self.pick(number)
        if claim is None:
            return
        try:
            changes = getattr(services, deed)(db.session(), claim_id=claim, at=self.at)
        except REFUSED:
            return
        if changes is not None:
            self.note(changes)

    @rule(number=st.integers(0, 99), size=st.integers(1, 5))
    def resize(self, number: int, size: int) -> None:
        claim = self.pick(number)
        if claim is None:
            return
        try:
            self.note(services.resize(db.session(), claim_id=claim, size=size, at=self.at))
        except REFUSED:
            return
        assert db.session.get_one(Claim, claim, populate_existing=True).size == size

    @rule(number=st.integers(0, 99), to=st.sampled_from([ClaimState.ATTENDED, ClaimState.ABSENT]))
    def come(self, number: int, to: ClaimState) -> None:
        claim = self.pick(number)
        if claim is None:
            return
        try:
            self.note(services.mark(db.session(), claim_id=claim, to=to, at=self.at))
        except REFUSED:
            return

    @rule(capacity=st.integers(0, 10), held_back=st.integers(0, 2))
    def change(self, capacity: int, held_back: int) -> None:
        pool = db.session.get_one(Pool, self.pool)
        terms = Terms(capacity, held_back, most_passes=pool.most_passes, starts_at=STARTS)
        self.most = max(capacity, self.taken())
        self.note(services.change_pool(db.session(), pool_id=self.pool, terms=terms, at=self.at))

    @rule(hours=st.integers(1, 40))
    def wait(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        self.note(services.settle(db.session(), pool_id=self.pool, at=self.at))

    def taken(self) -> int:
        people = select(func.coalesce(func.sum(Claim.size), 0)).where(
            Claim.pool_id == self.pool, Claim.state.in_(TAKING)
        )
        return db.session.scalar(people) or 0

    @invariant()
    def never_more_people_than_places(self) -> None:
        if not self.claims:
            return
        assert self.taken() <= self.most

    @invariant()
    def nobody_waits_whom_the_rule_would_serve(self) -> None:
        pool = db.session.get_one(Pool, self.pool) if hasattr(self, "pool") else None
        if pool is None or self.at >= STARTS or pool.capacity is None:
            return
        room = max(0, pool.capacity - pool.held_back)
        free = max(0, room - self.taken())
        line = line_of(db.session(), self.pool)
        assert hand_out(free, room, line, pool.most_passes).served == ()

    @invariant()
    def no_hold_or_offer_outlives_its_deadline(self) -> None:
        claims = db.session.scalars(select(Claim).where(Claim.state.in_(ENDING))).all()
        assert all(c.deadline_at is None or c.deadline_at <= STARTS for c in claims)
        if self.at >= STARTS:
            live = LIVE - {ClaimState.CONFIRMED, ClaimState.ATTENDED}
            assert self.over() or not [c for c in claims if c.state in live]

    def over(self) -> bool:
        """Say whether nothing looked at the pool since it began."""
        pool = db.session.get_one(Pool, self.pool)
        return bool(pool.starts_at and pool.starts_at > self.at)


@pytest.mark.parametrize("steps", [30])
def test_any_order_of_deeds_keeps_the_rules(empty_app: Flask, steps: int) -> None:
    with empty_app.test_request_context():
        Base.metadata.create_all(
            db.engine,
            tables=[Pool.__table__, Claim.__table__],  # type: ignore[list-item]
        )
        run_state_machine_as_test(
            Places,
            settings=settings(
                max_examples=25,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        db.session.remove()
