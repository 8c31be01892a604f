"""The last import that was refused, remembered until one goes well.

A refused import leaves nothing behind, so the refusal is written after it was undone.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.models import SiteState
from portal.core.state import LAST_REFUSAL, change_state

MOST_ERRORS = 20
#: An error names a place and repeats a value; a longer one has repeated a whole text.
LONGEST_ERROR = 300


@dataclass(frozen=True)
class Refusal:
    """An import that was refused.

    :ivar folder: name of the data folder, without the way to it
    :ivar errors: the first ones, each as ``file:line:column: reason``
    """

    at: datetime
    folder: str
    errors: tuple[str, ...]


def note_refusal(session: Session, *, folder: str, errors: Sequence[str], at: datetime) -> None:
    """Remember that an import was refused, in place of the refusal before."""
    few = tuple(error[:LONGEST_ERROR] for error in errors[:MOST_ERRORS])
    refusal = asdict(Refusal(at, folder, few))
    value = json.dumps({**refusal, "at": at.isoformat()}, ensure_ascii=False)
    change_state(session, LAST_REFUSAL, value)


def forget_refusal(session: Session) -> None:
    """Forget the last refusal: an import went well."""
    session.execute(delete(SiteState).where(SiteState.key == LAST_REFUSAL))


def find_refusal(session: Session) -> Refusal | None:
    """Return the last refusal since an import went well, or None."""
    # Not by find_state, which staff pages remember as long as the content is the same.
    row = session.get(SiteState, LAST_REFUSAL)
    if row is None:
        return None
    found = json.loads(row.value)
    at = datetime.fromisoformat(found["at"])
    return Refusal(at, found["folder"], tuple(found["errors"]))
