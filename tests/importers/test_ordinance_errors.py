"""What is wrong with an ordinance's file is told with its line, and nothing of it is taken."""

import pytest

from portal.importers.ordinance_texts import files, front_matter, read_ordinance_text
from portal.importers.ordinance_texts.places import MOST_ERRORS
from portal.importers.tables import DataErrors
from tests.importers.ordinance_sources import FACTS, NAME, NEWEST, changed, pointed


def errors_of(source: str) -> list[tuple[int, int, str]]:
    with pytest.raises(DataErrors) as caught:
        read_ordinance_text("조례/본문.md", source)
    assert all(error.path == "조례/본문.md" for error in caught.value.errors)
    return [(error.line, error.column, error.reason) for error in caught.value.errors]


def only_error_of(source: str) -> tuple[int, int, str]:
    (error,) = errors_of(source)
    return error


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("공포일자: 2020-03-26", "공포일자: ▲2020-03-32", "'2020-03-32' is not a day"),
        ("공포일자: 2020-03-26", "공포일자: ▲20200326", "'20200326' is not a day"),
        ("공포일자: 2020-03-26", "공포일자: ▲2020-03-26 00:00:00", "is not a day"),
        ("시행일자: '2020-07-01'", "시행일자: ▲''", "시행일자 is missing"),
        ("자치법규종류: '조례'", "▲자치법규종류:", "자치법규종류 is missing"),
        ("지자체기관명: '한빛시'", "지자체기관명: ▲['한빛시']", "must be a text on one line"),
        ("자치법규ID: '9900001'", "자치법규ID: ▲{a: b}", "must be a text on one line"),
        ("자치법규ID: '9900001'", "자치법규ID: ▲|\n  가\n  나", "must be a text on one line"),
        ("공포번호: '7519'", "공포번호: ▲'제7519호'", "is not a number of promulgation"),
        ("공포번호: '7519'", "공포번호: ▲'1234567'", "is not a number of promulgation"),
        ("출처: 'https:", "출처: ▲'javascript:", "an address that begins with https://"),
        ("공포일자보정: false", "공포일자보정: ▲아니요", "must be true or false"),
        ("공포일자원문: '20200326'", "▲시행일자: x", "시행일자 stands twice"),
        ("자치법규분야: ''", "자치법규분야: ▲&a ''", "anchors (&)"),
        ("자치법규분야: ''", "자치법규분야: ▲*a", "aliases (*)"),
        ("자치법규분야: ''", "자치법규분야: ▲!!str ''", "tags (!)"),
        ("자치법규분야: ''", "자치법규분야: [[▲[[]]]]", "a table in a table"),
        ("공포일자원문: '20200326'", "공포일자원문: '20▲200326\n---", "not readable"),
        ("자치법규분야: ''", "? ▲[a]\n: b", "write one value a line"),
        ("    제목: '사용", "    제목: ▲['사용'] # '", "a table in a table"),
        ("    별표구분: '서식'", "    별표구분: ▲''", "별표구분 is missing"),
        ("    파일링크: 'https:", "    파일링크: ▲'ftp:", "an address that begins with https://"),
        (
            "지자체구분:\n  광역: '한빛시'\n  기초: '_본청'",
            "지자체구분: ▲'한빛시'",
            "with values below",
        ),
    ],
)
def test_a_fact_that_does_not_fit_is_told_where_it_stands(old: str, new: str, said: str):
    source, place = pointed(old, new)
    line, column, reason = errors_of(source)[0]
    assert said in reason
    assert line == place[0]
    # An open quote is noticed only where the facts end.
    assert column == place[1] or said == "not readable"


@pytest.mark.parametrize("entry", ["▲x", "▲[x]", "▲{a: b}"])
def test_attachments_are_a_list_of_groups(entry: str):
    start, end = NEWEST.index("첨부파일:"), NEWEST.index("\n공포일자보정")
    source, place = pointed(NEWEST[start:end], f"첨부파일: {entry}")
    assert only_error_of(source)[:2] == place


