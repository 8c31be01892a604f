"""The preview: a row's public page as it will be, made by the view that citizens will meet."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Response, current_app, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.rules import Permission
from portal.core.clock import business_now, today
from portal.core.errors import NotFound
from portal.core.front.headers import CONTENT_SECURITY_POLICY
from portal.core.kept import READ_VERSION
from portal.core.permissions import needs
from portal.core.templates import render
from portal.extensions import db
from portal.moderation import queries
from portal.moderation.rules import PublicationState
from portal.moderation.views.blueprint import Work, get_work, get_work_to_write, moderation

#: Widths in pixels at which the public page is shown.
PHONE, DESKTOP = 360, 1280


@moderation.get("/staff/content/<kind>/<row:row_id>/preview/<row:number>")
@needs(Permission.CONTENT_READ)
def show_preview(kind: str, row_id: int, number: int) -> ResponseReturnValue:
    """Show a revision as its public page, at the width of a phone and of a desk.

    A kind whose rows have no public page leads to a page of its own.
    """
    work = get_work(kind, row_id)
    queries.get_revision(db.session(), work.row, number)
    if work.desk.preview is not None:
        endpoint, values = work.desk.preview(work.row, number)
        return redirect(url_for(endpoint, **values))  # type: ignore[arg-type]
    width = PHONE if request.args.get("width") == "phone" else DESKTOP
    page = make_response(
        render("moderation/show_preview.html", work=work, number=number, width=width)
    )
    # The frame holds a page of this site, and nothing else.
    page.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return page


@moderation.get("/staff/content/<kind>/<row:row_id>/page/<row:number>")
@needs(Permission.CONTENT_READ)
def show_page(kind: str, row_id: int, number: int) -> ResponseReturnValue:
    """Give the public page that a revision would make; nothing of it is kept.

    :raise NotFound: the kind has no pages of its own
    """
    work = get_work_to_write(kind, row_id)
    with _as_if_public(work, number):
        address = work.desk.page(work.row)
        if address is None:
            raise NotFound
        endpoint, values = address
        view = current_app.view_functions[endpoint]
        # The view itself, without the page cache's part of it.
        plain_view = current_app.ensure_sync(getattr(view, "__wrapped__", view))
        page = make_response(plain_view(**values))
    return _in_frame(page)


@contextmanager
def _as_if_public(work: Work, number: int) -> Iterator[None]:
    """Let a row be public with a revision's values until the page is made; then undo it."""
    row, revision = work.row, queries.get_revision(db.session(), work.row, number)
    before = row.kept_values() if row.is_public and number > row.shown_revision else None
    # What was kept of the public rows would not know of this one.
    request.environ.pop(READ_VERSION, None)
    try:
        row.take_values(revision.fields)
        if before is not None:
            said = revision.note or ""
            after = before | revision.fields
            row.note_correction(before, after, reason=said, reason_en=None, on=today())
        row.state, row.withdraw_at = PublicationState.PUBLISHED, None
        row.published_at = row.published_at or business_now()
        db.session.flush()
        yield
    finally:
        db.session.rollback()


def _in_frame(page: Response) -> Response:
    """Let a page be shown in a frame of this site, and only there."""
    policy = CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    page.headers["Content-Security-Policy"] = policy
    page.headers["X-Frame-Options"] = "SAMEORIGIN"
    return page
