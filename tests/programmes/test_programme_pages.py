"""The pages of work programmes: what was promised, what came of it, and who can tell."""

import calendar
import csv
import io
import json
import re
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.config import ROOT
from portal.core.versions import raise_version
from portal.extensions import db
from portal.programmes.models import Target
from tests.support.client import PageClient
from tests.support.reading import read_rows, read_words

PROGRAMMES = ROOT / "data" / "programmes"
AS_OF = date(2020, 10, 31)
STATES = ("reached", "on_time", "behind", "not_yet", "no_target", "no_result")


def data_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def span_of(row: dict[str, str]) -> tuple[date, date]:
    """Return the first and the last day of a target's months."""
    year, month = (int(part) for part in row["ends_on"].split("-"))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(f"{row['starts_on']}-01"), last


def state_of(row: dict[str, str]) -> str:
    """Return how a target stands, worked out from the file in whole numbers."""
    first, last = span_of(row)
    if not row["target"]:
        return "no_target"
    if not row["result"]:
        return "not_yet" if first > AS_OF else "no_result"
    target, result = int(row["target"]), int(row["result"])
    if result >= target:
        return "reached"
    if first > AS_OF:
        return "not_yet"
    if row["due"]:
        return "on_time" if result >= int(row["due"]) else "behind"
    days, gone = (last - first).days + 1, (min(AS_OF, last) - first).days + 1
    return "on_time" if result * days >= target * gone else "behind"


TARGETS = [{**row, "state": state_of(row)} for row in data_rows(PROGRAMMES / "targets.csv")]
ALL_PROGRAMMES = data_rows(PROGRAMMES / "programmes.csv")


def names_on(client: PageClient, address: str, field: str) -> list[str]:
    """Return the names of targets in the order in which a page shows them."""
    known = {row[field] for row in TARGETS}
    rows = [row for row in read_rows(client, address) if len(row) == 5]
    found = []
    for row in rows:
        fitting = [name for name in known if row[0].startswith(name)]
        found += [max(fitting, key=len)] if fitting else []
    return found


def names_of(field: str, **values: str) -> list[str]:
    return [
        row[field] for row in TARGETS if all(row[name] == value for name, value in values.items())
    ]


@pytest.mark.parametrize(("language", "field"), [("", "name"), ("/en", "name_en")])
def test_which_targets_were_missed(client: PageClient, language: str, field: str):
    shown = names_on(client, f"{language}/programmes?state=behind", field)
    assert shown == names_of(field, state="behind")
    assert len(shown) > 10


@pytest.mark.parametrize("state", STATES)
def test_each_state_shows_its_targets_in_the_order_of_the_report(client: PageClient, state: str):
    assert names_on(client, f"/programmes?state={state}", "name") == names_of("name", state=state)


def test_without_a_choice_every_target_is_shown(client: PageClient):
    assert names_on(client, "/programmes", "name") == [row["name"] for row in TARGETS]


def test_the_title_counts_the_targets_that_can_be_judged(client: PageClient):
    counts = Counter(row["state"] for row in TARGETS)
    judged = len(TARGETS) - counts["no_target"] - counts["no_result"]
    title = f"{counts['reached']} of {judged} targets are reached"
    assert title in read_words(client, "/en/programmes")
    korean = f"목표 {judged}개 가운데 {counts['reached']}개를 이뤘습니다"
    assert korean in read_words(client, "/programmes")
    assert title in read_words(client, "/en/programmes?state=behind")


def test_a_target_says_result_share_and_state(client: PageClient):
    rows = {row[0]: row[2:] for row in read_rows(client, "/en/programmes") if len(row) == 5}
    found = {name: cells for name, cells in rows.items() if "Specialist searches" in name}
    assert list(found.values()) == [["48 / 70 cases", "68.6%", "Behind"]]
    reached = [cells for name, cells in rows.items() if name.startswith("Cost estimates of bills")]
    assert reached == [["386 / 300 cases", "128.7%", "Reached"]]


