"""People of the staff, and short ways to let them do things."""

from datetime import UTC, datetime, timedelta
from typing import Any

from portal.accounts.rules import PERMISSIONS, Role
from portal.council.models import Committee
from portal.council.rules import CommitteeKind
from portal.extensions import db
from portal.moderation.models import Publishable, Revision
from portal.moderation.queries import newest_revision
from portal.moderation.rules import Actor, Move
from portal.moderation.services import move, revise

AT = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
NOW = datetime(2020, 11, 9, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
EDITOR = Actor("staff:1", PERMISSIONS[Role.EDITOR])
READER = Actor("staff:2", PERMISSIONS[Role.MODERATOR])
OTHER = Actor("staff:3", PERMISSIONS[Role.MODERATOR])


def new_committee(slug: str = "new") -> Committee:
    """Return a new draft."""
    row = Committee(
        slug=slug,
        position=90,
        name="새 위원회",
        kind=CommitteeKind.SPECIAL_AD_HOC,
        is_remit_complete=False,
    )
    db.session.add(row)
    db.session.flush()
    return row


def newest(row: Publishable) -> int:
    """Return the number of a row's newest revision, 0 for none."""
    found = newest_revision(db.session(), row)
    return (found.number or 0) if found else 0


def write(row: Publishable, actor: Actor = EDITOR, **values: object) -> Revision:
    """Save new values on the newest revision."""
    return revise(
        db.session(), row, values=values, actor=actor, at=AT, based_on=newest(row), note="바로잡음"
    )


def do(row: Publishable, deed: Move, actor: Actor, **more: Any) -> None:
    """Move a row; who approves has read the newest revision."""
    more = {"at": AT, "now": NOW, "seen": newest(row), "reason": "이유"} | more
    move(db.session(), row, move=deed, actor=actor, **more)


def publish(row: Publishable, **more: Any) -> None:
    """Let the editor write and submit a draft, and the reader publish it."""
    write(row, name_en="New committee")
    do(row, Move.SUBMIT, EDITOR)
    do(row, Move.PUBLISH, READER, **more)
