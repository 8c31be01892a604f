"""The public list of corrections, and its feed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time

from flask import Response, request
from flask_babel import gettext as _

from portal.core.addresses import url_for
from portal.core.feeds import FeedEntry, atom_feed
from portal.core.filters import plain_text
from portal.core.i18n import plain
from portal.core.pages import public_page
from portal.core.pagination import page_of
from portal.core.params import read_number
from portal.core.templates import render
from portal.extensions import db
from portal.moderation import queries
from portal.moderation.desks import desks, kind_label
from portal.moderation.queries import CorrectionLine
from portal.moderation.views.blueprint import moderation
from portal.moderation.views.labels import field_labels
from portal.moderation.words import say_title

ROWS_A_PAGE = 20
MOST_PAGES = 10
MOST_IN_FEED = 50


@moderation.get("/corrections")
@public_page(params=("page",))
def show_corrections() -> str:
    """List every published correction: what, when, and why; the latest first."""
    number = read_number(request.args.get("page"), 1, least=1, most=MOST_PAGES)
    page = page_of(queries.recent_corrections(db.session()), number, ROWS_A_PAGE)
    kinds = {line.kind for line in page.rows} & desks().keys()
    labels = {kind: field_labels(desks()[kind]) for kind in kinds}
    addresses = _addresses(page.rows)
    rows = [
        (
            kind_label(line.kind),
            _title(line),
            line,
            addresses.get(_key(line)),
            _fields(line, labels),
        )
        for line in page.rows
    ]
    return render("moderation/show_corrections.html", page=page, rows=rows)


@moderation.get("/feeds/corrections.atom")
@public_page()
def feed_corrections() -> Response:
    """Give the latest corrections as an Atom feed in the language of its address."""
    lines = queries.recent_corrections(db.session())[:MOST_IN_FEED]
    page, addresses = url_for("moderation.show_corrections"), _addresses(lines)
    return atom_feed(
        title=_("Corrections"),
        page=page,
        feed=url_for("moderation.feed_corrections"),
        entries=(_entry(line, addresses.get(_key(line), page)) for line in lines),
    )


def _entry(line: CorrectionLine, path: str) -> FeedEntry:
    return FeedEntry(
        title=plain_text(_title(line)),
        summary=plain(line.because, line.because_en),
        path=path,
        key=f"corrections/{line.id}",
        at=datetime.combine(line.on, time(), UTC),
        category=kind_label(line.kind),
    )


def _addresses(lines: Iterable[CorrectionLine]) -> dict[tuple[str, int], str]:
    """Return the addresses of the pages that were corrected, as far as they have any."""
    found: dict[tuple[str, int], str] = {}
    wanted = {_key(line) for line in lines}
    for kind in sorted({kind for kind, _row_id in wanted} & desks().keys()):
        desk = desks()[kind]
        ids = [row_id for of, row_id in wanted if of == kind]
        for row in queries.rows_by_id(db.session(), desk.model, ids):
            page = desk.page(row)
            if page is not None:
                found[kind, row.id] = url_for(page[0], **page[1])
    return found


def _title(line: CorrectionLine) -> str:
    return say_title(line.kind, line.title, line.title_en)


def _key(line: CorrectionLine) -> tuple[str, int]:
    return line.kind, line.row_id


def _fields(line: CorrectionLine, labels: Mapping[str, Mapping[str, str]]) -> str:
    """Return the names of the fields that changed, in words."""
    known = labels.get(line.kind, {})
    return ", ".join(known.get(name, name) for name in line.fields)
