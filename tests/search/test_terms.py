"""What is searched for is counted without who, and can be read from the third day on."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.core.clock import council_zone, real_now
from portal.extensions import db
from portal.search.choice import search_engine
from portal.search.indexing import drain
from portal.search.models import SearchCount, SearchedTerm
from portal.search.terms import Counter, erase_old_terms, searched_terms, term_of
from tests.accounts.staff import make_account, sign_in

FIRST = date(2026, 11, 2)


def count(day: date, text: str, *, times: int = 1, is_found: bool = True) -> None:
    counter = Counter()
    for _ in range(times):
        counter.note(text, is_found=is_found, seconds=0.01)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=council_zone())
    counter.write(db.session(), at=at)
    db.session.commit()


@pytest.fixture
def counted(fresh_app: Flask):
    with fresh_app.app_context():
        yield


def test_a_word_is_kept_from_the_third_separate_day_on(counted):
    for number in range(3):
        assert searched_terms(db.session(), FIRST, in_vain=False) == ()
        assert set(db.session.scalars(select(SearchedTerm.text))) <= {None}
        count(FIRST + timedelta(days=number), "  방청 신청 ", times=2)
    rows = searched_terms(db.session(), FIRST + timedelta(days=2), in_vain=False)
    assert [(row.text, row.recent, row.before, row.misses) for row in rows] == [
        ("방청 신청", 6, 0, 0)
    ]


def test_many_searches_on_one_day_are_one_day(counted):
    count(FIRST, "방청", times=50)
    count(FIRST, "방청", times=50)
    assert db.session.scalars(select(SearchCount.times)).all() == [100]
    assert db.session.scalar(select(SearchedTerm.text)) is None


def test_what_was_searched_for_in_vain_is_told_apart(counted):
    for number in range(3):
        count(FIRST + timedelta(days=number), "우주", is_found=False)
        count(FIRST + timedelta(days=number), "예산")
    rows = searched_terms(db.session(), FIRST + timedelta(days=3), in_vain=True)
    assert [(row.text, row.misses) for row in rows] == [("우주", 3)]


def test_the_trend_is_of_thirty_days_and_the_thirty_before(counted):
    for number in (0, 1, 32, 33, 34):
        count(FIRST + timedelta(days=number), "예산")
    row = searched_terms(db.session(), FIRST + timedelta(days=40), in_vain=False)[0]
    assert (row.recent, row.before) == (3, 2)


@pytest.mark.parametrize(
    "text",
    ["010-1234-5678", "900101-1234567", "접수번호 20201109", "a@b.kr", "", "  ", "예" * 81],
)
def test_what_looks_personal_is_counted_nowhere(text: str):
    assert term_of(text) is None


def test_old_counts_are_erased_with_their_words(counted):
    for number in range(3):
        count(FIRST + timedelta(days=number), "예산")
    erase_old_terms(db.session(), today=FIRST + timedelta(days=200))
    assert db.session.scalars(select(SearchedTerm)).all() == []


def test_staff_see_how_the_search_does_and_what_is_looked_for(fresh_app: Flask):
    with fresh_app.app_context():
        drain(search_engine())
        for number in range(3):
            count(real_now().date() - timedelta(days=number), "우주선", times=2, is_found=False)
    viewer = sign_in(fresh_app, make_account(fresh_app, Role.VIEWER))
    page = viewer.get("/staff/search").get_data(as_text=True)
    assert "whoosh" in page and "우주선" in page and "10ms 이내" in page
    assert "/staff/content/synonyms" in page
