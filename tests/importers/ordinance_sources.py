"""Ordinances of a council that does not exist, as files and as text."""

import re
from pathlib import Path

from portal.legislation.rules.text import Article, OrdinanceText

FOLDER = Path(__file__).parent / "ordinances"
NAME = "한빛시의회 회의실ㆍ강당 개방 조례"
FIRST_PATH = f"1999/{NAME}/본문.md"
NEWEST_PATH = f"2020/{NAME} [현행]/본문.md"
NEWEST = (FOLDER / NEWEST_PATH).read_text(encoding="utf-8")
#: The facts alone, with both fences.
FACTS = NEWEST[: NEWEST.index("\n---\n") + len("\n---\n")]
_HEADING = re.compile(r"^#{1,9}[ \t]+(?=\S)", re.MULTILINE)


def squeezed(text: str) -> str:
    """Return a text without any space."""
    return "".join(text.split())


def body_of(source: str) -> str:
    """Return what a file's text prints, without space: no facts, and no signs of Markdown."""
    facts_end = source.index("\n---\n") + len("\n---\n")
    return squeezed(_HEADING.sub("", source[facts_end:]))


def as_markdown(text: OrdinanceText) -> str:
    """Return a text as the file that it is read from."""
    lines = [FACTS, f"# {text.title}", ""]
    for part in text.parts:
        if isinstance(part, Article):
            lines += [f"##### {part.heading}", "", *part.lines(), ""]
        else:
            level = "편장절관".index(part.unit) + 1
            lines += ["#" * level + " " + next(part.lines()), ""]
    if text.addenda:
        lines += ["## 부칙", ""]
    for addendum in text.addenda:
        lines += [*addendum.lines(), ""]
    return "\n".join(lines)


def changed(old: str, new: str) -> str:
    """Return the newest file with one place changed, the first where it stands more often."""
    assert old in NEWEST
    return NEWEST.replace(old, new, 1)


def pointed(old: str, new: str) -> tuple[str, tuple[int, int]]:
    """Return the changed file, and the line and column of the ▲ in the new words, left out."""
    above, _, below = changed(old, new).partition("▲")
    assert below
    return above + below, (above.count("\n") + 1, len(above) - above.rfind("\n"))
