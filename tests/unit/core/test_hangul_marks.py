"""Marks of Markdown beside Hangul, and nothing else read otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from portal.core.hangul_marks import HangulParser

ASCII = st.text(st.sampled_from("*_~`[]()!\"'.,<>#-\\ \nab1"), max_size=40)
HANGUL = st.text(st.sampled_from("가나다을"), min_size=1, max_size=3)
NAMES = st.text(st.sampled_from("가나다 a1"), min_size=1, max_size=5).filter(str.strip)
CLOSED = st.sampled_from(["({})", '"{}"', "「{}」", "‘{}’", "{}%", "{}.", "[{}]", "『{}』", "{}:"])


def plain_parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def hangul_parser() -> MarkdownIt:
    parser = plain_parser()
    parser.inline = HangulParser()
    return parser.enable("strikethrough")


PLAIN, OURS = plain_parser(), hangul_parser()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**예산(안)**을", "<strong>예산(안)</strong>을"),
        ('**"가"**를', "<strong>&quot;가&quot;</strong>를"),
        ('은**"가"**를', "은<strong>&quot;가&quot;</strong>를"),
        ("*「지방자치법」*에", "<em>「지방자치법」</em>에"),
        ("~~예산(안)~~을", "<s>예산(안)</s>을"),
        ("**계획:**목표 **실적:**달성", "<strong>계획:</strong>목표 <strong>실적:</strong>달성"),
        ("**2027년**부터", "<strong>2027년</strong>부터"),
        ("(**안**)과 “**밖**”이", "(<strong>안</strong>)과 “<strong>밖</strong>”이"),
        ('**가**"나"**다**', "<strong>가</strong>&quot;나&quot;<strong>다</strong>"),
        ("**가**, **나**를", "<strong>가</strong>, <strong>나</strong>를"),
        ("[**예산(안)**을](/x)", '<a href="/x"><strong>예산(안)</strong>을</a>'),
    ],
)
def test_marks_are_read_as_korean_writes_them(text: str, html: str) -> None:
    assert OURS.render(text) == f"<p>{html}</p>\n"


@pytest.mark.parametrize("text", ["별표* 가와 별표*", "2 * 3", "** 가**", "가_(나)_다", "「**가"])
def test_what_marks_nothing_stays(text: str) -> None:
    assert OURS.render(text) == f"<p>{text}</p>\n"


def test_commonmark_alone_leaves_the_marks() -> None:
    # When this fails, the library has learnt Korean and our rule can go.
    assert "**" in PLAIN.render("**예산(안)**을")


@given(ASCII)
def test_a_text_without_hangul_is_read_as_commonmark_reads_it(text: str) -> None:
    assert OURS.render(text) == PLAIN.render(text)


@given(NAMES, CLOSED, HANGUL, st.sampled_from(["*", "**", "***"]))
def test_a_particle_behind_any_mark_does_not_undo_it(
    name: str, closed: str, particle: str, marks: str
) -> None:
    marked = OURS.renderInline(f"{marks}가 {closed.format(name)}{marks}{particle}")
    assert "*" not in marked
    assert marked.endswith(f">{particle}")


@given(st.text(st.sampled_from("가나다 *a1\n"), max_size=30))
def test_korean_without_punctuation_is_read_as_commonmark_reads_it(text: str) -> None:
    assert OURS.render(text) == PLAIN.render(text)
