"""Public pages of the search: the results, their feed, suggestions while somebody types."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from time import perf_counter
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from portal.core import clock
from portal.core.addresses import url_for
from portal.core.feeds import FeedEntry, atom_feed
from portal.core.i18n import page_language, plain, write_day
from portal.core.pages import form_page
from portal.core.params import read_choice, read_day, read_number
from portal.core.templates import render
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.search.analysis import compact
from portal.search.answers import answers_to
from portal.search.choice import search_engine
from portal.search.engines import IndexMissing
from portal.search.queries import (
    Order,
    Result,
    ResultRow,
    Results,
    Wish,
    committee_names,
    look_up,
    rank,
    synonym_groups,
)
from portal.search.questions import LONGEST_QUESTION, ask, translate
from portal.search.rules import HITS_A_PAGE, MOST_HITS, DocumentKind, Narrowing
from portal.search.snippets import Marked
from portal.search.staff import search_staff
from portal.search.suggestions import suggestions_for
from portal.search.terms import COUNTER, Counter, write_quietly
from portal.search.words import kind_label

search = Blueprint("search", __name__)

#: So many results in the other language stand below the page's own.
MOST_IN_OTHER = 5
#: What somebody names outright, and how many may bear one name.
_NAMED = frozenset((DocumentKind.MEMBER, DocumentKind.COMMITTEE))
MOST_NAMED = 3
#: The parameters of a search, in the order of an address.
_PARAMETERS = ("q", "kind", "from", "to", "committee", "order", "as", "page")


@dataclass(frozen=True)
class Asked:
    """What an address asks for."""

    text: str
    wish: Wish

    def address(self, **changed: object) -> str:
        """Return the address of this search with other parameters; None takes one away."""
        values: dict[str, object] = {
            name: request.args.get(name) for name in _PARAMETERS if name != "page"
        }
        values |= {"q": self.text, **changed}
        kept = {name: values[name] for name in _PARAMETERS if values.get(name)}
        return f"{url_for('search.show_results')}?{urlencode(kept)}"


@search.get("/search")
@form_page
def show_results() -> ResponseReturnValue:
    """Show what was found for a question, the best first."""
    asked, began = _read_asked(), perf_counter()
    try:
        found = look_up(db.session(), search_engine(), asked.text, asked.wish)
        others = _in_other_language(asked, found)
    except IndexMissing:
        return render("search/show_results.html", asked=asked, found=None), 503
    page = _page(asked, found, others)
    if asked.text and asked.wish.number == 1:
        _count(asked, is_found=found.is_certain, seconds=perf_counter() - began)
    return page


def _page(asked: Asked, found: Results, others: tuple[ResultRow, ...]) -> str:
    """Return the page of results."""
    return render(
        "search/show_results.html",
        asked=asked,
        found=found,
        rows=[_shown(result) for result in found.page.rows],
        others=[_named(row) for row in others],
        answers=_answers(asked, found),
        kinds=_kind_tabs(asked, found),
        years=_year_links(asked, found),
        committees=_committee_links(asked, found),
        pages=_pages(asked, found),
        most=MOST_HITS,
    )


@search.get("/search.atom")
@form_page
def feed_results() -> ResponseReturnValue:
    """Give the newest results of a search as an Atom feed."""
    asked = _read_asked()
    wish = replace(asked.wish, order=Order.NEWEST, number=1, literally=True)
    try:
        rows = look_up(db.session(), search_engine(), asked.text, wish).page.rows
    except IndexMissing:
        return Response(status=503)
    return atom_feed(
        title=_("Search: %(text)s", text=asked.text),
        page=asked.address(),
        feed=asked.address().replace("/search?", "/search.atom?", 1),
        entries=[_entry(result) for result in rows if result.row.is_whole],
    )


@search.get("/search/suggestions.json")
@form_page
def suggest() -> Response:
    """Give titles and words that begin with what was typed so far."""
    typed = (request.args.get("q") or "")[:LONGEST_QUESTION]
    try:
        found = suggestions_for(db.session(), search_engine(), typed, page_language())
    except IndexMissing:
        found = ()
    return jsonify(
        [
            {
                "title": one.title,
                "kind": kind_label(one.kind) if one.kind else "",
                "url": f"{request.script_root}{one.address}" if one.address else "",
            }
            for one in found
        ]
    )


def _count(asked: Asked, *, is_found: bool, seconds: float) -> None:
    """Count a search, and write what this process counted when that is due."""
    counter: Counter = current_app.extensions[COUNTER]
    counter.note(asked.text, is_found=is_found, seconds=seconds)
    if counter.is_due(clock.real_now()):
        begin_again()
        write_quietly(counter, db.session(), at=clock.real_now())


def _read_asked() -> Asked:
    """Return what the address asks for.

    :raise BadAddress: a parameter has a value it can't have
    """
    args = request.args
    narrowing = Narrowing(
        language=page_language(),
        kind=read_choice(args.get("kind"), ("", *DocumentKind)) or None,
        first=read_day(args["from"], clock.today()) if args.get("from") else None,
        last=read_day(args["to"], clock.today()) if args.get("to") else None,
        committee=(args.get("committee") or "")[:80] or None,
    )
    wish = Wish(
        narrowing=narrowing,
        order=read_choice(args.get("order"), (Order.BEST, Order.NEWEST)),
        number=read_number(args.get("page"), 1, least=1, most=MOST_HITS // HITS_A_PAGE),
        literally=read_choice(args.get("as"), ("", "typed")) == "typed",
    )
    return Asked(" ".join((args.get("q") or "").split())[:LONGEST_QUESTION], wish)


def _answers(asked: Asked, found: Results) -> list[tuple[str, str]]:
    """Return title and address of the pages that the question names outright."""
    answers = answers_to(db.session(), asked.text, language=page_language(), today=clock.today())
    named = [(answer.title, answer.address) for answer in answers]
    named += [(row.title, row.address) for row in _named_things(asked, found)]
    return [(title, f"{request.script_root}{address}") for title, address in dict.fromkeys(named)]


def _named_things(asked: Asked, found: Results) -> list[ResultRow]:
    """Return the member or committee whose whole name was typed."""
    rows = (result.row for result in found.page.rows[:MOST_NAMED])
    whole = compact(asked.text)
    return [row for row in rows if row.kind in _NAMED and compact(row.title) == whole]


def _in_other_language(asked: Asked, found: Results) -> tuple[ResultRow, ...]:
    """Return what is found in the other language; English words are looked up in Korean, too."""
    if asked.wish.number > 1 or not asked.text:
        return ()
    other = "ko" if page_language() == "en" else "en"
    if other == "en" and found.is_certain:
        return ()
    groups = synonym_groups(db.session())
    text = translate(asked.text, groups) if other == "ko" else asked.text
    narrowing = replace(asked.wish.narrowing, language=other)
    ranked = rank(db.session(), search_engine(), ask(text, other, groups), narrowing)
    shown = {result.row.address for result in found.page.rows}
    return tuple(r for r in ranked.rows if r.is_whole and r.address not in shown)[:MOST_IN_OTHER]


def _shown(result: Result) -> dict[str, object]:
    """Return a result as the list of results takes it."""
    marked = {"title": _markup(result.title), "text": _markup(result.text)}
    return _named(result.row) | marked


def _named(row: ResultRow) -> dict[str, object]:
    """Return a result with its title alone."""
    return {
        "tag": kind_label(row.kind),
        "meta": write_day(row.day, page_language()) if row.day else "",
        "title": row.title,
        "url": f"{request.script_root}{row.address}",
        "lang": row.language if row.language != page_language() else None,
        "is_whole": row.is_whole,
    }


def _markup(pieces: Marked) -> Markup:
    """Return a text with its marks; everything in it is escaped."""
    return Markup("").join(
        Markup("<mark>{}</mark>").format(piece.text) if piece.is_marked else piece.text
        for piece in pieces
    )


def _kind_tabs(asked: Asked, found: Results) -> list[dict[str, object]]:
    """Return the tabs of kinds with their counts, first that of all."""
    chosen = asked.wish.narrowing.kind
    every = {
        "label": _("All"),
        "url": asked.address(kind=None),
        "is_current": not chosen,
        "count": sum(found.kinds.values()),
    }
    return [every] + [
        {
            "label": kind_label(kind),
            "url": asked.address(kind=kind.value),
            "is_current": kind == chosen,
            "count": count,
        }
        for kind, count in found.kinds.items()
    ]


def _year_links(asked: Asked, found: Results) -> list[tuple[str, str, int]]:
    """Return label, address and count of each year that results are of."""
    return [
        (str(year), asked.address(**{"from": f"{year}-01-01", "to": f"{year}-12-31"}), count)
        for year, count in found.years.items()
        if year
    ]


def _committee_links(asked: Asked, found: Results) -> list[tuple[str, str, int]]:
    """Return label, address and count of each committee that results belong to."""
    if not found.committees:
        return []
    return [
        (plain(name, english), asked.address(committee=slug), found.committees[slug])
        for slug, name, english in committee_names(db.session())
        if found.committees.get(slug)
    ]


def _pages(asked: Asked, found: Results) -> list[dict[str, object]]:
    """Return the pages near the current one."""
    number, last = found.page.number, found.page.pages
    near = range(max(1, number - 4), min(last, number + 4) + 1)
    return [
        {
            "number": each,
            "url": asked.address(page=each if each > 1 else None),
            "is_current": each == number,
        }
        for each in near
    ]


def _entry(result: Result) -> FeedEntry:
    row = result.row
    day = row.day or clock.today()
    return FeedEntry(
        title=row.title,
        summary="".join(piece.text for piece in result.text),
        path=f"{request.script_root}{row.address}",
        key=row.address.lstrip("/"),
        at=datetime.combine(day, time(), UTC),
        category=kind_label(row.kind),
    )


blueprints = (search, search_staff)
