"""The page of results, its feed and the suggestions, on Seoul's portal."""

import json
import re
from urllib.parse import quote

import pytest
from flask import Flask

from portal.search.choice import search_engine
from portal.search.indexing import rebuild
from tests.support.client import PageClient

ODD = (
    *(
        "'",
        '"예산',
        "예산 AND (",
        "예산 | !",
        "[* TO *]",
        "ㅇㅖㅅㅏㄴ",
        "%_",
        "\\",
        "-",
        "😀",
        "(((((",
    ),
    *("예" * 300, "a " * 900, "title:예산", "예산*~2^3"),
)


@pytest.fixture(scope="module")
def reader(app: Flask) -> PageClient:
    """Give a reader of a portal whose index is up to date."""
    with app.app_context():
        rebuild(search_engine())
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


def get(reader: PageClient, text: str, path: str = "/search", **more: str) -> str:
    query = "&".join(f"{name}={quote(value)}" for name, value in {"q": text, **more}.items())
    answer = reader.get(f"{path}?{query}")
    assert answer.status_code == 200
    return answer.text


def links(page: str) -> list[str]:
    return re.findall(r'result-title"><a class="link-title" href="([^"]+)"', page)


def test_results_say_how_many_and_mark_what_was_asked_for(reader: PageClient):
    page = get(reader, "공청회")
    assert re.search(r"<h1>‘공청회’ 검색 결과 \d+건</h1>", page)
    assert "<mark>공청회</mark>" in page


def test_an_empty_box_is_no_question(reader: PageClient):
    page = get(reader, "")
    assert "<h1>사이트에서 찾기</h1>" in page and not links(page)


def test_what_was_typed_stays_typed_and_means_nothing(reader: PageClient):
    page = get(reader, '"><script>alert(1)</script>')
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_a_kind_narrows_and_its_tab_says_how_many(reader: PageClient):
    page = get(reader, "예산", kind="member")
    assert all(link.startswith("/council/members/") for link in links(page))
    assert re.search(r'aria-current="page">의원 <span class="count-of">\d+', page)


def test_a_year_and_a_committee_narrow(reader: PageClient):
    every = re.search(r"검색 결과 (\d+)건", get(reader, "회의"))
    some = re.search(r"검색 결과 (\d+)건", get(reader, "회의", **{"from": "2020-09-01"}))
    assert every and some and int(some[1]) < int(every[1])
    page = get(reader, "회의", committee="budget-accounts")
    assert 0 < len(links(page)) < 10


def test_the_newest_come_first_when_asked(reader: PageClient):
    days = re.findall(r"<span>(20\d\d)\. (\d+)\. (\d+)\.", get(reader, "본회의", order="newest"))
    found = [tuple(map(int, day)) for day in days]
    assert len(found) > 3 and found == sorted(found, reverse=True)


def test_results_have_pages(reader: PageClient):
    first, second = links(get(reader, "예산")), links(get(reader, "예산", page="2"))
    assert len(first) == len(second) == 10 and not set(first) & set(second)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("11월 17일 본회의", "/calendar/2020/11/17"),
        ("2019년 3월 6일", "/calendar/2019/03/06"),
        ("2020-12-16", "/calendar/2020/12/16"),
        ("제298회", "/calendar/sessions/298"),
        ("김인호", "/council/members/gim-inho"),
        ("운영 위원회", "/council/committees/steering"),
        ("298회 정례회 일정", "/calendar/sessions/298"),
        ("의안번호 1491", "/legislation/bills/295-09"),
        ("의안 제1491호", "/legislation/bills/295-09"),
    ],
)
def test_a_question_that_names_one_thing_leads_there(reader, text: str, address: str):
    assert f'<p class="answer"><a href="{address}">' in get(reader, text)


@pytest.mark.parametrize("text", ["13월 40일", "2020-02-30", "제9999회", "예산"])
def test_what_names_nothing_leads_nowhere(reader: PageClient, text: str):
    assert 'class="answer"' not in get(reader, text)


def test_english_days_and_sessions_lead_there_too(reader: PageClient):
    for text, address in (("17 Nov", "2020/11/17"), ("December 16, 2020", "2020/12/16")):
        assert f'"/en/calendar/{address}"' in get(reader, text, "/en/search")
    assert '"/en/calendar/sessions/298"' in get(reader, "session 298", "/en/search")


def test_a_mistyped_name_is_put_right_and_can_be_kept(reader: PageClient):
    page = get(reader, "최울식")
    assert "‘최웅식’ 검색 결과를 보여 드립니다" in page
    assert "/council/members/choe-ungsik" in links(page)
    literal = get(reader, "최울식", **{"as": "typed"})
    assert "최웅식" not in literal


def test_nothing_found_helps_on(reader: PageClient):
    page = get(reader, "xqzw우주선")
    assert "<h1>‘xqzw우주선’에 맞는 것이 없습니다</h1>" in page
    assert "/information-requests" in page and "/council/organisation" in page


def test_english_words_find_korean_texts_as_a_second_group(reader: PageClient):
    page = get(reader, "complaint", "/en/search")
    assert "<h1>" in page and 'lang="ko"' in page
    assert page.index('class="results"') < page.index("In Korean only")


def test_a_search_has_a_feed(reader: PageClient):
    answer = reader.get("/search.atom?q=예산")
    assert answer.mimetype == "application/atom+xml" and answer.text.count("<entry>") == 10


def test_a_search_is_kept_nowhere(reader: PageClient):
    answer = reader.get("/search?q=예산")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"] and "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("typed", "title"),
    [("의회교", "청소년 의회교실"), ("ㄱㅊㅎ", "공청회"), ("김인", "김인호"), ("참관", "방청")],
)
def test_suggestions_come_after_the_first_syllable(reader: PageClient, typed: str, title: str):
    found = json.loads(get(reader, typed, "/search/suggestions.json"))
    assert 0 < len(found) <= 8 and any(title in one["title"] for one in found)


@pytest.mark.parametrize(
    "path", ["/search", "/en/search", "/search.atom", "/search/suggestions.json"]
)
def test_whatever_is_typed_is_answered(reader: PageClient, path: str):
    for text in ODD:
        get(reader, text, path)


def test_ten_kilobytes_are_refused_in_plain_words(reader: PageClient):
    answer = reader.get(f"/search?q={quote('예산 ' * 1500)}")
    assert answer.status_code in (400, 414) and "<h1>" in answer.text


@pytest.mark.parametrize(
    "query", ["kind=x", "from=gestern", "to=2020-13-01", "page=0", "page=x", "order=x", "as=x"]
)
def test_a_wrong_limit_says_what_would_fit(reader: PageClient, query: str):
    assert reader.get(f"/search?q=예산&{query}").status_code in (400, 404)


def test_every_page_has_the_box(reader: PageClient):
    for path in ("/", "/en/", "/budget", "/nowhere"):
        page = reader.get(path).text
        assert 'role="search" action="' in page and 'name="q"' in page
