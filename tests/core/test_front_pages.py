"""Public pages: one address each, one moment each, and an end."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response, make_response, request
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import Client

from portal.core.clock import next_midnight
from portal.core.front.facts import ENDPOINT, PAGE, PageFacts
from portal.core.pages import page_expires_at, public_page, register_horizon
from portal.core.versions import ContentVersion, raise_version
from portal.extensions import Base, db
from tests.support.front import HOST, client_of

Body = Callable[[], str]


class Site:
    """The portal with one more public page, whose body a test gives."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.body: Body = lambda: "page"
        self.facts: PageFacts | None = None
        self.endpoint = ""
        with app.app_context():
            Base.metadata.create_all(db.engine)
        app.add_url_rule("/try/<path:name>", "try", self.view)
        app.after_request(self.note)

    @public_page(params=("on", "q"), scopes=lambda _site, name: (f"try:{name}",))
    def view(self, name: str) -> str:
        return self.body()

    def note(self, response: Response) -> Response:
        self.facts = request.environ.get(PAGE)
        self.endpoint = request.environ[ENDPOINT]
        return response

    def client(self) -> Client:
        return client_of(self.app)

    def raise_elsewhere(self, scope: str) -> None:
        """Raise a version in a transaction of its own, as another process would."""
        with Session(db.engine) as session:
            raise_version(session, scope)
            session.commit()

    def version_here(self) -> int:
        """Return the site's version as the page's own transaction sees it."""
        query = select(ContentVersion.version).where(ContentVersion.scope == "site")
        return db.session.scalar(query) or 0


@pytest.fixture
def site(any_database: Flask) -> Site:
    return Site(any_database)


@pytest.fixture
def one_site(empty_app: Flask) -> Site:
    """Give the page on SQLite only, for what no database has a part in."""
    return Site(empty_app)


def test_all_of_a_page_is_of_the_moment_its_versions_were_read(site: Site) -> None:
    seen = []

    def body() -> str:
        site.raise_elsewhere("site")
        seen.append(site.version_here())
        return "page"

    site.body = body
    site.client().get("/try/a", base_url=HOST)
    assert seen == [0]
    assert site.facts is not None and site.facts.versions["site"] == 0


def test_what_was_read_before_the_view_does_not_age_the_page(site: Site) -> None:
    seen = []

    def read_early() -> None:
        site.version_here()
        site.raise_elsewhere("site")

    def body() -> str:
        seen.append(site.version_here())
        return "page"

    site.app.before_request(read_early)
    site.body = body
    site.client().get("/try/a", base_url=HOST)
    assert site.facts is not None
    assert seen == [site.facts.versions["site"]]


@pytest.mark.parametrize("any_database", ["postgresql"], indirect=True)
def test_a_public_page_cannot_write_on_postgresql(site: Site) -> None:
    def body() -> str:
        raise_version(db.session())
        return "page"

    site.body = body
    site.app.testing = False
    assert site.client().get("/try/a", base_url=HOST).status_code == 500


def test_the_next_request_may_write_again(site: Site) -> None:
    site.client().get("/try/a", base_url=HOST)
    with site.app.app_context():
        raise_version(db.session())
        db.session.commit()
        assert site.version_here() == 1


def test_a_page_depends_on_the_site_and_its_own_scopes(one_site: Site) -> None:
    with one_site.app.app_context():
        one_site.raise_elsewhere("try:a")
    one_site.client().get("/try/a", base_url=HOST)
    assert one_site.facts is not None
    assert dict(one_site.facts.versions) == {"site": 0, "try:a": 1}
    assert one_site.facts.endpoint == one_site.endpoint == "try"


@pytest.mark.parametrize(
    ("asked", "sent_to"),
    [
        ("/try/a?utm_source=x", "/try/a"),
        ("/try/a?q=b&on=1", "/try/a?on=1&q=b"),
        ("/try/a?on=&q=b", "/try/a?q=b"),
        ("/try/a?on=1&on=2", "/try/a?on=1"),
        ("/en/try/a?x=1", "/en/try/a"),
        ("/try/%EA%B0%95%20x?x=1", "/try/%EA%B0%95%20x"),
        ("/try/a?q=%ea%b0%95", "/try/a?q=%EA%B0%95"),
    ],
)
def test_another_spelling_is_sent_to_the_canonical_address(
    one_site: Site, asked: str, sent_to: str
) -> None:
    answer = one_site.client().get(asked, base_url=HOST)
    assert (answer.status_code, answer.headers["Location"]) == (301, sent_to)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert one_site.facts is None


@pytest.mark.parametrize("address", ["/try/a", "/try/a?on=1&q=%EA%B0%95+b", "/en/try/a?q=1"])
def test_the_canonical_address_is_answered(one_site: Site, address: str) -> None:
    assert one_site.client().get(address, base_url=HOST).status_code == 200


@pytest.mark.parametrize("query", ["on=" + "9" * 201, "q=%0A", "q=%FF"])
def test_nonsense_in_a_parameter_is_a_400_page(one_site: Site, query: str) -> None:
    assert one_site.client().get(f"/try/a?{query}", base_url=HOST).status_code == 400


def test_a_page_ends_at_midnight_unless_told_otherwise(one_site: Site) -> None:
    one_site.client().get("/try/a", base_url=HOST)
    with one_site.app.app_context():
        assert one_site.facts is not None
        assert one_site.facts.fresh_until == next_midnight()


def test_a_page_ends_at_the_earliest_instant_it_names(one_site: Site) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)

    def body() -> str:
        page_expires_at(soon)
        page_expires_at(soon + timedelta(days=2))
        return "page"

    one_site.body = body
    one_site.client().get("/try/a", base_url=HOST)
    assert one_site.facts is not None and one_site.facts.fresh_until == soon


def test_a_page_ends_where_the_first_of_all_things_ends(one_site: Site) -> None:
    soon = datetime.now(UTC) + timedelta(seconds=1)
    for horizon in (lambda: soon, lambda: soon + timedelta(days=2), lambda: None):
        register_horizon(one_site.app, horizon)
    one_site.client().get("/try/a", base_url=HOST)
    assert one_site.facts is not None and one_site.facts.fresh_until == soon


def test_an_end_without_a_zone_is_refused(one_site: Site) -> None:
    with one_site.app.test_request_context(), pytest.raises(ValueError, match="aware"):
        page_expires_at(datetime(2026, 1, 1))  # noqa: DTZ001


def test_an_end_outside_a_public_page_does_nothing(one_site: Site) -> None:
    with one_site.app.test_request_context():
        page_expires_at(datetime.now(UTC))
        assert PAGE not in request.environ


def test_a_page_with_two_slashes_is_not_sent_to_another_host(one_site: Site) -> None:
    @public_page()
    def view() -> str:
        return ""

    environ = {"PATH_INFO": "//evil.example/x", "QUERY_STRING": "a=1"}
    with one_site.app.test_request_context(environ_overrides=environ):
        answer = make_response(view())
    assert answer.headers["Location"] == "/evil.example/x"
