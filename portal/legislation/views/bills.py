"""Pages of bills: the list, and one bill."""

from datetime import date

from flask import request
from sqlalchemy.orm import Session

from portal.calendar.queries import published_events
from portal.core import clock
from portal.core.pages import public_page
from portal.core.pagination import ROWS_A_PAGE, numbers_of, part_of
from portal.core.params import read_choice, read_number
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.extensions import db
from portal.legislation import queries, words
from portal.legislation.pages import BillDetail, BillRow, BillStepRow, Named
from portal.legislation.queries.bills import (
    BillWish,
    committees_of_bills,
    sessions_of_bills,
    sponsors_of_bills,
)
from portal.legislation.rules.kinds import BillKind
from portal.legislation.rules.progress import Outcome, is_over
from portal.legislation.views.blueprint import legislation

MOST_PAGES = 2000
MOST_SESSIONS = 9999


@legislation.get("/legislation/bills")
@public_page(params=("kind", "result", "committee", "session", "sponsor", "page"))
def show_bills() -> str:
    """Show the bills, those of the latest session first, narrowed by the reader."""
    session, today, wish = db.session(), clock.today(), _wish()
    number = read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES)
    page = part_of(queries.count_bills(session, wish, today), number)
    rows = queries.published_bills(
        session, wish, today, first=max(0, page.first - 1), limit=ROWS_A_PAGE
    )
    return render(
        "legislation/show_bills.html",
        wish=wish,
        page=page,
        numbers=numbers_of(page),
        rows=[_labelled(row) for row in rows],
        every=queries.count_bills(session, BillWish(), today),
        kinds=words.choices(BillKind, words.bill_label),
        outcomes=words.choices(Outcome, words.outcome_label),
        committees=committees_of_bills(session),
        sessions=sessions_of_bills(session),
        sponsors=sponsors_of_bills(session),
    )


@legislation.get("/legislation/bills/<slug>")
@public_page()
def show_bill(slug: str) -> str:
    """Show a bill: where it is now, what is next, how to take part, and its way."""
    session, today = db.session(), clock.today()
    detail = queries.get_published_bill(session, slug, today)
    row, is_ordinance = detail.row, detail.row.kind is BillKind.ORDINANCE
    over = is_over(row.standing, is_ordinance=is_ordinance)
    return render(
        "legislation/show_bill.html",
        detail=detail,
        row=row,
        kind=words.bill_label(row.kind),
        proposer=words.proposer_label(row.proposed_by) if row.proposed_by else "",
        standing=words.standing_label(row.standing),
        now=words.standing_sentence(row.standing),
        next=words.next_sentence(row.standing, is_ordinance=is_ordinance),
        is_over=over,
        sittings=() if over else _next_sittings(session, detail, today),
        steps=[_with_words(step) for step in detail.steps],
        later=[_with_words(step) for step in detail.later],
        referrals=[
            (referral, [_with_words(step) for step in referral.steps])
            for referral in detail.referrals
        ],
        cost=words.cost_label(detail.cost_category) if detail.cost_category else "",
        sponsors=[(words.role_label(each.role), each.member) for each in detail.sponsors],
        sections=sections_of("legislation.bill", row.id),
    )


def _wish() -> BillWish:
    """Return how the reader narrows the list.

    :raise BadAddress: a parameter has a value it can't have
    """
    kind = read_choice(request.args.get("kind"), ("", *BillKind))
    outcome = read_choice(request.args.get("result"), ("", *Outcome))
    number = read_number(request.args.get("session"), 0, least=0, most=MOST_SESSIONS)
    return BillWish(
        kind=BillKind(kind) if kind else None,
        outcome=Outcome(outcome) if outcome else None,
        committee=request.args.get("committee", ""),
        session_number=number or None,
        sponsor=request.args.get("sponsor", ""),
    )


def _labelled(row: BillRow) -> tuple[str, str, BillRow]:
    return words.bill_label(row.kind), words.standing_label(row.standing), row


def _with_words(step: BillStepRow) -> tuple[str, str, BillStepRow]:
    return *words.step_words(step), step


#: So many of the next sittings are named at which a bill may be taken up.
_MOST_SITTINGS = 3


def _next_sittings(session: Session, detail: BillDetail, today: date) -> tuple[Named, ...]:
    """Return the next sittings of the committees that have the bill, and of the plenary."""
    committees = {referral.committee for referral in detail.referrals}
    events = published_events(session, today, first=today)
    found = [
        Named(event.slug, event.title, event.title_en)
        for event in events
        if event.kind.value == "plenary" or event.committee_slug in committees
    ]
    return tuple(found[:_MOST_SITTINGS])
