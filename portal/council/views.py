"""Public pages of the council: composition, members, committees, secretariat."""

from datetime import date

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from portal.core import clock
from portal.core.errors import NotFound
from portal.core.hangul import INITIALS
from portal.core.pages import page_expires_at, public_page
from portal.core.pagination import page_of
from portal.core.params import read_number, read_past_day
from portal.core.sections import sections_of
from portal.core.spreadsheets import csv_response
from portal.core.templates import render
from portal.council import queries, search
from portal.council.contact import Contact, contact_of_council, contact_of_unit
from portal.council.pages import MemberRow, UnitRow
from portal.council.rules import CommitteeKind, UnitKind
from portal.council.seating import seat_positions
from portal.extensions import db
from portal.moderation.queries import corrections_of

council = Blueprint("council", __name__, url_prefix="/council")

MOST_PAGES = 1000


@council.get("")
@public_page(params=("on",))
def show_composition() -> str:
    """Show who sits in the council on a day, by party, and its committees."""
    day = _chosen_day()
    session = db.session()
    term = queries.find_term(session, day)
    composition = queries.composition_of(session, term, day) if term else None
    committees = queries.published_committees(session, day)
    return render(
        "council/show_composition.html",
        day=day,
        term=term,
        composition=composition,
        seats=seat_positions(composition.seats) if composition else (),
        standing=[c for c in committees if c.kind is CommitteeKind.STANDING and c.is_live],
        special=[c for c in committees if c.kind is not CommitteeKind.STANDING and c.is_live],
        checks=queries.failing_checks(session, "council-", "special-", "standing-"),
        source=queries.source_line(session, term.source_id, term.locator) if term else None,
    )


@council.get("/composition.csv")
@public_page(params=("on",))
def download_composition() -> Response:
    """Give the seats by party on a day as a file."""
    day = _chosen_day()
    term = queries.find_term(db.session(), day)
    if term is None:
        raise NotFound(_("No term of the council is known for that day."))
    composition = queries.composition_of(db.session(), term, day)
    rows = [(p.name, p.name_en, p.seats, composition.as_of) for p in composition.parties]
    rows.append(("빈자리", "vacant", composition.vacant, composition.as_of))
    return csv_response(f"council-{day}.csv", ("party", "party_en", "seats", "as_of"), rows)


@council.get("/members")
@public_page(params=("name", "area", "party", "committee", "initial", "on", "page"))
def show_members() -> str:
    """Show the members known on a day, by name, narrowed by the reader."""
    day = _chosen_day()
    wanted = search.MemberFilter(
        name=request.args.get("name", ""),
        party=request.args.get("party", ""),
        committee=request.args.get("committee", ""),
        area=request.args.get("area", ""),
        initial=request.args.get("initial", ""),
    )
    members = queries.published_members(db.session(), day)
    counts = queries.member_counts(db.session(), day)
    found = search.find_members(members, wanted)
    number = read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES)
    areas = queries.areas(db.session())
    return render(
        "council/show_members.html",
        day=day,
        wanted=wanted,
        page=page_of(found, number),
        known=len(members),
        sitting=queries.count_sitting(db.session(), day),
        areas=areas,
        area_counts=counts.areas,
        area_rows=tuple(
            (a, counts.areas.get(a.slug, 0), counts.missing.get(a.slug)) for a in areas
        ),
        parties=_parties_among(members),
        party_counts=counts.parties,
        committees=queries.live_committees(db.session(), day),
        initials=INITIALS,
        initial_counts=counts.initials,
    )


@council.get("/members.csv")
@public_page(params=("on",))
def download_members() -> Response:
    """Give the members known on a day as a file."""
    day = _chosen_day()
    rows = [
        (
            m.person.slug,
            m.person.name,
            m.person.name_en,
            m.seat.value,
            m.district,
            m.party.name if m.party else None,
            m.party.seen_on if m.party else None,
            "; ".join(f"{r.body or ''} {r.role}".strip() for r in m.roles),
        )
        for m in queries.published_members(db.session(), day)
    ]
    header = ("slug", "name", "name_en", "seat", "district", "party", "party_seen_on", "roles")
    return csv_response(f"members-{day}.csv", header, rows)


