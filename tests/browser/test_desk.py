"""Two people and a notice, in a browser: written, read by somebody else, published, corrected."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal.accounts.rules import Role
from portal.calendar.services import book_room
from portal.core.files.queries import waiting_files
from portal.core.files.tasks import read_file
from portal.core.front.freshness import OLDEST_SECONDS
from portal.core.transactions import begin_write
from portal.extensions import db
from tests.accounts.staff import PASSWORD, current_code, make_account
from tests.browser.conftest import TIMEOUT_MILLISECONDS, serve
from tests.browser.test_every_page import ALL_RULES, WIDTHS, at_width, colour_violations, violations
from tests.browser.visit import sideways_pixels
from tests.support.prepared import copy_app
from tests.support.samples import hwpx, picture

pytestmark = pytest.mark.browser


class Office(NamedTuple):
    """A portal of its own, with two people of the staff and a citizen before their screens."""

    app: Flask
    address: str
    editor: Page
    reader: Page
    citizen: Page


@pytest.fixture
def office(browser: Browser, filled_dirs: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    app = copy_app(filled_dirs["seoul"], tmp_path / "instance", PAGE_CACHE_BYTES=20_000_000)
    server = serve(app)
    contexts = [browser.new_context(reduced_motion="reduce") for _person in range(3)]
    pages = [_page_of(context) for context in contexts]
    address = f"http://127.0.0.1:{server.server_port}"
    for page, role in zip(pages, (Role.EDITOR, Role.MODERATOR), strict=False):
        sign_in(app, page, address, make_account(app, role))
    yield Office(app, address, *pages)
    for context in contexts:
        context.close()
    server.shutdown()


def _page_of(context: BrowserContext) -> Page:
    context.set_default_timeout(TIMEOUT_MILLISECONDS)
    return context.new_page()


def sign_in(app: Flask, page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/staff/sign-in")
    page.get_by_label("전자우편 주소").fill(email)
    page.get_by_label("비밀번호").fill(PASSWORD)
    send(page)
    page.get_by_label("여섯 자리 번호").fill(current_code(app, email))
    send(page)


def press(page: Page, name: str) -> None:
    """Press a button or follow a link by the keyboard alone."""
    thing = page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    )
    thing.first.focus()
    send(page)


def send(page: Page) -> None:
    """Press Enter and wait for the page it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def faults(page: Page) -> list[str]:
    """Return what is wrong with a staff page: for assistive technology, in any colours or width."""
    at_width(page, 1280)
    found = violations(page, ALL_RULES) + colour_violations(page)
    for width in WIDTHS:
        at_width(page, width)
        if (pixels := sideways_pixels(page)) > 0:
            found.append(f"{width}: {pixels} px scroll sideways")
    at_width(page, 1280)
    return [f"{page.url}: {fault}" for fault in found]


def test_a_notice_with_picture_and_document_is_published_and_corrected(office: Office) -> None:
    editor, reader, citizen = office.editor, office.reader, office.citizen
    found = write_notice(office)
    press(editor, "미리보기")
    frame = editor.frame_locator("iframe.preview")
    expect(frame.get_by_role("heading", name="본회의 방청 안내")).to_be_visible()
    found += faults(editor)
    press(editor, "돌아가기")
    press(editor, "검토에 올리기")
    found += faults(editor)

    reader.goto(f"{office.address}/staff/review")
    found += faults(reader)
    press(reader, "본회의 방청 안내")
    expect(reader.get_by_text("볼 수 있습니다")).to_be_visible()
    found += faults(reader)
    press(reader, "공개하기")

    public = read_in_public(office)
    editor.reload()
    press(editor, "쓰기")
    editor.get_by_label("한두 문장으로", exact=False).first.fill("오후 두 시에 시작합니다.")
    editor.get_by_label("무엇을 왜 고쳤나요?").fill("시작 시각을 빠뜨렸습니다.")
    press(editor, "저장")
    press(editor, "고친 것을 검토에 올리기")
    citizen.reload()
    expect(citizen.get_by_text("오후 두 시에 시작합니다.")).to_have_count(0)

    reader.goto(f"{office.address}/staff/review")
    press(reader, "본회의 방청 안내")
    found += faults(reader)
    press(reader, "고친 것 받아들이기")
    citizen.wait_for_timeout(OLDEST_SECONDS * 1000)
    citizen.goto(public)
    expect(citizen.get_by_text("오후 두 시에 시작합니다.").first).to_be_visible()
    expect(citizen.get_by_text("시작 시각을 빠뜨렸습니다.")).to_be_visible()
    citizen.goto(f"{office.address}/corrections")
    expect(citizen.get_by_text("시작 시각을 빠뜨렸습니다.")).to_be_visible()
    assert found == []


