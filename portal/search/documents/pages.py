"""Pages whose words stand in templates: what each is called and what somebody finds there."""

from collections.abc import Iterator
from datetime import date

from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from portal.search.documents.source import Ids, Place, TextSource, in_both, said
from portal.search.rules import Document, DocumentKind

#: The name of this source.
PAGES = "pages"

#: Endpoint, title, and what is asked for there. A page that the portal does not have is left out.
_PAGES = (
    (
        "council.show_composition",
        _l("The council: members, seats and parties"),
        _l("How many members the council has, seats by party, leadership, term, speaker."),
    ),
    (
        "council.show_members",
        _l("Find a member"),
        _l("My member, members by district, party and committee, list of council members."),
    ),
    (
        "council.show_committees",
        _l("Committees of the council"),
        _l("Standing and special committees, which committee deals with what."),
    ),
    (
        "council.show_organisation",
        _l("Who does what in the secretariat"),
        _l("Organisation chart, telephone, units, duties, who is in charge, how many staff."),
    ),
    (
        "calendar.show_current_month",
        _l("Calendar of the council"),
        _l("Sessions, plenary sittings, committee meetings, what is on today and this month."),
    ),
    (
        "calendar.show_sessions",
        _l("Sessions of the council"),
        _l("All sessions, regular and extraordinary, with their days."),
    ),
    (
        "calendar.show_subscription",
        _l("The council’s dates in your own calendar"),
        _l("Subscribe to the calendar, iCal, ics, Outlook, telephone, committees."),
    ),
    (
        "budget.show_start",
        _l("Budget of the council"),
        _l("How much money the council has and what it is spent on, execution rate, revenue."),
    ),
    (
        "budget.show_words",
        _l("Words of the budget"),
        _l("What the words mean: current budget, committed, spent, remaining, carried over."),
    ),
    (
        "programmes.show_start",
        _l("Promises and results"),
        _l("Targets and results of the council’s work programmes, performance, business report."),
    ),
    (
        "programmes.show_report",
        _l("All programmes as one document"),
        _l("The business report to read or print as a whole."),
    ),
    (
        "publications.show_news",
        _l("News and publications"),
        _l("Notices, press releases, newsletter, reports and analyses, broadcasts."),
    ),
    (
        "moderation.show_corrections",
        _l("What we corrected"),
        _l("Corrections of published facts with their reasons, errors, mistakes."),
    ),
    (
        "feedback.write_remark",
        _l("Something is wrong here"),
        _l("Report a mistake on a page, feedback, wrong information, broken link."),
    ),
    (
        "site.show_about",
        _l("About this site"),
        _l("Who runs this site, what it is for, contact, address."),
    ),
    (
        "site.show_data",
        _l("What this site knows, and what it does not"),
        _l("Sources, coverage, sums that hold and those that do not, open data."),
    ),
    (
        "site.show_accessibility",
        _l("Accessibility"),
        _l("Web accessibility statement, screen readers, barriers, how to report them."),
    ),
    (
        "site.show_privacy",
        _l("Privacy policy"),
        _l("Personal information: what is collected, how long it is kept, your rights, cookies."),
    ),
    (
        "site.show_information_requests",
        _l("How to ask for information"),
        _l("Disclosure of information, freedom of information request, fees, appeal."),
    ),
    (
        "site.show_press",
        _l("For the press"),
        _l("Press contact, journalists, spokesperson, interview, photographs."),
    ),
)


def _documents(_session: Session, _today: date, _ids: Ids) -> Iterator[Document]:
    """Give the pages that this portal has."""
    addresses = current_app.url_map.bind("")
    for endpoint, title, about in _PAGES:
        if endpoint not in current_app.view_functions:
            continue
        place = Place(
            kind=DocumentKind.PAGE,
            source=PAGES,
            key=endpoint,
            address=addresses.build(endpoint),
        )
        yield from in_both(
            place,
            said(str, title),
            said(str, about),
        )


SOURCES = (TextSource(PAGES, (), _documents, is_by_id=False),)
