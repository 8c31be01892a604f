"""Marks of Markdown beside Hangul: ``**예산(안)**을`` is bold.

CommonMark (0.31, section 6.2, "left-flanking" and "right-flanking") tells by the signs on both
sides whether ``**`` begins or ends something. It reckons with languages that put a space or a
punctuation mark after a word. Korean puts a particle there, so that ``)**을`` could only begin
something, and the marks stay in the text. A pair of marks is read here as Korean writes:

- between a punctuation mark and Hangul, marks may also end: ``예산(안)**을``, ``"가"**를``;
- between Hangul and a punctuation mark, marks may also begin: ``은**"가"``;
- except at a bracket or quote that shows its direction: nothing ends right behind an opening one,
  and nothing begins right before a closing one.

A text without Hangul is read as CommonMark reads it.
"""

import unicodedata

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from portal.core.hangul import is_hangul

_OPENING = ("Ps", "Pi")
_CLOSING = ("Pe", "Pf")


class HangulParser(ParserInline):
    """Reads the marks within a paragraph."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Return the tokens of a paragraph; as the library's own, with another state."""
        state = HangulState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


class HangulState(StateInline):
    """A paragraph that is being read."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        """Say whether the marks at a place may begin or end something; a hook of the library.

        :param canSplitWord: whether they may stand within a word; ``_`` may not, here neither
        """
        scanned = super().scanDelims(start, canSplitWord)
        before, after = self._sign(start - 1), self._sign(start + scanned.length)
        if not canSplitWord:
            return scanned
        return Scanned(
            scanned.can_open or (is_hangul(before) and _is_mark(after, _CLOSING)),
            scanned.can_close or (is_hangul(after) and _is_mark(before, _OPENING)),
            scanned.length,
        )

    def _sign(self, place: int) -> str:
        return self.src[place] if 0 <= place < self.posMax else " "


def _is_mark(sign: str, unfit: tuple[str, str]) -> bool:
    """Say whether a sign is punctuation or a symbol, but of none of the unfit categories."""
    category = unicodedata.category(sign)
    return category[0] in "PS" and category not in unfit
