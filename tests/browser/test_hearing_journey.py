"""From a full room to a seat, a ticket and an answered opinion: real browser, real mail server."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from icalendar import Calendar
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.accounts.rules import Role
from portal.core.front.freshness import OLDEST_SECONDS
from portal.core.qr import qr_png
from portal.hearings.tasks import keep_line
from portal.notifications.delivery import deliver_due
from tests.accounts.staff import make_account, sign_in
from tests.browser.conftest import TIMEOUT_MILLISECONDS, serve
from tests.browser.test_every_page import ALL_RULES, at_width, violations
from tests.browser.test_keyboard import press_until
from tests.browser.visit import focused_text, sideways_pixels
from tests.hearings.opened import SLUG, TITLE, letters_of, open_hearing, take_part
from tests.hearings.opinions import TEXT, the_opinion
from tests.notifications.outbox import Sink, mail_server, read_letter
from tests.support.prepared import copy_app

pytestmark = pytest.mark.browser

HEARING = f"/hearings/{SLUG}"
FIRST, SECOND, EARLIER = "park@example.kr", "choi@example.kr", "early@example.kr"
NAME, ANSWER = "박하늘", "내년 3월까지 정류장 열 곳에 그늘막을 놓습니다."
#: The button that goes on, of a form's visible ones; Enter in a field presses the same.
GO_ON = "main form button.button-main"


@dataclass
class Town:
    """A portal of its own with a hearing, its mail server, and people before their browsers.

    :ivar faults: what was wrong with the pages that were looked at
    """

    app: Flask
    address: str
    sink: Sink
    browser: Browser
    hearing: int = 0
    contexts: list[BrowserContext] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def person(self, **settings: bool) -> Page:
        """Give somebody a browser without history."""
        context = self.browser.new_context(reduced_motion="reduce", **settings)
        context.set_default_timeout(TIMEOUT_MILLISECONDS)
        self.contexts.append(context)
        return context.new_page()

    def staff(self, role: Role) -> Page:
        """Give a browser in which somebody of the staff is signed in."""
        page = self.person()
        client = sign_in(self.app, make_account(self.app, role))
        cookie = client.get_cookie(self.app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])
        return page

    def work(self) -> None:
        """Do what the worker does each minute, letters on both sides of the line's turn."""
        with self.app.app_context():
            deliver_due()
            keep_line()
            deliver_due()

    def letter(self, to: str) -> EmailMessage:
        """Let the worker work, and return the newest letter that reached somebody."""
        self.work()
        letters = [read_letter(raw) for raw in self.sink.letters]
        return [letter for letter in letters if letter["To"] == to][-1]

    def look(self, page: Page) -> None:
        """Look at a page as every other page is looked at."""
        found = violations(page, ALL_RULES)
        width = page.viewport_size["width"] if page.viewport_size else 1280
        at_width(page, 360)
        if (pixels := sideways_pixels(page)) > 0:
            found.append(f"{pixels} px scroll sideways")
        at_width(page, width)
        self.faults += [f"{page.url}: {fault}" for fault in found]


@pytest.fixture
def town(browser: Browser, filled_dirs: dict[str, Path], tmp_path: Path) -> Iterator[Town]:
    """Give a portal whose hearing has five places, three of them given out."""
    with mail_server() as (sink, port):
        app = copy_app(
            filled_dirs["seoul"],
            tmp_path / "instance",
            PAGE_CACHE_BYTES=20_000_000,
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=port,
            SMTP_TLS="none",
        )
        server = serve(app)
        app.config["SITE_URL"] = f"http://127.0.0.1:{server.server_port}"
        made = Town(app, app.config["SITE_URL"], sink, browser, open_hearing(app, places=5))
        take_part(app, made.hearing, 3, EARLIER, keep=True)
        yield made
        for context in made.contexts:
            context.close()
        server.shutdown()


def link_in(letter: EmailMessage, part: str = "/hearings/my/") -> str:
    """Return the first address in a letter's words that has a part."""
    body = letter.get_body(("plain",))
    assert body is not None
    (link, *_more) = [a for a in re.findall(r"https?://\S+", body.get_content()) if part in a]
    return str(link)


def enter(page: Page, selector: str = GO_ON) -> None:
    """Go to a button or link by Tab alone, press Enter and wait for the page it leads to."""
    press_until(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, selector: str, words: str) -> None:
    """Go to a field by Tab alone and type."""
    press_until(page, selector)
    page.keyboard.type(words)


def make_mistake(town: Town, page: Page) -> None:
    """Go on without answers, and see that the fault is told where the focus is."""
    enter(page)
    page.wait_for_selector("[data-error-summary]:focus")
    assert focused_text(page)
    town.look(page)


def sign_up_two(town: Town, page: Page, email: str, *, errs: bool = False) -> None:
    """Sign up a party of two from the hearing's page, through the three steps, by keyboard."""
    page.goto(town.address + HEARING)
    town.look(page)
    enter(page, f"a[href='{HEARING}/sign-up']")
    press_until(page, "[name=way]")
    page.keyboard.press("Space")
    write(page, "select[name=size]", "2")
    town.look(page)
    enter(page)
    if errs:
        make_mistake(town, page)
    write(page, "input[name=name]", NAME)
    write(page, "input[name=email]", email)
    town.look(page)
    enter(page)
    if errs:
        make_mistake(town, page)
    press_until(page, "input[name=consent]")
    page.keyboard.press("Space")
    town.look(page)
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("신청이 들어왔습니다")
    town.look(page)


