"""The budget as files: read by the programs people have, and described column by column."""

import csv
import io
import json
import zipfile
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import select

from portal.budget.models import BudgetLine
from portal.core.versions import raise_version
from portal.extensions import db
from tests.support.client import PageClient

MARK = b"\xef\xbb\xbf"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULA = '=HYPERLINK("https://evil.example","x")'


def csv_rows(client: PageClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200 and response.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), strict=True))


def workbook(client: PageClient, address: str) -> zipfile.ZipFile:
    response = client.get(address)
    assert response.status_code == 200
    return zipfile.ZipFile(io.BytesIO(response.data))


def sheet_rows(book: zipfile.ZipFile, number: int) -> list[list[str]]:
    """Return the cells of a sheet as text; numbers as they are stored."""
    strings = [
        "".join(item.itertext())
        for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - ours
    ]
    sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))  # noqa: S314
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        cells = [(cell.get("t"), cell.findtext(f"{SHEET}v") or "") for cell in row]
        rows.append([strings[int(value)] if kind == "s" else value for kind, value in cells])
    return rows


@pytest.fixture
def formula_app(fresh_app: Flask) -> Flask:
    """Give a portal in which a line's name would run in a spreadsheet."""
    with fresh_app.app_context():
        line = db.session.scalar(select(BudgetLine).where(BudgetLine.slug == "publicity"))
        assert line is not None
        line.name = FORMULA
        raise_version(db.session())
        db.session.commit()
    return fresh_app


def test_the_csv_has_every_line_with_exact_won(client: PageClient):
    rows = {row["line"]: row for row in csv_rows(client, "/budget/2020.csv")}
    assert len(rows) == 43
    publicity = rows["publicity"]
    assert publicity["current_won"] == "5881000000"
    assert publicity["spent_won"] == "2253000000"
    assert publicity["spent_percent"] == "38.3"
    assert publicity["as_of"] == "2020-10-31"
    assert publicity["part_of"] == "programme-budget"
    assert publicity["planned_won"] == ""
    system = rows["bill-processing-system"]
    assert (system["planned_won"], system["planned_is"]) == ("354700000", "cumulative")
    assert (system["part_of"], system["printed_in"]) == ("", "thousand")
    assert rows["finance-analysis"]["source"].endswith("L1566")


def test_the_lines_of_the_csv_add_up(client: PageClient):
    rows = csv_rows(client, "/budget/2020.csv?bom=no")
    total = next(int(row["spent_won"]) for row in rows if row["kind"] == "total")
    for kind in ("group", "programme"):
        assert sum(int(row["spent_won"]) for row in rows if row["kind"] == kind) == total


def test_the_mark_for_spreadsheets_can_be_left_out(client: PageClient):
    marked, plain = (client.get(f"/budget/2020.csv{query}").data for query in ("", "?bom=no"))
    assert marked.startswith(MARK) and not plain.startswith(MARK)
    assert marked.removeprefix(MARK) == plain


@pytest.mark.parametrize("ending", ["csv", "json", "xlsx"])
def test_a_file_has_a_name_to_be_saved_under(client: PageClient, ending: str):
    response = client.get(f"/budget/2020.{ending}?on=2020-10-31")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == f'attachment; filename="budget-2020.{ending}"'


def test_the_json_has_the_lines_as_numbers_and_the_meaning_of_each_column(client: PageClient):
    content = json.loads(client.get("/budget/2020.json").data)
    assert {"columns", "rows"} <= set(content)
    names = [column["column"] for column in content["columns"]]
    assert len(content["rows"]) == 43
    assert all(list(line) == names for line in content["rows"])
    publicity = next(line for line in content["rows"] if line["line"] == "publicity")
    assert publicity["current_won"] == 5_881_000_000
    assert publicity["spent_percent"] == 38.3
    assert publicity["planned_won"] is None


def test_the_json_and_the_csv_say_the_same(client: PageClient):
    lines = json.loads(client.get("/budget/2020.json").data)["rows"]
    for line, row in zip(lines, csv_rows(client, "/budget/2020.csv"), strict=True):
        assert {name: "" if value is None else str(value) for name, value in line.items()} == row


def test_the_workbook_has_the_lines_and_the_dictionary(client: PageClient):
    book = workbook(client, "/budget/2020.xlsx")
    names = ElementTree.fromstring(book.read("xl/workbook.xml"))  # noqa: S314 - ours
    assert [sheet.get("name") for sheet in names.iter(f"{SHEET}sheet")] == ["data", "columns"]
    rows = sheet_rows(book, 1)
    assert len(rows) == 44
    assert rows[0] == list(csv_rows(client, "/budget/2020.csv")[0])
    publicity = next(row for row in rows if "publicity" in row)
    assert {"5881000000", "2253000000", "38.3"} <= set(publicity)


def test_the_dictionary_describes_every_column_of_every_file(client: PageClient):
    described = csv_rows(client, "/budget/columns.csv")
    header = list(csv_rows(client, "/budget/2020.csv")[0])
    assert [row["column"] for row in described] == header
    for row in described:
        assert all(row[field] for field in row if field != "unit"), row["column"]
    money = [row for row in described if row["column"].endswith("_won")]
    assert [row["unit"] for row in money] == ["won"] * len(money) and money
    columns = json.loads(client.get("/budget/2020.json").data)["columns"]
    assert columns == described
    sheet = sheet_rows(workbook(client, "/budget/2020.xlsx"), 2)
    assert sheet[0] == list(described[0])
    assert [row[0] for row in sheet[1:]] == header


def test_a_name_that_looks_like_a_formula_is_text_in_a_spreadsheet(formula_app: Flask):
    client: PageClient = formula_app.test_client()  # type: ignore[assignment]
    rows = {row["line"]: row for row in csv_rows(client, "/budget/2020.csv")}
    assert rows["publicity"]["name"] == f"'{FORMULA}"
    book = workbook(client, "/budget/2020.xlsx")
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    assert any(f"'{FORMULA}" in row for row in sheet_rows(book, 1))


def test_the_page_links_every_file(client: PageClient):
    page = client.get("/budget/2020").get_data(as_text=True)
    for address in ("/budget/2020.csv", "/budget/2020.json", "/budget/2020.xlsx"):
        assert f'href="{address}"' in page
    assert 'href="/budget/columns.csv"' in page
