"""Public pages: the same for everybody, kept whole by the page cache in front of Flask.

A page with a form is another matter: it is made for one reader and kept nowhere.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ParamSpec
from urllib.parse import quote

from flask import Flask, current_app, make_response, redirect, request
from flask.typing import ResponseReturnValue

from portal.core.clock import business_now, next_midnight, real_now, to_real
from portal.core.front.facts import ENDPOINT, PAGE, PageFacts
from portal.core.front.query import canonical_query
from portal.core.kept import IS_OVER, READ_VERSION
from portal.core.transactions import begin_read
from portal.core.versions import SITE, versions_of
from portal.extensions import db

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
Scopes = tuple[str, ...] | Callable[..., tuple[str, ...]]
#: Gives the real instant at which something public ends by itself, None when nothing does.
Horizon = Callable[[], datetime | None]

_LEFT_AS_THEY_ARE = "/:@!$&'()*+,;=~"


def remember_endpoint() -> None:
    """Note the endpoint for the log line of the request."""
    request.environ[ENDPOINT] = request.endpoint


def public_page(
    *, params: tuple[str, ...] = (), scopes: Scopes = (SITE,)
) -> Callable[[View[P]], View[P]]:
    """Make a view a public page.

    Its address is canonical: any other spelling of the query is redirected. All it reads is of
    one moment, and the page is made anew when one of its scopes is raised.

    :param params: the query's parameters, in the order of the canonical address
    :param scopes: what the page depends on, beside ``site``; or a function that takes the view's
        arguments and returns it
    :raise BadAddress: a parameter's value can't be one
    """

    def make_public(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def show_public(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            query = canonical_query(_raw_query(), params)
            if query != _raw_query():
                return redirect(_address(query), 301)
            named = scopes(*args, **kwargs) if callable(scopes) else scopes
            begin_read()
            request.environ[PAGE] = _facts(named)
            _end_at_horizon()
            return view(*args, **kwargs)

        return show_public

    return make_public


def form_page(view: View[P]) -> View[P]:
    """Make a view a public page with a form, or its receipt: never kept, no matter for an index.

    While it is only read, it takes the frame around it as public pages do; without that, strip and
    navigation alone would ask the database nine times.
    """

    @functools.wraps(view)
    def show_form(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if request.method in ("GET", "HEAD"):
            request.environ[READ_VERSION] = versions_of(db.session(), (SITE,))[SITE]
        response = make_response(view(*args, **kwargs))
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return show_form


def page_expires_at(instant: datetime) -> None:
    """Say that the page being made must be made anew at an instant, if not earlier.

    :param instant: real time, aware; a business time passes through ``clock.to_real`` first
    :raise ValueError: the time has no zone
    """
    if instant.tzinfo is None:
        raise ValueError("A page ends at an aware time")
    facts: PageFacts | None = request.environ.get(PAGE)
    if facts is not None and instant < facts.fresh_until:
        request.environ[PAGE] = replace(facts, fresh_until=instant)


def page_depends_on(*scopes: str) -> None:
    """Say on which further scopes the page being made depends, when only its rows tell.

    What hangs on them is read afterwards.

    :param scopes: names as ``versions`` knows them
    """
    facts: PageFacts | None = request.environ.get(PAGE)
    if facts is not None and scopes:
        versions = {**facts.versions, **versions_of(db.session(), scopes)}
        request.environ[PAGE] = replace(facts, versions=versions)


def end_page_at(*instants: datetime | None) -> None:
    """Let the page being made end at the first of some business times that lies ahead, if any."""
    now = business_now()
    for instant in instants:
        if instant is not None and instant > now:
            page_expires_at(to_real(instant))


def register_horizon(app: Flask, horizon: Horizon) -> None:
    """Say who knows when something public ends by itself; no page is kept beyond that.

    Several may know; the earliest end counts.
    """
    app.extensions.setdefault("portal_horizons", []).append(horizon)


def _end_at_horizon() -> None:
    """End the page where something public ends; keep nothing once that has passed."""
    horizons: Sequence[Horizon] = current_app.extensions.get("portal_horizons", ())
    ends = [end for horizon in horizons if (end := horizon()) is not None]
    if not ends:
        return
    instant = min(ends)
    page_expires_at(instant)
    if instant <= real_now():
        request.environ[IS_OVER] = True


def _facts(scopes: tuple[str, ...]) -> PageFacts:
    """Return what the page depends on; versions are read before the page's rows."""
    every = tuple(dict.fromkeys((SITE, *scopes)))
    versions: Mapping[str, int] = versions_of(db.session(), every)
    return PageFacts(versions, next_midnight(), request.endpoint or "-")


def _raw_query() -> str:
    """Return the query as the browser sent it."""
    raw: str = request.environ.get("QUERY_STRING", "")
    return raw


def _address(query: str) -> str:
    """Return the address of the current page with another query."""
    path = f"{request.environ['SCRIPT_NAME']}{request.environ['PATH_INFO']}"
    # One slash at the beginning: two would name another host.
    address = "/" + quote(path.encode("latin-1"), safe=_LEFT_AS_THEY_ARE).lstrip("/")
    return f"{address}?{query}" if query else address