def read_ticket(town: Town, email: str) -> str:
    """See that the newest letter brings the date and the code; return the address in the code."""
    calendar, picture = town.letter(email).iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    feed = Calendar.from_ical(calendar.get_content())
    (entry,) = feed.walk("VEVENT")
    assert calendar["Content-Type"].params["method"] == str(feed["METHOD"]) == "PUBLISH"
    assert (str(entry["UID"]).split("@")[0], entry["SEQUENCE"]) == (f"hearing-{SLUG}", 0)
    assert str(entry["SUMMARY"]) == TITLE
    token = letters_of(town.app, email)[-1][1]["ticket"]
    link = f"{town.address}/hearings/tickets/{token}"
    assert picture.get_content_type() == "image/png"
    assert picture.get_content() == qr_png(link)
    return link


def cancel_without_script(town: Town, email: str) -> None:
    """Let somebody whose browser runs no script give the places back by the letter's link."""
    page = town.person(java_script_enabled=False)
    page.goto(link_in(town.letter(email)))
    page.get_by_role("button", name="신청 취소하기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("신청을 취소했습니다")


def come_with_the_code(town: Town, ticket: str) -> None:
    """See where a ticket's code leads: the staff to check-in, others to a page without a name."""
    passer_by, officer = town.person(), town.staff(Role.EVENTS_OFFICER)
    passer_by.goto(ticket)
    expect(passer_by.get_by_role("heading", level=1)).to_have_text("입장권")
    for personal in (NAME, SECOND):
        assert personal not in passer_by.content()
    town.look(passer_by)
    officer.goto(ticket)
    assert urlsplit(officer.url).path.startswith(f"/staff/hearings/{town.hearing}/parties/")
    expect(officer.get_by_role("heading", level=1)).to_have_text(NAME)
    town.look(officer)
    enter(officer, "button[name=to][value=attended]")
    expect(officer.get_by_role("button", name="왔습니다", exact=True)).to_have_count(0)
    town.look(officer)


def test_a_party_comes_from_the_line_to_the_door(town: Town) -> None:
    first, second = town.person(), town.person()
    sign_up_two(town, first, FIRST, errs=True)
    first.goto(link_in(town.letter(FIRST)))
    # A browser that runs scripts keeps the places by itself: no button has to be found.
    expect(first.get_by_role("heading", level=1)).to_have_text("자리가 확정되었습니다")
    town.look(first)
    read_ticket(town, FIRST)

    sign_up_two(town, second, SECOND)
    second.goto(link_in(town.letter(SECOND)))
    expect(second.get_by_role("heading", level=1)).to_have_text("대기 1번입니다")
    town.look(second)
    cancel_without_script(town, EARLIER)
    second.goto(link_in(town.letter(SECOND)))
    expect(second.get_by_role("heading", level=1)).to_have_text("자리가 났습니다")
    town.look(second)
    enter(second, "form[action$='/keep'] button")
    town.look(second)
    come_with_the_code(town, read_ticket(town, SECOND))
    assert town.faults == []


def test_an_opinion_is_answered_where_everybody_reads(town: Town) -> None:
    citizen, moderator = town.person(), town.staff(Role.MODERATOR)
    send_opinion(town, citizen)
    citizen.goto(town.address + HEARING)
    expect(citizen.get_by_text(TEXT)).to_have_count(0)

    moderator.goto(f"{town.address}/staff/hearings/opinions")
    town.look(moderator)
    desk = f"/staff/hearings/opinions/{the_opinion(town.app).id}"
    enter(moderator, f"main a[href='{desk}']")
    town.look(moderator)
    enter(moderator, f"form[action='{desk}/publish'] button")
    write(moderator, "textarea[name=answer]", ANSWER)
    enter(moderator, f"form[action='{desk}/answer'] button")
    town.look(moderator)
    assert link_in(town.letter(FIRST), f"{HEARING}/opinions")

    citizen.wait_for_timeout(OLDEST_SECONDS * 1000)
    citizen.goto(town.address + HEARING)
    expect(citizen.locator("#opinions").get_by_text(TEXT)).to_be_visible()
    expect(citizen.locator("#opinions").get_by_text(ANSWER)).to_be_visible()
    town.look(citizen)
    assert town.faults == []


def send_opinion(town: Town, page: Page) -> None:
    """Send an opinion from the hearing's page by keyboard, after a mistake."""
    page.goto(town.address + HEARING)
    enter(page, f".panel-buttons a[href='{HEARING}/opinion']")
    make_mistake(town, page)
    write(page, "textarea[name=text]", TEXT)
    press_until(page, "[name=name_shown]")
    page.keyboard.press("Space")
    write(page, "input[name=name]", NAME)
    write(page, "input[name=email]", FIRST)
    for box in ("agrees", "agrees_to_views"):
        press_until(page, f"input[name={box}]")
        page.keyboard.press("Space")
    enter(page)
    page.wait_for_url("**/hearings/opinions/*")
    town.look(page)
