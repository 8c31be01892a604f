"""Deeds of somebody who wants to be told once when sign-up opens, or to get their link again."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.errors import Gone
from portal.hearings import queries
from portal.hearings.letters import notices as letters
from portal.hearings.letters import sign_ups as sign_up_letters
from portal.hearings.links import version_of
from portal.hearings.models import Hearing, OpeningNotice
from portal.hearings.services.sign_ups import hash_contact, lock_hearing


def ask_notice(
    session: Session, *, hearing_id: int, email: str, language: str, at: datetime
) -> None:
    """Note an address once and ask its owner; who has not answered is asked again."""
    hearing = lock_hearing(session, hearing_id)
    index = hash_contact(email)
    known = select(OpeningNotice).where(
        OpeningNotice.hearing_id == hearing.id, OpeningNotice.contact_index == index
    )
    notice = session.scalar(known)
    if notice is None:
        notice = OpeningNotice(
            hearing_id=hearing.id,
            contact_index=index,
            email=email,
            language=language,
            created_at=at,
        )
        session.add(notice)
        session.flush()
    if notice.confirmed_at is None:
        letters.write_asked(session, hearing, notice, at=at)


def confirm_notice(
    session: Session, *, notice_id: int, version: int, at: datetime
) -> OpeningNotice:
    """Note that the owner of an address wants the letter; doing it twice does nothing.

    :param version: of its links; another one belonged to an address that was erased
    :raise Gone: the address was erased
    """
    notice = session.get(OpeningNotice, notice_id, with_for_update=True)
    if notice is None or version_of(notice.created_at) != version:
        raise Gone
    notice.confirmed_at = notice.confirmed_at or at
    session.flush()
    return notice


def send_link_again(session: Session, *, hearing: Hearing, email: str, at: datetime) -> None:
    """Send somebody their link again, if they have signed up; the page says the same if not."""
    found = queries.find_live_sign_up(session, hearing.id, hash_contact(email))
    if found is not None:
        sign_up_letters.write_again(session, hearing, *found, at=at)
