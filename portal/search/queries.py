"""What a page of results shows: an engine names documents, the table of documents tells of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.core.clock import business_now
from portal.core.kept import kept
from portal.core.pagination import Page, page_of
from portal.council.models import Committee
from portal.search.engines import SearchEngine
from portal.search.models import IndexTask, SearchDocument, SynonymGroup
from portal.search.questions import LONGEST_QUESTION, Groups, Question, ask, words_of_group
from portal.search.rules import (
    HITS_A_PAGE,
    MOST_HITS,
    DocumentKind,
    Hit,
    Match,
    Narrowing,
)
from portal.search.snippets import Marked, mark, snippet
from portal.search.spelling import Vocabulary, correct, vocabulary_of

#: Groups of synonyms are few; more are not read.
MOST_GROUPS = 500
#: Scores alike in so many digits are equal, and the newer document comes first.
_SCORE_DIGITS = 3
#: What has everything that was asked for.
_FULL = (Match.WHOLE, Match.START, Match.ALL)
#: The tier whose score counts: of what has every word.
_SCORING = _FULL.index(Match.ALL)
KIND_PLACES = {kind: place for place, kind in enumerate(DocumentKind)}


@dataclass(frozen=True)
class ResultRow:
    """A document that may be shown, without its text.

    :ivar is_whole: it has every word that was asked for
    """

    id: int
    kind: DocumentKind
    language: str
    title: str
    address: str
    day: date | None
    committee: str | None
    is_whole: bool


@dataclass(frozen=True)
class Result:
    """A result as the page shows it."""

    row: ResultRow
    title: Marked
    text: Marked


@dataclass(frozen=True)
class Results:
    """What was found.

    :ivar page: the results of one page
    :ivar kinds: how many there are of each kind, whichever kind was chosen
    :ivar years: how many there are of each year, the latest first; None: without a day
    :ivar committees: how many there are of each committee
    :ivar has_more: there are more than were looked at
    :ivar is_certain: something has every word that was asked for
    :ivar meant: what was looked up instead of what was typed; None: just that
    """

    page: Page[Result]
    kinds: Mapping[DocumentKind, int]
    years: Mapping[int | None, int]
    committees: Mapping[str, int]
    has_more: bool = False
    is_certain: bool = True
    meant: str | None = None


class Order:
    """The words by which results may be ordered."""

    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True)
class Wish:
    """What somebody wants to see.

    :ivar order: one of ``Order``
    :ivar number: of the page
    :ivar literally: look up what was typed, even if it seems mistyped
    """

    narrowing: Narrowing
    order: str = Order.BEST
    number: int = 1
    literally: bool = False


def look_up(session: Session, engine: SearchEngine, text: str, wish: Wish) -> Results:
    """Return what was found for what somebody typed, or for what they seem to have meant.

    :raise IndexMissing: there is no index that can be read
    """
    language = wish.narrowing.language
    question = ask(text, language, synonym_groups(session))
    ranked, meant = rank(session, engine, question, wish.narrowing), None
    if not ranked.is_certain and not wish.literally:
        better = _better(session, engine, text, wish.narrowing)
        if better:
            ranked, question = better
            meant = question.text
    return replace(_results(session, ranked, question, wish), meant=meant)


def _better(
    session: Session, engine: SearchEngine, text: str, narrowing: Narrowing
) -> "tuple[Ranked, Question] | None":
    """Return what is found with mistyped words put right, where that is certain."""
    meant = correct(text[:LONGEST_QUESTION], vocabulary(session, narrowing.language))
    if meant is None:
        return None
    question = ask(meant, narrowing.language, synonym_groups(session))
    better = rank(session, engine, question, narrowing)
    return (better, question) if better.is_certain else None


@dataclass(frozen=True)
class Ranked:
    """What may be shown, of all kinds, the best first.

    :ivar has_more: there are more than were looked at
    """

    rows: tuple[ResultRow, ...]
    has_more: bool

    @property
    def is_certain(self) -> bool:
        """Say whether something has every word that was asked for."""
        return bool(self.rows) and self.rows[0].is_whole


def _results(session: Session, ranked: Ranked, question: Question, wish: Wish) -> Results:
    """Return one page of what was found.

    Facets count what the other limits leave, so that each can be changed for another.
    """
    kinds = Counter(row.kind for row in ranked.rows)
    rows = [row for row in ranked.rows if wish.narrowing.kind in (None, row.kind.value)]
    if wish.order == Order.NEWEST:
        rows.sort(key=lambda row: (row.day or date.min).toordinal(), reverse=True)
    part = page_of(rows, wish.number, HITS_A_PAGE)
    shown = _with_texts(session, part.rows, question)
    years = Counter(row.day.year if row.day else None for row in rows)
    return Results(
        page=Page(shown, part.number, part.pages, part.total, part.first),
        kinds={kind: kinds[kind] for kind in DocumentKind if kinds[kind]},
        years=dict(sorted(years.items(), key=lambda item: -(item[0] or 0))),
        committees=Counter(row.committee for row in rows if row.committee),
        has_more=ranked.has_more,
        is_certain=ranked.is_certain,
    )


def rank(
    session: Session, engine: SearchEngine, question: Question, narrowing: Narrowing
) -> Ranked:
    """Return what may be shown of what was found, whichever kind was chosen.

    First what is called so, then what begins so, then what has every word; where that is little,
    what has some.

    :raise IndexMissing: there is no index that can be read
    """
    if question.is_empty:
        return Ranked((), False)
    tiers, has_more = _tiers(engine, question, replace(narrowing, kind=None))
    places = _places(tiers)
    rows = shown_rows(session, places)
    rows.sort(key=lambda row: _rank(row, *places[row.id]))
    marked = [replace(row, is_whole=places[row.id][0] < len(_FULL)) for row in rows]
    whole = [row for row in marked if row.is_whole]
    others = [row for row in marked if not row.is_whole]
    return Ranked((*whole, *others[: max(0, HITS_A_PAGE - len(whole))]), has_more)


def _tiers(
    engine: SearchEngine, question: Question, narrowing: Narrowing
) -> tuple[list[tuple[Hit, ...]], bool]:
    """Return what an engine names for each way to match, the narrowest way first."""
    found = [engine.search(question, narrowing, match, limit=MOST_HITS) for match in _FULL]
    tiers = [answer.hits for answer in found]
    if len({hit.document_id for hits in tiers for hit in hits}) < HITS_A_PAGE:
        some = engine.search(question, narrowing, Match.ANY, limit=2 * HITS_A_PAGE)
        tiers.append(some.hits)
    return tiers, any(answer.total > MOST_HITS for answer in found)


def _places(tiers: Sequence[Sequence[Hit]]) -> dict[int, tuple[int, float]]:
    """Return for each document its first tier and its best score.

    The first tiers tell documents apart by little, so the score of a later one orders them.
    """
    places: dict[int, tuple[int, float]] = {}
    for tier, hits in enumerate(tiers):
        for hit in hits:
            first, score = places.get(hit.document_id, (tier, 0.0))
            places[hit.document_id] = (first, hit.score if tier == _SCORING else score or hit.score)
    return places


def _rank(row: ResultRow, tier: int, score: float) -> tuple[int, float, int, int]:
    """Return the place of a document: tier and score; between equals the newer one, then kind."""
    newness = row.day.toordinal() if row.day else 0
    return tier, -float(f"{score:.{_SCORE_DIGITS}g}"), -newness, KIND_PLACES[row.kind]


def shown_rows(session: Session, ids: Iterable[int]) -> list[ResultRow]:
    """Return the documents that are public now; an index may know of others."""
    rows = session.execute(
        select(
            SearchDocument.id,
            SearchDocument.kind,
            SearchDocument.language,
            SearchDocument.title,
            SearchDocument.address,
            SearchDocument.day,
            SearchDocument.committee,
        ).where(
            SearchDocument.id.in_(tuple(ids)),
            or_(SearchDocument.until.is_(None), SearchDocument.until > business_now()),
        )
    )
    return [
        ResultRow(
            id=row.id,
            kind=DocumentKind(row.kind),
            language=row.language,
            title=row.title,
            address=row.address,
            day=row.day,
            committee=row.committee,
            is_whole=True,
        )
        for row in rows
    ]


def _with_texts(
    session: Session, rows: Sequence[ResultRow], question: Question
) -> tuple[Result, ...]:
    """Return results with their texts around what was asked for."""
    wanted = SearchDocument.id.in_([row.id for row in rows])
    texts = session.execute(select(SearchDocument.id, SearchDocument.body).where(wanted))
    bodies = {document_id: body for document_id, body in texts}
    return tuple(
        Result(row, mark(row.title, question), snippet(bodies[row.id], question)) for row in rows
    )


@kept
def synonym_groups(session: Session) -> Groups:
    """Return the published groups of words that mean the same."""
    words = select(SynonymGroup.words).where(SynonymGroup.is_published())
    rows = session.scalars(words.order_by(SynonymGroup.id).limit(MOST_GROUPS))
    return tuple(words_of_group(row) for row in rows)


@kept
def committee_names(session: Session) -> tuple[tuple[str, str, str | None], ...]:
    """Return slug and names of the public committees, in their order."""
    columns = select(Committee.slug, Committee.name, Committee.name_en)
    rows = session.execute(columns.where(Committee.is_published()).order_by(Committee.position))
    return tuple((slug, name, name_en) for slug, name, name_en in rows)


@kept
def vocabulary(session: Session, language: str) -> Vocabulary:
    """Return the words of all titles in a language."""
    titles = select(SearchDocument.title).where(SearchDocument.language == language)
    return vocabulary_of(session.scalars(titles.distinct()))


def count_documents(session: Session) -> int:
    """Return how many documents there are."""
    return session.scalar(select(func.count()).select_from(SearchDocument)) or 0


def count_tasks(session: Session) -> int:
    """Return how much the index still has to do."""
    return session.scalar(select(func.count()).select_from(IndexTask)) or 0
