"""Places on rows: taken, held, offered, lapsed, given back; also by many at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from portal.core.errors import Conflict, Gone, Invalid
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.places import services
from portal.places.models import Claim
from portal.places.queries import count_pools, place_in_line, pools_due
from portal.places.rules import TAKING, ClaimState, Terms
from tests.support.prepared import make_app, new_postgresql, postgresql_answers

AT = datetime(2020, 11, 9, 10, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def tables(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """Give a portal with empty tables on each database; each test brings a pool of its own."""
    folder = tmp_path_factory.mktemp("places")
    if request.param == "sqlite":
        yield _migrated(make_app(folder))
        return
    if not postgresql_answers():
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    with new_postgresql("places") as address:
        yield _migrated(make_app(folder, SQLALCHEMY_DATABASE_URI=address))


def _migrated(app: Flask) -> Flask:
    with app.app_context():
        upgrade()
    return app


@pytest.fixture
def pool(tables: Flask) -> Iterator[int]:
    """Give a pool of five places whose offers stand for a day; what a test leaves is undone."""
    with tables.test_request_context():
        begin_write()
        made = services.create_pool(db.session(), Terms(5, most_passes=2, starts_at=AT + 9 * DAY))
        yield made.id
        db.session.remove()


def take(pool: int, size: int) -> int:
    claim, _changes = services.take_places(db.session(), pool_id=pool, size=size, at=AT)
    return claim.id


def state(claim_id: int) -> ClaimState:
    return db.session.get_one(Claim, claim_id, populate_existing=True).state


def free(pool: int) -> int | None:
    return count_pools(db.session(), [pool])[pool].free


def test_places_are_held_until_confirmed(pool: int) -> None:
    claim = take(pool, 3)
    assert (state(claim), free(pool)) == (ClaimState.HELD, 2)
    services.confirm(db.session(), claim_id=claim, at=AT)
    services.confirm(db.session(), claim_id=claim, at=AT)
    assert (state(claim), free(pool)) == (ClaimState.CONFIRMED, 2)


def test_who_finds_no_places_waits_in_order(pool: int) -> None:
    take(pool, 4)
    first, second = take(pool, 2), take(pool, 2)
    places = [place_in_line(db.session(), db.session.get_one(Claim, c)) for c in (first, second)]
    assert places == [1, 2]
    assert count_pools(db.session(), [pool])[pool].waiting_parties == 2


@pytest.mark.parametrize("size", [0, 5, 100])
def test_a_party_that_can_never_be_served_is_refused(pool: int, size: int) -> None:
    with pytest.raises(Invalid):
        take(pool, size)


def test_a_cancelled_place_is_offered_to_the_first_that_fits(pool: int) -> None:
    taken = [take(pool, 2), take(pool, 3)]
    large, small = take(pool, 4), take(pool, 2)
    changes = services.cancel(db.session(), claim_id=taken[0], at=AT)
    assert changes.offered == (small,)
    assert db.session.get_one(Claim, large).passes == 1
    assert db.session.get_one(Claim, small).deadline_at == AT + DAY


def test_places_are_kept_for_who_was_passed_over_often_enough(pool: int) -> None:
    taken = [take(pool, 1) for _each in range(5)]
    large, others = take(pool, 4), [take(pool, 1) for _each in range(3)]
    for claim in taken[:2]:
        services.cancel(db.session(), claim_id=claim, at=AT)
    assert db.session.get_one(Claim, large).passes == 2
    assert services.cancel(db.session(), claim_id=taken[2], at=AT).offered == ()
    for claim in (taken[3], taken[4]):
        services.cancel(db.session(), claim_id=claim, at=AT)
    assert services.cancel(db.session(), claim_id=others[0], at=AT).offered == (large,)


def test_an_offer_that_lapses_goes_to_the_next(pool: int) -> None:
    first = take(pool, 4)
    second, third = take(pool, 2), take(pool, 2)
    assert services.cancel(db.session(), claim_id=first, at=AT).offered == (second, third)
    late = AT + DAY
    assert pools_due(db.session(), late) == (pool,)
    changes = services.settle(db.session(), pool_id=pool, at=late)
    assert changes.lapsed == (second, third)
    with pytest.raises(Gone):
        services.confirm(db.session(), claim_id=second, at=late)


def test_the_time_of_a_hold_runs_from_its_letter(pool: int) -> None:
    claim = take(pool, 2)
    assert services.settle(db.session(), pool_id=pool, at=AT + 5 * DAY).lapsed == ()
    services.start_clock(db.session(), claim_id=claim, at=AT + 5 * DAY)
    services.start_clock(db.session(), claim_id=claim, at=AT + 7 * DAY)
    assert services.settle(db.session(), pool_id=pool, at=AT + 6 * DAY).lapsed == (claim,)


def test_more_places_are_offered_at_once(pool: int) -> None:
    take(pool, 4)
    waiting = take(pool, 3)
    terms = Terms(8, starts_at=AT + 9 * DAY)
    changes = services.change_pool(db.session(), pool_id=pool, terms=terms, at=AT)
    assert changes.offered == (waiting,)


def test_fewer_places_take_nobodys_place(pool: int) -> None:
    claim = take(pool, 4)
    terms = Terms(2, starts_at=AT + 9 * DAY)
    services.change_pool(db.session(), pool_id=pool, terms=terms, at=AT)
    assert (state(claim), free(pool)) == (ClaimState.HELD, 0)


def test_places_held_back_go_to_guests_and_are_offered_when_released(pool: int) -> None:
    terms = Terms(5, held_back=3, starts_at=AT + 9 * DAY)
    services.change_pool(db.session(), pool_id=pool, terms=terms, at=AT)
    take(pool, 2)
    waiting = take(pool, 2)
    services.admit_guest(db.session(), pool_id=pool, size=1, at=AT)
    with pytest.raises(Conflict):
        services.admit_guest(db.session(), pool_id=pool, size=3, at=AT)
    changes = services.change_pool(
        db.session(), pool_id=pool, terms=Terms(5, starts_at=AT + 9 * DAY), at=AT
    )
    assert (changes.offered, free(pool)) == ((waiting,), 0)


def test_a_party_that_grows_needs_places_and_one_that_shrinks_frees_them(pool: int) -> None:
    claim = take(pool, 4)
    waiting = take(pool, 3)
    with pytest.raises(Conflict):
        services.resize(db.session(), claim_id=take(pool, 1), size=2, at=AT)
    assert services.resize(db.session(), claim_id=claim, size=1, at=AT).offered == (waiting,)


def test_once_it_has_begun_the_line_ends_and_the_door_decides(pool: int) -> None:
    here, held = take(pool, 3), take(pool, 2)
    waiting = take(pool, 2)
    services.confirm(db.session(), claim_id=here, at=AT)
    begun = AT + 9 * DAY
    changes = services.settle(db.session(), pool_id=pool, at=begun)
    assert changes.lapsed == (held, waiting)
    services.mark(db.session(), claim_id=here, to=ClaimState.ATTENDED, at=begun)
    services.admit(db.session(), pool_id=pool, size=2, to=ClaimState.ATTENDED, at=begun)
    with pytest.raises(Conflict):
        services.admit(db.session(), pool_id=pool, size=1, to=ClaimState.ATTENDED, at=begun)


def test_who_was_marked_absent_may_come_late_while_places_are_left(pool: int) -> None:
    late = take(pool, 3)
    services.confirm(db.session(), claim_id=late, at=AT)
    services.mark(db.session(), claim_id=late, to=ClaimState.ABSENT, at=AT)
    services.admit(db.session(), pool_id=pool, size=4, to=ClaimState.ATTENDED, at=AT)
    with pytest.raises(Conflict):
        services.mark(db.session(), claim_id=late, to=ClaimState.ATTENDED, at=AT)
    assert state(late) is ClaimState.ABSENT


def test_who_cancelled_stays_out(pool: int) -> None:
    claim = take(pool, 1)
    services.cancel(db.session(), claim_id=claim, at=AT)
    assert services.cancel(db.session(), claim_id=claim, at=AT) == services.Changes()
    with pytest.raises(Gone):
        services.confirm(db.session(), claim_id=claim, at=AT)
    with pytest.raises(Gone):
        services.resize(db.session(), claim_id=claim, size=2, at=AT)


def test_many_at_once_take_no_place_twice(tables: Flask, pool: int) -> None:
    db.session.commit()

    def sign_up(size: int) -> ClaimState:
        with tables.app_context():
            begin_write()
            claim, _changes = services.take_places(db.session(), pool_id=pool, size=size, at=AT)
            db.session.commit()
            return claim.state

    with ThreadPoolExecutor(8) as threads:
        states = list(threads.map(sign_up, [1, 2, 1, 3, 1, 2, 1, 1, 4, 1, 1, 2]))
    mine = Claim.pool_id == pool
    people = select(func.sum(Claim.size)).where(mine, Claim.state.in_(TAKING))
    assert (db.session.scalar(people) or 0) <= 5
    assert states.count(ClaimState.HELD) >= 2
    numbers = db.session.scalars(select(Claim.number).where(mine)).all()
    assert len(set(numbers)) == len(numbers) == 12
