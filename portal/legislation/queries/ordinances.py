"""Reads about ordinances, their enactments and imported texts."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Row, Select, case, extract, func, or_, select
from sqlalchemy.orm import Session

from portal.core.citations import SOURCE_COLUMNS, source_of
from portal.core.errors import Gone, NotFound
from portal.core.kept import kept
from portal.core.models import Source
from portal.council.models import Committee
from portal.legislation.models import Enactment, EnactmentSponsor, Ordinance, OrdinanceVersion
from portal.legislation.pages import (
    EnactmentRow,
    Named,
    OrdinanceDetail,
    TextRow,
    TextVersion,
)
from portal.legislation.queries.names import has_session_page, named, sponsors_of
from portal.legislation.rules.kinds import EnactmentKind, Field
from portal.legislation.rules.storage import PlainText, from_plain
from portal.legislation.rules.text import OrdinanceText
from portal.moderation.queries import corrections_of, has_left

#: An ordinance is changed a few times a year; a page shows at most so many of its enactments.
MOST_ENACTMENTS = 500
MOST_VERSIONS = 200
MOST_ORDINANCES = 5000
DECIDED_ON = func.coalesce(Enactment.promulgated_on, Enactment.passed_on)
#: The undated come last.
NEWEST_FIRST = (DECIDED_ON.desc().nulls_last(), Enactment.id)
_SAME_NAMES = (
    "id slug kind summary summary_en passed_on passed_nature transmitted_on promulgated_on "
    "promulgation in_force_on session_number session_nature proposer proposer_en note note_en "
    "published_at"
).split()


def is_known_by(day: date) -> ColumnElement[bool]:
    """Return the condition that something was enacted by a day, or is undated."""
    known_on = func.coalesce(Enactment.passed_on, Enactment.promulgated_on)
    return or_(known_on.is_(None), known_on <= day)


@dataclass(frozen=True)
class EnactmentWish:
    """How the list is narrowed; what is None or empty narrows nothing.

    :ivar known_by: leave out what was enacted after a day
    """

    field: Field | None = None
    kind: EnactmentKind | None = None
    year: int | None = None
    committee: str = ""
    known_by: date | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions that rows must meet."""
        wanted: list[ColumnElement[bool]] = [Enactment.is_published(), Ordinance.is_published()]
        if self.field:
            wanted.append(Ordinance.field == self.field)
        if self.kind:
            wanted.append(Enactment.kind == self.kind)
        if self.year:
            wanted.append(extract("year", DECIDED_ON) == self.year)
        if self.committee:
            wanted.append(Committee.slug == self.committee)
        if self.known_by:
            wanted.append(is_known_by(self.known_by))
        return wanted


@kept
def count_enactments(session: Session, wish: EnactmentWish) -> int:
    """Return how many enactments meet a wish."""
    return session.scalar(_from(select(func.count())).where(*wish.conditions())) or 0


@kept
def count_ordinances(session: Session) -> int:
    """Return how many ordinances have an enactment that is public."""
    ids = _from(select(func.count(Enactment.ordinance_id.distinct())))
    return session.scalar(ids.where(*EnactmentWish().conditions())) or 0


@kept
def published_enactments(
    session: Session, wish: EnactmentWish, today: date, *, first: int = 0, limit: int = 20
) -> tuple[EnactmentRow, ...]:
    """Return enactments, the newest first, the undated last.

    :param today: the site's day; what was decided after it is marked
    :param first: how many to leave out at the beginning
    """
    return _rows(session, today, *wish.conditions(), first=first, limit=limit)


@kept
def years_of_enactments(session: Session) -> tuple[int, ...]:
    """Return the years in which something was enacted, the latest first."""
    year = extract("year", DECIDED_ON)
    rows = session.scalars(
        _from(select(year).distinct()).where(*EnactmentWish().conditions(), DECIDED_ON.is_not(None))
    )
    return tuple(sorted((int(value) for value in rows), reverse=True))


@kept
def committees_of_enactments(session: Session) -> tuple[Named, ...]:
    """Return the committees that enactments came from, by name."""
    rows = session.execute(
        _from(select(Committee.slug, Committee.name, Committee.name_en).distinct())
        .where(*EnactmentWish().conditions(), Committee.id.is_not(None))
        .order_by(Committee.name)
    )
    return tuple(Named(slug, name, name_en) for slug, name, name_en in rows)


