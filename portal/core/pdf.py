"""PDFs of print pages, where this machine can make them; where it can't, nothing fails.

Each PDF has a print page that is enough by itself: ``/x/print`` shows HTML on
``layouts/print.html``, ``/x.pdf`` the same HTML as PDF. A machine without the system libraries
or a Korean font leads from ``/x.pdf`` to ``/x/print``, and the print page shows no link to it.
"""

import functools
import importlib
import io
import warnings
from contextlib import redirect_stdout
from types import ModuleType

import structlog
from flask import Flask, Response, current_app, make_response, redirect
from flask_babel import gettext as _

from portal.core.errors import Conflict
from portal.core.file_names import name_download

#: What Debian and Ubuntu call what is needed beside Python.
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"


class NoPdf(Conflict):
    """This machine can't make PDFs."""


def init_app(app: Flask) -> None:
    """Let print pages ask whether there is a PDF of them."""
    app.jinja_env.globals["is_pdf_possible"] = is_pdf_possible


def is_pdf_possible() -> bool:
    """Say whether this machine can make PDFs; it is tried once in each process."""
    return _engine() is not None


def make_pdf(html: str) -> bytes:
    """Return a page as tagged PDF (PDF/UA), with the title and language that the page names.

    Some hundred rows take seconds and may be made while a reader waits; what is longer belongs
    to the worker. Only static files of the site are read; what else the page names is left out.

    :param html: a whole page on ``layouts/print.html``
    :raise NoPdf: this machine can't; ask ``is_pdf_possible`` before
    """
    engine = _engine()
    if engine is None:
        raise NoPdf(_("This site can’t make PDFs. Print the page from your browser."))
    site_url = current_app.config["SITE_URL"]
    addresses = current_app.extensions["portal_static"]
    files = engine.StaticFiles(site_url, addresses, current_app.config["STATIC_BUILD_DIR"])
    made: bytes = engine.write(html, files=files, base_url=f"{site_url}/")
    return made


def pdf_or_print(html: str, print_address: str, filename: str) -> Response:
    """Return a page as a PDF to download, or lead to its print page where that is not possible.

    :param print_address: path of the print page
    :param filename: with its ending, in any language
    """
    if not is_pdf_possible():
        return make_response(redirect(print_address, 303))
    response = Response(make_pdf(html), mimetype="application/pdf")
    response.headers["Content-Disposition"] = name_download(filename, plain="document.pdf")
    return response


@functools.cache
def _engine() -> ModuleType | None:
    """Return what makes PDFs, None where something is missing; that is logged once."""
    try:
        engine = _import_engine()
        reason = "" if engine.can_write_korean() else "no Korean font"
    except (ImportError, OSError, AttributeError, UserWarning) as error:
        # A library that is too old lacks a function.
        reason = f"{type(error).__name__}: {error}"
    if reason:
        structlog.get_logger("pdf").warning("not possible", reason=reason, install=PACKAGES)
        return None
    return engine


def _import_engine() -> ModuleType:
    """Import what makes PDFs.

    :raise UserWarning: the machine has no font at all
    """
    # Where a library is missing, WeasyPrint prints a page of advice; where there is no font it
    # only warns, and Pango would take the whole process down at the first letter.
    with redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.filterwarnings("error", message=".*FontConfig", category=UserWarning)
        return importlib.import_module("portal.core.pdf_engine")
