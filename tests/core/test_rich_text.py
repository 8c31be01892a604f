"""Texts in Markdown: what they become on a page, and what they can never become."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.core.i18n import in_language
from portal.core.rich_text import plain_text, to_html

#: What somebody would try, in pieces that put themselves together.
PIECES = st.lists(
    st.sampled_from(
        "<script> </script> <img src=x onerror=alert(1)> javascript:alert(1) ](  ) [x ![x [^1] \n"
        " ** _ ` ~~ # > - | --- \n\n [^1]: <a href=//evil> data:text/html, /files/1/a.png \\ &lt; "
        "&#106; //evil.example https://a.example /a '\" style=x <div> 가 을".split(" ")
    ),
    max_size=25,
).map("".join)
_ADDRESS = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture(autouse=True, scope="module")
def korean(app: Flask) -> Iterator[None]:
    with app.test_request_context(), in_language("ko"):
        yield


def headings(text: str) -> list[str]:
    return re.findall(r"<(h\d)>", to_html(text))


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# 가\n## 나\n# 다", ["h2", "h3", "h2"]),
        ("### 가\n# 나", ["h2", "h2"]),
        ("# 가\n#### 나\n## 다", ["h2", "h3", "h3"]),
        ("# 가\n## 나\n### 다\n#### 라\n##### 마", ["h2", "h3", "h4", "h4", "h4"]),
        ("가\n===\n나\n---", ["h2", "h3"]),
    ],
)
def test_headings_stand_below_the_page_title_and_skip_no_level(
    text: str, levels: list[str]
) -> None:
    assert headings(text) == levels


@given(st.lists(st.integers(1, 6), max_size=8))
def test_no_heading_skips_a_level(written: list[int]) -> None:
    levels = [1, *(int(h[1]) for h in headings("\n".join(f"{'#' * n} 가" for n in written)))]
    assert len(levels) == len(written) + 1
    assert all(2 <= b <= min(a + 1, 4) for a, b in zip(levels, levels[1:], strict=False))


def test_html_is_shown_as_it_was_typed() -> None:
    assert "&lt;script&gt;" in to_html("<script>alert(1)</script>")
    assert "&lt;b&gt;" in to_html("가 <b>나</b>")


@pytest.mark.parametrize("address", ["/news", "/", "#here", "mailto:a@b.kr"])
def test_links_within_the_portal_are_plain(address: str) -> None:
    assert f'<a href="{address}">가</a>' in to_html(f"[가]({address})")


def test_links_to_other_sites_say_so() -> None:
    rel = 'rel="external nofollow noopener"'
    assert f'<a href="https://a.kr/" {rel}>가</a>' in to_html("[가](https://a.kr/)")
    assert rel in to_html("<HTTP://a.kr>")


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//evil.kr", "ftp://a.kr", "tel:1", "evil", "../x"],
)
def test_links_to_anywhere_else_are_no_links(address: str) -> None:
    assert "<a" not in to_html(f"[가]({address})")


def test_only_the_portals_own_files_are_images() -> None:
    assert '<img src="/files/3/a.png" alt="나무">' in to_html("![나무](/files/3/a.png)")
    for address in ("https://a.kr/a.png", "/staff/sign-out", "/files/3/../../staff", "/files/x/y"):
        assert to_html(f"![나무]({address})") == '<div class="prose">\n<p>나무</p>\n</div>'


@given(PIECES)
def test_nothing_that_runs_or_leads_astray_comes_through(text: str) -> None:
    html = to_html(text)
    assert set(re.findall(r"<([a-z0-9]+)", html)) <= ALLOWED
    assert not re.search(r"<[^>]*\s(?:on\w+|style)\s*=", html)
    for address in _ADDRESS.findall(html):
        assert re.match(r"https?://|mailto:|/(?!/)|#|/$", address), address


ALLOWED = set(
    "a blockquote br caption code del div em h2 h3 h4 hr img li ol p pre s section span strong sup "
    "table tbody td th thead tr ul".split()
)


def test_a_table_scrolls_in_a_frame_of_its_own() -> None:
    html = to_html("| 가 | 나 |\n|---|--:|\n| 1 | 2 |")
    assert '<div class="wide-table" role="region" tabindex="0" aria-label="' in html
    assert '<th scope="col">가</th>' in html
    assert '<td class="cell-value">2</td>' in html


def test_footnotes_of_two_texts_do_not_meet() -> None:
    text = "가[^1] 나[^1]\n\n[^1]: 다"
    ids = [re.findall(r'\sid="([^"]+)"', to_html(text, prefix=p)) for p in ("a", "b")]
    assert len(ids[0]) == 3
    assert len({*ids[0], *ids[1]}) == 6


def test_each_link_of_a_footnote_leads_somewhere() -> None:
    html = to_html("가[^1] 나[^1]\n\n[^1]: 다")
    links = re.findall(r'href="#([^"]+)"', html)
    assert len(links) == 4
    assert set(links) <= set(re.findall(r'\sid="([^"]+)"', html))


def test_a_text_in_another_language_says_so() -> None:
    assert to_html("가", lang="ko").startswith('<div class="prose" lang="ko">')


def test_words_of_ours_within_a_text_are_in_its_language() -> None:
    table = "| a |\n|---|"
    assert "<caption>Table 1</caption>" in to_html(table, lang="en")
    assert "<caption>Table 1</caption>" not in to_html(table)


@pytest.mark.parametrize("text", ["", None, " \n"])
def test_an_empty_text_is_nothing(text: str | None) -> None:
    assert to_html(text) == ""


def test_the_plain_text_holds_the_words_and_no_marks() -> None:
    text = "# 가\n**나(다)**를 `라`\n이어서[^1] [마](/x)\n\n- 사\n- 아\n\n[^1]: 자"
    assert plain_text(text) == "가 나(다)를 라 이어서 마 사 아 자"
    assert plain_text("| 가 | 나 |\n|---|---|\n| 1 | 2 |\n\n```\n코드\n```") == "가 나 1 2 코드"
    assert plain_text("![나무](/files/1/a)") == "나무"
    assert plain_text(None) == ""


def test_a_korean_text_on_an_english_page_says_that_it_is(app: Flask) -> None:
    templates = app.extensions["portal_templates"]
    prose = {
        language: templates[language].get_template("components/rich_text.html").module.prose
        for language in ("ko", "en")
    }
    assert "in Korean only" not in prose["ko"]("가")
    assert "This text is in Korean only." in prose["en"]("가")
    assert '<div class="prose" lang="ko">' in prose["en"]("가")
    assert "Korean" not in prose["en"]("가", "a") and "<p>a</p>" in prose["en"]("가", "a")
    assert prose["en"]("") == ""
