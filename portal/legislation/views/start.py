"""The first page of bills and ordinances, and the page about how bills are supported."""

from portal.core import clock
from portal.core.pages import public_page
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.extensions import db
from portal.legislation import queries, words
from portal.legislation.queries.bills import BillWish
from portal.legislation.queries.costs import cost_years
from portal.legislation.queries.ordinances import EnactmentWish, count_ordinances
from portal.legislation.views.blueprint import legislation

#: So many of the newest things stand on the first page.
MOST_NEW = 6


@legislation.get("/legislation")
@public_page()
def show_start() -> str:
    """Show what can be read here, what was enacted and what happened to bills lately."""
    session, today = db.session(), clock.today()
    highlights = queries.published_highlights(session, today)
    enacted = EnactmentWish(known_by=today)
    enactments = queries.published_enactments(session, enacted, today, limit=MOST_NEW)
    steps = queries.newest_steps(session, today, limit=MOST_NEW)
    return render(
        "legislation/show_start.html",
        highlights=highlights[:3],
        enactments=[(words.enactment_label(row.kind), row) for row in enactments],
        steps=[(*words.step_words(step), bill, step) for bill, step in steps],
        bills=queries.count_bills(session, BillWish(), today),
        ordinances=count_ordinances(session),
    )


@legislation.get("/legislation/support")
@public_page()
def show_support() -> str:
    """Show how the secretariat helps with bills: drafting, research, cost estimates."""
    return render(
        "legislation/show_support.html",
        years=cost_years(db.session()),
        sections=sections_of("legislation.support", 0),
    )