def test_a_missing_fact_is_told_where_the_facts_begin():
    source = changed("자치법규ID: '9900001'\n", "")
    assert only_error_of(source)[:2] == (2, 1)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "begin the file"),
        ("# 조례\n", "begin the file"),
        ("\n" + NEWEST, "begin the file"),
        (FACTS.rstrip("-\n") + "\n# 조례\n", "end the facts"),
        ("---\n---\n# 조례\n", "write one value a line"),
        ("---\n- 하나\n---\n# 조례\n", "write one value a line"),
    ],
)
def test_facts_without_their_fences_are_refused(source: str, said: str):
    line, _, reason = errors_of(source)[0]
    assert said in reason
    assert line <= 2


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("##### 제4조 (개방", "▲##### 제3조 (개방", "제3조 stands twice"),
        ("##### 제5조 (사용", "▲##### 제2조의5 (사용", "제2조의5 stands behind 제4조"),
        ("##### 제6조의2", "▲##### 제5조의2", "제5조의2 stands behind 제6조"),
        ("## 제3장 보칙", "▲## 제2장 보칙", "제2장 stands twice"),
        ("## 제3장 보칙", "▲## 제1장 보칙", "제1장 stands behind 제2장"),
        ("## 제3장 보칙", "▲### 제3장 보칙", "this heading is not known"),
        ("## 제3장 보칙", "▲## 보칙", "this heading is not known"),
        ("##### 제4조 (개방", "▲###### 제4조 (개방", "this heading is not known"),
        ("##### 제4조 (개방 시간)", "▲##### 제4조 (개방 시간) 끝", "this heading is not known"),
        ("##### 제4조 (개방", "▲##### 4조 (개방", "this heading is not known"),
        ("다.<개정 2008. 3. 12.,2020.3.26>", "다.▲<개정 2008. 3. 12.", "end it with >"),
        ("[본조신설 2020.3.26]", "▲[본조신설 2020.3.26", "end it with ]"),
        ("(시민의 권리)\n\n", "(시민의 권리)\n▲[본조신설 2020.3.26\n\n", "end it with ]"),
        ("(시민의 권리)", "(시민의 ▲<개정 2020.3.26)", "end it with >"),
        ("보칙 <신설 2020.3.26>", "보칙 ▲<신설 2020.3.26", "end it with >"),
        ("부칙 <제645호,1999.3.2>", "부칙 ▲<제645호,1999.3.2", "end it with >"),
        ("영리를 목적으로", "▲<TABLE><tr>영리를", "a table can't be read"),
        ("   1. 영리를", "▲| 영리를", "a table can't be read"),
        (f"\n# {NAME}", f"\n▲앞글\n\n# {NAME}", "text stands before the first heading"),
        ("\n## 제1장 총칙", "\n ▲앞글\n\n## 제1장 총칙", "belongs to no article"),
        ("## 제1장 총칙\n", "## 제1장 총칙\n\n▲앞글\n", "belongs to no article"),
        (f"# {NAME}", "▲# 다른 조례", f"the name in the facts: # {NAME}"),
        (f"# {NAME}", f"▲## {NAME}", f"the name in the facts: # {NAME}"),
        ("## 부칙\n", "▲## 부칙\n## 부칙\n", "there is no addendum"),
        ("부칙 <제645호", "부칙 <제600호>\n▲## 제4장\n부칙 <제645호", "no heading may follow"),
        ("② 의장은 다음", "▲② 의장은\x07 다음", "a sign that can't be shown"),
    ],
)
def test_what_can_not_be_read_is_told_with_its_place(old: str, new: str, said: str):
    source, place = pointed(old, new)
    line, column, reason = errors_of(source)[0]
    assert said in reason
    assert (line, column) == place


def test_a_chapter_is_compared_with_the_last_one_across_its_sections():
    source = changed("## 제1장 총칙", "## 제5장 총칙\n\n### 제1절 가")
    reasons = [reason.partition(";")[0] for *_, reason in errors_of(source)]
    assert reasons == ["제2장 stands behind 제5장"]


def test_lines_are_counted_the_same_however_they_end():
    source, place = pointed("## 제3장 보칙", "▲## 보칙")
    assert only_error_of(source.replace("\n", "\r\n"))[:2] == place
    assert only_error_of(source.replace("\n", "\r"))[:2] == place


def test_text_without_any_article_is_refused():
    source = FACTS + f"\n# {NAME}\n\n본문은 첨부파일 또는 원문을 참조하세요.\n"
    assert [reason for *_, reason in errors_of(source)] == [
        "there is no article; write one as ##### 제1조 (목적)",
        "this text belongs to no article",
    ]
    assert "there is no article" in only_error_of(FACTS)[2]


def test_all_that_is_wrong_is_told_at_once_in_its_order_and_bounded():
    source = changed("공포일자: 2020-03-26", "공포일자: 어제")
    source = source.replace("<개정 2020.3.26>", "<개정 2020.3.26")
    source = source.replace("##### 제7조", "#### 제7조")
    lines = [line for line, *_ in errors_of(source)]
    assert lines == sorted(lines)
    assert len(lines) == 4
    many = FACTS + f"# {NAME}\n" + "##### 제1조\n" * 50
    assert len(errors_of(many)) == MOST_ERRORS


def test_a_file_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(files, "MOST_SIGNS", len(NEWEST))
    assert read_ordinance_text("본문.md", NEWEST)
    assert only_error_of(NEWEST + " ")[2].startswith("the file is too long")
    monkeypatch.setattr(front_matter, "MOST_SIGNS", 100)
    assert only_error_of(NEWEST)[2].startswith("the facts are too long")
