"""Read a page as a person does: the words that are seen, and the rows of its tables."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.support.client import PageClient
from tests.support.page_checks import read_page

_HTML = "{http://www.w3.org/1999/xhtml}"
#: Elements within a line; the words of all others stand apart from their neighbours.
_INLINE = frozenset(("a", "abbr", "b", "data", "em", "i", "mark", "s", "span", "strong", "time"))


def read_words(client: PageClient, address: str) -> str:
    """Return what is seen between head and foot of a page, without tags."""
    return _words(_main(client, address))


def read_rows(client: PageClient, address: str) -> list[list[str]]:
    """Return the cells of every row of every table of a page."""
    rows = _main(client, address).iter(f"{_HTML}tr")
    return [[_words(cell) for cell in row if cell.tag.endswith(("th", "td"))] for row in rows]


def read_row(client: PageClient, address: str, name: str) -> list[str]:
    """Return the cells of the first row that begins with a name, without the name."""
    for row in read_rows(client, address):
        if row[0].startswith(name):
            return row[1:]
    raise AssertionError(f"{address} has no row {name!r}")


def _main(client: PageClient, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status}"
    return read_page(response.get_data(as_text=True)).elements("main")[0]


def _words(element: Element) -> str:
    return " ".join("".join(_seen(element)).split())


def _seen(element: Element) -> Iterator[str]:
    """Give the texts within an element; what only the ear gets is no part of them."""
    if "visually-hidden" not in (element.get("class") or "").split():
        space = "" if element.tag.removeprefix(_HTML) in _INLINE else " "
        yield space + (element.text or "")
        for child in element:
            yield from _seen(child)
            yield child.tail or ""
        yield space
