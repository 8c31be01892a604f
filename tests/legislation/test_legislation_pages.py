"""Ordinances and bills as citizens read them: what is known, what is not, what comes later."""

import csv
import re
from collections.abc import Iterator

import pytest
from flask import Flask

from portal.config import ROOT
from portal.core.clock import real_now
from portal.core.transactions import begin_write
from portal.core.versions import raise_version
from portal.extensions import db
from portal.legislation.models import Bill, Ordinance
from tests.support.client import PageClient
from tests.support.reading import read_words


def rows(name: str) -> list[dict[str, str]]:
    path = ROOT / "data" / "legislation" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def linked(client: PageClient, path: str, pattern: str) -> Iterator[str]:
    """Give what the pages of a list link to."""
    for page in range(1, 7):
        text = client.get(path, query_string={"page": page} if page > 1 else {}).text
        yield from re.findall(rf'href="({pattern})', text)


def linked_once(client: PageClient, path: str) -> list[str]:
    """Return the bills that one page links to."""
    return re.findall(r'href="(/legislation/bills/[0-9a-z-]+)', client.get(path).text)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_all_ordinances_are_listed_and_have_a_page(client: PageClient, prefix: str) -> None:
    wanted = {row["slug"] for row in rows("ordinances")}
    found = set(linked(client, f"{prefix}/legislation/ordinances", r"[^\"#]*/ordinances/[a-z-]+"))
    assert {address.rpartition("/")[2] for address in found} == wanted
    assert len(rows("enactments")) == 42
    for slug in sorted(wanted)[:5]:
        assert client.get(f"{prefix}/legislation/ordinances/{slug}").status_code == 200


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_all_bills_are_listed(client: PageClient, prefix: str) -> None:
    wanted = {row["slug"] for row in rows("bills")}
    found = set(linked(client, f"{prefix}/legislation/bills", r"[^\"]*/bills/[a-z0-9-]+"))
    assert {address.rpartition("/")[2] for address in found} == wanted
    assert len(wanted) == 82


@pytest.mark.parametrize("slug", [row["slug"] for row in rows("bills")][::9])
def test_a_bill_has_a_page_in_both_languages(client: PageClient, slug: str) -> None:
    assert "지금은" in read_words(client, f"/legislation/bills/{slug}")
    assert "Where it is now" in read_words(client, f"/en/legislation/bills/{slug}")


def test_what_only_came_before_a_committee_is_never_shown_as_passed(client: PageClient) -> None:
    steps = rows("bill_steps")
    only_laid = {row["bill"] for row in steps} - {r["bill"] for r in steps if r["kind"] != "laid"}
    assert len(only_laid) > 40
    passed = set(linked_once(client, "/legislation/bills?result=passed"))
    assert passed
    assert not {address.rpartition("/")[2] for address in passed} & only_laid
    words = read_words(client, f"/en/legislation/bills/{min(only_laid)}")
    assert "How it was decided was not found in our sources." in words
    assert "Passed" not in words


def test_a_plenary_result_keeps_its_votes(client: PageClient) -> None:
    words = read_words(client, "/en/legislation/bills/292-01")
    assert "99 for, 0 against, 1 abstained of 100 present" in words
    assert "861.9 billion won" in words


def test_what_lies_after_the_sites_day_is_apart(client: PageClient) -> None:
    words = read_words(client, "/en/legislation/bills/298-01")
    now, _, later = words.partition("After the site’s day")
    assert "Our sources say nothing about it up to the site’s day." in now
    assert "Passed" not in now
    assert "78 for, 2 against, 3 abstained" in later


def test_the_same_bill_is_passed_once_its_day_has_come(fresh_app: Flask) -> None:
    assert fresh_app.test_cli_runner().invoke(args=["clock", "set", "2021-02-01"]).exit_code == 0
    words = read_words(fresh_app.test_client(), "/en/legislation/bills/298-01")
    assert "The plenary passed it." in words
    assert "After the site’s day" not in words


def test_an_inferred_session_says_so(client: PageClient) -> None:
    words = read_words(client, "/legislation/ordinances/borderline-intelligence-learning")
    assert "제297회 (추정)" in words


def test_filters_narrow_and_say_what_would_fit(client: PageClient) -> None:
    words = read_words(client, "/en/legislation/ordinances?field=transport&kind=enacted")
    assert "Drive-through" in words or "drive-through" in words
    assert "late-night" not in words
    assert client.get("/legislation/ordinances?field=nothing").status_code == 400
    assert "No bill fits." in read_words(client, "/en/legislation/bills?kind=petition")


def test_parallel_committees_stand_side_by_side(hanbit: Flask) -> None:
    words = read_words(hanbit.test_client(), "/en/legislation/bills/42-1")
    assert "Before several committees at once" in words
    assert "9 for, 1 against, 0 abstained of 10 present" in words
    assert "600" in words


def test_member_committee_session_and_sitting_show_their_bills(client: PageClient) -> None:
    sponsor = next(row for row in rows("bill_sponsors") if row["member"])
    step = next(row for row in rows("bill_steps") if row["committee"] and row["event"])
    for address, bill in (
        (f"/council/members/{sponsor['member']}", sponsor["bill"]),
        ("/calendar/sessions/292", "292-01"),
        (f"/calendar/events/{step['event']}", step["bill"]),
    ):
        assert f"/legislation/bills/{bill}" in client.get(address).text
    assert "Bills and ordinances of this committee" in read_words(
        client, f"/en/council/committees/{step['committee']}"
    )


def test_highlights_stand_in_their_collections(client: PageClient) -> None:
    words = read_words(client, "/en/legislation/highlights")
    assert "8 times as a whole, 3 times for a preliminary review" in words
    assert "Which ordinances were chosen is not known here." in words
    for row in rows("highlights"):
        assert row["effect_en"] in words


def test_the_story_of_a_highlight_is_there_in_words(hanbit: Flask) -> None:
    words = read_words(hanbit.test_client(), "/en/legislation/highlights/shade")
    assert "Plant one & it is shade." in words


def test_the_costs_of_the_report_are_printed(client: PageClient) -> None:
    words = read_words(client, "/en/legislation/support")
    for number in (
        "173",
        "190",
        "300",
        "386",
        "45",
        "110",
        "52",
        "179",
        "477",
        "156",
        "248",
        "220",
        "112",
    ):
        assert number in words


def test_what_was_withdrawn_is_gone(fresh_app: Flask) -> None:
    with fresh_app.app_context():
        begin_write()
        for model, slug in ((Bill, "292-01"), (Ordinance, "school-routes")):
            db.session.query(model).filter_by(slug=slug).one().leave(real_now())
        raise_version(db.session())
        db.session.commit()
    client = fresh_app.test_client()
    assert client.get("/legislation/bills/292-01").status_code == 410
    assert client.get("/legislation/ordinances/school-routes").status_code == 410
    assert client.get("/legislation/bills/none").status_code == 404


def test_an_item_of_an_agenda_leads_to_its_bill(client: PageClient) -> None:
    page = client.get("/calendar/events/administration-2020-02-28").text
    agenda = page[page.index('<ol class="numbers">') :].split("</ol>")[0]
    titles = {row["title"]: row["slug"] for row in rows("bills")}
    title = "서울특별시 결산검사위원 선임 및 운영에 관한 조례 일부개정조례안"
    assert f'<a href="/legislation/bills/{titles[title]}">{title}</a>' in agenda
