"""An ordinance's file is read whole: its facts, and each sign of its text."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.importers.ordinance_texts import Attachment, read_ordinance_text
from portal.importers.tables import DataErrors
from portal.legislation.rules.comparison import State, compare_texts
from portal.legislation.rules.signs import SYLLABLES
from portal.legislation.rules.text import (
    Addendum,
    Article,
    Heading,
    HeadingUnit,
    Item,
    OrdinanceText,
    Paragraph,
    Subitem,
    plain_text,
)
from tests.importers.ordinance_sources import (
    FIRST_PATH,
    FOLDER,
    NAME,
    NEWEST,
    NEWEST_PATH,
    as_markdown,
    body_of,
    changed,
    squeezed,
)

PHRASE = st.lists(
    st.sampled_from(
        [
            *(
                "의장은",
                "시민에게",
                "제2조에",
                "「지방자치법」",
                "한다.",
                "1.5배",
                "나목",
                "3<5",
                "#",
            ),
            *("<개정 2020.3.26>", "<단서 생략>", "삭제", "[별표 1]"),
        ]
    ),
    max_size=5,
).map(lambda words: " ".join(["의회는", *words]))


def numbered(
    least: int, most: int, make: Callable[[int], object]
) -> st.SearchStrategy[tuple[object, ...]]:
    """Return so many parts with the numbers from 1."""
    return st.integers(least, most).flatmap(
        lambda count: st.tuples(*(make(number) for number in range(1, count + 1)))
    )


def subitem(number: int) -> st.SearchStrategy[Subitem]:
    return st.builds(Subitem, st.just(SYLLABLES[number - 1]), st.sampled_from([0, 2]), PHRASE)


def item(number: int) -> st.SearchStrategy[Item]:
    branches = st.sampled_from([0, 2])
    return st.builds(Item, st.just(number), branches, PHRASE, numbered(0, 2, subitem))


def paragraph(number: int) -> st.SearchStrategy[Paragraph]:
    return st.builds(Paragraph, st.just(number), PHRASE, numbered(0, 2, item))


PARAGRAPHS = st.tuples(paragraph(0)) | numbered(1, 3, paragraph)
NOTES = st.sampled_from([(), ("[본조신설 2014.1.9]",), ("[제목개정 2014.1.9]", "[주]")])


def numbered_article(number: int) -> st.SearchStrategy[Article]:
    branches, titles = st.sampled_from([0, 3]), st.none() | PHRASE
    return st.builds(Article, st.just(number), branches, titles, PARAGRAPHS, NOTES)


ARTICLES = numbered(1, 4, numbered_article)
FIRST = Addendum(
    "부칙 <제1호,2001.2.3>", 1, date(2001, 2, 3), ("제1조(시행일) 이러하다.", "  ② 생략")
)
CHAPTER = Heading(HeadingUnit.CHAPTER, 1, 0, "총칙 <신설 2020.3.26>")
SECTION = Heading(HeadingUnit.SECTION, 2, 2, "")


@given(
    ARTICLES, st.sampled_from([(), (FIRST,)]), st.sampled_from([(), (CHAPTER,), (CHAPTER, SECTION)])
)
def test_a_text_written_as_a_file_is_read_as_it_was(articles, addenda, headings):
    text = OrdinanceText(NAME, "조례", (*headings, *articles), addenda)
    assert read_ordinance_text("본문.md", as_markdown(text)).text == text


@given(
    st.integers(NEWEST.index("\n# "), len(NEWEST)),
    st.text("\n #①②1.가나<>[]제2조의장() |개정삭\t\u3000", max_size=8) | st.text(max_size=3),
    st.integers(0, 40),
)
def test_a_broken_file_is_refused_or_nothing_of_it_is_lost(place: int, put: str, cut: int):
    source = NEWEST[:place] + put + NEWEST[place + cut :]
    try:
        file = read_ordinance_text("본문.md", source)
    except DataErrors:
        return
    assert squeezed(plain_text(file.text)) == body_of(source.replace("\r", "\n"))


def test_the_facts_are_read_in_their_types():
    file = read_ordinance_text("본문.md", NEWEST)
    assert (file.identifier, file.serial, file.title, file.kind) == (
        *("9900001", "9900202", NAME, "조례"),
    )
    assert (file.issuing_body, file.region, file.district) == ("한빛시", "한빛시", "_본청")
    assert (file.promulgated_on, file.in_force_on) == (date(2020, 3, 26), date(2020, 7, 1))
    assert (file.number, file.change_kind, file.field) == (7519, "일부개정", None)
    assert (file.department, file.text_source) == ("의사담당관", "api-text")
    assert file.source == "https://example.org/자치법규/한빛시의회회의실개방조례"
    title = "사용 신청서(제5조 관련)"
    assert file.attachments == (
        Attachment("0001", "00", "서식", title, "hwp", "https://example.org/files/1"),
    )


@pytest.mark.parametrize("number", ["'00645'", "'0645'", "0645", "645"])
def test_a_number_of_promulgation_with_zeros_is_never_read_as_octal(number: str):
    file = read_ordinance_text("본문.md", changed("'7519'", number))
    assert file.number == 645


def test_a_number_of_promulgation_may_be_unknown():
    assert (
        read_ordinance_text("본문.md", changed("공포번호: '7519'", "공포번호: ''")).number is None
    )


@pytest.mark.parametrize("day", ["2020-03-26", "'2020-03-26'", '"2020-03-26"'])
def test_days_are_read_with_quotes_and_without(day: str):
    file = read_ordinance_text("본문.md", changed("공포일자: 2020-03-26", f"공포일자: {day}"))
    assert file.promulgated_on == date(2020, 3, 26)


def test_a_day_that_the_copy_changed_is_taken_from_the_original():
    source = changed("공포일자: 2020-03-26", "공포일자: 1970-01-01")
    source = source.replace("공포일자보정: false", "공포일자보정: true")
    source = source.replace("'20200326'", "'19560713'")
    assert read_ordinance_text("본문.md", source).promulgated_on == date(1956, 7, 13)


def test_each_line_becomes_the_part_that_its_sign_tells():
    text = read_ordinance_text("본문.md", NEWEST).text
    definitions = text.articles[1]
    assert definitions.paragraphs == (
        Paragraph(
            0,
            "<개정 2020.3.26>",
            (
                Item(
                    1,
                    0,
                    '"회의실"이란  다음 각 목의 방을 말한다.',
                    (
                        Subitem("가", 0, "본관의 소회의실"),
                        Subitem("나", 0, "삭제 <2020.3.26>"),
                        Subitem(
                            "다",
                            0,
                            "별관의 강당. 이 경우 강당에는 다음의 방이 딸린다."
                            "\n1) 분장실\n2) 조정실",
                        ),
                    ),
                ),
                Item(1, 2, '"사용자"란 제5조에 따라 허가를 받은 사람을 말한다.'),
            ),
        ),
    )
    assert definitions.paragraphs[0].items[0].subitems[1].is_deleted


def test_paragraphs_on_one_line_are_taken_apart():
    hours = read_ordinance_text("본문.md", NEWEST).text.articles[3]
    assert [(part.number, part.text) for part in hours.paragraphs] == [
        (1, "회의실은 평일 오전 9시부터 오후 6시까지 연다."),
        (2, "의장은 필요하면 개방 시간을 바꿀 수 있다.<개정 2008. 3. 12.,2020.3.26>"),
    ]
    assert hours.notes == ("[제3조에서 이동, 종전 제4조는 제5조로 이동 <2020.3.26>]",)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("① 가.② 나.③ 다.", ["가.", "나.", "다."]),
        ("① 가.③ 다. ② 나.", ["가.③ 다.", "나."]),
        ("① 가 ② 나", ["가 ② 나"]),
        ("다음과 같다. ① 가.② 나.", ["다음과 같다. ① 가.② 나."]),
        ("① 가.\n2.5미터를 넘는다.", ["가.\n2.5미터를 넘는다."]),
        ("① 가.\n가. 나", ["가.\n가. 나"]),
        ("① 가.\n[본조신설 2020.1.1]\n② 나.", ["가.\n[본조신설 2020.1.1]", "나."]),
    ],
)
def test_only_a_sign_in_its_place_begins_a_part(line: str, texts: list[str]):
    source = changed(
        "누구든지 회의실을 함께 쓸 권리를 가지며, 의회는 이를 알리고 지켜야 한다.", line
    )
    article = read_ordinance_text("본문.md", source).text.articles[2]
    assert [part.text for part in article.paragraphs] == texts
    assert not any(part.items for part in article.paragraphs)


def test_headings_are_counted_anew_below_each_wider_one():
    units = "## 제1장 가\n### 제1절 나\n### 제2절 다\n## 제2장 라\n### 제1절 마\n#### 제1관 바\n"
    source = NEWEST[: NEWEST.index("## 제1장")] + "# 제1편 총\n" + units + "##### 제1조\n"
    assert [placed.anchor for placed in read_ordinance_text("본문.md", source).text.placed] == [
        "part-1",
        "part-1-chapter-1",
        "part-1-chapter-1-section-1",
        "part-1-chapter-1-section-2",
        "part-1-chapter-2",
        "part-1-chapter-2-section-1",
        "part-1-chapter-2-section-1-subsection-1",
        "article-1",
    ]


def test_headings_articles_and_addenda_have_their_places():
    text = read_ordinance_text("본문.md", NEWEST).text
    assert [placed.anchor for placed in text.placed] == [
        *("chapter-1", "article-1", "article-2", "article-3", "article-4"),
        *("chapter-2", "article-5", "article-6"),
        *("chapter-3", "article-6-2", "article-7"),
    ]
    assert [placed.anchor for placed in text.placed_addenda] == [
        *("addendum-645", "addendum-702", "addendum-702-2", "addendum-7519"),
    ]
    assert text.articles[5].is_deleted
    assert text.headings[2].words == "보칙"


def test_addenda_are_kept_line_by_line():
    addenda = read_ordinance_text("본문.md", NEWEST).text.addenda
    assert [(part.number, part.day) for part in addenda] == [
        (645, date(1999, 3, 2)),
        (702, date(2008, 3, 12)),
        (702, date(2010, 1, 7)),
        (7519, date(2020, 3, 26)),
    ]
    assert addenda[1].text_lines[2] == "  제29조(교섭단체의 구성) ① 의회에 교섭단체를 둔다."


def test_an_addendum_was_promulgated_on_the_first_day_that_its_heading_names():
    source = changed("<제7519호,2020.3.26>", "<제7519호, 2020.3.26, 2021.1.1 시행>")
    assert read_ordinance_text("본문.md", source).text.addenda[-1].day == date(2020, 3, 26)


def test_addenda_without_a_heading_are_kept_too():
    source = NEWEST[: NEWEST.index("부칙 <제645호")] + "이 조례는 공포한 날부터 시행한다.\n"
    (addendum,) = read_ordinance_text("본문.md", source).text.addenda
    assert addendum == Addendum("", None, None, ("이 조례는 공포한 날부터 시행한다.",))


def test_lines_may_end_as_windows_ends_them():
    source = "\ufeff" + NEWEST.replace("\n", "\r\n")
    assert read_ordinance_text("본문.md", source) == read_ordinance_text("본문.md", NEWEST)


def test_two_versions_tell_what_changed():
    first, newest = (
        read_ordinance_text(path, (FOLDER / path).read_text(encoding="utf-8"))
        for path in (FIRST_PATH, NEWEST_PATH)
    )
    found = compare_texts(first.text, newest.text)
    assert [
        (pair.state, pair.old and pair.old.name, pair.new and pair.new.name)
        for pair in found.articles
    ] == [
        (State.UNCHANGED, "제1조", "제1조"),
        (State.CHANGED, "제2조", "제2조"),
        (State.ADDED, None, "제3조"),
        (State.MOVED, "제3조", "제4조"),
        (State.MOVED, "제4조", "제5조"),
        (State.REMOVED, "제5조", None),
        (State.CHANGED, "제6조", "제6조"),
        (State.ADDED, None, "제6조의2"),
        (State.UNCHANGED, "제7조", "제7조"),
    ]
    assert [pair.state for pair in found.headings] == [
        *(State.UNCHANGED, State.UNCHANGED, State.ADDED),
    ]
    assert found.counts[State.MOVED] == 2