@kept
def get_published_ordinance(session: Session, slug: str, today: date) -> OrdinanceDetail:
    """Return an ordinance with its enactments.

    :raise NotFound: there is none of this address
    :raise Gone: it was withdrawn
    """
    row = session.execute(
        select(Ordinance, Ordinance.locator, Ordinance.import_key, *SOURCE_COLUMNS)
        .outerjoin(Source, Source.id == Ordinance.source_id)
        .where(Ordinance.slug == slug, Ordinance.is_published())
    ).one_or_none()
    if row is None:
        raise Gone if has_left(session, Ordinance, slug) else NotFound
    ordinance, kind = row[0], Ordinance.__tablename__
    enactments = _rows(session, today, *_public(), Enactment.ordinance_id == ordinance.id)
    versions, text = _versions(session, ordinance.id)
    return OrdinanceDetail(
        id=ordinance.id,
        slug=ordinance.slug,
        title=ordinance.title,
        title_en=ordinance.title_en,
        plain_title=ordinance.plain_title,
        plain_title_en=ordinance.plain_title_en,
        field=ordinance.field,
        address=ordinance.address,
        note=ordinance.note,
        note_en=ordinance.note_en,
        source=source_of(row),
        enactments=enactments,
        sponsors=sponsors_of(session, EnactmentSponsor, [each.id for each in enactments]),
        versions=versions,
        text=text,
        corrections=corrections_of(session, kind, ordinance.id),
    )


@kept
def known_ordinances(session: Session) -> dict[str, str]:
    """Return the addresses (slugs) of public ordinances by their official title."""
    rows = session.execute(
        select(Ordinance.title, Ordinance.slug)
        .where(Ordinance.is_published())
        .order_by(Ordinance.id)
        .limit(MOST_ORDINANCES)
    )
    return {title: slug for title, slug in rows}


def _versions(
    session: Session, ordinance_id: int
) -> tuple[tuple[TextRow, ...], OrdinanceText | None]:
    """Return the imported versions of an ordinance's text, the newest first, and its text."""
    order = (OrdinanceVersion.promulgated_on.desc(), OrdinanceVersion.id.desc())
    of_it = OrdinanceVersion.ordinance_id == ordinance_id
    newest = select(OrdinanceVersion.id).where(of_it).order_by(*order).limit(1)
    is_newest = OrdinanceVersion.id == newest.scalar_subquery()
    content = case((is_newest, OrdinanceVersion.content), else_=None)
    rows = session.execute(
        select(
            OrdinanceVersion.id,
            OrdinanceVersion.number,
            OrdinanceVersion.promulgated_on,
            OrdinanceVersion.in_force_on,
            OrdinanceVersion.change,
            content,
        )
        .where(of_it)
        .order_by(*order)
        .limit(MOST_VERSIONS)
    ).all()
    texts = [from_plain(cast(PlainText, row[-1])) for row in rows[:1]]
    return tuple(TextRow(*row[:-1]) for row in rows), texts[0] if texts else None


@kept
def get_text_version(session: Session, ordinance_id: int, number: str) -> TextVersion:
    """Return a version of an ordinance's text by the number of its promulgation.

    :raise NotFound: there is none
    """
    row = session.scalar(
        select(OrdinanceVersion).where(
            OrdinanceVersion.ordinance_id == ordinance_id, OrdinanceVersion.number == number
        )
    )
    if row is None:
        raise NotFound
    known = TextRow(row.id, row.number, row.promulgated_on, row.in_force_on, row.change)
    return TextVersion(known, from_plain(cast(PlainText, row.content)), row.address)


def _public() -> tuple[ColumnElement[bool], ...]:
    return Enactment.is_published(), Ordinance.is_published()


def _from(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Let a query read enactments with their ordinance, committee and document."""
    return (
        query.select_from(Enactment)
        .join(Ordinance, Ordinance.id == Enactment.ordinance_id)
        .outerjoin(Committee, Committee.id == Enactment.committee_id)
    )


def _rows(
    session: Session,
    today: date,
    *conditions: ColumnElement[bool],
    first: int = 0,
    limit: int = MOST_ENACTMENTS,
) -> tuple[EnactmentRow, ...]:
    query = _from(
        select(
            *(getattr(Enactment, name) for name in _SAME_NAMES),
            has_session_page(Enactment.session_number, today).label("has_session_page"),
            Enactment.locator,
            Enactment.import_key,
            Ordinance.slug.label("ordinance_slug"),
            Ordinance.title.label("title"),
            Ordinance.title_en.label("title_en"),
            Ordinance.field,
            Committee.slug.label("committee_slug"),
            Committee.name.label("committee_name"),
            Committee.name_en.label("committee_name_en"),
            *SOURCE_COLUMNS,
        )
    ).outerjoin(Source, Source.id == Enactment.source_id)
    rows = session.execute(
        query.where(*conditions).order_by(*NEWEST_FIRST).offset(first).limit(limit)
    )
    return tuple(_row(row, today) for row in rows)


def _row(row: Row[*tuple[Any, ...]], today: date) -> EnactmentRow:
    values = {name: getattr(row, name) for name in _SAME_NAMES}
    known_on = row.passed_on or row.promulgated_on
    return EnactmentRow(
        **values,
        has_session_page=row.has_session_page,
        ordinance=Named(row.ordinance_slug, row.title, row.title_en),
        field=row.field,
        committee=named(row.committee_slug, row.committee_name, row.committee_name_en),
        source=source_of(row),
        is_later=known_on is not None and known_on > today,
    )
