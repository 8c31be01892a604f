"""Tables as files: CSV, JSON and XLSX, each with the meaning of its columns (data dictionary)."""

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields

import xlsxwriter
from flask import Response, current_app

from portal.core.spreadsheets import csv_response, safe_cell

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """A column of a file, as the data dictionary explains it.

    :ivar type: ``text``, ``number`` or ``date``
    :ivar unit: empty for words
    """

    column: str
    korean: str
    english: str
    type: str
    unit: str
    meaning: str
    meaning_en: str


@dataclass(frozen=True)
class Table:
    """Rows to give away under a file name without ending.

    :ivar rows: values in the order of the columns; None is an empty cell
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]


DICTIONARY = tuple(field.name for field in fields(Column))


def as_csv(table: Table, *, with_mark: bool = True) -> Response:
    """Return a table as CSV.

    :param with_mark: begin with a byte order mark, which some spreadsheets need for Korean
    """
    header = [column.column for column in table.columns]
    return csv_response(f"{table.name}.csv", header, table.rows, with_mark=with_mark)


def columns_as_csv(name: str, columns: Iterable[Column]) -> Response:
    """Return a data dictionary as CSV."""
    return csv_response(f"{name}.csv", DICTIONARY, (astuple(column) for column in columns))


def as_json(table: Table) -> Response:
    """Return a table, its data dictionary and the licence as JSON."""
    names = [column.column for column in table.columns]
    content = {
        "licence": current_app.config["DATA_LICENCE"] or None,
        "columns": [
            dict(zip(DICTIONARY, astuple(column), strict=True)) for column in table.columns
        ],
        "rows": [dict(zip(names, row, strict=True)) for row in table.rows],
    }
    body = json.dumps(content, ensure_ascii=False)
    return _attachment(Response(body, mimetype="application/json"), f"{table.name}.json")


def as_xlsx(table: Table) -> Response:
    """Return a table as a workbook; its second sheet is the data dictionary."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    _write_sheet(book, "data", [column.column for column in table.columns], table.rows)
    _write_sheet(book, "columns", DICTIONARY, [astuple(column) for column in table.columns])
    book.close()
    return _attachment(Response(file.getvalue(), mimetype=XLSX), f"{table.name}.xlsx")


def _write_sheet(
    book: xlsxwriter.Workbook,
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Write one sheet; texts stay texts, whatever they begin with."""
    sheet = book.add_worksheet(name)
    for place, row in enumerate((header, *rows)):
        for column, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(place, column, value)
            elif value:
                sheet.write_string(place, column, str(safe_cell(value)))


def _attachment(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
