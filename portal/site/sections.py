"""What publications and work programmes show of each other, and the home page of the newest."""

from flask import Flask
from flask_babel import gettext as _

from portal.core import clock
from portal.core.sections import Section, register_section
from portal.council.queries import find_committee_slug, published_committees
from portal.extensions import db
from portal.legislation.queries.costs import support_programmes
from portal.programmes.queries import published_programmes, published_targets
from portal.publications.queries import (
    publications_about,
    publications_of,
    published_publications,
)

#: So many publications stand on the home page.
MOST_AT_HOME = 3


def init_app(app: Flask) -> None:
    """Register the sections."""
    register_section(app, "programmes.programme", _publications_of_programme)
    register_section(app, "publications.publication", _programme_of_publication)
    register_section(app, "publications.publication", _committee_of_publication)
    register_section(app, "council.committee", _publications_about_committee)
    register_section(app, "site.home", _newest_publications)
    register_section(app, "legislation.support", _targets_of_support)


def _publications_of_programme(programme_id: int) -> Section | None:
    """Return what was published under a work programme."""
    session = db.session()
    slugs = {row.id: row.slug for row in published_programmes(session)}
    rows = publications_of(session, slugs[programme_id], clock.today())
    return Section(_("What was published"), "publications/_list.html", rows) if rows else None


def _programme_of_publication(publication_id: int) -> Section | None:
    """Return the work programme a publication belongs to."""
    session = db.session()
    rows = published_publications(session, clock.today())
    slug = next((row.programme for row in rows if row.id == publication_id), None)
    programme = next((row for row in published_programmes(session) if row.slug == slug), None)
    if programme is None:
        return None
    return Section(_("It belongs to"), "publications/_programme.html", programme)


def _committee_of_publication(publication_id: int) -> Section | None:
    """Return the committee a publication is about."""
    session, today = db.session(), clock.today()
    rows = published_publications(session, today)
    slug = next((row.committee for row in rows if row.id == publication_id), None)
    committee = next((c for c in published_committees(session, today) if c.slug == slug), None)
    if committee is None:
        return None
    return Section(_("It is about"), "publications/_committee.html", committee)


def _publications_about_committee(committee_id: int) -> Section | None:
    """Return what was published about a committee."""
    session, today = db.session(), clock.today()
    slug = find_committee_slug(session, committee_id)
    rows = publications_about(session, slug or "", today)
    return Section(_("What was published"), "publications/_list.html", rows) if rows else None


def _newest_publications(_row_id: int) -> Section | None:
    """Return the newest publications that are out, for the home page."""
    rows = published_publications(db.session(), clock.today())
    out = tuple(row for row in rows if not row.is_planned)[:MOST_AT_HOME]
    return Section(_("Published lately"), "publications/_home.html", out) if out else None


def _targets_of_support(_row_id: int) -> Section | None:
    """Return the targets of the work programmes that help with bills."""
    session = db.session()
    slugs = support_programmes(session)
    targets = published_targets(session, clock.today())
    found = [target for target in targets if target.programme.slug in slugs]
    return (
        Section(_("Targets and results"), "programmes/_line_section.html", found) if found else None
    )
