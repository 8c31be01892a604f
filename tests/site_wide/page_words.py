"""Words that must not stand on a page: untranslated ones, unfilled places, and what is private."""

import functools
from collections.abc import Iterator

from scripts.words import read_korean
from tests.support.page_checks import Page

#: The business report of November 2020 holds details of single employees, of candidates in a
#: party's election and of the building's and computers' safety. None of it is published; the
#: words below stand in those lines and nowhere else (lines 85-112, 935, 1775-1783, 1890-1908).
FORBIDDEN = (
    "휴직",
    "의장실1",
    "대표실 1",
    "국제업무 1",
    "장애지원",
    "최고위원 후보",
    "방호인력",
    "접근통제",
    "DB암호화",
    "PC보안",
    "백신(",
    "게이트 위치",
)


def words_left(page: Page) -> Iterator[str]:
    """Give the words of a page that should not be there, in sentences."""
    text = " ".join(page.root.itertext())
    yield from (
        f"says {word!r}, which is not to be published" for word in FORBIDDEN if word in text
    )
    if "%(" in text:
        yield f"has an unfilled place: {text[text.index('%(') :][:60]!r}"
    if page.language == "ko":
        for node in page.elements("body")[0].itertext():
            if " ".join(node.split()) in _english_sentences():
                yield f"is not translated: {node.strip()!r}"


@functools.cache
def _english_sentences() -> frozenset[str]:
    """Return the English of every sentence that is another one in Korean."""
    pairs = ((m.id, m.string) for m in read_korean() if m.id)
    singular = ((i if isinstance(i, str) else i[0], s) for i, s in pairs)
    # A single word may be a name that is the same in both languages, such as CSV.
    return frozenset(i for i, s in singular if s not in (i, "", ("", "")) and len(i) > 3)
