"""The parts of an ordinance: what is printed, where it stands on a page, how it is stored."""

import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given

from portal.legislation.rules.marks import (
    MarkKind,
    find_days,
    find_marks,
    find_unclosed,
    without_marks,
)
from portal.legislation.rules.signs import CIRCLED
from portal.legislation.rules.storage import as_plain, from_plain
from portal.legislation.rules.text import (
    Article,
    Heading,
    HeadingUnit,
    Item,
    OrdinanceText,
    Paragraph,
    Subitem,
    plain_text,
)
from tests.unit.legislation.texts import (
    ARTICLES,
    HEADINGS,
    article,
    numbered_addendum,
    ordinance,
    texts,
)

SECTION, CHAPTER, PART = HeadingUnit.SECTION, HeadingUnit.CHAPTER, HeadingUnit.PART


@given(texts(ARTICLES | HEADINGS))
def test_a_text_comes_back_from_storage_as_it_was(text: OrdinanceText):
    stored = json.dumps(as_plain(text), ensure_ascii=False)
    assert from_plain(json.loads(stored)) == text


@given(texts(ARTICLES | HEADINGS))
def test_the_plain_text_holds_every_word_of_every_part(text: OrdinanceText):
    plain = plain_text(text)
    printed = [text.title, *(heading.text for heading in text.headings)]
    for part in text.articles:
        printed += [part.title or "", *part.notes]
        for paragraph in part.paragraphs:
            printed += [paragraph.text, *(item.text for item in paragraph.items)]
            printed += [sub.text for item in paragraph.items for sub in item.subitems]
    for addendum in text.addenda:
        printed += [addendum.heading, *addendum.text_lines]
    squeezed = "".join(plain.split())
    wanted = ["".join(words.split()) for words in printed]
    assert all(words in squeezed for words in wanted)
    assert Counter("".join(wanted)) <= Counter(squeezed)


def test_an_article_is_printed_with_all_its_signs():
    items = (Item(3, 2, "나무", (Subitem("가", 0, "잎"), Subitem("가", 2, "꽃"))),)
    part = Article(7, 2, "숲", (Paragraph(1, "이러하다.", items), Paragraph(21, "끝.")), ("[주]",))
    assert plain_text(ordinance(part)).split("\n")[1:] == [
        *("제7조의2 (숲)", "① 이러하다.", "3의2. 나무", "가. 잎", "가의2. 꽃", "㉑ 끝.", "[주]")
    ]


def test_the_circled_signs_are_fifty_and_in_order():
    assert len(CIRCLED) == 50
    assert (CIRCLED[0], CIRCLED[19], CIRCLED[20], CIRCLED[34], CIRCLED[35], CIRCLED[49]) == tuple(
        "①⑳㉑㉟㊱㊿"
    )


def test_each_part_has_its_place_on_the_page():
    text = ordinance(
        Heading(CHAPTER, 1, 0, "총칙"),
        article(7, "가"),
        Heading(CHAPTER, 2, 0, "위원회"),
        Heading(SECTION, 1, 0, "구성"),
        article(7, "나", 2),
        Heading(SECTION, 2, 0, "운영"),
        Heading(CHAPTER, 2, 2, "보칙"),
        Heading(SECTION, 1, 0, "그 밖"),
    )
    assert [placed.anchor for placed in text.placed] == [
        "chapter-1",
        "article-7",
        "chapter-2",
        "chapter-2-section-1",
        "article-7-2",
        "chapter-2-section-2",
        "chapter-2-2",
        "chapter-2-2-section-1",
    ]
    assert text.anchors == {"article-7", "article-7-2"}


def test_chapters_counted_anew_in_each_part_have_places_of_their_own():
    text = ordinance(
        Heading(PART, 1, 0, ""), Heading(CHAPTER, 1, 0, ""), Heading(PART, 2, 0, ""),
        Heading(CHAPTER, 1, 0, ""),
    )  # fmt: skip
    anchors = [placed.anchor for placed in text.placed]
    assert anchors == ["part-1", "part-1-chapter-1", "part-2", "part-2-chapter-1"]


