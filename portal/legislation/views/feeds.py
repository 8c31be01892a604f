"""Feeds: new ordinances, and the steps of bills: of all, one, a committee's or a member's."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from flask import Response
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from portal.core import clock
from portal.core.addresses import url_for
from portal.core.feeds import FeedEntry, atom_feed
from portal.core.i18n import plain
from portal.core.pages import public_page
from portal.council.queries import get_published_committee, get_published_member
from portal.extensions import db
from portal.legislation import queries, words
from portal.legislation.models import BillSponsor, BillStep
from portal.legislation.pages import BillRow, BillStepRow, EnactmentRow
from portal.legislation.queries.ordinances import EnactmentWish
from portal.legislation.views.blueprint import legislation

MOST_IN_FEED = 50
Steps = tuple[tuple[BillRow, BillStepRow], ...]


@legislation.get("/feeds/ordinances.atom")
@public_page()
def feed_ordinances() -> Response:
    """Give what was enacted, the newest first."""
    today = clock.today()
    rows = queries.published_enactments(
        db.session(), EnactmentWish(known_by=today), today, limit=MOST_IN_FEED
    )
    return atom_feed(
        title=_("New ordinances"),
        page=url_for("legislation.show_ordinances"),
        feed=url_for("legislation.feed_ordinances"),
        entries=[_enactment_entry(row) for row in rows if row.decided_on],
    )


@legislation.get("/feeds/bills.atom")
@public_page()
def feed_bills() -> Response:
    """Give the newest steps of all bills."""
    return _feed(
        _("Bills: what happened"),
        _steps_where(),
        url_for("legislation.show_bills"),
        url_for("legislation.feed_bills"),
    )


@legislation.get("/feeds/bills/<slug>.atom")
@public_page()
def feed_bill(slug: str) -> Response:
    """Give the steps of one bill, the newest first."""
    detail = queries.get_published_bill(db.session(), slug, clock.today())
    return _feed(
        plain(detail.row.title, detail.row.title_en),
        tuple((detail.row, step) for step in reversed(detail.steps)),
        url_for("legislation.show_bill", slug=slug),
        url_for("legislation.feed_bill", slug=slug),
    )


@legislation.get("/feeds/committees/<slug>.atom")
@public_page()
def feed_committee(slug: str) -> Response:
    """Give the newest steps of bills before one committee."""
    committee = get_published_committee(db.session(), slug, clock.today())
    return _feed(
        _(
            "Bills before the committee: %(name)s",
            name=plain(committee.row.name, committee.row.name_en),
        ),
        _steps_where(BillStep.committee_id == committee.id),
        url_for("legislation.show_bills", committee=slug),
        url_for("legislation.feed_committee", slug=slug),
    )


@legislation.get("/feeds/members/<slug>.atom")
@public_page()
def feed_member(slug: str) -> Response:
    """Give the newest steps of bills that one member brought in or supports."""
    member, _district = get_published_member(db.session(), slug)
    ids = select(BillSponsor.bill_id).where(BillSponsor.member_id == member.id)
    return _feed(
        _("Bills of %(name)s", name=plain(member.name, member.name_en)),
        _steps_where(BillStep.bill_id.in_(ids)),
        url_for("legislation.show_bills", sponsor=slug),
        url_for("legislation.feed_member", slug=slug),
    )


def _steps_where(*conditions: ColumnElement[bool]) -> Steps:
    """Return the newest steps of public bills that are known by the site's day."""
    return queries.newest_steps(db.session(), clock.today(), *conditions, limit=MOST_IN_FEED)


def _feed(title: str, steps: Steps, page: str, feed: str) -> Response:
    return atom_feed(title=title, page=page, feed=feed, entries=_step_entries(steps))


def _step_entries(steps: Steps) -> Iterable[FeedEntry]:
    for bill, step in steps:
        name = plain(bill.title, bill.title_en)
        yield FeedEntry(
            title=f"{words.step_sentence(step)}. {name}",
            summary=plain(step.text or "", step.text_en),
            path=url_for("legislation.show_bill", slug=bill.slug),
            key=f"bills/{bill.slug}/{step.kind}/{step.committee or ''}/{step.on or ''}",
            at=_moment(step.on, bill.published_at),
            category=words.bill_label(bill.kind),
        )


def _enactment_entry(row: EnactmentRow) -> FeedEntry:
    name = plain(row.ordinance.name, row.ordinance.name_en)
    return FeedEntry(
        title=f"{words.enactment_label(row.kind)}: {name}",
        summary=plain(row.summary, row.summary_en),
        path=url_for("legislation.show_ordinance", slug=row.ordinance.slug),
        key=f"ordinances/{row.slug}",
        at=_moment(row.decided_on, row.published_at),
        category=words.field_label(row.field),
    )


def _moment(on: date | None, published_at: datetime | None) -> datetime:
    """Return the beginning of a day in the council's zone, else when it was published."""
    if on is not None:
        return datetime.combine(on, time(), clock.council_zone())
    return published_at or datetime.now(UTC)
