"""An ordinance's text as plain values, to be kept in one column of a database as JSON."""

from datetime import date
from typing import NotRequired, TypedDict

from portal.legislation.rules.text import (
    Addendum,
    Article,
    Heading,
    HeadingUnit,
    Item,
    OrdinanceText,
    Paragraph,
    Subitem,
)


class PlainSubitem(TypedDict):
    """A 목."""

    letter: str
    branch: int
    text: str


class PlainItem(TypedDict):
    """A 호."""

    number: int
    branch: int
    text: str
    subitems: list[PlainSubitem]


class PlainParagraph(TypedDict):
    """A 항."""

    number: int
    text: str
    items: list[PlainItem]


class PlainPart(TypedDict):
    """An article (조), or a heading, which has a unit, such as 장, and a text."""

    number: int
    branch: int
    unit: NotRequired[str]
    text: NotRequired[str]
    title: NotRequired[str | None]
    paragraphs: NotRequired[list[PlainParagraph]]
    notes: NotRequired[list[str]]


class PlainAddendum(TypedDict):
    """A 부칙; its day is written as 2020-03-26."""

    heading: str
    number: int | None
    day: str | None
    lines: list[str]


class PlainText(TypedDict):
    """The whole text."""

    title: str
    kind: str
    parts: list[PlainPart]
    addenda: list[PlainAddendum]


def as_plain(text: OrdinanceText) -> PlainText:
    """Return a text as lists, dictionaries, strings, whole numbers and None."""
    return {
        "title": text.title,
        "kind": text.kind,
        "parts": [_plain_part(part) for part in text.parts],
        "addenda": [_plain_addendum(addendum) for addendum in text.addenda],
    }


def from_plain(plain: PlainText) -> OrdinanceText:
    """Return the text that ``as_plain`` made plain.

    :raise KeyError: it did not: a value is missing
    :raise ValueError: it did not: a unit or a day is none
    """
    return OrdinanceText(
        title=plain["title"],
        kind=plain["kind"],
        parts=tuple(
            _heading(part) if "unit" in part else _article(part) for part in plain["parts"]
        ),
        addenda=tuple(_addendum(addendum) for addendum in plain["addenda"]),
    )


def _plain_part(part: Heading | Article) -> PlainPart:
    if isinstance(part, Heading):
        return {
            "unit": part.unit.value,
            "number": part.number,
            "branch": part.branch,
            "text": part.text,
        }
    return {
        "number": part.number,
        "branch": part.branch,
        "title": part.title,
        "paragraphs": [_plain_paragraph(paragraph) for paragraph in part.paragraphs],
        "notes": list(part.notes),
    }


def _plain_paragraph(paragraph: Paragraph) -> PlainParagraph:
    return {
        "number": paragraph.number,
        "text": paragraph.text,
        "items": [_plain_item(item) for item in paragraph.items],
    }


def _plain_item(item: Item) -> PlainItem:
    return {
        "number": item.number,
        "branch": item.branch,
        "text": item.text,
        "subitems": [
            {"letter": subitem.letter, "branch": subitem.branch, "text": subitem.text}
            for subitem in item.subitems
        ],
    }


def _plain_addendum(addendum: Addendum) -> PlainAddendum:
    return {
        "heading": addendum.heading,
        "number": addendum.number,
        "day": addendum.day.isoformat() if addendum.day else None,
        "lines": list(addendum.text_lines),
    }


def _heading(plain: PlainPart) -> Heading:
    return Heading(HeadingUnit(plain["unit"]), plain["number"], plain["branch"], plain["text"])


def _article(plain: PlainPart) -> Article:
    return Article(
        number=plain["number"],
        branch=plain["branch"],
        title=plain["title"],
        paragraphs=tuple(_paragraph(paragraph) for paragraph in plain["paragraphs"]),
        notes=tuple(plain["notes"]),
    )


def _paragraph(plain: PlainParagraph) -> Paragraph:
    return Paragraph(plain["number"], plain["text"], tuple(_item(item) for item in plain["items"]))


def _item(plain: PlainItem) -> Item:
    subitems = tuple(
        Subitem(subitem["letter"], subitem["branch"], subitem["text"])
        for subitem in plain["subitems"]
    )
    return Item(plain["number"], plain["branch"], plain["text"], subitems)


def _addendum(plain: PlainAddendum) -> Addendum:
    day = date.fromisoformat(plain["day"]) if plain["day"] else None
    return Addendum(plain["heading"], plain["number"], day, tuple(plain["lines"]))
