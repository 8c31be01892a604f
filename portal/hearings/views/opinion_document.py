"""The opinions of a hearing as a document for the committees: a page to print, and a table.

What is published may be handed on by all the staff who read content. What nobody has read yet is
added for moderators only.
"""

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from portal.accounts.guard import held_permissions
from portal.accounts.rules import Permission
from portal.core import audit
from portal.core.actors import current_actor
from portal.core.clock import today
from portal.core.downloads import Column, Table, as_csv
from portal.core.errors import NotAllowed, NotFound
from portal.core.params import read_choice
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.hearings.models import Hearing
from portal.hearings.opinion_pages import DocumentRow
from portal.hearings.queries.opinions import figures_of
from portal.hearings.queries.opinions_for_staff import opinions_for_document
from portal.hearings.rules.kinds import HearingKind
from portal.legislation.rules.kinds import Field
from portal.legislation.words import field_label

opinion_document = Blueprint("opinion_document", __name__, url_prefix="/staff/hearings")

#: What is added to the published opinions; the first is what is shown when nothing is chosen.
_ADDED = ("", "waiting")

_COLUMNS = (
    Column("number", "번호", "Number", "text", "", "의견 번호", "Number of the opinion"),
    Column("field", "분야", "Field", "text", "", "예산의 분야", "Part of the budget"),
    Column("name", "이름", "Name", "text", "", "보이기로 한 이름", "Name as it is shown"),
    Column("opinion", "의견", "Opinion", "text", "", "의견", "The opinion"),
    Column("state", "상태", "State", "text", "", "published 또는 waiting", "published or waiting"),
    Column("answer", "답변", "Answer", "text", "", "의회의 답변", "The council's answer"),
)


@opinion_document.get("/<row:hearing_id>/opinions/document")
@needs(Permission.CONTENT_READ)
def show_document(hearing_id: int) -> str:
    """Show the opinions of a hearing by field, to print and hand to the committees."""
    hearing, added = _hearing(hearing_id), _added()
    rows = opinions_for_document(db.session(), hearing_id, with_waiting=bool(added))
    return render(
        "hearings/opinions/document.html",
        hearing=hearing,
        parts=_by_field(rows),
        total=len(rows),
        figures=figures_of(db.session(), hearing_id),
        added=added,
        may_add=_may_read_waiting(),
        is_budget=hearing.kind is HearingKind.BUDGET_FORUM,
        on=today(),
    )


@opinion_document.get("/<row:hearing_id>/opinions/document.csv")
@needs(Permission.CONTENT_READ)
def download_document(hearing_id: int) -> Response:
    """Give the same opinions as a table; what nobody has read leaves a line in the trail."""
    hearing, added = _hearing(hearing_id), _added()
    name = f"opinions-{hearing.slug}"
    if added:
        actor = current_actor()
        begin_again()
        audit.record(
            db.session(),
            actor=actor,
            deed="opinion.downloaded",
            kind=Hearing.__tablename__,
            row_id=hearing_id,
        )
    rows = opinions_for_document(db.session(), hearing_id, with_waiting=bool(added))
    answer = as_csv(Table(name, _COLUMNS, tuple(_cells(row) for row in rows)))
    if added:
        db.session.commit()
    return answer


def _hearing(hearing_id: int) -> Hearing:
    """Return a hearing for the staff.

    :raise NotFound: there is none
    """
    hearing = db.session.get(Hearing, hearing_id)
    if hearing is None:
        raise NotFound(_("There is no such hearing."))
    return hearing


def _added() -> str:
    """Return what shall be added to what is published.

    :raise NotAllowed: only moderators of the whole council read what waits
    """
    added = read_choice(request.args.get("with"), _ADDED)
    if added and not _may_read_waiting():
        raise NotAllowed(_("Your role does not let you do this."))
    return added


def _may_read_waiting() -> bool:
    return Permission.CONTENT_REVIEW in held_permissions()


def _by_field(rows: tuple[DocumentRow, ...]) -> list[tuple[str, list[DocumentRow]]]:
    """Return the rows with the name of each field above its own, in the order of the fields."""
    parts: dict[Field | None, list[DocumentRow]] = {}
    for row in rows:
        parts.setdefault(row.field, []).append(row)
    return [(_label(field), part) for field, part in parts.items()]


def _label(field: Field | None) -> str:
    return field_label(field) if field else str(_("Opinions"))


def _cells(row: DocumentRow) -> tuple[object, ...]:
    return (
        row.number,
        field_label(row.field) if row.field else None,
        row.name,
        row.text,
        "published" if row.is_published else "waiting",
        row.answer,
    )
