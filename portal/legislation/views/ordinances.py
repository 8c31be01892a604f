"""Pages of ordinances: the list, one ordinance, one of its texts, two of them side by side."""

from flask import request
from flask_babel import gettext as _

from portal.core import clock
from portal.core.errors import NotFound
from portal.core.pages import public_page
from portal.core.pagination import ROWS_A_PAGE, numbers_of, part_of
from portal.core.params import read_choice, read_number
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.extensions import db
from portal.legislation import queries, words
from portal.legislation.pages import EnactmentRow
from portal.legislation.queries.bills import bills_of_ordinance
from portal.legislation.queries.ordinances import (
    EnactmentWish,
    committees_of_enactments,
    count_enactments,
    count_ordinances,
    years_of_enactments,
)
from portal.legislation.rules.comparison import compare_texts
from portal.legislation.rules.kinds import EnactmentKind, Field
from portal.legislation.views.blueprint import legislation
from portal.legislation.views.prose import marked_text

MOST_PAGES = 1000
MOST_YEARS = 9999


@legislation.get("/legislation/ordinances")
@public_page(params=("field", "kind", "year", "committee", "page"))
def show_ordinances() -> str:
    """Show what was enacted, the newest first, narrowed by the reader."""
    session, today, wish = db.session(), clock.today(), _wish()
    total = count_enactments(session, wish)
    number = read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES)
    page = part_of(total, number)
    rows = queries.published_enactments(
        session, wish, today, first=max(0, page.first - 1), limit=ROWS_A_PAGE
    )
    return render(
        "legislation/show_ordinances.html",
        wish=wish,
        page=page,
        numbers=numbers_of(page),
        rows=[_labelled(row) for row in rows],
        every=count_enactments(session, EnactmentWish()),
        ordinances=count_ordinances(session),
        fields=words.choices(Field, words.field_label),
        kinds=words.choices(EnactmentKind, words.enactment_label),
        years=years_of_enactments(session),
        committees=committees_of_enactments(session),
    )


@legislation.get("/legislation/ordinances/<slug>")
@public_page()
def show_ordinance(slug: str) -> str:
    """Show an ordinance: in short, what was decided about it, and its text where it is here."""
    session, today = db.session(), clock.today()
    detail = queries.get_published_ordinance(session, slug, today)
    return render(
        "legislation/show_ordinance.html",
        detail=detail,
        field=words.field_label(detail.field),
        enactments=[_labelled(row) for row in detail.enactments],
        marked=marked_text(detail.text) if detail.text else None,
        bills=bills_of_ordinance(session, detail.id),
        sections=sections_of("legislation.ordinance", detail.id),
    )


@legislation.get("/legislation/ordinances/<slug>/texts/<number>")
@public_page()
def show_text(slug: str, number: str) -> str:
    """Show an ordinance's text as it stood from one promulgation on."""
    session = db.session()
    detail = queries.get_published_ordinance(session, slug, clock.today())
    version = queries.get_text_version(session, detail.id, number)
    return render(
        "legislation/show_text.html",
        detail=detail,
        version=version,
        marked=marked_text(version.text),
    )


@legislation.get("/legislation/ordinances/<slug>/changes")
@public_page(params=("old", "new"))
def show_changes(slug: str) -> str:
    """Show article by article what differs between two versions of an ordinance.

    :raise NotFound: there are no two versions, or none with these numbers
    """
    session = db.session()
    detail = queries.get_published_ordinance(session, slug, clock.today())
    numbers = [version.number for version in detail.versions]
    if len(numbers) < 2:
        raise NotFound(_("There are no two versions of this ordinance here to compare."))
    new = read_choice(request.args.get("new"), numbers)
    older = numbers[numbers.index(new) + 1 :] or numbers
    old = read_choice(request.args.get("old"), [older[0], *numbers])
    versions = [queries.get_text_version(session, detail.id, each) for each in (old, new)]
    return render(
        "legislation/show_changes.html",
        detail=detail,
        old=versions[0],
        new=versions[1],
        changes=compare_texts(versions[0].text, versions[1].text),
    )


def _wish() -> EnactmentWish:
    """Return how the reader narrows the list.

    :raise BadAddress: a parameter has a value it can't have
    """
    field = read_choice(request.args.get("field"), ("", *Field))
    kind = read_choice(request.args.get("kind"), ("", *EnactmentKind))
    year = read_number(request.args.get("year"), 0, least=0, most=MOST_YEARS)
    return EnactmentWish(
        field=Field(field) if field else None,
        kind=EnactmentKind(kind) if kind else None,
        year=year or None,
        committee=request.args.get("committee", ""),
    )


def _labelled(row: EnactmentRow) -> tuple[str, str, EnactmentRow]:
    return words.enactment_label(row.kind), words.field_label(row.field), row
