"""Ordinances for the tests: made up by hypothesis, or built in a line."""

from datetime import date

from hypothesis import strategies as st

from portal.legislation.rules.signs import CIRCLED, SYLLABLES
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

#: Words that look like all that an ordinance's text has, and any others.
WORDS = st.one_of(
    st.lists(
        st.sampled_from(
            [
                *(
                    "의장은",
                    "시민에게",
                    "제2조에",
                    "따라",
                    "「지방자치법」",
                    "제22조",
                    "한다.",
                    "\n",
                ),
                *("<개정 2020.3.26>", "[본조신설 2014.1.9]", "삭제", "<단서 생략>", "① ", "가. "),
            ]
        ),
        max_size=9,
    ).map(" ".join),
    st.text(max_size=30),
)
BRANCHES = st.integers(0, 9)
NUMBERS = st.integers(1, 99)
SUBITEMS = st.builds(Subitem, st.sampled_from(SYLLABLES), BRANCHES, WORDS)
ITEMS = st.builds(Item, NUMBERS, BRANCHES, WORDS, st.lists(SUBITEMS, max_size=2).map(tuple))
PARAGRAPHS = st.builds(
    Paragraph, st.integers(0, len(CIRCLED)), WORDS, st.lists(ITEMS, max_size=2).map(tuple)
)
ARTICLES = st.builds(
    Article,
    NUMBERS,
    BRANCHES,
    st.none() | WORDS,
    st.lists(PARAGRAPHS, max_size=3).map(tuple),
    st.lists(WORDS, max_size=2).map(tuple),
)
HEADINGS = st.builds(Heading, st.sampled_from(HeadingUnit), NUMBERS, BRANCHES, WORDS)
ADDENDA = st.builds(
    Addendum, WORDS, st.none() | NUMBERS, st.none() | st.dates(), st.lists(WORDS).map(tuple)
)


def texts(parts: st.SearchStrategy[Heading | Article]) -> st.SearchStrategy[OrdinanceText]:
    """Return ordinances of such parts."""
    return st.builds(
        OrdinanceText,
        WORDS,
        st.sampled_from(["조례", "규칙"]),
        st.lists(parts, max_size=6).map(tuple),
        st.lists(ADDENDA, max_size=3).map(tuple),
    )


def article(number: int, text: str, branch: int = 0, title: str | None = "제목") -> Article:
    """Return an article of one paragraph."""
    return Article(number, branch, title, (Paragraph(0, text),))


def ordinance(*parts: Heading | Article, addenda: tuple[Addendum, ...] = ()) -> OrdinanceText:
    """Return an ordinance of such parts."""
    return OrdinanceText("한빛시 시험 조례", "조례", parts, addenda)


def numbered_addendum(number: int | None, day: date | None = None) -> Addendum:
    """Return an addendum."""
    return Addendum(f"부칙 <제{number}호>", number, day, ("이 조례는 공포한 날부터 시행한다.",))
