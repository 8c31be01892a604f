"""Builds the chain of layers in front of Flask."""

from collections.abc import Callable, Mapping
from pathlib import Path
from wsgiref.types import WSGIApplication

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.core.files.limits import reader_forms
from portal.core.front.cache import PageCache
from portal.core.front.freshness import Versions
from portal.core.front.gate import Gate
from portal.core.front.headers import AnswerHeaders
from portal.core.front.hosts import HostCheck
from portal.core.front.journal import Desk, Journal
from portal.core.front.kept import KeptPages
from portal.core.front.language import LanguagePrefix
from portal.core.front.lines import REQUEST_LOG
from portal.core.front.metrics import Metrics, MetricsPage
from portal.core.front.shared import SharedPages, connect, release_digest
from portal.core.front.shelf import Shelf
from portal.core.front.static import STATIC_ADDRESSES, StaticFiles, build_static
from portal.core.versions import read_versions
from portal.extensions import db

ReadVersions = Callable[[], Mapping[str, int]]

# Settings that show in pages; nodes that differ in one of them do not share pages.
_SHOWN = (
    "SQLALCHEMY_DATABASE_URI",
    "SITE_URL",
    "CLOCK",
    "TIME_ZONE",
    "DEMO",
    "HTTPS",
    "DATA_LICENCE",
)


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
    kept = None
    if config["PAGE_CACHE_BYTES"]:
        kept = _kept_pages(app, headers, metrics, versions or _from_database(app))
        inner = PageCache(inner, kept, _shared_pages(app))
    inner = LanguagePrefix(inner)
    inner = StaticFiles(inner, config["STATIC_DIR"], config["STATIC_BUILD_DIR"], addresses)
    inner = MetricsPage(inner, metrics, config["METRICS_TOKEN"] or None, REQUEST_LOG.flush)
    most_of_staff = config["MAX_BODY_BYTES"] + config["MAX_FILE_BYTES"]
    inner = Gate(inner, config["MAX_BODY_BYTES"], most_of_staff, reader_forms(app))
    inner = Journal(inner, _desk(app, headers, metrics, kept))
    app.wsgi_app = _outermost(app, inner, headers)  # type: ignore[assignment,method-assign]
    # The chain has checked the host. Flask's own check would refuse IPv6 addresses.
    config["TRUSTED_HOSTS"] = None


def _static_addresses(app: Flask) -> Mapping[str, str]:
    """Return the addresses of static files; they are built here unless that was done before."""
    if STATIC_ADDRESSES not in app.extensions:
        built = build_static(app.config["STATIC_DIR"], app.config["STATIC_BUILD_DIR"])
        app.extensions[STATIC_ADDRESSES] = built
    addresses: Mapping[str, str] = app.extensions[STATIC_ADDRESSES]
    return addresses


def _desk(app: Flask, headers: AnswerHeaders, metrics: Metrics, kept: KeptPages | None) -> Desk:
    """Return what the journal works with; it logs requests when the least level allows it."""
    return Desk(
        headers=headers,
        metrics=metrics,
        take=REQUEST_LOG.take_at_once if app.testing else REQUEST_LOG.take,
        kept=kept,
        is_logging=app.config.get("LOG_LEVEL", "INFO").upper() in ("DEBUG", "INFO"),
        propagate=app.testing,
    )


def _outermost(app: Flask, inner: WSGIApplication, headers: AnswerHeaders) -> WSGIApplication:
    """Return the outermost layers: trusted proxies are believed, others are not."""
    hosts, proxies = app.config["TRUSTED_HOSTS"], app.config["PROXIES"]
    if proxies:
        checked = HostCheck(inner, hosts, headers)
        return ProxyFix(checked, x_for=proxies, x_proto=proxies, x_host=proxies)
    return HostCheck(inner, hosts, headers, scheme="https" if app.config["HTTPS"] else "http")


def _kept_pages(
    app: Flask, headers: AnswerHeaders, metrics: Metrics, read: ReadVersions
) -> KeptPages:
    """Return the pages this process keeps."""
    shelf = Shelf(app.config["PAGE_CACHE_BYTES"])
    versions = Versions(read, on_fall=shelf.clear)
    return KeptPages(shelf=shelf, versions=versions, headers=headers, metrics=metrics)


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
