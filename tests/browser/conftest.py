"""A real browser and real servers for both councils."""

import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from flask import Flask, abort
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sqlalchemy import select
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from portal.config import ROOT
from portal.core import clock
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.importers.ordinance_versions import save_ordinance_texts
from portal.places.rules import Terms
from portal.places.services import create_pool
from portal.search.choice import search_engine
from portal.search.indexing import drain
from tests.browser.addresses import HANBIT, OPEN_HEARING, SEOUL
from tests.browser.visit import Visit
from tests.support.prepared import copy_app

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Long, because a machine that is busy with other things is slow and not wrong.
TIMEOUT_MILLISECONDS = 60_000
#: Monday noon in Korea: offices are open. So far ahead that pages made now may be kept.
NOON = datetime(2099, 1, 5, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be noon, because pages say whether an office is open."""
    monkeypatch.setattr(clock, "real_now", lambda: NOON)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give Chromium; skip where there is none."""
    paths = [path for name in CHROMIUM_NAMES if (path := shutil.which(name))]
    if not paths:
        pytest.skip("Chromium is not on this machine: apt install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=paths[0], args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


class Quiet(WSGIRequestHandler):
    """Handles requests without writing about them."""

    def log_request(self, *_arguments: object) -> None:
        """Write nothing; the portal's own log does."""


@pytest.fixture(scope="session")
def sites(
    filled_dirs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Give the address of a running server for each council."""
    servers = {
        council: _serve(filled_dirs[council], tmp_path_factory.mktemp(council) / "instance")
        for council in ("seoul", "hanbit")
    }
    yield {name: f"http://127.0.0.1:{server.server_port}" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()


def _serve(template: Path, folder: Path) -> BaseWSGIServer:
    """Serve a copy of a filled instance with its whole chain: page cache, compression, headers."""
    app = copy_app(template, folder, PAGE_CACHE_BYTES=20_000_000, DEMO=True)
    _add_failures(app)
    with app.app_context():
        _bring_texts()
        _open_sign_up()
        drain(search_engine())
    return serve(app)


def _bring_texts() -> None:
    """Import the two versions of an ordinance, as an operator does."""
    for folder in sorted((ROOT / "tests" / "importers" / "ordinances").iterdir()):
        begin_write()
        save_ordinance_texts(db.session(), folder)
        db.session.commit()


def _open_sign_up() -> None:
    """Open sign-up and opinions for a hearing, so that its panel and form are looked at."""
    begin_write()
    now, session = clock.business_now(), db.session()
    hearing = session.scalar(select(Hearing).where(Hearing.slug == OPEN_HEARING))
    if hearing is not None:
        since, until = now - timedelta(days=1), now + timedelta(days=8)
        hearing.sign_up_opens_at, hearing.sign_up_closes_at = since, until
        hearing.opinions_open_at, hearing.opinions_close_at = since, until
        hearing.room_pool_id = create_pool(session, Terms(60)).id
        hearing.online_pool_id = create_pool(session, Terms(None)).id
    session.commit()


def serve(app: Flask) -> BaseWSGIServer:
    """Serve an application from a thread, on a port that is free."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _add_failures(app: Flask) -> None:
    @app.get("/fails/<int:status>")
    def fail(status: int) -> NoReturn:
        abort(status)


def new_context(browser: Browser) -> BrowserContext:
    """Return a browser without history, as wide as a desk's."""
    made = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    made.set_default_timeout(TIMEOUT_MILLISECONDS)
    return made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser without history, as wide as a desk's."""
    made = new_context(browser)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give an empty page."""
    made = context.new_page()
    yield made
    made.close()


@pytest.fixture
def visit(page: Page, sites: dict[str, str]) -> Visit:
    """Give a page that notes what goes wrong in it."""
    return Visit(page, sites)


@pytest.fixture(params=["ko", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Give each language in turn."""
    return str(request.param)


@pytest.fixture(params=[*SEOUL, *HANBIT])
def kind(request: pytest.FixtureRequest) -> str:
    """Give each kind of page in turn."""
    return str(request.param)


@pytest.fixture
def visit_without_script(browser: Browser, sites: dict[str, str]) -> Iterator[Visit]:
    """Give a page in a browser whose scripts are switched off."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    yield Visit(context.new_page(), sites)
    context.close()
