"""Lists in pages of a fixed size."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
ROWS_A_PAGE = 20


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list.

    :ivar number: from 1
    :ivar first: place of its first row in the list, from 1; 0 in an empty list
    """

    rows: Sequence[Row]
    number: int
    pages: int
    total: int
    first: int

    @property
    def last(self) -> int:
        """Return the place of its last row in the list."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def numbers_of(page: Page[Any]) -> tuple[int | None, ...]:
    """Return the numbers that a pager shows, at most nine: None stands for those left out."""
    near = range(page.number - 2, page.number + 3)
    wanted = sorted({1, page.pages, *(n for n in near if 1 <= n <= page.pages)})
    shown: list[int | None] = []
    for number in wanted:
        if shown and shown[-1] is not None and number > shown[-1] + 1:
            shown.append(None)
        shown.append(number)
    return tuple(shown)


def part_of(total: int, number: int, size: int = ROWS_A_PAGE) -> Page[Any]:
    """Return a page of a list of known length, without its rows; past the end it is the last one.

    :param total: length of the whole list
    """
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    return Page((), number, pages, total, (number - 1) * size + 1 if total else 0)


def page_of(rows: Sequence[Row], number: int, size: int = ROWS_A_PAGE) -> Page[Row]:
    """Return a page of a list that is known whole; a page past the end is the last one."""
    page: Page[Row] = part_of(len(rows), number, size)
    begin = max(0, page.first - 1)
    return replace(page, rows=rows[begin : begin + size])
