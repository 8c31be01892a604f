"""Whether articles and headings stand in the order of their numbers, each once."""

from flask_babel import gettext as _

from portal.importers.ordinance_texts.places import Complaints, Line
from portal.legislation.rules.signs import numbered
from portal.legislation.rules.text import Article, Heading, HeadingUnit

_WIDTHS = tuple(HeadingUnit)
#: A number with its branch: 제7조의2 is (7, 2).
Number = tuple[int, int]


class NumberOrder:
    """Sees each article and heading as it is read.

    Articles are counted through the whole text. Headings are counted anew below each wider one.
    """

    def __init__(self, complaints: Complaints) -> None:
        """Begin before the first."""
        self._complaints = complaints
        self._article: Number | None = None
        self._headings: list[tuple[int, Number]] = []

    def see_article(self, article: Article, line: Line) -> None:
        """Note where an article does not come after the one before."""
        number = (article.number, article.branch)
        self._compare(number, self._article, "조", line)
        self._article = number

    def see_heading(self, heading: Heading, line: Line) -> None:
        """Note where a heading does not come after the one before."""
        width, number = _WIDTHS.index(heading.unit), (heading.number, heading.branch)
        while self._headings and self._headings[-1][0] > width:
            self._headings.pop()
        if self._headings and self._headings[-1][0] == width:
            self._compare(number, self._headings.pop()[1], heading.unit, line)
        self._headings.append((width, number))

    def _compare(self, number: Number, last: Number | None, unit: str, line: Line) -> None:
        name = _name(number, unit)
        if last is None or last < number:
            return
        if last == number:
            reason = _("%(name)s stands twice", name=name)
        else:
            reason = _(
                "%(name)s stands behind %(last)s; put them in the order of their numbers",
                name=name,
                last=_name(last, unit),
            )
        self._complaints.add(line.number, 1, reason)


def _name(number: Number, unit: str) -> str:
    return numbered(f"제{number[0]}{unit}", number[1])
