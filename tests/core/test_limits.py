"""Limits of public forms: as many pass as they say, also at once; a refusal leaves no trace."""

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_migrate import upgrade
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.core.actors import sender_network
from portal.core.limits import Limit, PublicTry, forget_old_tries, note_try
from portal.core.transactions import begin_write
from portal.extensions import db
from tests.support.prepared import make_app

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LINK = Limit("link", 3, HOUR)
RECIPIENT = Limit("recipient", 2, timedelta(days=1))
NETWORK = Limit("network", 5, HOUR)
HERE = sender_network("203.0.113.9")


@pytest.fixture
def ready(any_database: Flask) -> Iterator[Flask]:
    """Give a portal with tables on each database."""
    with any_database.app_context():
        upgrade()
        yield any_database
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give a database that is kept for all tests of this file that ask for it."""
    with make_app(tmp_path_factory.mktemp("limits")).app_context():
        upgrade()
        yield
        db.session.remove()
        db.engine.dispose()


def kinds() -> list[str]:
    """Return the kinds of the tries that are noted, in their order."""
    found = list(db.session.scalars(select(PublicTry.kind).order_by(PublicTry.id)))
    db.session.rollback()
    return found


def at_once(app: Flask, tries: list[Callable[[], Limit | None]]) -> list[Limit | None]:
    """Try in threads that begin together; return what each was told."""
    told: list[Limit | None] = []
    gate = threading.Barrier(len(tries))

    def knock(note: Callable[[], Limit | None]) -> None:
        with app.app_context():
            # A form has read something before it counts.
            db.session.scalars(select(PublicTry.kind)).all()
            gate.wait()
            told.append(note())

    threads = [threading.Thread(target=knock, args=(note,)) for note in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == len(tries), "a try ended in an error"
    return told


def test_of_many_at_once_as_many_pass_as_the_limit_says(ready: Flask):
    told = at_once(ready, [lambda: note_try((NETWORK, HERE), at=AT)] * 12)
    assert told.count(None) == NETWORK.most == len(kinds())
    assert told.count(NETWORK) == 12 - NETWORK.most


def test_several_limits_are_exact_at_once_in_whatever_order_they_are_named(ready: Flask):
    def try_link(link: str, is_turned: bool) -> Limit | None:
        pairs = ((LINK, link), (NETWORK, HERE))
        return note_try(*(reversed(pairs) if is_turned else pairs), at=AT)

    tries = [
        lambda link=link, is_turned=is_turned: try_link(link, is_turned)
        for link, is_turned, _number in itertools.product("ab", (False, True), range(3))
    ]
    told = at_once(ready, tries)
    assert told.count(None) == NETWORK.most
    # Each that passed is noted under both limits, and nothing stays of the others.
    assert sorted(kinds()) == ["link"] * NETWORK.most + ["network"] * NETWORK.most
    rows = db.session.scalars(select(PublicTry.key_hash).where(PublicTry.kind == "link")).all()
    assert max(rows.count(row) for row in rows) <= LINK.most


def test_the_first_limit_that_is_used_up_is_told_and_none_of_them_is_counted(ready: Flask):
    pairs = ((LINK, "a"), (RECIPIENT, "kim@example.kr"), (NETWORK, HERE))
    assert [note_try(*pairs, at=AT) for _number in range(3)] == [None, None, RECIPIENT]
    assert kinds() == ["link", "recipient", "network"] * 2
    assert note_try((LINK, "a"), at=AT) is None
    assert note_try(*pairs, at=AT) is LINK
    assert note_try((NETWORK, HERE), (LINK, "b"), at=AT) is None


def test_asking_again_does_not_lengthen_the_wait(ready: Flask):
    for minute, expected in ((0, None), (1, None), (2, None), (3, LINK), (59, LINK)):
        assert note_try((LINK, "a"), at=AT + minute * MINUTE) is expected
    assert note_try((LINK, "a"), at=AT + HOUR) is None
    assert note_try((LINK, "a"), at=AT + HOUR) is LINK
    assert note_try((LINK, "a"), at=AT + HOUR + MINUTE) is None


def test_a_limit_named_twice_for_one_key_counts_once(ready: Flask):
    for _number in range(RECIPIENT.most):
        assert note_try((RECIPIENT, "a"), (RECIPIENT, "a"), (RECIPIENT, "b"), at=AT) is None
    assert kinds() == ["recipient"] * 2 * RECIPIENT.most


def test_what_was_noted_is_committed_and_the_next_transaction_may_write(ready: Flask):
    note_try((LINK, "a"), at=AT)
    db.session.rollback()
    assert kinds() == ["link"]
    begin_write()
    db.session.rollback()


def test_old_tries_are_forgotten_with_their_window_and_no_others(ready: Flask):
    note_try((LINK, "a"), (RECIPIENT, "a"), at=AT)
    note_try((LINK, "b"), at=AT + HOUR)
    assert kinds() == ["recipient", "link"]
    forget_old_tries(db.session(), limit=LINK, at=AT + 2 * HOUR - MINUTE)
    assert kinds() == ["recipient", "link"]
    forget_old_tries(db.session(), limit=LINK, at=AT + 2 * HOUR)
    db.session.commit()
    assert kinds() == ["recipient"]


def test_a_row_tells_no_key_and_the_same_key_looks_different_elsewhere(ready: Flask):
    note_try((LINK, "kim@example.kr"), (RECIPIENT, "kim@example.kr"), at=AT)
    hashes = set(db.session.scalars(select(PublicTry.key_hash)))
    assert [len(each) for each in hashes] == [64, 64]


def test_a_kind_that_one_database_would_refuse_is_refused_at_once():
    with pytest.raises(ValueError, match="at most 40"):
        Limit("k" * 41, 1, HOUR)


_numbers = itertools.count()
_gaps = st.lists(st.sampled_from([0, 1, 7, 29, 30, 31, 59, 60, 61]), min_size=1, max_size=20)


@given(gaps=_gaps, most=st.integers(1, 4), minutes=st.sampled_from([1, 30, 60]))
@settings(max_examples=60)
def test_no_window_ever_holds_more_and_none_is_refused_while_it_holds_fewer(
    tables: None, gaps: list[int], most: int, minutes: int
):
    limit = Limit(f"example.{next(_numbers)}", most, minutes * MINUTE)
    passed: list[datetime] = []
    for at in (AT + total * MINUTE for total in itertools.accumulate(gaps)):
        counting = [before for before in passed if before > at - limit.window]
        told = note_try((limit, "a"), at=at)
        assert told is (limit if len(counting) >= most else None)
        if told is None:
            passed.append(at)
