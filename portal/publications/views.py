"""Public pages of publications: the list, one of them, and the feed."""

from collections import Counter
from datetime import UTC, datetime

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from portal.core import clock
from portal.core.addresses import url_for
from portal.core.feeds import FeedEntry, atom_feed
from portal.core.i18n import plain
from portal.core.pages import public_page
from portal.core.pagination import page_of
from portal.core.params import read_choice, read_number
from portal.core.sections import sections_of
from portal.core.templates import render
from portal.extensions import db
from portal.publications import queries, words
from portal.publications.pages import PublicationRow
from portal.publications.rules import PublicationKind

publications = Blueprint("publications", __name__)

ROWS_A_PAGE = 20
MOST_PAGES = 250
MOST_IN_FEED = 50


@publications.get("/news")
@public_page(params=("kind", "page"))
def show_news() -> str:
    """Show what the council has published, the newest first, narrowed by kind."""
    every = queries.published_publications(db.session(), clock.today())
    kind = read_choice(request.args.get("kind"), ("", *PublicationKind))
    shown = [row for row in every if kind in ("", row.kind.value)]
    number = read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES)
    counts = Counter(row.kind for row in every)
    return render(
        "publications/show_news.html",
        kind=kind,
        kind_label=words.kind_label(PublicationKind(kind)) if kind else "",
        page=page_of([(words.kind_label(row.kind), row) for row in shown], number, ROWS_A_PAGE),
        total=len(every),
        kinds=[(each, words.kind_label(each), counts[each]) for each in PublicationKind],
    )


@publications.get("/news/<slug>")
@public_page()
def show_publication(slug: str) -> str:
    """Show one publication: what it is, when it came out, and in which editions."""
    detail = queries.get_published_publication(db.session(), slug, clock.today())
    return render(
        "publications/show_publication.html",
        detail=detail,
        row=detail.row,
        kind_label=words.kind_label(detail.row.kind),
        editions=[(words.format_label(each.format), each) for each in detail.editions],
        sections=sections_of("publications.publication", detail.row.id),
    )


@publications.get("/feeds/news.atom")
@public_page()
def feed_news() -> Response:
    """Give the newest publications as an Atom feed in the language of its address."""
    every = queries.published_publications(db.session(), clock.today())
    out = [row for row in every if not row.is_planned and row.published_at]
    return atom_feed(
        title=_("News of the council"),
        page=url_for("publications.show_news"),
        feed=url_for("publications.feed_news"),
        entries=map(_entry, out[:MOST_IN_FEED]),
    )


def _entry(row: PublicationRow) -> FeedEntry:
    return FeedEntry(
        title=plain(row.title, row.title_en),
        summary=plain(row.summary or "", row.summary_en),
        path=url_for("publications.show_publication", slug=row.slug),
        key=f"news/{row.slug}",
        at=row.published_at or datetime.now(UTC),
        category=words.kind_label(row.kind),
    )


blueprints = (publications,)
