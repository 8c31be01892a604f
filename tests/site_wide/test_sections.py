"""Sections: a page shows what a feature above it registers, and nothing when it registers none."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import BaseLoader, ChoiceLoader, DictLoader

from portal.config import ROOT
from portal.core.sections import Section, register_section
from tests.support.front import HOST, client_of
from tests.support.prepared import copy_app

#: Each place with an address that shows it.
PLACES = {
    "site.home": "/",
    "council.member": "/council/members/yeo-myeong",
    "council.committee": "/council/committees/steering",
    "calendar.session": "/calendar/sessions/298",
    "calendar.event": "/calendar/events/{event}",
    "legislation.bill": "/legislation/bills/292-01",
    "legislation.support": "/legislation/support",
    "legislation.ordinance": "/legislation/ordinances/drive-through-safety",
    "budget.line": "/budget/2020/publicity",
    "budget.year": "/budget/2020",
    "hearings.hearing": "/hearings/budget-forum-2020-11-19",
    "programmes.programme": "/programmes/finance-analysis",
    "publications.publication": "/news/newsletter-200-203",
}
TEMPLATE = '<p id="filled">{{ section.content }}</p>'


@pytest.fixture(scope="module")
def filled(filled_dirs: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Give a portal in which another feature fills every place."""
    app = copy_app(filled_dirs["seoul"], tmp_path_factory.mktemp("sections") / "instance")
    loader: BaseLoader = app.jinja_loader or DictLoader({})
    app.jinja_loader = ChoiceLoader([DictLoader({"filled.html": TEMPLATE}), loader])
    for place in PLACES:
        register_section(
            app, place, lambda row_id: Section("채운 곳", "filled.html", f"<{row_id}>")
        )
        register_section(app, place, lambda row_id: None)
    return app


def address_of(app: Flask, place: str) -> str:
    """Return a page that has a place."""
    feed = client_of(app).get("/calendar.ics", base_url=HOST).get_data(as_text=True)
    event = re.search(r"UID:event-([\w-]+)@", feed.replace("\r\n ", ""))
    assert event
    return PLACES[place].format(event=event.group(1))


@pytest.mark.parametrize("place", PLACES)
def test_a_page_shows_what_another_feature_registered(filled: Flask, place: str) -> None:
    page = client_of(filled).get(address_of(filled, place), base_url=HOST).get_data(as_text=True)
    assert page.count('<p id="filled">') == 1
    assert "채운 곳</h2>" in page
    assert re.search(r'<p id="filled">&lt;\d+&gt;</p>', page), "the section got the row's id"


@pytest.mark.parametrize("place", PLACES)
def test_a_page_without_sections_has_no_empty_heading(app: Flask, place: str) -> None:
    page = client_of(app).get(address_of(app, place), base_url=HOST).get_data(as_text=True)
    assert "<h2></h2>" not in page


def test_every_place_of_the_code_is_tried_here() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "portal").rglob("*.py"))
    assert set(re.findall(r'sections_of\("([\w.]+)"', code)) == set(PLACES)
