"""Documents of hearings: what is known on the day, and what came of it only afterwards."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.hearings.models import Hearing
from portal.search.documents.hearings import SOURCES
from portal.search.rules import Document

(SOURCE,) = SOURCES
SLUG = "budget-forum-2020-11-19"


def korean(session: Session, day: date) -> Document | None:
    documents = SOURCE.documents(session, day, None)
    of_it = (d for d in documents if d.address == f"/hearings/{SLUG}" and d.language == "ko")
    return next(of_it, None)


def test_a_hearing_is_found_by_its_programme_and_speakers(session: Session) -> None:
    document = korean(session, date(2020, 11, 9))
    assert document is not None
    for word in ("환경·안전·도시계획·교통", "이병도", "서울살림토론회", "서울시민재정네트워크"):
        assert word in document.body


def test_what_came_of_it_is_found_after_its_day(session: Session) -> None:
    before, after = korean(session, date(2020, 11, 9)), korean(session, date(2020, 11, 20))
    assert before is not None
    assert after is not None
    assert "나누어 예산안을 분석했습니다" not in before.body
    assert "나누어 예산안을 분석했습니다" in after.body


def test_nobody_finds_what_was_not_announced(session: Session) -> None:
    assert korean(session, date(2020, 11, 1)) is None


def test_one_row_gives_its_own_documents_as_all_rows_do(session: Session) -> None:
    row_id = session.scalars(select(Hearing.id).where(Hearing.slug == SLUG)).one()
    every = SOURCE.documents(session, date(2020, 11, 9), None)
    alone = list(SOURCE.documents(session, date(2020, 11, 9), frozenset((row_id,))))
    assert alone == [document for document in every if document.key == str(row_id)]
