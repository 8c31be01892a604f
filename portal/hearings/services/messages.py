"""A message of the staff to many who take part, through the outbox."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core import audit
from portal.hearings.letters.notices import write_message
from portal.hearings.models import Hearing, Message
from portal.hearings.queries.messages import find_sent, recipients_of
from portal.hearings.rules.desk import Audience
from portal.hearings.services.sign_ups import lock_hearing

KIND = Hearing.__tablename__


def send_message(
    session: Session,
    *,
    hearing_id: int,
    audience: Audience,
    subject: str,
    text: str,
    after: int,
    actor: str,
    at: datetime,
) -> Message:
    """Queue a letter to everybody of an audience who has an address, once for each form.

    :param after: id of the newest message when the form was made, 0 without one: the same message
        that came after it is this one, sent twice
    :raise Invalid: it links to another site
    """
    hearing = lock_hearing(session, hearing_id)
    message = Message(
        hearing_id=hearing_id,
        audience=audience.value,
        subject=subject,
        text=text,
        letters=0,
        sent_by=actor,
        sent_at=at,
    )
    known = find_sent(session, message, after)
    if known is not None:
        return known
    session.add(message)
    session.flush()
    for sign_up in recipients_of(session, hearing_id, audience):
        message.letters += write_message(session, hearing, sign_up, message, at=at)
    session.flush()
    told = {"audience": audience.value, "letters": str(message.letters)}
    audit.record(
        session, actor=actor, deed="hearing.message_sent", kind=KIND, row_id=hearing_id, after=told
    )
    return message