def test_what_is_due_by_quarters_is_on_time_after_three_of_them(client: PageClient):
    row = next(
        row for row in read_rows(client, "/programmes/finance-analysis") if "분기별" in row[0]
    )
    assert row[2:] == ["3 / 4 회", "75.0%", "제때"]


def test_words_stand_where_the_report_prints_no_number(client: PageClient):
    words = read_words(client, "/en/programmes/bill-system")
    assert "Target: System built in November 2020" in words
    assert "Result: Contractor chosen and contract signed." in words
    assert "No target printed" in words


def test_chapters_and_units_narrow_the_targets(client: PageClient):
    chapter = {row["slug"]: row["chapter"] for row in ALL_PROGRAMMES}
    unit = {row["slug"]: row["unit"] for row in ALL_PROGRAMMES}
    in_chapter = [row["name"] for row in TARGETS if chapter[row["programme"]] == "5"]
    assert names_on(client, "/programmes?chapter=5", "name") == in_chapter
    of_press = [row["name"] for row in TARGETS if unit[row["programme"]] == "press"]
    assert names_on(client, "/programmes?unit=press", "name") == of_press
    both = names_on(client, "/programmes?state=behind&unit=press", "name")
    late = names_of("name", state="behind")
    assert both == [name for name in of_press if name in late] and both


def test_conditions_that_nothing_meets_say_so(client: PageClient):
    words = read_words(client, "/programmes?state=behind&chapter=1")
    assert "맞는 목표가 없습니다" in words


def test_a_choice_keeps_the_others(client: PageClient):
    page = client.get("/programmes?state=behind&unit=press").get_data(as_text=True)
    links = {
        link.replace("&amp;", "&") for link in re.findall(r'href="/programmes\?([^"]+)"', page)
    }
    assert {"state=reached", "unit=press"} in [set(link.split("&")) for link in links]
    assert {"state=behind", "chapter=6", "unit=press"} in [set(link.split("&")) for link in links]


@pytest.mark.parametrize(
    "query", ["state=late", "state=BEHIND", "chapter=99", "chapter=one", "unit=nobody"]
)
def test_a_condition_that_cannot_be_is_a_bad_address(client: PageClient, query: str):
    assert client.get(f"/programmes?{query}").status_code == 400
    assert client.get(f"/en/programmes?{query}").status_code == 400


@pytest.mark.parametrize("slug", ["nothing", "Social-media", "6", "report.html"])
def test_a_programme_that_is_not_there_is_not_found(client: PageClient, slug: str):
    assert client.get(f"/programmes/{slug}").status_code == 404


@pytest.mark.parametrize("slug", [row["slug"] for row in ALL_PROGRAMMES])
def test_every_programme_has_a_page_with_its_own_targets(client: PageClient, slug: str):
    shown = names_on(client, f"/programmes/{slug}", "name")
    assert shown == names_of("name", programme=slug)
    words = read_words(client, f"/en/programmes/{slug}")
    assert ("The report prints no target." in words) == (not shown)
    name = next(row["name_en"] for row in ALL_PROGRAMMES if row["slug"] == slug)
    assert name in words


def test_a_programme_shows_its_money_text_and_unit(client: PageClient):
    words = read_words(client, "/programmes/social-media")
    assert "SNS 등 새로운 흐름에 맞는 뉴미디어를 활용하여" in words
    assert "채널별 방문수는 2,604,907회" in words
    row = next(
        row
        for row in read_rows(client, "/programmes/social-media")
        if row[0] == "SNS 활용 의정활동 홍보"
    )
    assert row[2:] == ["27.2%", "34,683", "92,721", "127,404"]
    page = client.get("/programmes/social-media").get_data(as_text=True)
    assert 'href="/budget/2020/social-media"' in page
    assert 'href="/council/organisation/press"' in page


def test_a_programme_without_a_clear_unit_says_that_it_is_not_known(client: PageClient):
    words = read_words(client, "/en/programmes/research-groups")
    assert "Unit in charge Not known" in words
    assert "this one’s duties cover it" not in words
    assert "this one’s duties cover it" in read_words(client, "/en/programmes/social-media")


