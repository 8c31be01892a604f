"""A year with figures of two days: they stand side by side, and each day has its address."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from portal.budget.models import Execution, FiscalYear
from portal.core.versions import raise_version
from portal.extensions import db
from tests.support.client import PageClient

EARLIER = date(2020, 6, 30)


@pytest.fixture
def two_days(fresh_app: Flask) -> PageClient:
    """Give a client of a portal that also knows the figures of 30 June: half of what was spent."""
    with fresh_app.app_context():
        for row in db.session.scalars(select(Execution)).all():
            db.session.add(
                Execution(
                    line_id=row.line_id,
                    year_id=row.year_id,
                    as_of=EARLIER,
                    unit=row.unit,
                    current_won=row.current_won,
                    committed_won=row.committed_won,
                    committed_rate=row.committed_rate,
                    spent_won=row.spent_won // 2,
                    source_id=row.source_id,
                )
            )
        raise_version(db.session())
        db.session.commit()
    made = fresh_app.test_client()
    assert isinstance(made, PageClient)
    return made


def test_two_days_stand_side_by_side(two_days: PageClient):
    page = two_days.get("/en/budget/2020?view=compare").get_data(as_text=True)
    assert "Spent by" in page
    assert page.index(">16,854<") < page.index(">8,427<")


def test_an_earlier_day_has_its_own_page(two_days: PageClient):
    page = two_days.get("/budget/2020?on=2020-06-30").get_data(as_text=True)
    assert "2020년 예산, " in page
    assert ">8,427<" in page
    assert ">16,854<" not in page


def test_the_latest_day_is_shown_first(two_days: PageClient):
    assert ">16,854<" in two_days.get("/budget").get_data(as_text=True)


def test_a_line_shows_each_day_and_a_picture_of_the_year(two_days: PageClient):
    page = two_days.get("/budget/2020/publicity").get_data(as_text=True)
    assert page.count('datetime="2020-06-30"') >= 1
    assert "year-line-stroke" in page


def test_with_one_day_there_is_nothing_to_compare(client: PageClient):
    page = client.get("/budget/2020").get_data(as_text=True)
    assert "view=compare" not in page


def test_figures_of_a_later_day_are_not_shown_yet(two_days: PageClient, fresh_app: Flask):
    with fresh_app.app_context():
        row = db.session.scalars(select(Execution).where(Execution.as_of == EARLIER)).first()
        assert row is not None
        row.as_of = date(2020, 12, 31)
        raise_version(db.session())
        db.session.commit()
    assert two_days.get("/budget/2020?on=2020-12-31").status_code == 400


def test_two_years_stand_side_by_side(fresh_app: Flask):
    with fresh_app.app_context():
        later = FiscalYear(year=2019)
        db.session.add(later)
        db.session.flush()
        for row in db.session.scalars(select(Execution)).all():
            db.session.add(
                Execution(
                    line_id=row.line_id,
                    year_id=later.id,
                    as_of=date(2019, 12, 31),
                    unit=row.unit,
                    current_won=row.current_won,
                    spent_won=row.current_won,
                    source_id=row.source_id,
                )
            )
        raise_version(db.session())
        db.session.commit()
    page = fresh_app.test_client().get("/budget/2020?view=compare").get_data(as_text=True)
    assert page.index(">16,854<") < page.index(">27,766<", page.index("기준일과 해"))
    assert 'href="/budget/2019"' in page


def test_amounts_can_be_read_in_words(client: PageClient):
    page = client.get("/en/budget/2020?unit=words").get_data(as_text=True)
    assert "2 billion 253 million won" in page
    assert ">27,766<" in page, "the four figures keep their short form"
