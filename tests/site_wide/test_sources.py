"""Every fact says where it is from, and what must not be published is not there."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.config import ROOT
from portal.core.models import Imported, Source, Sourced
from portal.extensions import Base
from portal.moderation.models import Publishable
from tests.site_wide.page_words import FORBIDDEN

#: Tables of facts without a source of their own, and where it is instead.
WITHOUT_SOURCE = {
    "sources": "is the list of the documents themselves",
    "parties": "names only; each count and affiliation has its source",
    "areas": "names of the city's parts",
    "districts": "names only; a member's row says where the district is from",
    "bill_sponsors": "come from the source of their bill",
    "enactment_sponsors": "come from the source of their enactment",
    "agenda_items": "come from the source of their event",
    "hearing_order_items": "come from the source of their hearing",
    "hearing_speakers": "come from the source of their hearing",
    "chapters": "names only; each programme has its source",
    "figure_uploads": "bring a table whose rows name their documents",
    "programme_projects": "tie a programme to a budget line; both have their sources",
    "support_programmes": "name work programmes, which have their sources",
    "synonyms": "words of the search; nothing is told by them",
    "hard_words": "words for who writes summaries; nothing is told by them",
    "programme_links": "tie a programme to another page; both have their sources",
}
TABLES = {m.class_.__tablename__: m.class_ for m in Base.registry.mappers}
FACTS = [n for n, m in TABLES.items() if issubclass(m, (Imported, Publishable))]


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_table_of_facts_has_sources_or_says_why_not(name: str) -> None:
    assert issubclass(TABLES[name], Sourced) != (name in WITHOUT_SOURCE)


@pytest.mark.parametrize("name", sorted(set(FACTS) - set(WITHOUT_SOURCE)))
def test_every_row_names_its_document(session: Session, name: str) -> None:
    model = TABLES[name]
    rows = session.scalars(select(model).where(model.source_id.is_(None))).all()
    unnamed = [row.import_key for row in rows if not getattr(row, "note", None)]
    assert unnamed == [], "a row without a source explains itself in its note"


def test_every_document_is_named_and_its_address_is_one_of_the_web(session: Session) -> None:
    for source in session.scalars(select(Source)):
        assert source.title
        assert source.address is None or source.address.startswith(("https://", "http://"))


def test_every_document_is_used(session: Session) -> None:
    used: set[int | None] = set()
    for name, table in Base.metadata.tables.items():
        for column in table.columns:
            if any(key.column.table.name == "sources" for key in column.foreign_keys):
                used |= set(session.scalars(select(column)))
        assert name
    unused = [s.key for s in session.scalars(select(Source)) if s.id not in used]
    assert unused == []


@pytest.mark.parametrize("word", FORBIDDEN)
def test_the_data_hold_nothing_that_must_not_be_published(word: str) -> None:
    files = [p for p in (ROOT / "data").rglob("*") if p.is_file()]
    assert [p.name for p in files if word in p.read_text(encoding="utf-8")] == []


def test_staff_are_counted_in_units_of_several_people(app: Flask, session: Session) -> None:
    counts = TABLES["staff_counts"]
    small = [row.import_key for row in session.scalars(select(counts)) if row.present < 3]
    assert small == [], "a smaller number would point at single persons"
