"""The staff's pages of figures: the tables as they are now, and what a brought one would change."""

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from portal.accounts.rules import Permission
from portal.core.clock import real_now
from portal.core.errors import NotFound
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.importers.figures import FIGURE_FILES, try_figures
from portal.importers.models import FigureUpload
from portal.importers.preview import MOST_SHOWN, preview_of
from portal.importers.staff import DESK
from portal.importers.uploads import current_text, newest_day
from portal.importers.words import FILE_WORDS, OUTCOME_WORDS
from portal.moderation.queries import get_revision

importers = Blueprint("importers", __name__)
blueprints = (importers,)


@importers.get("/staff/figures")
@needs(Permission.CONTENT_READ)
def show_tables() -> str:
    """List the tables of figures; each is the start of one that is brought."""
    tables = [(FILE_WORDS[path], FIGURE_FILES[path].name) for path in FILE_WORDS]
    return render("importers/show_tables.html", desk=DESK, tables=tables)


@importers.get("/staff/figures/tables/<name>.csv")
@needs(Permission.CONTENT_READ)
def download_table(name: str) -> ResponseReturnValue:
    """Give a table as it is now, as it is brought.

    :raise NotFound: there is no such table
    """
    path = next((path for path, file in FIGURE_FILES.items() if file.name == name), None)
    if path is None:
        raise NotFound
    text = current_text(db.session(), current_app.config["DATA_DIR"], path)
    # Spreadsheets know by the mark that it is UTF-8.
    answer = Response(f"\ufeff{text}", mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


@importers.get("/staff/figures/<row:upload_id>/<row:number>")
@needs(Permission.CONTENT_READ)
def show_figures(upload_id: int, number: int) -> ResponseReturnValue:
    """Show what a revision of an upload would change, row by row; nothing of it is kept.

    :raise NotFound: there is no such upload or revision
    """
    begin_again()
    session = db.session()
    upload = session.get(FigureUpload, upload_id)
    if upload is None:
        raise NotFound
    fields = get_revision(session, upload, number).fields
    path = str(fields["path"])
    trial = try_figures(session, path, str(fields["content"]), at=real_now())
    newest = newest_day(session, upload)
    return render(
        "importers/show_figures.html",
        desk=DESK,
        upload=upload,
        number=number,
        title=(fields["title"], fields["title_en"]),
        preview=preview_of(session, path, trial),
        later=newest if newest and newest.isoformat() > str(fields["as_of"]) else None,
        outcome_words=OUTCOME_WORDS,
        most=MOST_SHOWN,
    )
