"""References in an ordinance's text: to its own articles, to laws, to other ordinances.

``제7조제2항`` is an article of this ordinance, unless a law or another ordinance stands before
it: 「지방자치법」 제22조, 법 제73조 및 제74조, 같은 법 시행령 제84조. A wrong link is worse than
none: an article later in a sentence that quotes a law's article may be the law's too, and stays
unsure unless ``이 조례`` stands before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from portal.legislation.rules.signs import anchored

#: A name in 「 」, in the half-width ｢ ｣ or in 『 』, none of which is longer than 200 letters; or
#: an article with the parts of it that are named.
_FOUND = re.compile(
    r"[「｢『](?P<name>[^「」｢｣『』\n]{1,200})[」｣』]"
    r"|(?P<article>제(?P<number>[1-9]\d{0,3})조(?:의(?P<branch>[1-9]\d{0,2}))?(?!\d)"
    r"(?:[ ]?제\d{1,3}항)?"
    r"(?:[ ]?제\d{1,3}호(?:의\d{1,3})?)?"
    r"(?:[ ]?[가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허]목)?)"
)
#: What may stand between a law and its article: a name that it is given, as (이하 "법"이라 한다).
_ASIDE = re.compile(r"[ ]{0,3}(?:\([^()\n]{0,120}\))?의?[ ]{0,3}")
#: What may stand between two articles of one list.
_AND = re.compile(
    r"(?:[ ]{0,2}(?:제\d{1,3}항|제\d{1,3}호(?:의\d{1,3})?|[가-힣]목|본문|단서|전단|후단|각 [호목]"
    r"|외의 부분|부터|까지|내지|또는|및|이나|나|과|와|,|ㆍ|·)){0,8}[ ]{0,2}"
)
#: A sentence ends with a full stop, which is not the one of a number or a date.
_END = re.compile(r"(?<=[가-힣)\]\"”])\.|\n")
#: The last words before an article, where they say whose article it is.
_OWNER = re.compile(
    r"(?:(?P<own>(?<![가-힣])이 (?:조례|규칙|규정))"
    r"|(?P<former>종전의?(?: 규정)?)"
    r"|(?P<other>[가-힣ㆍ·]{0,20}"
    r"(?:법|법률|헌법|영|령|규칙|규정|조례|지침|훈령|예규|고시|협정|조약|협약)"
    r"|[A-Z]{2,20}))[ ]{0,2}$"
)
#: So many signs before an article can tell whose it is.
_SIGHT = 32


class ReferenceKind(StrEnum):
    """Whose the article or the name is.

    ``OWN`` is an article of this ordinance, ``UNSURE`` may be.
    """

    OWN = "own"
    ORDINANCE = "ordinance"
    LAW = "law"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Reference:
    """A reference and where it stands.

    :ivar name: of the law or ordinance where it is printed nearby; None in ``법 제73조``
    :ivar anchor: of the article, as ``article-7-2``; None where a name alone stands. Whether the
        ordinance has the article is for the caller to ask
    """

    start: int
    end: int
    kind: ReferenceKind
    name: str | None = None
    anchor: str | None = None


@dataclass(frozen=True)
class _Context:
    """Whose articles are being spoken of.

    :ivar place: behind the name or article that was found last
    :ivar quotes: whether the sentence named an article that is not of this ordinance
    """

    kind: ReferenceKind = ReferenceKind.OWN
    name: str | None = None
    place: int = 0
    quotes: bool = False


def find_references(text: str, title: str = "") -> tuple[Reference, ...]:
    """Return the references of a text in their order; they never overlap.

    Addenda are not to be searched: their 제1조 is their own.

    :param title: the ordinance's own name; where the text gives it, its articles are its own
    """
    return tuple(_references(text, title))


def _references(text: str, title: str) -> Iterator[Reference]:
    context = _Context()
    for found in _FOUND.finditer(text):
        if _END.search(text, context.place, found.start()):
            context = _Context(place=context.place)
        reference = _named(found, title) if found["name"] else _article(text, found, context)
        yield reference
        is_quoted = reference.anchor is not None and reference.kind is not ReferenceKind.OWN
        context = _Context(
            kind=reference.kind,
            name=reference.name,
            place=found.end(),
            quotes=context.quotes or is_quoted,
        )


def _named(found: re.Match[str], title: str) -> Reference:
    """Return a reference to a name in brackets."""
    name = found["name"].strip()
    kind = ReferenceKind.LAW
    if title and _squeezed(name) == _squeezed(title):
        kind = ReferenceKind.OWN
    elif name.endswith("조례"):
        kind = ReferenceKind.ORDINANCE
    return Reference(found.start(), found.end(), kind, name)


def _article(text: str, found: re.Match[str], context: _Context) -> Reference:
    """Return a reference to an article."""
    anchor = anchored("article", int(found["number"]), int(found["branch"] or 0))
    reference = Reference(found.start(), found.end(), ReferenceKind.OWN, None, anchor)
    if context.place and _follows(text, context.place, found.start()):
        return replace(reference, kind=context.kind, name=context.name)
    owner = _OWNER.search(text, max(0, found.start() - _SIGHT), found.start())
    return replace(reference, kind=_kind_of(owner, context))


def _kind_of(owner: re.Match[str] | None, context: _Context) -> ReferenceKind:
    """Return whose an article is by what stands right before it, or earlier in its sentence."""
    if owner and owner["own"]:
        return ReferenceKind.OWN
    if owner and owner["other"]:
        is_ordinance = owner["other"].endswith("조례")
        return ReferenceKind.ORDINANCE if is_ordinance else ReferenceKind.LAW
    return ReferenceKind.UNSURE if owner or context.quotes else ReferenceKind.OWN


def _follows(text: str, behind: int, place: int) -> bool:
    """Say whether an article belongs to the name or to the list that ends behind a place."""
    between = _ASIDE if text[behind - 1] in "」｣』" else _AND
    return bool(between.fullmatch(text, behind, place))


def _squeezed(name: str) -> str:
    return "".join(name.split())
