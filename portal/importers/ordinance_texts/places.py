"""Lines of a file with their numbers, and what is wrong at a place in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.importers.tables import DataError, DataErrors

#: So many errors of one file are told at once.
MOST_ERRORS = 20


@dataclass(frozen=True)
class Line:
    """A line and its number in the file, from 1."""

    number: int
    text: str

    @property
    def words(self) -> str:
        """Return the line without the space around it."""
        return self.text.strip()

    @property
    def column(self) -> int:
        """Return the place of its first sign, from 1."""
        return len(self.text) - len(self.text.lstrip()) + 1


class Complaints:
    """What is wrong with one file, gathered while it is read."""

    def __init__(self, path: str) -> None:
        """Begin with nothing.

        :param path: what errors call the file
        """
        self.path = path
        self._errors: list[DataError] = []

    def add(self, line: int, column: int, reason: str) -> None:
        """Note that something is wrong at a place; only so many are kept."""
        if len(self._errors) < MOST_ERRORS:
            self._errors.append(DataError(self.path, line, column, reason))

    def refuse(self) -> None:
        """End the reading where anything is wrong.

        :raise DataErrors: with all that was noted, in the order of its lines
        """
        if self._errors:
            raise DataErrors(sorted(self._errors, key=lambda error: (error.line, error.column)))


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the lines of a text; only a line feed ends a line."""
    return tuple(Line(number, line) for number, line in enumerate(text.split("\n"), start=1))


def filled(lines: tuple[Line, ...]) -> Iterator[Line]:
    """Give those lines that hold more than space."""
    return (line for line in lines if line.words)
