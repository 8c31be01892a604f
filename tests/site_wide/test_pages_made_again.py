"""A public page that is made once more asks the database for its versions only."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

PAGES = (
    "/",
    "/calendar/2020/11",
    "/calendar/sessions/298",
    "/calendar/events/plenary-2020-11-02",
    "/council/members",
    "/council/committees/steering",
    "/council/organisation/legislation",
    "/budget/2020",
    "/programmes/library",
    "/legislation",
    "/legislation/ordinances",
    "/legislation/ordinances/school-routes",
    "/legislation/bills",
    "/legislation/bills/295-09",
    "/legislation/highlights",
    "/news",
    "/news/newsletter-200-203",
)


@pytest.mark.parametrize("path", PAGES)
def test_page_made_again_asks_for_versions_only(app: Flask, path: str):
    client = FlaskClient(app)
    client.get(path)
    watch = app.extensions["test_watch"]
    watch.start()
    assert client.get(path).status_code == 200
    asked = [statement for statement in watch.statements if "content_versions" not in statement]
    assert asked == []
