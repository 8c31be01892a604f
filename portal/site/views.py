"""Pages of the whole site: home, what the site is, its data, and the files crawlers read."""

from datetime import date, timedelta

from flask import Blueprint, Response, abort, current_app

from portal.calendar.standing import recent_changes, upcoming_entries
from portal.core import clock
from portal.core.addresses import url_for
from portal.core.collected import everything_collected
from portal.core.pages import public_page
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.council import queries as council_queries
from portal.extensions import db
from portal.site import queries
from portal.site.counting_samples import build_counting_samples
from portal.site.demo import demo
from portal.site.frame import current_frame
from portal.site.letter_samples import build_letter_samples
from portal.site.money_samples import build_money_samples
from portal.site.styleguide import build_samples
from portal.site.text_samples import build_text_samples

site = Blueprint("site", __name__)

UPCOMING_ENTRIES = 6
RECENT_CHANGES = 3
SECURITY_TXT_DAYS = 180
#: Real day since which the privacy policy reads as it does (개인정보 보호법, article 30(2)).
POLICY_SINCE = date(2026, 11, 26)
#: Address of the unit that answers the press, where the secretariat has one (``data/README.md``).
PRESS_UNIT = "press"


@site.get("/")
@public_page()
def show_home() -> str:
    """Show what is on, what comes next, and what can be done here."""
    session, today = db.session(), clock.today()
    return render(
        "site/show_home.html",
        standing=current_frame().standing,
        groups=upcoming_entries(session, today, UPCOMING_ENTRIES),
        figures=queries.year_figures(session, today),
        changes=recent_changes(session, today, RECENT_CHANGES),
        sections=sections_of("site.home", 0),
    )


@site.get("/about")
@public_page()
def show_about() -> str:
    """Say what this site is, whose it is, and how to report a fault."""
    return render("site/show_about.html")


@site.get("/about/data")
@public_page()
def show_data() -> str:
    """Say how much of each kind of data is known, and where it comes from."""
    session = db.session()
    return render(
        "site/show_data.html",
        coverages=queries.coverages(session),
        sources=queries.sources(session),
        checks=queries.differing_checks(session),
        checked=queries.checked_figures(session),
        data_ends_on=current_frame().data_ends_on,
    )


@site.get("/accessibility")
@public_page()
def show_accessibility() -> str:
    """Say how the site can be used by everybody, and where it falls short."""
    return render("site/show_accessibility.html")


@site.get("/privacy")
@public_page()
def show_privacy() -> str:
    """Say what the site keeps about people, entry by entry, and what they may ask for."""
    return render("site/show_privacy.html", entries=everything_collected(), since=POLICY_SINCE)


@site.get("/information-requests")
@public_page()
def show_information_requests() -> str:
    """Say how anybody asks for information that is not published."""
    return render("site/show_information_requests.html")


@site.get("/press")
@public_page()
def show_press() -> str:
    """Say whom the press asks, and what is there for it."""
    units = council_queries.units(db.session())
    unit = next((unit for unit in units if unit.slug == PRESS_UNIT), None)
    return render("site/show_press.html", unit=unit)


@site.get("/styleguide")
@public_page()
def show_styleguide() -> str:
    """Show each component with its states; in the demo only, until staff pages exist."""
    if not current_app.config["DEMO"]:
        abort(404)
    today = clock.today()
    return render(
        "site/show_styleguide.html",
        samples=build_samples(today),
        money=build_money_samples(today),
        texts=build_text_samples(),
        letter_samples=build_letter_samples(),
        countings=build_counting_samples(today),
    )


@site.get("/robots.txt")
@public_page()
def show_robots() -> Response:
    """Let crawlers in; pages on the practice clock say themselves that they are no index matter."""
    return Response("User-agent: *\nDisallow:\n", mimetype="text/plain")


@site.get("/.well-known/security.txt")
@public_page()
def show_security() -> Response:
    """Say where a hole in the site's safety is reported (RFC 9116)."""
    expires = (clock.real_now() + timedelta(days=SECURITY_TXT_DAYS)).replace(microsecond=0)
    address = current_app.config["SITE_URL"] + url_for("site.show_about")
    lines = (
        f"Contact: {address}#security",
        f"Expires: {expires.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: ko, en",
    )
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


blueprints = (site, demo)