def write_notice(office: Office) -> list[str]:
    """Let the editor write a notice, add a picture and then a document; return what was wrong."""
    editor = office.editor
    press(editor, "소식과 발간물")
    found = faults(editor)
    press(editor, "새로 쓰기")
    editor.get_by_label("종류").select_option("notice")
    editor.locator("[name=title]").fill("본회의 방청 안내")
    editor.locator("[name=title_en]").fill("Watching a plenary sitting")
    editor.locator("[name=body]").fill("본회의는 **누구나** 볼 수 있습니다.")
    attach(editor, "본회의장.png", picture("PNG", (600, 300)), "빈 본회의장의 좌석")
    press(editor, "저장")
    found += faults(editor)
    press(editor, "쓰기")
    attach(editor, "방청 신청서.hwpx", hwpx())
    found += faults(editor)
    press(editor, "저장")
    with office.app.app_context():
        for file_id in waiting_files(db.session()):
            read_file(file_id)
    return found


def attach(page: Page, name: str, content: bytes, alt: str = "") -> None:
    kind = "image/png" if alt else "application/octet-stream"
    page.locator("[name=new_file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    page.locator("[name=new_alt]").fill(alt)


def read_in_public(office: Office) -> str:
    """Let a citizen find the notice, see its picture and save its document; return its address."""
    citizen = office.citizen
    citizen.goto(f"{office.address}/news")
    press(citizen, "본회의 방청 안내")
    shown = citizen.get_by_role("img", name="빈 본회의장의 좌석")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 600)
    with citizen.expect_download() as saving:
        citizen.get_by_role("link", name="방청 신청서.hwpx").click()
    assert saving.value.suggested_filename == "방청 신청서.hwpx"
    address = citizen.url
    press(citizen, "글로 읽기")
    expect(citizen.get_by_text("회의록을 공개한다.")).to_be_visible()
    citizen.goto(address)
    return address


def test_what_is_not_kept_by_itself_any_more_is_told(office: Office) -> None:
    page = office.editor
    page.clock.install()
    page.goto(f"{office.address}/staff/content/publications/1/edit")
    page.locator("[name=title]").fill("오래 쓰는 글")
    page.context.clear_cookies()
    page.clock.fast_forward("00:21")
    expect(page.get_by_text("로그아웃되어 저장하지 못했습니다.", exact=False)).to_be_visible()
    assert page.locator("[name=title]").input_value() == "오래 쓰는 글"


def test_a_file_that_is_too_large_is_told_before_it_is_sent(office: Office) -> None:
    office.app.config["MAX_FILE_BYTES"] = 1000
    page = office.editor
    page.goto(f"{office.address}/staff/content/publications/new")
    attach(page, "큰 글.txt", b"1" * 1001)
    page.get_by_role("button", name="저장", exact=True).press("Enter")
    expect(page.get_by_role("alert").filter(has_text="MB보다 큽니다")).to_be_visible()
    expect(page.locator("[name=new_file]")).to_be_focused()


def test_somebody_who_writes_is_told_before_the_session_ends(office: Office) -> None:
    page = office.editor
    page.clock.install()
    page.goto(f"{office.address}/staff/content/publications/new")
    page.locator("[name=title]").fill("오래 쓰는 글")
    warning = page.get_by_text("5분 뒤에 로그아웃됩니다.")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("25:01")
    expect(warning).to_be_visible()
    page.get_by_role("button", name="더 쓰기").press("Enter")
    expect(warning).to_be_hidden()
    assert page.locator("[name=title]").input_value() == "오래 쓰는 글"


def test_the_week_of_the_rooms_is_read_on_a_phone_and_by_keyboard(office: Office) -> None:
    hours = [datetime(2020, 11, 18, hour, tzinfo=UTC) for hour in (5, 7)]
    with office.app.test_request_context():
        begin_write()
        book_room(db.session(), room_id=1, event_id=1, starts_at=hours[0], ends_at=hours[1])
        db.session.commit()
    page = office.editor
    page.goto(f"{office.address}/staff/rooms/calendar")
    press(page, "다음 주")
    expect(page.get_by_text("14:00–16:00")).to_be_visible()
    assert faults(page) == []
