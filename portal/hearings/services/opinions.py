"""What authors of opinions do: send one, and object once when it is hidden. Each flushes."""

import secrets
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.errors import Conflict, Gone, NotFound
from portal.hearings.letters import opinions as letters
from portal.hearings.models import Hearing, Opinion
from portal.hearings.queries.opinions import find_opinion_by_key, hash_key
from portal.hearings.rules.kinds import WindowState
from portal.hearings.rules.opinions import (
    CONSENT,
    NUMBER_SIGNS,
    Draft,
    NameShown,
    ObjectionState,
    OpinionState,
    digest_of_text,
)

#: Who sends an opinion is nobody the trail knows, and no part of their address is kept in it.
READER = "reader"
PUBLIC_FORM = "public form"
KIND = Opinion.__tablename__

#: A number is made up anew where it is taken; that this happens often can't be chance.
_MOST_TRIES = 5
_HALF = 4


class WindowClosed(Conflict):
    """Opinions can't be sent now; what was written stays on the page."""


def send_opinion(
    session: Session, *, hearing_id: int, draft: Draft, key: str, now: datetime, at: datetime
) -> Opinion:
    """Take an opinion in, and tell its author that it has arrived; the same form counts once.

    :param key: the form's key; who has it may see how the opinion stands
    :param now: the business time, by which the window is open or not
    :param at: the real time
    :raise WindowClosed: the window is not open
    """
    hearing = session.get(Hearing, hearing_id, populate_existing=True)
    if hearing is None or hearing.opinions_state(now) is not WindowState.OPEN:
        raise WindowClosed(closed_sentence())
    opinion, is_new = _add(session, hearing_id, draft, key, at)
    if is_new:
        _record(session, opinion, deed="opinion.sent")
        letters.write_received(session, opinion, key=key, at=at)
    return opinion


def closed_sentence() -> str:
    """Return what is said to somebody whose form was open when the window closed."""
    return str(
        _(
            "Opinions can’t be sent to this hearing now. Nothing was sent; what you wrote still "
            "stands below, so that you can copy it."
        )
    )


def _add(
    session: Session, hearing_id: int, draft: Draft, key: str, at: datetime
) -> tuple[Opinion, bool]:
    """Add an opinion, or return the one that the same form brought before, and which it was."""
    for _try in range(_MOST_TRIES):
        opinion = _new_opinion(hearing_id, draft, key, at)
        try:
            with session.begin_nested():
                session.add(opinion)
            return opinion, True
        except IntegrityError:
            known = find_opinion_by_key(session, key)
            if known is not None:
                return known, False
    raise RuntimeError("no free number for an opinion")


def _new_opinion(hearing_id: int, draft: Draft, key: str, at: datetime) -> Opinion:
    return Opinion(
        hearing_id=hearing_id,
        key_hash=hash_key(key),
        number=_new_number(),
        language=draft.language,
        field=draft.field,
        text=draft.text,
        text_digest=digest_of_text(draft.text),
        file_id=draft.file_id,
        name=draft.name or None,
        name_shown=draft.name_shown if draft.name else NameShown.NONE,
        email=draft.email or None,
        consent=CONSENT,
        sent_at=at,
        state=OpinionState.WAITING,
        objection_state=ObjectionState.NONE,
    )


def _new_number() -> str:
    """Return what an author is told, such as ``K7QM-29XD``; it says nothing about how many came."""
    signs = "".join(secrets.choice(NUMBER_SIGNS) for _ in range(2 * _HALF))
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def object_to_hiding(session: Session, *, key: str, objection: str, at: datetime) -> Opinion:
    """Ask that another moderator reads a hidden opinion; the same objection sent twice is one.

    :raise NotFound: no opinion has this key
    :raise Conflict: it is not hidden, or its author objected before
    :raise Gone: its words were erased
    """
    opinion = session.scalar(
        select(Opinion)
        .where(Opinion.key_hash == hash_key(key))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if opinion is None:
        raise NotFound(_("There is no opinion at this address. Check that it was copied whole."))
    if opinion.erased_at is not None:
        raise Gone(_("What you wrote was erased; nobody can read it any more."))
    if opinion.objection_state is not ObjectionState.NONE:
        if opinion.objection == objection:
            return opinion
        raise Conflict(_("You have objected already; one objection is read."))
    if opinion.state is not OpinionState.HIDDEN:
        raise Conflict(_("This opinion is not hidden. Load the page again to see how it stands."))
    opinion.objection, opinion.objection_at = objection, at
    opinion.objection_state = ObjectionState.OPEN
    session.flush()
    _record(session, opinion, deed="opinion.objected")
    return opinion


def _record(session: Session, opinion: Opinion, *, deed: str) -> None:
    """Record what an author did; nothing says who it was."""
    audit.record(session, actor=READER, deed=deed, kind=KIND, row_id=opinion.id, origin=PUBLIC_FORM)
