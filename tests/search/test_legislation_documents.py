"""Documents of ordinances, bills and highlights: what changed is read, and nothing outlives it."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.clock import real_now
from portal.core.signals import withdrawn
from portal.extensions import db
from portal.legislation.models import Bill, Highlight, Ordinance
from portal.search.documents.legislation import SOURCES
from portal.search.models import SearchDocument

DAY = date(2020, 11, 9)
BY_ID = [source for source in SOURCES if source.name in ("bills", "ordinances")]


@pytest.mark.parametrize("source", BY_ID, ids=lambda source: source.name)
def test_one_row_gives_its_own_documents_as_all_rows_do(session: Session, source):
    every = list(source.documents(session, DAY, None))
    model = {"bills": Bill, "ordinances": Ordinance}[source.name]
    row_id = session.scalars(select(model.id).order_by(model.id.desc())).first()
    alone = list(source.documents(session, DAY, frozenset((row_id,))))
    assert alone == [document for document in every if document.key == str(row_id)]
    assert {document.language for document in alone} == {"ko", "en"}


def test_a_highlight_is_found_no_more_when_its_ordinance_is_withdrawn(fresh_app: Flask):
    with fresh_app.test_request_context():
        highlight = db.session.scalars(select(Highlight)).first()
        assert highlight is not None
        of_it = select(SearchDocument.id).where(
            SearchDocument.source == "highlights", SearchDocument.key == str(highlight.id)
        )
        assert db.session.scalar(of_it)
        ordinance = db.session.get_one(Ordinance, highlight.ordinance_id)
        ordinance.leave(real_now())
        db.session.flush()
        withdrawn.send("ordinances", kind="ordinances", ids=(ordinance.id,))
        assert db.session.scalar(of_it) is None
        db.session.rollback()
