"""The site on other days: earlier, later, past the end of its data, and on the real one."""

import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from portal.core.state import DATA_IS_OFFICIAL, change_state
from portal.extensions import db
from tests.site_wide.crawl import crawl_site, day_told
from tests.support.front import HOST, client_of
from tests.support.page_checks import Page, read_page
from tests.support.prepared import copy_app

#: So many pages of each kind are looked at on each day.
OF_A_KIND = 3
PAGES = ("/", "/council", "/council/members", "/council/committees", "/calendar", "/about/data")


def app_on(folder: Path, template: Path, day: str, **settings: object) -> Flask:
    """Return a portal with Seoul's data that stands on a day."""
    app = copy_app(template, folder / "instance", **settings)
    if day:
        result = app.test_cli_runner().invoke(args=["clock", "set", day])
        assert (result.exit_code, result.output) == (0, f"day {day}\n")
    return app


def page_of(app: Flask, path: str) -> Page:
    answer = client_of(app).get(path, base_url=HOST)
    assert answer.status_code == 200, path
    return read_page(answer.get_data(as_text=True))


def has_notice_of_the_end(page: Page) -> bool:
    """Say whether a page tells that its data have ended."""
    return any("data-ended" in (div.get("class") or "") for div in page.elements("div"))


@pytest.mark.parametrize(
    ("day", "language"),
    [
        ("2018-07-01", "en"),
        ("2020-10-01", "ko"),
        ("2020-12-22", "en"),
        ("2021-02-01", "ko"),
        ("2021-02-01", "en"),
    ],
)
def test_every_kind_of_page_passes_on_another_day(
    filled_dirs: dict[str, Path], tmp_path: Path, day: str, language: str
) -> None:
    app = app_on(tmp_path, filled_dirs["seoul"], day)
    found = crawl_site(app, language, most_of_a_kind=OF_A_KIND)
    assert not found.all_faults()
    assert len(found.pages) > 20


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_real_clock_gives_honest_pages(
    filled_dirs: dict[str, Path], tmp_path: Path, language: str
) -> None:
    app = app_on(tmp_path, filled_dirs["seoul"], "", CLOCK="real")
    found = crawl_site(app, language, most_of_a_kind=OF_A_KIND)
    # The data are not official, so pages say so; the real clock is no practice, so crawlers may
    # keep them.
    noindex = [line for line in found.faults.pop("clock", []) if "noindex" in line]
    assert len(noindex) == len(found.pages)
    assert not found.all_faults()


@pytest.mark.parametrize("path", PAGES)
def test_pages_say_where_the_data_end(
    filled_dirs: dict[str, Path], tmp_path: Path, path: str
) -> None:
    app = app_on(tmp_path, filled_dirs["seoul"], "2021-02-01")
    for address in (path, f"/en{path}"):
        page = page_of(app, address)
        assert has_notice_of_the_end(page), address
        assert day_told(page) == "2021-02-01"


def test_before_the_end_of_the_data_nothing_is_said_about_it(app: Flask) -> None:
    for path in PAGES:
        assert not has_notice_of_the_end(page_of(app, path))


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_its_day(app: Flask, path: str) -> None:
    assert day_told(page_of(app, path)) == "2020-11-09"
    assert day_told(page_of(app, f"/en{path}")) == "2020-11-09"


def test_the_practice_sentence_says_what_the_site_is_not(app: Flask) -> None:
    korean = client_of(app).get("/", base_url=HOST).get_data(as_text=True)
    english = client_of(app).get("/en/", base_url=HOST).get_data(as_text=True)
    assert re.search(r"서울특별시의회.{0,3}의? ?공식 .{0,10}아닙니다", korean)
    assert "This is a practice site. It is not the official site of" in english


@pytest.mark.parametrize("path", [*PAGES, "/en/", "/nothing"])
def test_the_official_site_on_the_real_clock_says_nothing_of_practice(
    filled_dirs: dict[str, Path], tmp_path: Path, path: str
) -> None:
    app = app_on(tmp_path, filled_dirs["seoul"], "", CLOCK="real")
    with app.app_context():
        change_state(db.session(), DATA_IS_OFFICIAL, "yes")
        db.session.commit()
    answer = client_of(app).get(path, base_url=HOST)
    page = read_page(answer.get_data(as_text=True))
    assert [e for e in page.elements("div") if e.get("class") == "banner"] == []
    robots = [m.get("content") for m in page.elements("meta") if m.get("name") == "robots"]
    # A page that is not there is no matter for an index on any clock.
    assert robots == (["noindex"] if answer.status_code == 404 else [])


def test_the_clock_moves_under_practice_only(filled_dirs: dict[str, Path], tmp_path: Path) -> None:
    app = app_on(tmp_path, filled_dirs["seoul"], "", CLOCK="real")
    result = app.test_cli_runner().invoke(args=["clock", "set", "2020-12-22"])
    assert result.exit_code != 0 and "follows the real day" in result.output


def test_a_moved_clock_is_told_by_the_command_and_the_pages(fresh_app: Flask) -> None:
    runner = fresh_app.test_cli_runner()
    assert day_told(page_of(fresh_app, "/")) == "2020-11-09"
    runner.invoke(args=["clock", "set", "2020-12-22"])
    assert runner.invoke(args=["clock", "show"]).output == "day 2020-12-22\n"
    assert day_told(page_of(fresh_app, "/")) == date(2020, 12, 22).isoformat()


@pytest.mark.parametrize("day", ["banana", "2020-13-01", "22.12.2020", ""])
def test_a_day_that_is_none_is_refused_with_an_example(fresh_app: Flask, day: str) -> None:
    result = fresh_app.test_cli_runner().invoke(args=["clock", "set", day])
    assert result.exit_code != 0 and "2020-12-22" in result.output
