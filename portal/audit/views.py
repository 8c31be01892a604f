"""The auditor's pages: the trail with filters, and the same as a file."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from itertools import islice

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from portal.audit import queries
from portal.audit.pages import LineRow, Wanted
from portal.audit.services import note_export
from portal.audit.wording import filter_choices, say_lines
from portal.core.actors import current_actor
from portal.core.addresses import url_for
from portal.core.errors import BadAddress
from portal.core.params import read_day, read_number
from portal.core.permissions import needs
from portal.core.spreadsheets import csv_response
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db

audit = Blueprint("audit", __name__, url_prefix="/staff")

READ = "audit.read"
#: A file from the page holds so many lines at most; the command writes any number.
MOST_EXPORTED = 50_000
_LARGEST = 10**9 - 1
_DAYS = ("first", "last")
_WORDS = ("actor", "deed", "kind", "row_id")


@audit.get("/audit")
@needs(READ)
def show_lines() -> ResponseReturnValue:
    """Show the newest lines that fit the filters, a page at a time.

    A day that is none is told at its field, and narrows nothing.
    """
    args, errors = request.args.to_dict(), {}
    for name in _DAYS:
        try:
            _day(args.get(name))
        except BadAddress as error:
            errors[name] = error.sentence
    wanted = _wanted({name: text for name, text in args.items() if name not in errors})
    below = read_number(request.args.get("below"), 0, least=1, most=_LARGEST) or None
    rows = queries.lines_for_auditors(db.session(), wanted, below=below)
    is_full = len(rows) == queries.LINES_A_PAGE
    page = render(
        "audit/show_lines.html",
        wanted=wanted,
        errors=errors,
        typed={name: args.get(name, "")[:80] for name in _DAYS},
        rows=say_lines(rows),
        choices=filter_choices(db.session(), wanted),
        older=_address("audit.show_lines", wanted, below=rows[-1].number) if is_full else None,
        file=_address("audit.download_lines", wanted),
        most_exported=MOST_EXPORTED,
    )
    return page, BadAddress.status if errors else 200


@audit.get("/audit.csv")
@needs(READ)
@commits
def download_lines() -> ResponseReturnValue:
    """Give the lines that fit the filters as a file; that it was taken is a line itself."""
    wanted, actor = _wanted(request.args), current_actor()
    begin_again()
    note_export(db.session(), actor=actor, wanted=wanted)
    lines = islice(queries.lines_for_export(db.session(), wanted), MOST_EXPORTED)
    response: Response = csv_response(
        "audit.csv",
        [field.name for field in fields(LineRow)],
        [line.cells() for line in lines],
        with_mark=True,
    )
    return response


def _wanted(args: Mapping[str, str]) -> Wanted:
    """Return what the query narrows the trail to.

    :raise BadAddress: a day is none
    """
    words = {name: args.get(name, "").strip()[:80] for name in _WORDS}
    return Wanted(_day(args.get("first")), _day(args.get("last")), **words)


def _day(text: str | None) -> date | None:
    return read_day(text, date.min) if text else None


def _address(endpoint: str, wanted: Wanted, **more: object) -> str:
    """Return the address of a page with the same filters."""
    words = {name: getattr(wanted, name) or None for name in _WORDS}
    days = {
        "first": wanted.first_on.isoformat() if wanted.first_on else None,
        "last": wanted.last_on.isoformat() if wanted.last_on else None,
    }
    return url_for(endpoint, **days, **words, **more)


blueprints = (audit,)
