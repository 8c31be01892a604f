"""Pages of highlights: the editors' choice of ordinances, told as what changes for a reader."""

from portal.core import clock
from portal.core.pages import public_page
from portal.core.templates import render
from portal.extensions import db
from portal.legislation import queries, words
from portal.legislation.views.blueprint import legislation


@legislation.get("/legislation/highlights")
@public_page()
def show_highlights() -> str:
    """Show each collection of highlights as cards, in the editors' order."""
    rows = queries.published_highlights(db.session(), clock.today())
    return render(
        "legislation/show_highlights.html",
        collections=[
            (
                collection,
                [
                    (words.field_label(row.field), row)
                    for row in rows
                    if row.collection_id == collection.id
                ],
            )
            for collection in queries.published_collections(db.session())
        ],
    )


@legislation.get("/legislation/highlights/<slug>")
@public_page()
def show_highlight(slug: str) -> str:
    """Show one highlight: its pictures, or the same in words; the reader chooses."""
    detail = queries.get_published_highlight(db.session(), slug)
    return render(
        "legislation/show_highlight.html",
        detail=detail,
        row=detail.row,
        field=words.field_label(detail.row.field),
    )
