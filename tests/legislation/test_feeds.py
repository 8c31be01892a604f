"""Feeds of ordinances and bills: each entry says what changed."""

from xml.etree import ElementTree

import pytest

from tests.support.client import PageClient

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(client: PageClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)  # noqa: S314 (our own feed)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]


def test_new_ordinances_say_what_was_done(client: PageClient):
    found = titles(client, "/en/feeds/ordinances.atom")
    assert found[0].startswith(("New ordinance: ", "Amendment: "))
    assert len(found) == 36, "neither those of after the site's day nor the undated are in it"


def test_a_step_says_where_and_how(client: PageClient):
    assert titles(client, "/feeds/bills/292-01.atom") == [
        "본회의: 가결. 2020년도 제1회 서울특별시 추가경정예산안"
    ]


@pytest.mark.parametrize(
    ("path", "bill"),
    [
        ("/en/feeds/committees/transport.atom", "Transport"),
        ("/en/feeds/members/gim-inje.atom", "Put before a committee"),
        ("/en/feeds/bills.atom", "Plenary sitting"),
    ],
)
def test_each_feed_has_its_own(client: PageClient, path: str, bill: str):
    found = titles(client, path)
    assert found
    assert any(bill in title for title in found)


@pytest.mark.parametrize("path", ["bills/none", "committees/none", "members/none"])
def test_a_feed_of_nothing_is_not_found(client: PageClient, path: str):
    assert client.get(f"/feeds/{path}.atom").status_code == 404
