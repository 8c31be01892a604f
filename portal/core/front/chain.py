"""Builds the chain of layers in front of Flask."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.core.front.cache import PageCache
from portal.core.front.freshness import Versions
from portal.core.front.gate import Gate
from portal.core.front.headers import AnswerHeaders
from portal.core.front.hosts import HostCheck
from portal.core.front.journal import Journal, write_line
from portal.core.front.language import LanguagePrefix
from portal.core.front.metrics import Metrics, MetricsPage
from portal.core.front.shared import SharedPages, connect, release_digest
from portal.core.front.shelf import Shelf
from portal.core.front.static import STATIC_ADDRESSES, StaticFiles, build_static
from portal.core.versions import read_versions
from portal.extensions import db

ReadVersions = Callable[[], Mapping[str, int]]

# Settings that show in pages; nodes that differ in one of them do not share pages.
_SHOWN = ("SQLALCHEMY_DATABASE_URI", "SITE_URL", "CLOCK", "TIME_ZONE", "DEMO", "HTTPS")


def wrap(app: Flask, *, versions: ReadVersions | None = None) -> None:
    """Put the chain in front of an application and bring its static files up to date.

    :param versions: gives the content versions; by default they are read from the database
    :raise ValueError: a static file names another one that is not there
    """
    config = app.config
    headers = AnswerHeaders(https=config["HTTPS"])
    metrics = Metrics()
    addresses = _static_addresses(app)
    inner: WSGIApplication = app.wsgi_app
    if config["PAGE_CACHE_BYTES"]:
        inner = _page_cache(app, headers, metrics, versions or _from_database(app))
    inner = LanguagePrefix(inner)
    inner = StaticFiles(inner, config["STATIC_DIR"], config["STATIC_BUILD_DIR"], addresses)
    inner = MetricsPage(inner, metrics, config["METRICS_TOKEN"] or None)
    inner = Gate(inner, config["MAX_BODY_BYTES"])
    inner = _journal(app, inner, headers, metrics)
    inner = HostCheck(inner, config["TRUSTED_HOSTS"], headers)
    app.wsgi_app = _outermost(app, inner)  # type: ignore[assignment,method-assign]
    # The chain has checked the host. Flask's own check would refuse IPv6 addresses.
    config["TRUSTED_HOSTS"] = None


def _static_addresses(app: Flask) -> Mapping[str, str]:
    """Return the addresses of static files; they are built here unless that was done before."""
    if STATIC_ADDRESSES not in app.extensions:
        built = build_static(app.config["STATIC_DIR"], app.config["STATIC_BUILD_DIR"])
        app.extensions[STATIC_ADDRESSES] = built
    addresses: Mapping[str, str] = app.extensions[STATIC_ADDRESSES]
    return addresses


def _journal(
    app: Flask, inner: WSGIApplication, headers: AnswerHeaders, metrics: Metrics
) -> Journal:
    """Return the journal; it logs requests when the least level allows it."""
    is_logging = app.config.get("LOG_LEVEL", "INFO") in ("DEBUG", "INFO")
    write = write_line if is_logging else None
    return Journal(inner, headers=headers, metrics=metrics, write=write, propagate=app.testing)


def _outermost(app: Flask, inner: WSGIApplication) -> WSGIApplication:
    """Return the outermost layer: trusted proxies are believed, others are not.

    Servers derive the scheme from a header that anybody can send, so without a trusted proxy the
    setting says it.
    """
    proxies = app.config["PROXIES"]
    if proxies:
        return ProxyFix(inner, x_for=proxies, x_proto=proxies, x_host=proxies)
    return FixedScheme(inner, "https" if app.config["HTTPS"] else "http")


class FixedScheme:
    """Sets the scheme of every request to the one of the public address."""

    def __init__(self, app: WSGIApplication, scheme: str) -> None:
        """Stand before ``app``."""
        self._app = app
        self._scheme = scheme

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass on every request."""
        environ["wsgi.url_scheme"] = self._scheme
        return self._app(environ, start_response)


def _page_cache(
    app: Flask, headers: AnswerHeaders, metrics: Metrics, read: ReadVersions
) -> PageCache:
    """Return the page cache around Flask."""
    shelf = Shelf(app.config["PAGE_CACHE_BYTES"])
    return PageCache(
        app.wsgi_app,
        shelf=shelf,
        versions=Versions(read, on_fall=shelf.clear),
        headers=headers,
        metrics=metrics,
        shared=_shared_pages(app),
    )


def _shared_pages(app: Flask) -> SharedPages | None:
    """Return the cache shared by several nodes when one is set."""
    url = app.config["REDIS_URL"]
    if not url:
        return None
    return connect(url, _release(app))


def _release(app: Flask) -> str:
    """Return a digest of what this node's pages are made of."""
    folders = (
        Path(__file__).resolve().parents[2],
        Path(app.root_path, app.template_folder or "templates"),
        Path(app.config.get("BABEL_TRANSLATION_DIRECTORIES", "translations")),
    )
    shown = [app.config.get(name) for name in _SHOWN]
    return release_digest(folders, [*shown, app.extensions[STATIC_ADDRESSES]])


def _from_database(app: Flask) -> ReadVersions:
    """Return what reads the content versions from the application's database."""

    def read() -> Mapping[str, int]:
        with app.app_context():
            return read_versions(db.engine)

    return read
