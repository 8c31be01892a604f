"""Texts that people write in Markdown, as HTML that fits into our pages.

Raw HTML in a text is shown as it was typed. What Markdown makes is shaped here (headings from the
second level, tables in their own frame, footnotes) and then cleaned by nh3 against a short list:
neither of the two is trusted alone.
"""

import functools
import re
from collections.abc import Iterator, Sequence
from typing import Any

import nh3
from flask_babel import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.footnote import footnote_plugin

from portal.core import i18n
from portal.core.hangul_marks import HangulParser

#: The h1 is the page's own; deeper than the fourth level our pages have no style.
FIRST_LEVEL, LAST_LEVEL = 2, 4
_LINK = re.compile(r"(?:https?://|mailto:|/(?!/)|#)[^\s\\]*\Z", re.IGNORECASE)
_IMAGE = re.compile(r"/files/\d+/[^/\\?#\s]+\Z")
_OUTSIDE = re.compile(r"https?:", re.IGNORECASE)

_TAGS = set(
    "a blockquote br caption code del div em h2 h3 h4 hr img li ol p pre s section span strong sup "
    "table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {
    "a": {"href", "id", "rel", "title", "aria-label"},
    "div": {"role", "tabindex", "aria-label"},
    "img": {"src", "alt"},
    "li": {"id"},
    "ol": {"start"},
    "th": {"scope"},
}
_CLASSES = {
    "div": {"wide-table"},
    "ol": {"numbers"},
    "section": {"footnotes"},
    "span": {"visually-hidden"},
    "table": {"table"},
    "td": {"cell-value"},
    "th": {"cell-value"},
    "ul": {"dashes"},
}
#: The class that each element of ours gets.
_CLASS_OF = {"bullet_list_open": "dashes", "ordered_list_open": "numbers", "table_open": "table"}
#: What stands where a line or a block of a plain text ends.
_BREAKS = {"softbreak", "hardbreak", "fence", "code_block"}


def to_html(markdown: str | None, *, lang: str | None = None, prefix: str = "text") -> Markup:
    """Return a text in Markdown as a block of HTML, clean and with our own styles.

    :param lang: language of the text, when that is not the page's
    :param prefix: begins the ids of footnotes; another one for each text of a page
    :return: one ``div class="prose"``; nothing for an empty text
    """
    if not markdown or not markdown.strip():
        return Markup()
    with i18n.in_language(lang or i18n.page_language()):
        html = _clean(_parser().render(markdown, {"docId": prefix}))
    language = Markup(' lang="{}"').format(lang) if lang else ""
    return Markup('<div class="prose"{}>\n{}</div>').format(language, Markup(html))  # noqa: S704


def plain_text(markdown: str | None) -> str:
    """Return the words of a text in Markdown on one line: for descriptions and the search."""
    tokens = _parser().parse(markdown or "")
    return " ".join("".join(_words(tokens)).split())


def is_safe_link(address: str) -> bool:
    """Say whether a link may lead there: a page of the web, a page of ours, or a mail address."""
    return _LINK.match(address) is not None


def is_own_image(address: str) -> bool:
    """Say whether an image is one of the portal's own files."""
    return _IMAGE.match(address) is not None


@functools.cache
def _parser() -> MarkdownIt:
    """Return the parser that all texts share; it keeps nothing between two texts."""
    parser = MarkdownIt("commonmark", {"html": False})
    parser.inline = HangulParser()
    parser.enable(["table", "strikethrough"])
    footnote_plugin(parser)
    parser.validateLink = is_safe_link  # type: ignore[method-assign, assignment]
    parser.core.ruler.push("shape", _shape)
    for name, rule in (
        ("image", _image),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("footnote_block_open", _footnotes_open),
        ("footnote_caption", _footnote_caption),
        ("footnote_anchor", _footnote_anchor),
    ):
        parser.add_render_rule(name, rule)
    return parser


def _shape(state: StateCore) -> None:
    """Give headings their levels, and elements the classes and attributes of our pages."""
    levels: list[int] = []
    for token in _all_tokens(state.tokens):
        if token.type in ("heading_open", "heading_close"):
            token.tag = _heading(token, levels)
        elif token.type in _CLASS_OF:
            token.attrSet("class", _CLASS_OF[token.type])
        elif token.type in ("th_open", "td_open"):
            _shape_cell(token)
        elif token.type == "link_open" and _OUTSIDE.match(str(token.attrGet("href"))):
            token.attrSet("rel", "external nofollow noopener")


def _all_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """Give tokens and those within them, in reading order."""
    for token in tokens:
        yield token
        yield from _all_tokens(token.children or ())


def _heading(token: Token, levels: list[int]) -> str:
    """Return the element of a heading: one deeper than the heading it stands under.

    :param levels: levels, as written, of the headings above it; it adds its own
    """
    if token.nesting > 0:
        level = int(token.tag[1])
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
    return f"h{min(FIRST_LEVEL + len(levels) - 1, LAST_LEVEL)}"


def _shape_cell(token: Token) -> None:
    """Tell a column's head from its cells, and set numbers at the right by a class."""
    style = token.attrs.pop("style", "")
    if token.type == "th_open":
        token.attrSet("scope", "col")
    if style == "text-align:right":
        token.attrSet("class", "cell-value")


def _image(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Draw an image of ours; any other one is told by its words alone."""
    token = tokens[at]
    words = escape(renderer.renderInlineAsText(token.children or (), options, env))
    address = str(token.attrGet("src"))
    return f'<img src="{escape(address)}" alt="{words}">' if is_own_image(address) else str(words)


def _table_open(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    """Begin a table in a frame of its own, which can be scrolled by keyboard; see wide_table."""
    env["tables"] = env.get("tables", 0) + 1
    name = escape(_("Table %(number)s", number=env["tables"]))
    frame = f'<div class="wide-table" role="region" tabindex="0" aria-label="{name}">\n'
    return f"{frame}{renderer.renderToken(tokens, at, options, env)}<caption>{name}</caption>\n"


def _table_close(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return f"{renderer.renderToken(tokens, at, options, env)}</div>\n"


def _footnotes_open(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    return '<section class="footnotes">\n<ol class="numbers">\n'


def _footnote_caption(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any
) -> str:
    """Return the number of a footnote; the ear is told what the number is."""
    number = tokens[at].meta["id"] + 1
    return f'<span class="visually-hidden">{escape(_("Footnote"))} </span>{number}'


def _footnote_anchor(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any
) -> str:
    """Return the link from a footnote back to the place that names it."""
    name = renderer.rules["footnote_anchor_name"](tokens, at, options, env)
    further = f":{tokens[at].meta['subId']}" if tokens[at].meta["subId"] > 0 else ""
    words = escape(_("Back to the text"))
    return f' <a href="#fnref{name}{further}" aria-label="{words}">\u21a9\ufe0e</a>'


def _clean(html: str) -> str:
    """Return HTML with nothing but what this module makes."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=_checked,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _checked(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute, or None when the attribute must go; a hook of nh3."""
    if name == "href" and not is_safe_link(value):
        return None
    if name == "src" and not is_own_image(value):
        return None
    return value


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Give the words of tokens; blocks and lines are parted by a space."""
    for token in tokens:
        if token.children:
            yield from _words(token.children)
        elif token.type not in ("inline", "footnote_anchor"):
            yield token.content
        if token.block or token.type in _BREAKS:
            yield " "