@council.get("/members/<slug>")
@public_page(params=("on",))
def show_member(slug: str) -> str:
    """Show one member: district, parties with their dates, roles now and before."""
    day = _chosen_day()
    session = db.session()
    member, district = queries.get_published_member(session, slug)
    roles = queries.roles_on(session, day, member_id=member.id, only_live=False)
    return render(
        "council/show_member.html",
        day=day,
        member=member,
        district=district,
        parties=queries.parties_of(session, member.id, day),
        roles=[r for r in roles if r.ends_on is None or r.ends_on >= day],
        past_roles=[r for r in roles if r.ends_on is not None and r.ends_on < day],
        source=queries.source_line(session, member.source_id, member.locator),
        corrections=corrections_of(session, "members", member.id),
        sections=sections_of("council.member", member.id),
    )


@council.get("/committees")
@public_page(params=("on",))
def show_committees() -> str:
    """Show the committees by kind, those that live on a day first."""
    day = _chosen_day()
    rows = queries.published_committees(db.session(), day)
    return render(
        "council/show_committees.html",
        day=day,
        standing=[c for c in rows if c.kind is CommitteeKind.STANDING and c.is_live],
        special=[c for c in rows if c.kind is not CommitteeKind.STANDING and c.is_live],
        ended=[c for c in rows if not c.is_live],
        ending_soon=[c for c in rows if c.is_live and c.days_left is not None],
    )


@council.get("/committees/<slug>")
@public_page(params=("on",))
def show_committee(slug: str) -> str:
    """Show one committee: its time, chair, members and what it watches over."""
    day = _chosen_day()
    session = db.session()
    committee = queries.get_published_committee(session, slug, day)
    roles = queries.roles_on(session, day, committee_id=committee.id)
    return render(
        "council/show_committee.html",
        day=day,
        committee=committee,
        row=committee.row,
        roles=roles,
        corrections=corrections_of(session, "committees", committee.id),
        sections=sections_of("council.committee", committee.id),
    )


@council.get("/organisation")
@public_page()
def show_organisation() -> str:
    """Show the secretariat: who does what, with how many people."""
    session = db.session()
    units = queries.units(session)
    return render(
        "council/show_organisation.html",
        whole=next((u for u in units if u.kind is UnitKind.SECRETARIAT), None),
        units=[u for u in units if u.kind is not UnitKind.SECRETARIAT],
        checks=queries.failing_checks(session, "staff-", "duties"),
        contact=_council_contact(),
    )


@council.get("/organisation/<slug>")
@public_page()
def show_unit(slug: str) -> str:
    """Show one unit: what it does and how it is reached."""
    unit = queries.get_published_unit(db.session(), slug)
    return render(
        "council/show_unit.html",
        unit=unit,
        contact=_unit_contact(unit),
        corrections=corrections_of(db.session(), "units", unit.id),
    )


def _chosen_day() -> date:
    """Return the day the reader asks about, today unless they name one."""
    return read_past_day(request.args.get("on"), clock.today())


def _parties_among(members: tuple[MemberRow, ...]) -> dict[str, tuple[str, str | None]]:
    """Return the names of the parties that members were seen in, by their slug."""
    seen = (m.party for m in members if m.party and m.party.slug and m.party.name)
    return {p.slug or "": (p.name or "", p.name_en) for p in seen}


def _council_contact() -> Contact | None:
    """Return how the council is reached; the page is fresh until its office opens or closes."""
    row = queries.find_council(db.session())
    if row is None:
        return None
    return _until_it_changes(contact_of_council(db.session(), row, clock.business_now()))


def _unit_contact(unit: UnitRow) -> Contact | None:
    """Return how a unit is reached; the page is fresh until it opens or closes."""
    row = queries.find_council(db.session())
    if row is None:
        return None
    return _until_it_changes(contact_of_unit(db.session(), unit, row, clock.business_now()))


def _until_it_changes(contact: Contact) -> Contact:
    if contact.opening and contact.opening.changes_at:
        page_expires_at(clock.to_real(contact.opening.changes_at))
    return contact


blueprints = (council,)
