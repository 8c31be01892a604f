"""What a source of documents is, and how its texts are put together."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.i18n import LANGUAGES, in_language
from portal.moderation.models import Publishable
from portal.search.rules import Document, DocumentKind

#: Ids of the rows that are asked for; None: all.
Ids = frozenset[int] | None
#: A text in Korean and in English.
Text = tuple[str | None, str | None]


@dataclass(frozen=True)
class TextSource:
    """One kind of published things, and the texts they give.

    :ivar name: what documents name as their source
    :ivar tables: whose rows its texts are made of, the named one first
    :ivar documents: gives what the pages show on a day; it may give more than the ids asked for
    :ivar is_by_id: the key of a document is the id of its row in the first table
    """

    name: str
    tables: tuple[str, ...]
    documents: Callable[[Session, date, Ids], Iterable[Document]]
    is_by_id: bool = True


@dataclass(frozen=True)
class Place:
    """Where documents come from and lead to; the same in both languages.

    :ivar day: the day it is about
    """

    kind: DocumentKind
    source: str
    key: str
    address: str
    day: date | None = None
    committee: str | None = None
    until: datetime | None = None


#: What citizens call each kind of thing, beside its name; it is found by these words, too.
CALLED: dict[DocumentKind, Text] = {
    DocumentKind.PAGE: (None, None),
    DocumentKind.SESSION: ("회기 기간 일정", "session dates"),
    DocumentKind.COMMITTEE: ("위원회 위원장 위원 소관", "committee chair members remit"),
    DocumentKind.MEMBER: ("의원 시의원 지역구", "council member district"),
    DocumentKind.UNIT: ("부서 담당 하는 일 연락처", "division in charge of duties contact"),
    DocumentKind.PROGRAMME: ("사업 목표 실적 추진", "programme targets results"),
    DocumentKind.BUDGET: ("예산 집행액 집행률 쓴 돈", "budget spending money spent"),
    DocumentKind.PUBLICATION: ("발간 자료 소식", "publication news"),
    DocumentKind.ORDINANCE: ("조례 자치법규", "ordinance law rule"),
    DocumentKind.BILL: ("의안 안건", "bill"),
    DocumentKind.HEARING: ("공청회 토론회 세미나 참가 신청", "hearing discussion forum sign up"),
    DocumentKind.EVENT: ("회의 행사 일정", "meeting event date"),
}


def in_both(place: Place, title: Text, *texts: Text) -> Iterator[Document]:
    """Give the Korean document, and the English one where the thing has an English name."""
    for language, name, number in zip(LANGUAGES, title, (0, 1), strict=True):
        if name:
            called = CALLED[place.kind][number]
            body = joined(text[number] for text in texts)
            yield Document(
                **vars(place), language=language, title=name, body=body, called=called or ""
            )


def joined(texts: Iterable[str | None]) -> str:
    """Return texts line by line, without the empty ones."""
    return "\n".join(text.strip() for text in texts if text and text.strip())


def said(words: Callable[..., object], *args: object) -> Text:
    """Return words of the interface in both languages, as a function of ``args`` gives them."""
    spoken = []
    for language in LANGUAGES:
        with in_language(language):
            spoken.append(str(words(*args)))
    return spoken[0], spoken[1]


def ends_of(session: Session, model: type[Publishable]) -> dict[int, datetime]:
    """Return when rows leave that are public for a time only, by id."""
    rows = session.execute(
        select(model.id, model.withdraw_at).where(model.withdraw_at.is_not(None))
    )
    return {row_id: ends_at for row_id, ends_at in rows if ends_at}
