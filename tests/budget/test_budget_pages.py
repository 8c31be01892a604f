"""The pages of the budget: questions of strangers, answered from what the pages say."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.budget.models import BudgetLine, Execution
from portal.config import ROOT
from portal.core.versions import raise_version
from portal.extensions import db
from tests.support.client import PageClient
from tests.support.reading import read_row, read_rows, read_words

BUDGET = ROOT / "data" / "budget"
MINUS = "\u2212"
#: More days of execution, as later reports would bring them; the last is not known on the site's.
MORE_DAYS = (date(2020, 3, 31), date(2020, 6, 30), date(2020, 8, 31), date(2020, 11, 30))


def data_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(kind: str) -> list[tuple[str, int, int]]:
    """Return name, current and spent of the lines of a kind, from the files."""
    names = {row["slug"]: row for row in data_rows(BUDGET / "lines.csv")}
    return [
        (names[row["line"]]["name"], int(row["current"]), int(row["spent"]))
        for row in data_rows(BUDGET / "execution.csv")
        if names[row["line"]]["kind"] == kind
    ]


def names_on(client: PageClient, address: str, kind: str) -> list[str]:
    """Return the names of lines in the order in which a page shows them."""
    known = {name for name, _current, _spent in lines_of(kind)}
    return [row[0] for row in read_rows(client, address) if row[0] in known]


@pytest.fixture
def app_of_days(fresh_app: Flask) -> Flask:
    """Give a portal that knows the execution at more days; half was spent on each of them."""
    with fresh_app.app_context():
        session = db.session()
        for row in session.scalars(select(Execution)).all():
            for day in MORE_DAYS:
                session.add(
                    Execution(
                        line_id=row.line_id,
                        year_id=row.year_id,
                        as_of=day,
                        unit=row.unit,
                        current_won=row.current_won,
                        committed_won=row.committed_won,
                        committed_rate=row.committed_rate,
                        spent_won=row.current_won // 2,
                    )
                )
        raise_version(session)
        session.commit()
    return fresh_app


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/budget", "의정활동 홍보 사업"),
        ("/budget/2020", "의정활동 홍보 사업"),
        ("/en/budget/2020", "Publicity for council activities"),
    ],
)
def test_how_much_of_the_publicity_budget_was_spent(client: PageClient, address: str, name: str):
    assert read_row(client, address, name)[1:] == ["38.3%", "2,253", "3,628", "5,881"]


def test_the_page_of_publicity_answers_in_one_sentence(client: PageClient):
    assert (
        "58억 8,100만 원 가운데 2020. 10. 31.까지 22억 5,300만 원을 쓰고 "
        "36억 2,800만 원이 남았습니다."
    ) in read_words(client, "/budget/2020/publicity")
    assert (
        "Of 5 billion 881 million won, 2 billion 253 million won was spent by 31 Oct 2020; "
        "3 billion 628 million won is left."
    ) in read_words(client, "/en/budget/2020/publicity")


def test_the_title_says_the_rate_of_the_whole(client: PageClient):
    page = client.get("/en/budget/2020").get_data(as_text=True)
    assert "<title>Budget 2020: 60.7% spent by 31 Oct ·" in page
    words = read_words(client, "/budget/2020")
    assert "2020년 예산, 10. 31.까지 60.7%를 썼습니다" in words
    assert "277억 6,600만 원 가운데 168억 5,400만 원을 쓰고 109억 1,200만 원이 남았습니다" in words


@pytest.mark.parametrize("language", ["", "/en"])
def test_which_projects_had_spent_less_than_a_fifth(client: PageClient, language: str):
    address = f"{language}/budget/2020?view=projects&order=rate"
    few = [name for name, current, spent in lines_of("project") if spent * 5 < current]
    rates = [row[2] for row in read_rows(client, address) if len(row) == 6 and "%" in row[2]]
    assert len(few) == 4
    assert [float(rate[:-1]) < 20 for rate in rates] == [True] * 4 + [False] * (len(rates) - 4)
    if not language:
        assert set(names_on(client, address, "project")[:4]) == set(few)
    assert rates[:4] == ["7.7%", "14.5%", "15.6%", "19.9%"]


@pytest.mark.parametrize(
    ("address", "labels"),
    [
        (
            "/budget/2020",
            ["당초편성액", "사고이월", "간주예산", "제2회", "제4회", "예산현액"],
        ),
        (
            "/en/budget/2020",
            ["Original", "Carried over", "Deemed", "Second supp", "Fourth supp", "Current"],
        ),
    ],
)
def test_why_the_budget_changed(client: PageClient, address: str, labels: list[str]):
    rows = read_rows(client, address)
    place = next(place for place, row in enumerate(rows) if row[0].startswith(labels[0]))
    steps = rows[place : place + 6]
    assert all(step[0].startswith(label) for step, label in zip(steps, labels, strict=True))
    amounts = [step[-1] for step in steps]
    assert amounts == ["27,485", "+338", "+55", f"{MINUS}668", "+556", "27,766"]


def test_the_change_of_the_budget_is_told_in_words(client: PageClient):
    words = read_words(client, "/en/budget/2020")
    assert "Why 27,485 became 27,766" in words
    assert "decided as 27 billion 485 million won" in words
    assert "274억 8,500만 원" in read_words(client, "/budget/2020")


def declared(*, money_only: bool) -> list[dict[str, str]]:
    """Return the printed figures that the files declare to differ."""
    rows = [row for row in data_rows(ROOT / "data/identities.csv") if row["agrees"] == "no"]
    units = ("million", "thousand", "permille")
    about = [row for row in rows if row["key"].startswith("budget-") and row["unit"] in units]
    return about if money_only else rows


@pytest.mark.parametrize(("language", "field"), [("", "statement"), ("/en", "statement_en")])
def test_where_the_report_disagrees_with_itself(client: PageClient, language: str, field: str):
    about_money, all_of_them = declared(money_only=True), declared(money_only=False)
    assert len(about_money) == 7 and len(all_of_them) > 15
    words = read_words(client, f"{language}/budget/2020")
    assert [row["key"] for row in about_money if row[field] not in words] == []
    words = read_words(client, f"{language}/about/data")
    assert [row["key"] for row in all_of_them if row[field] not in words] == []


def test_the_budget_shows_doubts_about_money_only(client: PageClient):
    words = read_words(client, "/en/budget/2020")
    others = [row for row in declared(money_only=False) if row not in declared(money_only=True)]
    assert [row["key"] for row in others if row["statement_en"] in words] == []


def test_a_doubt_about_a_line_stands_on_its_page(client: PageClient):
    assert "집행률은 14.5%로 적혀 있습니다" in read_words(client, "/budget/2020/opinion-polls")
    assert "14.5%로 적혀" not in read_words(client, "/budget/2020/media-advertising")


def test_every_programme_stands_in_the_picture_and_in_the_table_below_it(client: PageClient):
    page = client.get("/budget/2020?view=map").get_data(as_text=True)
    assert page.count('class="treemap-area') == 9
    assert len(names_on(client, "/budget/2020?view=map", "programme")) == 9


@pytest.mark.parametrize("order", ["amount", "rate", "remaining"])
def test_the_picture_names_the_largest_in_every_order(client: PageClient, order: str):
    for language, name in (("", "의회운영 사업"), ("/en", "Council operation")):
        page = client.get(f"{language}/budget/2020?view=map&order={order}").get_data(as_text=True)
        label = re.search(r'viewBox="0 0 1200 520" role="img" aria-label="([^"]+)"', page)
        assert label and name in label.group(1)


@pytest.mark.parametrize(("view", "kind"), [("programmes", "programme"), ("projects", "project")])
@pytest.mark.parametrize("order", ["amount", "rate", "remaining"])
def test_lines_stand_in_the_order_that_the_reader_wants(
    client: PageClient, view: str, kind: str, order: str
):
    numbers = {name: (current, spent) for name, current, spent in lines_of(kind)}
    shown = names_on(client, f"/budget/2020?view={view}&order={order}", kind)
    keys: list[float] = {
        "amount": [float(-numbers[name][0]) for name in shown],
        "rate": [numbers[name][1] / numbers[name][0] for name in shown],
        "remaining": [float(numbers[name][1] - numbers[name][0]) for name in shown],
    }[order]
    assert len(shown) == len(numbers)
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("unit", "cells", "word"),
    [
        ("million", ["2,253", "3,628", "5,881"], "million won"),
        ("thousand", ["2,253,000", "3,628,000", "5,881,000"], "thousand won"),
        ("won", ["2,253,000,000", "3,628,000,000", "5,881,000,000"], "won"),
        ("eok", ["22.5", "36.3", "58.8"], "hundred million won"),
    ],
)
def test_amounts_are_shown_in_the_unit_that_the_reader_wants(
    client: PageClient, unit: str, cells: list[str], word: str
):
    name = "Publicity for council activities"
    assert read_row(client, f"/en/budget/2020?unit={unit}", name)[2:] == cells
    assert f"As of 31 Oct 2020, in {word}" in read_words(client, f"/en/budget/2020?unit={unit}")
    assert cells[0] in read_words(client, f"/budget/2020/publicity?unit={unit}")


def test_one_choice_keeps_the_others(client: PageClient):
    address = "/budget/2020?on=2020-10-31&view=projects&order=rate&unit=thousand"
    page = client.get(address).get_data(as_text=True).replace("&amp;", "&")
    links = re.findall(r'href="/budget/2020\?([^"#]*)#where"', page)
    queries = [dict(part.split("=") for part in link.split("&")) for link in links]
    assert {"view": "projects", "order": "rate", "unit": "won", "on": "2020-10-31"} in queries
    assert {"view": "map", "order": "rate", "unit": "thousand", "on": "2020-10-31"} in queries
    assert {"view": "projects", "unit": "thousand", "on": "2020-10-31"} in queries
    assert all(query.get("on") == "2020-10-31" for query in queries)


def test_a_day_that_is_known_can_be_named(client: PageClient):
    rows = read_rows(client, "/budget/2020?on=2020-10-31")
    assert rows == read_rows(client, "/budget/2020")
    assert read_row(client, "/budget/2020/publicity?on=2020-10-31", "2020. 10. 31.")[0] == "38.3%"


def test_an_earlier_day_shows_its_own_figures(app_of_days: Flask):
    client: PageClient = app_of_days.test_client()  # type: ignore[assignment]
    name = "의정활동 홍보 사업"
    assert read_row(client, "/budget/2020", name)[1] == "38.3%"
    early = read_row(client, "/budget/2020?on=2020-06-30", name)
    assert early[1:] == ["50.0%", "2,941", "2,941", "5,881"]
    assert "49.7%" in read_words(client, "/budget/2020?on=2020-06-30")
    days = [row[0] for row in read_rows(client, "/budget/2020/publicity") if len(row) == 6]
    assert [day for day in days if day.startswith("2020.")] == [
        "2020. 10. 31.",
        "2020. 8. 31.",
        "2020. 6. 30.",
        "2020. 3. 31.",
    ]


def test_days_stand_side_by_side(app_of_days: Flask):
    client: PageClient = app_of_days.test_client()  # type: ignore[assignment]
    row = read_row(client, "/budget/2020?view=compare", "의정활동 홍보 사업")
    assert row == ["2,253", "38.3%", *["2,941", "50.0%"] * 3]
    assert "기준일과 해 견주기" in read_words(client, "/budget/2020")


def test_what_is_not_known_yet_on_the_day_is_not_shown(app_of_days: Flask):
    client: PageClient = app_of_days.test_client()  # type: ignore[assignment]
    assert client.get("/budget/2020?on=2020-11-30").status_code == 400
    assert "2020-11-30" not in client.get("/budget/2020").get_data(as_text=True)
    assert "2020-11-30" not in client.get("/budget/2020/publicity").get_data(as_text=True)
    assert client.get("/budget/2020.csv?on=2020-11-30").status_code == 400


def test_a_day_without_figures_says_which_days_have_some(client: PageClient):
    response = client.get("/budget/2020?on=2020-09-30")
    assert response.status_code == 400
    assert "2020-10-31" in response.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    [
        "/budget?view=nonsense",
        "/budget/2020?view=nonsense",
        "/budget/2020?order=name",
        "/budget/2020?unit=dollar",
        "/budget/2020?page=0",
        "/budget/2020?page=x",
        "/budget/2020?on=banana",
        "/budget/2020?on=2020-10-32",
        "/budget/2020/publicity?on=2020-09-30",
        "/budget/2020/publicity?unit=dollar",
        "/budget/2020.csv?on=2020-09-30",
        "/budget/2020.json?on=2020-09-30",
        "/budget/2020.xlsx?on=2020-09-30",
        "/en/budget/2020?view=nonsense",
    ],
)
def test_what_cannot_be_is_a_bad_address(client: PageClient, address: str):
    assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "/budget/2019",
        "/budget/2020/nothing",
        "/budget/2020/Publicity",
        "/budget/2019/publicity",
        "/budget/2019.csv",
        "/budget/2019.json",
        "/budget/2019.xlsx",
        "/en/budget/2019",
    ],
)
def test_what_is_not_there_is_not_found(client: PageClient, address: str):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "year", ["0", "9" * 20, "banana", "-1", "２０２０", "2020.pdf", "%C2%80", "%01", "<b>"]
)
def test_an_address_of_no_year_leads_nowhere(client: PageClient, year: str):
    for address in (f"/budget/{year}", f"/budget/{year}/publicity", f"/budget/{year}.csv"):
        assert client.get(address).status_code in (400, 404)


@pytest.mark.parametrize("parameter", ["view", "order", "unit", "on", "page"])
def test_a_control_character_in_a_choice_gives_a_whole_page(client: PageClient, parameter: str):
    assert client.get(f"/budget/2020?{parameter}=%C2%80").status_code == 400


@pytest.mark.parametrize("slug", ["total", "publicity"])
def test_a_line_without_printed_commitments_is_no_error(fresh_app: Flask, slug: str):
    with fresh_app.app_context():
        row = db.session.scalar(
            select(Execution)
            .join(BudgetLine, BudgetLine.id == Execution.line_id)
            .where(BudgetLine.slug == slug)
        )
        assert row is not None
        row.committed_rate = None
        raise_version(db.session())
        db.session.commit()
        assert row.committed_won
    client: PageClient = fresh_app.test_client()  # type: ignore[assignment]
    addresses = ("/budget/2020", f"/budget/2020/{slug}", "/budget/2020.csv")
    assert [client.get(address).status_code for address in addresses] == [200] * 3
    with fresh_app.app_context():
        row = db.session.get(Execution, row.id)
        assert row is not None
        row.committed_won = None
        raise_version(db.session())
        db.session.commit()
    assert [client.get(address).status_code for address in addresses] == [200] * 3


def test_every_line_has_a_page_that_says_its_rate(client: PageClient):
    for row in data_rows(BUDGET / "execution.csv"):
        words = read_words(client, f"/budget/2020/{row['line']}")
        assert re.search(rf"\b{float(row['spent_percent']):.1f}%를 썼습니다", words), row["line"]


@pytest.mark.parametrize(
    ("slug", "cells", "meaning"),
    [
        # Additional: 79,842 is spent and 85,500 will be, of 216,000.
        ("hearings-and-discussions", ["85,500", "50,658", "216,000"], "spent after 31 Oct 2020"),
        # Cumulative: 354,700 by the end of the year, of which 173,250 are spent.
        ("bill-processing-system", ["181,450", "11,808", "366,508"], "means the whole year"),
    ],
)
def test_plans_of_both_meanings_are_shown_in_one(
    client: PageClient, slug: str, cells: list[str], meaning: str
):
    address = f"/en/budget/2020/{slug}?unit=thousand"
    assert read_row(client, address, "31 Oct 2020")[-3:] == cells
    assert meaning in read_words(client, address)


def test_a_plan_that_nobody_understands_is_quoted_and_not_called_unprinted(client: PageClient):
    address = "/en/budget/2020/policy-functions?unit=thousand"
    assert "prints 7 million 450 thousand won as planned" in read_words(client, address)
    row = read_row(client, address, "31 Oct 2020")
    assert row[1] == "66,000"
    assert "7,450" not in row and "Not printed" not in row


def test_a_project_without_a_programme_says_so(client: PageClient):
    words = "does not say which programme this project belongs to"
    assert words in read_words(client, "/en/budget/2020/film-festival")
    assert words not in read_words(client, "/en/budget/2020/newsletter")
    assert words not in read_words(client, "/en/budget/2020/publicity")


def test_the_parts_of_a_programme_stand_on_its_page(client: PageClient):
    shown = names_on(client, "/budget/2020/publicity", "project")
    assert shown == ["서울시의회 소식지 발행", "시민 여론조사", "의정모니터"]


@pytest.mark.parametrize(
    ("slug", "targets"),
    [
        ("social-media", ["SNS 콘텐츠", "조례웹툰", "참여이벤트", "1,121 / 1,500"]),
        ("publicity", ["의정현안 여론조사", "의정모니터 운영", "서울시의회 소식지 발행"]),
        ("council-operation", ["청소년 의회교실 운영", "165 / 390"]),
    ],
)
def test_a_line_shows_the_targets_that_it_pays_for(
    client: PageClient, slug: str, targets: list[str]
):
    words = read_words(client, f"/budget/2020/{slug}")
    assert all(target in words for target in ["목표와 실적", *targets])
    assert "전문정보검색서비스" not in words


def test_a_line_that_pays_for_no_programme_has_no_targets(client: PageClient):
    assert "목표와 실적" not in read_words(client, "/budget/2020/exchange")


def test_a_line_can_be_cited_with_its_day_and_address(client: PageClient):
    page = client.get("/en/budget/2020/publicity").get_data(as_text=True)
    cited = re.search(r'id="cite"[^>]* value="([^"]+)"', page)
    assert cited
    for part in (
        "2 billion 253 million won",
        "31 Oct 2020",
        "/en/budget/2020/publicity?on=2020-10",
    ):
        assert part in cited.group(1)


def test_the_words_of_the_budget_are_explained(client: PageClient):
    words = read_words(client, "/en/budget/words")
    assert all(word in words for word in ("Current budget", "Committed", "Deemed budget"))
    assert "추가경정예산" in read_words(client, "/budget/words")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/budget", "아직 알려진 예산이 없습니다"),
        ("/en/budget", "No budget is known yet"),
    ],
)
def test_a_council_without_a_budget_says_so(hanbit: Flask, address: str, words: str):
    client: PageClient = hanbit.test_client()  # type: ignore[assignment]
    page = read_words(client, address)
    assert words in page
    assert not re.search(r"\d", page)
    assert client.get("/budget/2020").status_code == 404
    assert client.get("/budget/2020.csv").status_code == 404
