"""Passkeys in a real browser, with an authenticator that Chromium plays."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from portal.accounts.rules import Role
from portal.core.clock import real_now
from tests.accounts.staff import PASSWORD, current_code, make_account
from tests.browser.conftest import Quiet
from tests.support.prepared import copy_app

pytestmark = pytest.mark.browser

#: A device that verifies its owner and keeps passkeys, as phones and computers do.
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class Office:
    """A running site with somebody on its staff."""

    app: Flask
    address: str
    email: str


@pytest.fixture
def office(filled_dirs: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    """Give a running site that knows its own address."""
    app = copy_app(filled_dirs["hanbit"], tmp_path / "instance")
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    app.config["SITE_URL"] = f"http://localhost:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Office(app, app.config["SITE_URL"], make_account(app, Role.EDITOR))
    server.shutdown()


def give_device(context: BrowserContext, page: Page) -> None:
    """Let the browser have an authenticator."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in(page: Page, office: Office) -> None:
    """Sign in with password and code."""
    page.goto(f"{office.address}/en/staff/sign-in")
    page.get_by_label("E-mail address").fill(office.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Six-digit code").fill(current_code(office.app, office.email))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/en/staff/")


def add_passkey(page: Page, office: Office) -> None:
    """Add a passkey with the code that comes next; the one of now is used."""
    page.goto(f"{office.address}/en/staff/account/passkeys/new")
    page.get_by_label("Name of the passkey").fill("office computer")
    next_code = current_code(office.app, office.email, real_now() + timedelta(seconds=30))
    page.get_by_label("Six-digit code").fill(next_code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make the passkey").click()
    # The address of the page before ends the same way, so the address alone does not tell.
    expect(page.get_by_role("heading", name="My account", level=1)).to_be_visible()


def test_a_passkey_is_made_and_signs_in_alone_and_instead_of_the_code(
    context: BrowserContext, page: Page, office: Office
) -> None:
    give_device(context, page)
    sign_in(page, office)
    add_passkey(page, office)
    assert page.get_by_role("link", name="office computer").is_visible()
    context.clear_cookies()

    page.goto(f"{office.address}/en/staff/sign-in?next=/en/staff/account")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="My account", level=1)).to_be_visible()
    context.clear_cookies()

    page.goto(f"{office.address}/en/staff/sign-in")
    page.get_by_label("E-mail address").fill(office.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url("**/en/staff/")


def test_a_browser_without_a_passkey_is_told_to_try_again(
    context: BrowserContext, page: Page, office: Office
) -> None:
    give_device(context, page)
    page.goto(f"{office.address}/en/staff/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("The passkey did not answer. Try again.").wait_for()


def test_without_script_the_page_says_what_passkeys_need(browser: Browser, office: Office) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{office.address}/en/staff/sign-in")
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    assert page.get_by_text("Passkeys need a browser that knows them").is_visible()
    assert page.get_by_role("button", name="Go on").is_visible()
    context.close()