def test_an_addendum_number_printed_twice_gives_two_places():
    numbers = (6817, 7519, 6817, None)
    text = ordinance(addenda=tuple(numbered_addendum(number) for number in numbers))
    assert [placed.anchor for placed in text.placed_addenda] == [
        *("addendum-6817", "addendum-7519", "addendum-6817-2", "addendum-0")
    ]


@pytest.mark.parametrize(
    ("printed", "kind", "days"),
    [
        ("<개정 2007.5.15, 2013.3.28>", MarkKind.AMENDED, [(2007, 5, 15), (2013, 3, 28)]),
        ("<신설 2008. 3. 12.,2018. 1. 4.>", MarkKind.ADDED, [(2008, 3, 12), (2018, 1, 4)]),
        ("<개정 2006.10.04>", MarkKind.AMENDED, [(2006, 10, 4)]),
        ("<2020.3.26>", MarkKind.DATED, [(2020, 3, 26)]),
        ("[본조신설 2014.1.9.]", MarkKind.ADDED, [(2014, 1, 9)]),
        ("[전문개정 2014.1.9]", MarkKind.REWRITTEN, [(2014, 1, 9)]),
        ("[제목개정 2014.1.9]", MarkKind.RETITLED, [(2014, 1, 9)]),
        ("[제4조에서 이동, 종전 제3조는 삭제 <2022.2.24>]", MarkKind.MOVED, [(2022, 2, 24)]),
        ("<개정 2106.13.40, 2017.1.5>", MarkKind.AMENDED, [(2017, 1, 5)]),
    ],
)
def test_a_mark_is_kept_as_printed_with_its_days(
    printed: str, kind: MarkKind, days: list[tuple[int, int, int]]
):
    (mark,) = find_marks(f"의장이 정한다.{printed} 다만, 그러하다.")
    assert (mark.printed, mark.kind) == (printed, kind)
    assert mark.days == tuple(date(*day) for day in days)


@pytest.mark.parametrize(
    "text", ["<단서 생략>", "<57>까지", "[별표 1] 2020.1.1.", "[2020.1.1. 기준]", "3 < 5"]
)
def test_other_brackets_are_no_marks(text: str):
    assert find_marks(text) == ()
    assert without_marks(text) == text


def test_words_are_the_text_without_its_marks():
    paragraph = Paragraph(2, "둔다. <개정 2020.3.26> 다만, 안 둔다.<신설 2021.1.7>")
    assert paragraph.words == "둔다. 다만, 안 둔다."
    assert [mark.kind for mark in paragraph.marks] == [MarkKind.AMENDED, MarkKind.ADDED]
    assert [paragraph.text[mark.start : mark.end] for mark in paragraph.marks] == [
        *("<개정 2020.3.26>", "<신설 2021.1.7>")
    ]


def test_what_was_deleted_says_so():
    assert article(8, "삭제 <2020.3.26>", title=None).is_deleted
    assert Item(2, 0, "삭제 <2020.3.26>").is_deleted
    assert not article(8, "위원을 삭제 <2020.3.26>").is_deleted
    assert not Article(8, 0, None).is_deleted


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("한다. <신설 2020.3.26", 4),
        ("한다. <2020.3.26 <개정 2021.1.7>", 4),
        ("[본조신설 2020.3.26", 0),
        ("[제7조의2에서 이동 <2014.1.9>", 0),
        ("한다. <개정 2020.3.26>", None),
        ("3 < 5이고 [그러하다", None),
    ],
)
def test_a_mark_that_is_not_closed_is_found(text: str, place: int | None):
    assert find_unclosed(text) == place


def test_days_are_read_however_they_are_spaced():
    assert find_days("2020.7.16.과 2008. 3. 12., 12020.1.1") == (
        date(2020, 7, 16),
        date(2008, 3, 12),
    )
