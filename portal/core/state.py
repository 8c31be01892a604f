"""Small values the whole site remembers in the database."""

from datetime import date

from sqlalchemy.orm import Session

from portal.core.database import write_row
from portal.core.kept import kept
from portal.core.models import SiteState

BUSINESS_DAY = "business_day"
DATA_ENDS_ON = "data_ends_on"
DATA_IS_OFFICIAL = "data_is_official"
KEY_PROOF = "key_proof"
LAST_REFUSAL = "last_refusal"
WORKER_SEEN_AT = "worker_seen_at"


@kept
def find_state(session: Session, key: str) -> str | None:
    """Return a remembered value, or None."""
    row = session.get(SiteState, key)
    return row.value if row else None


def find_day(session: Session, key: str) -> date | None:
    """Return a remembered day, or None."""
    value = find_state(session, key)
    return date.fromisoformat(value) if value else None


def change_state(session: Session, key: str, value: str) -> None:
    """Remember a value in the caller's transaction."""
    values = {"key": key, "value": value}
    write_row(session, SiteState, key="key", values=values, again={"value": value})
