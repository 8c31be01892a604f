"""Error pages: every error becomes a page in the reader's language that says what to do next."""

import structlog
from flask import Flask, Response, current_app, make_response, request
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from portal.core.errors import PortalError
from portal.core.kept import READ_VERSION
from portal.core.templates import render
from portal.core.versions import SITE, versions_of
from portal.extensions import db

#: Statuses with a page of their own; any other error below 500 gets the page of 400.
PAGES = frozenset((400, 403, 404, 409, 410, 413, 429, 500, 503))
#: Pages that touch nothing, neither the database nor the translations.
PLAIN = frozenset((500, 503))
RETRY_AFTER_SECONDS = "60"


def init_app(app: Flask) -> None:
    """Let every error end as a page."""
    app.register_error_handler(PortalError, show_portal_error)
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(OperationalError, show_database_error)
    app.register_error_handler(Exception, show_failure)


def show_portal_error(error: PortalError) -> Response:
    """Show an error that a view, query or service raised."""
    return _error_page(error.status, error.sentence)


def show_http_error(error: HTTPException) -> Response:
    """Show an error of the framework, such as an address without a page."""
    if error.response is not None:
        return make_response(error.response)
    response = _error_page(error.code or 500)
    if error.code and error.code < 500 and "Allow" in (headers := dict(error.get_headers())):
        response.headers["Allow"] = headers["Allow"]
    if error.code and 300 <= error.code < 400:
        return make_response(error.get_response())
    return response


def show_database_error(_error: OperationalError) -> Response:
    """Say that the database does not answer; the reader may come back in a minute."""
    structlog.get_logger().exception("database")
    return _error_page(503)


def show_failure(_error: Exception) -> Response:
    """Say that something went wrong here; nothing of it is told but the request's number."""
    structlog.get_logger().exception("failure")
    return _error_page(500)


def _error_page(status: int, sentence: str = "") -> Response:
    """Return the page of a status; when even that fails, the plain one."""
    page = status if status in PAGES else (400 if status < 500 else 500)
    request.environ.pop("portal.page", None)
    if page in PLAIN:
        return _plain_page(page, status)
    try:
        db.session.rollback()
        request.environ[READ_VERSION] = versions_of(db.session(), (SITE,))[SITE]
        body = render(f"errors/{page}.html", status=status, sentence=sentence)
    except Exception:
        structlog.get_logger().exception("error page")
        return _plain_page(500, 500)
    return _with_headers(body, status)


def _plain_page(page: int, status: int) -> Response:
    """Return a page that needs neither context nor database."""
    template = current_app.jinja_env.get_template(f"errors/{page}.html")
    request_id = request.environ.get("portal.request_id", "")
    return _with_headers(template.render(request_id=request_id), status)


def _with_headers(body: str, status: int) -> Response:
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response
