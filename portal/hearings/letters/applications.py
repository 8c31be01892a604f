"""The letters to the office that applied for a hearing; they lead to its page of the staff."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from portal.accounts.queries import find_account
from portal.core.clock import council_zone
from portal.core.i18n import in_language, write_day, write_time
from portal.core.things import id_of_actor
from portal.hearings.application_words import say_support
from portal.hearings.models import Application
from portal.hearings.rules.applications import Support
from portal.notifications.kinds import Kind, register_kind
from portal.notifications.services import queue_letter

_SAMPLE = {
    "title": "…",
    "when": "2020-11-24 14:00",
    "granted": "₩3,000,000",
    "answer": "…",
    "spent": "₩2,800,000",
    "path": "/staff/hearings/applications/17",
}
APPROVED = register_kind(
    Kind("application_approved", _l("Your application is approved: %(title)s"), _SAMPLE)
)
REFUSED = register_kind(
    Kind("application_refused", _l("Your application is refused: %(title)s"), _SAMPLE)
)
SETTLED = register_kind(Kind("application_settled", _l("The cost is settled: %(title)s"), _SAMPLE))


def write_approved(session: Session, row: Application, *, at: datetime) -> None:
    """Tell who applied what was granted, and that the room is kept."""
    granted = Support(row.granted_won or 0, row.granted_business_won or 0)
    _queue(session, APPROVED, row, at, granted=granted)


def write_refused(session: Session, row: Application, *, at: datetime) -> None:
    """Tell who applied why there will be no hearing."""
    _queue(session, REFUSED, row, at)


def write_settled(session: Session, row: Application, *, at: datetime) -> None:
    """Tell who applied what it cost in the end."""
    spent = Support(row.spent_won or 0, row.spent_business_won or 0)
    _queue(session, SETTLED, row, at, spent=spent)


def _queue(
    session: Session, kind: Kind, row: Application, at: datetime, **amounts: Support
) -> None:
    """Queue a letter to the account that applied, unless it is disabled or gone.

    :raise Invalid: the answer links to another site
    """
    account_id = id_of_actor(row.sent_by)
    account = find_account(session, int(account_id)) if account_id else None
    if account is None or account.is_disabled:
        return
    starts = row.starts_at.astimezone(council_zone())
    with in_language(account.language):
        said = {name: say_support(amount) for name, amount in amounts.items()}
    day = write_day(starts.date(), account.language)
    context = {
        "title": row.title,
        "when": f"{day} {write_time(starts)}",
        "answer": row.answer or "",
        "path": f"/staff/hearings/applications/{row.id}",
    }
    queue_letter(
        session,
        kind=kind.name,
        to=account.email,
        language=account.language,
        context=context | said,
        at=at,
    )
