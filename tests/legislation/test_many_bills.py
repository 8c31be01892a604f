"""A list of hundreds of bills asks no more than that of a few, and narrows as the rules say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.transactions import begin_write
from portal.core.versions import raise_version
from portal.council.models import Committee, Member
from portal.council.rules import Nature
from portal.extensions import Base, db
from portal.legislation.models import Bill, BillSponsor, BillStep
from portal.legislation.queries.bills import BillWish, _came_to, count_bills, published_bills
from portal.legislation.rules.kinds import BillKind, SponsorRole, StepKind, StepResult
from portal.legislation.rules.progress import Outcome, outcome_of, standing_of
from portal.moderation.rules import PublicationState
from tests.support.prepared import copy_app

BILLS = 300
TODAY = date(2020, 11, 9)


@pytest.fixture(scope="module")
def many(filled_dirs, tmp_path_factory) -> Flask:
    """Give the portal with hundreds of bills more, each with a way, committees and sponsors."""
    app = copy_app(filled_dirs["seoul"], tmp_path_factory.mktemp("many"))
    with app.app_context():
        begin_write()
        session = db.session()
        committees = session.scalars(select(Committee.id).order_by(Committee.id)).all()
        members = session.scalars(select(Member.id).order_by(Member.id)).all()
        for number in range(BILLS):
            _add(session, number, committees[number % 5], members[number % 7])
        raise_version(session)
        session.commit()
    return app


def _add(session: Session, number: int, committee_id: int, member_id: int) -> None:
    bill = Bill(
        slug=f"sample-{number}",
        number=number + 1,
        title=f"시험 의안 {number}",
        kind=list(BillKind)[number % 3],
        session_number=1 + number // 10,
        state=PublicationState.PUBLISHED,
        published_at=clock.real_now(),
    )
    session.add(bill)
    session.flush()
    results = list(StepResult)
    for position, kind in enumerate(list(StepKind)[: 1 + number % len(StepKind)], start=1):
        in_committee = kind in (StepKind.REFERRED, StepKind.LAID, StepKind.REVIEWED)
        session.add(
            BillStep(
                bill_id=bill.id,
                position=position,
                kind=kind,
                on=TODAY - timedelta(days=30 - position),
                nature=Nature.STATED,
                committee_id=committee_id if in_committee else None,
                result=results[number % len(results)] if kind is StepKind.PLENARY else None,
            )
        )
    session.add(
        BillSponsor(bill_id=bill.id, position=1, role=SponsorRole.LEAD, member_id=member_id)
    )


@pytest.mark.parametrize(
    "address",
    [
        "?page=15",
        "?kind=ordinance&page=4",
        *(f"?result={outcome.value}" for outcome in Outcome),
        "?kind=ordinance&result=passed&committee={committee}&sponsor={member}",
        "?committee={committee}&page=3",
        "?session=12",
        "/sample-109",
    ],
)
def test_pages_of_many_bills_ask_no_more_than_eight_times(many: Flask, address: str):
    with many.app_context():
        names = {
            "committee": db.session.scalars(select(Committee.slug).order_by(Committee.id)).first(),
            "member": db.session.scalars(select(Member.slug).order_by(Member.id)).first(),
        }
    # The client itself counts what a page asks.
    answer = many.test_client().get("/legislation/bills" + address.format(**names))
    assert answer.status_code == 200


def test_every_bill_is_on_one_page_and_has_one_outcome(many: Flask):
    with many.test_request_context():
        session = db.session()
        total = count_bills(session, BillWish(), TODAY)
        pages = [
            published_bills(session, BillWish(), TODAY, first=first, limit=20)
            for first in range(0, total, 20)
        ]
        ids = [row.id for page in pages for row in page]
        outcomes = [count_bills(session, BillWish(outcome=each), TODAY) for each in Outcome]
        assert len(ids) == len(set(ids)) == total == sum(outcomes) > BILLS
        numbers = [row.session_number or 0 for page in pages for row in page]
        assert numbers == sorted(numbers, reverse=True)


@dataclass(frozen=True)
class Way:
    """A step as the rules and the table take it."""

    kind: StepKind
    result: StepResult | None
    on: date | None
    committee: str | None = None


#: What decides comes more often than the steps before committees.
kinds = st.sampled_from([*StepKind, *list(StepKind)[list(StepKind).index(StepKind.PLENARY) :]])
days = st.one_of(st.none(), st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2)))
ways = st.lists(
    st.builds(
        Way,
        kind=kinds,
        result=st.one_of(st.none(), st.sampled_from(StepResult)),
        on=days,
    ),
    max_size=6,
)


@pytest.fixture(scope="module")
def empty() -> Iterator[Session]:
    """Give a session on a database in memory that has the tables alone."""
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Bill(slug="bill", title="의안", kind=BillKind.OTHER, state="published"))
        session.flush()
        yield session
        session.rollback()
    engine.dispose()


@given(way=ways)
@settings(max_examples=300)
def test_the_list_narrows_as_the_rules_say(empty: Session, way: list[Way]):
    bill_id = empty.scalars(select(Bill.id)).one()
    for row in empty.scalars(select(BillStep)):
        empty.delete(row)
    empty.flush()
    for position, step in enumerate(way, start=1):
        empty.add(
            BillStep(
                bill_id=bill_id,
                position=position,
                kind=step.kind,
                result=step.result,
                on=step.on,
                nature=Nature.STATED,
            )
        )
    empty.flush()
    known = [step for step in way if step.on is None or step.on <= TODAY]
    found = [each for each in Outcome if empty.scalar(select(Bill.id).where(_came_to(each, TODAY)))]
    assert found == [outcome_of(standing_of(known))]
