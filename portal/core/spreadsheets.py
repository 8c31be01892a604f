"""CSV for spreadsheets: UTF-8 with a byte order mark, and no cell that runs as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response

#: A cell beginning with one of these would be run by a spreadsheet (OWASP ASVS 5.0, 1.2.10).
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_response(
    name: str,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    with_mark: bool = True,
) -> Response:
    """Return rows as a file to download.

    :param with_mark: begin with a byte order mark
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    mark = "\ufeff" if with_mark else ""
    response = Response(mark + text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def safe_cell(value: object) -> object:
    """Return a cell's value; a text that looks like a formula is marked as text."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return "'" + value
    return value