def test_related_pages_are_linked_by_their_names(client: PageClient):
    page = client.get("/programmes/research-groups").get_data(as_text=True)
    assert re.search(r'href="/council/committees/steering">\s*운영위원회', page)
    page = client.get("/programmes/autonomy-act").get_data(as_text=True)
    assert 'href="/calendar/events/rally-2020-11-02"' in page


def test_a_figure_that_disagrees_stands_with_its_programme(client: PageClient):
    words = read_words(client, "/en/programmes/policy-committee")
    assert "The report prints eight activities of the 17th policy committee." in words
    assert "eight activities" not in read_words(client, "/en/programmes/social-media")


@pytest.mark.parametrize(
    ("slug", "key"),
    [
        ("finance-analysis", "finance-analysis-trends-n11"),
        ("finance-analysis", "finance-analysis-quarterly-n12"),
        ("information-systems", "information-systems-n13"),
        ("office-relocation", "office-relocation-n14"),
        ("member-education", "member-education-n15"),
        ("policy-committee", "policy-committee-n10"),
    ],
)
def test_every_doubt_about_a_programme_stands_on_its_page(client: PageClient, slug: str, key: str):
    rows = data_rows(ROOT / "data/identities.csv")
    statement = next(row["statement"] for row in rows if row["key"] == key)
    assert statement in read_words(client, f"/programmes/{slug}")


@pytest.mark.parametrize(("language", "field"), [("", "name"), ("/en", "name_en")])
def test_the_whole_document_has_every_programme_in_order(
    client: PageClient, language: str, field: str
):
    words = read_words(client, f"{language}/programmes/report")
    headings = [f"{row['chapter']}.{row['position']} {row[field]}" for row in ALL_PROGRAMMES]
    places = [words.index(heading) for heading in headings]
    assert places == sorted(places)
    assert names_on(client, f"{language}/programmes/report", field) == [r[field] for r in TARGETS]


def test_all_targets_can_be_taken_away_with_their_states(client: PageClient):
    text = client.get("/programmes/targets.csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), strict=True))
    fields = ("programme", "period", "target", "result", "unit", "state")
    assert [[row[field] for field in fields] for row in rows] == [
        [row[field] for field in fields] for row in TARGETS
    ]
    content = json.loads(client.get("/programmes/targets.json").data)
    assert [column["column"] for column in content["columns"]] == list(rows[0])
    assert [row["target"] for row in content["rows"]] == [
        int(row["target"]) if row["target"] else None for row in TARGETS
    ]
    book = zipfile.ZipFile(io.BytesIO(client.get("/programmes/targets.xlsx").data))
    assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == len(TARGETS) + 1
    assert book.read("xl/worksheets/sheet2.xml").count(b"<row ") == len(rows[0]) + 1


def test_the_mark_for_spreadsheets_can_be_left_out_of_targets(client: PageClient):
    marked, plain = (
        client.get(f"/programmes/targets.csv{query}").data for query in ("", "?bom=no")
    )
    assert marked == b"\xef\xbb\xbf" + plain


def test_a_result_that_is_counted_later_is_not_shown_yet(fresh_app: Flask):
    with fresh_app.app_context():
        target = db.session.scalar(select(Target).where(Target.name == "전문정보검색서비스 제공"))
        assert target is not None
        target.as_of = date(2020, 11, 30)
        raise_version(db.session())
        db.session.commit()
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    assert "전문정보검색서비스 제공" not in names_on(client, "/programmes", "name")
    assert "전문정보검색서비스 제공" not in names_on(client, "/programmes/drafting-support", "name")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/programmes", "아직 알려진 목표가 없습니다"),
        ("/en/programmes", "No targets are known yet."),
        ("/programmes/report", "아직 알려진 사업이 없습니다"),
        ("/en/programmes/report", "No programmes are known yet."),
    ],
)
def test_a_council_without_programmes_says_so(hanbit: Flask, address: str, words: str):
    client: PageClient = hanbit.test_client()  # type: ignore[assignment]
    page = read_words(client, address)
    assert words in page
    assert not re.search(r"\d", page)
    assert client.get("/programmes/social-media").status_code == 404
