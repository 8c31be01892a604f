"""The counting as a page shows it."""

from collections.abc import Iterator
from datetime import date

import html5lib
import pytest
from flask import Flask

from portal.complaints.counting import show_count
from portal.complaints.rules.counts import Count
from portal.complaints.rules.pauses import ClockEventKind as K
from portal.complaints.rules.periods import Basis, ComplaintKind, Period, Unit
from portal.core.i18n import in_language
from portal.core.templates import render_part
from tests.unit.complaints.cases import at, count, event

TODAY = date(2020, 4, 16)


@pytest.fixture
def english(app: Flask) -> Iterator[None]:
    """Speak English on a page."""
    with app.test_request_context("/en/"), in_language("en"):
        yield


def words_of(counted: Count) -> list[str]:
    return [day.words for day in show_count(counted, TODAY).days]


def table_of(counted: Count) -> tuple[str, list[str]]:
    """Return the caption and the rows as they are seen."""
    part = render_part("complaints/_counting.html", "counting_table", show_count(counted, TODAY))
    tree = html5lib.parseFragment(part, namespaceHTMLElements=False)
    for hidden in [*tree.iter("span")]:
        if hidden.get("class") == "visually-hidden":
            hidden.text = ""
    seen = [
        " ".join("".join(e.itertext()).split()) for e in (*tree.iter("caption"), *tree.iter("tr"))
    ]
    return seen[0], seen[1:]


def test_each_day_has_its_words(english: None):
    asked, came = event(K.CORRECTION_ASKED, "2020-04-17"), event(K.CORRECTION_CAME, "2020-04-17")
    assert words_of(count(at("2020-04-13"), asked, came)) == [
        "Day 1 of 7",
        "Day 2 of 7",
        "Not counted: 국회의원 선거일",
        "Day 3 of 7",
        "Not counted: Waiting for what the council asked you to add",
        "Not counted: Saturday",
        "Not counted: Sunday",
        "Day 4 of 7",
        "Day 5 of 7",
        "Day 6 of 7",
        "Day 7 of 7",
    ]


def test_hours_are_told_with_their_sum(english: None):
    counted = count(at("2020-04-17", "17:20"), kind=ComplaintKind.OTHER)
    assert words_of(counted)[::3] == [
        "40 min counted, 40 min so far",
        "2 h 20 min counted, 3 h so far",
    ]


def test_the_table_says_whose_rule_it_is_what_was_added_and_the_last_day(english: None):
    caption, rows = table_of(count(at("2020-04-13"), event(K.EXTENDED, "2020-04-16", amount=2)))
    assert caption.endswith(
        "7 working days: Enforcement Decree of the Civil Petitions Treatment Act, article 17, "
        "paragraph 1. Extended by 2 working days. Received on Mon 13 Apr 2020, to be answered by "
        "the end of Fri 24 Apr 2020. The first working day is counted, too."
    )
    assert rows[4] == "Thu 16 Apr today Day 3 of 9"
    assert rows[-1] == "Fri 24 Apr Day 9 of 9 Last day for the answer"


def test_a_practice_and_a_clock_that_stands_still_are_named(english: None):
    practice = Period(6, Unit.DAYS, Basis.PRACTICE, "의회신문고 안내", "Guide")
    asked = event(K.ADVICE_ASKED, "2020-04-14")
    counted = count(at("2020-04-13"), asked, period=practice, now=at("2020-04-16"))
    caption, rows = table_of(counted)
    assert "6 working days: the council’s own practice, not a law (Guide)." in caption
    assert "The clock stands still now: Experts are looking at it." in caption
    assert "Last day" not in rows[-1]
