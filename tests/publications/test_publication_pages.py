"""What the council publishes: the list, one of them, the feed, and what is not out yet."""

import csv
import re
from datetime import date, timedelta
from xml.etree import ElementTree

from flask import Flask
from sqlalchemy import select

from portal.config import ROOT
from portal.core.clock import business_now
from portal.core.versions import raise_version
from portal.extensions import db
from portal.moderation.rules import PublicationState
from portal.publications.models import Publication
from portal.publications.queries import published_publications
from portal.publications.rules import PublicationKind
from tests.support.client import PageClient
from tests.support.reading import read_words

ATOM = "{http://www.w3.org/2005/Atom}"


def rows() -> list[dict[str, str]]:
    path = ROOT / "data" / "publications" / "publications.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_list_names_every_publication_with_its_own_page(client: PageClient) -> None:
    page = client.get("/news").text
    assert {f"/news/{row['slug']}" for row in rows()} == set(
        re.findall(r'href="(/news/[a-z0-9-]+)"', page)
    )


def test_a_kind_narrows_the_list_and_an_empty_kind_says_so(client: PageClient) -> None:
    newsletters = read_words(client, "/en/news?kind=newsletter")
    assert "nos. 200 to 203" in newsletters
    assert "Field reports on complaints" not in newsletters
    assert "Nothing of this kind" in read_words(client, "/en/news?kind=press_release")


def test_the_newsletter_prints_the_copies_of_the_report(client: PageClient) -> None:
    words = read_words(client, "/en/news/newsletter-200-203")
    for printed in ("180,000 copies", "4,500 copies", "3,000 pieces"):
        assert printed in words


def test_what_is_only_announced_says_that_it_is_to_come(client: PageClient) -> None:
    assert "To come" in read_words(client, "/en/news/budget-2021-analysis")


def test_a_later_publication_is_not_known_before_its_day(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        late = Publication(slug="late", kind=PublicationKind.NEWS, title="뒤", issued="2020-11-10")
        db.session.add(late)
        late.state = PublicationState.PUBLISHED
        db.session.flush()
        known = {row.slug for row in published_publications(db.session(), date(2020, 11, 9))}
        later = {row.slug for row in published_publications(db.session(), date(2020, 11, 10))}
        db.session.rollback()
    assert "late" not in known
    assert "late" in later


def test_a_withdrawn_publication_is_gone_from_page_list_and_feed(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        row = db.session.scalars(
            select(Publication).where(Publication.slug == "settlement-2019-analysis")
        ).one()
        row.state = PublicationState.WITHDRAWN
        raise_version(db.session())
        db.session.commit()
    client = fresh_app.test_client()
    assert client.get("/news/settlement-2019-analysis").status_code == 410
    assert "settlement-2019-analysis" not in client.get("/news").text
    assert "settlement-2019-analysis" not in client.get("/feeds/news.atom").text


def test_a_publication_whose_time_is_over_is_gone_before_the_worker_comes(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        row = db.session.scalars(
            select(Publication).where(Publication.slug == "settlement-2019-analysis")
        ).one()
        row.withdraw_at = business_now() - timedelta(minutes=1)
        raise_version(db.session())
        db.session.commit()
        listed = published_publications(db.session(), date(2020, 11, 9))
        db.session.rollback()
    client = fresh_app.test_client()
    assert client.get("/news/settlement-2019-analysis").status_code == 410
    assert "settlement-2019-analysis" not in {row.slug for row in listed}


def test_the_feed_speaks_the_language_of_its_address_and_holds_what_is_out(
    client: PageClient,
) -> None:
    feed = ElementTree.fromstring(client.get("/en/feeds/news.atom").data)  # noqa: S314 - our own
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert "Analysis of the accounts of 2019" in titles
    assert "Analysis of the budget bill for 2021" not in titles
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == len([row for row in rows() if row["is_planned"] == "no"])


def test_a_programme_and_what_was_published_under_it_name_each_other(client: PageClient) -> None:
    assert "/news/key-projects-analysis-2020" in client.get("/programmes/finance-analysis").text
    assert "/programmes/finance-analysis" in client.get("/news/key-projects-analysis-2020").text


def test_every_programme_that_a_publication_names_is_there(client: PageClient) -> None:
    for slug in {row["programme"] for row in rows() if row["programme"]}:
        assert client.get(f"/programmes/{slug}").status_code == 200


def test_the_home_page_names_the_newest_that_are_out(client: PageClient) -> None:
    page = client.get("/").text
    assert "/news/key-projects-analysis-2020" in page
    assert "/news/thirty-ordinances" not in page
