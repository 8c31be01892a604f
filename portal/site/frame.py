"""What stands around every page: names, navigation, the strip, the clock sentence.

The council and the strip are the same on every page of a day, so they are kept.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, request
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from portal.budget import queries as budget_queries
from portal.calendar.pages import SessionStanding
from portal.calendar.standing import session_standing
from portal.core import clock
from portal.core.addresses import holds_secret, url_for
from portal.core.i18n import page_language
from portal.core.kept import kept
from portal.core.state import DATA_ENDS_ON, DATA_IS_OFFICIAL, find_day, find_state
from portal.core.templates import render_part
from portal.council import queries
from portal.council.pages import CouncilRow
from portal.extensions import db
from portal.feedback.rules import page_path
from portal.hearings.queries.hearings import hearings_of_speakers, published_hearings
from portal.programmes import queries as programme_queries
from portal.publications.queries import published_publications

#: Pages that show the session large themselves and leave the strip out (look.md, ribbon).
WITHOUT_STRIP = frozenset(("site.show_home", "calendar.show_session"))


@dataclass(frozen=True)
class NavigationLink:
    """An entry of the navigation or footer.

    :ivar section: which part of the site it opens; it is current on all pages of that part
    """

    label: str
    url: str
    section: str


@dataclass(frozen=True)
class Frame:
    """What all pages of one day and language share.

    :ivar council: None before the first import
    :ivar strip: the session in one line, with its ruler
    """

    council: CouncilRow | None
    strip: Markup
    standing: SessionStanding | None
    is_official: bool
    data_ends_on: date | None
    navigation: tuple[NavigationLink, ...]
    footer_links: tuple[NavigationLink, ...]


@dataclass(frozen=True)
class SiteClock:
    """What a page says about the day it stands on.

    :ivar data_ended_on: the last day the data know, when today lies after it
    """

    is_practice: bool
    is_official: bool
    today: date
    data_ended_on: date | None


@dataclass(frozen=True)
class OtherLanguage:
    """The same page in the other language."""

    url: str
    label: str
    code: str


@kept
def read_frame(session: Session, day: date, language: str) -> Frame:
    """Read what all pages of a day share."""
    council = queries.find_council(session)
    standing = session_standing(session, day, council.country, language) if council else None
    return Frame(
        council=council,
        standing=standing,
        strip=render_part("components/ruler.html", "strip", standing),
        is_official=find_state(session, DATA_IS_OFFICIAL) == "yes",
        data_ends_on=find_day(session, DATA_ENDS_ON),
        navigation=_navigation(_empty_sections(session, day)),
        footer_links=_footer_links(),
    )


def current_frame() -> Frame:
    """Return the frame of the current request's day and language."""
    return read_frame(db.session(), clock.today(), page_language())


def page_context() -> dict[str, Any]:
    """Return what every template may use."""
    frame = current_frame()
    is_key = holds_secret(request.path)
    return {
        "council": frame.council,
        "navigation": frame.navigation,
        "here": (request.endpoint or "").partition(".")[0],
        "footer_links": frame.footer_links,
        "search_url": url_for("search.show_results"),
        "suggest_url": url_for("search.suggest"),
        "remark_url": _remark_url(None if is_key else page_path(request.path)),
        "strip": "" if request.endpoint in WITHOUT_STRIP else frame.strip,
        "site_clock": _site_clock(frame),
        "other_language": _other_language(),
        "page_url": current_app.config["SITE_URL"] + request.script_root + _address(),
        "is_key": is_key,
        "is_demo": current_app.config["DEMO"],
        "data_licence": current_app.config["DATA_LICENCE"],
    }


def _empty_sections(session: Session, day: date) -> set[str]:
    """Return the parts of the site that have nothing to show on a day."""
    empty = set()
    if not budget_queries.published_years(session, day):
        empty.add("budget")
    if not programme_queries.published_programmes(session):
        empty.add("programmes")
    if not published_publications(session, day):
        empty.add("publications")
    # Sections of many pages are made of both.
    hearings_of_speakers(session)
    if not published_hearings(session, day):
        empty.add("hearings")
    return empty


def _navigation(empty: set[str]) -> tuple[NavigationLink, ...]:
    """Return the main entries, as far as their pages exist and have something to show."""
    links = (
        _link("council.show_composition", _("Council")),
        _link("calendar.show_current_month", _("Calendar")),
        _link("legislation.show_start", _("Legislation")),
        _link("budget.show_start", _("Budget")),
        _link("programmes.show_start", _("Results")),
        _link("publications.show_news", _("News")),
        _link("hearings.show_hearings", _("Take part")),
    )
    return tuple(link for link in links if link and link.section not in empty)


def _footer_links() -> tuple[NavigationLink, ...]:
    """Return the entries of the footer."""
    links = (
        _link("council.show_organisation", _("Whom to ask")),
        _link("site.show_about", _("About this site")),
        _link("site.show_data", _("The data")),
        _link("moderation.show_corrections", _("Corrections")),
        _link("site.show_information_requests", _("Asking for information")),
        _link("site.show_press", _("For the press")),
        _link("site.show_accessibility", _("Accessibility")),
        _link("site.show_privacy", _("Privacy policy")),
    )
    return tuple(link for link in links if link)


def _link(endpoint: str, label: str) -> NavigationLink | None:
    """Return an entry, or None where its page does not exist yet."""
    if endpoint not in current_app.view_functions:
        return None
    return NavigationLink(label, url_for(endpoint), endpoint.partition(".")[0])


def _remark_url(path: str | None) -> str:
    """Return where a reader tells what is wrong on this page; its path goes along.

    It is not kept with other addresses: each page has another one.

    :param path: None where it must not be written anywhere, or is none of the site
    """
    form = url_for("feedback.write_remark")
    return f"{form}?page={quote(path)}" if path else form


def _site_clock(frame: Frame) -> SiteClock:
    today = clock.today()
    ended = frame.data_ends_on if frame.data_ends_on and today > frame.data_ends_on else None
    return SiteClock(clock.is_practice(), frame.is_official, today, ended)


def _other_language() -> OtherLanguage:
    """Return this page in the other language; the language is part of the address only."""
    if page_language() == "ko":
        return OtherLanguage(url="/en" + _address(), label="EN", code="en")
    return OtherLanguage(url=_address(), label="한국어", code="ko")


def _address() -> str:
    """Return this page's path and query as the browser sends them, without the language."""
    if request.endpoint is None:
        return "/"
    path = quote(request.path)
    query = quote(request.query_string, safe="/:@!$&'()*+,;=?~%")
    return f"{path}?{query}" if query else path


def init_app(app: Flask) -> None:
    """Give the frame to every template."""
    app.context_processor(page_context)
