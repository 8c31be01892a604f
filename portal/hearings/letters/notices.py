"""The letters to somebody who wants to be told once when sign-up opens, and to many at once."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from portal.core.i18n import in_language, plain
from portal.hearings.letters.sign_ups import DAY, MOST_LETTERS, own_path, when_of
from portal.hearings.links import LinkKind, sign_link, version_of
from portal.hearings.models import Hearing, Message, OpeningNotice, SignUp
from portal.notifications.kinds import Kind, register_kind
from portal.notifications.queries import count_letters
from portal.notifications.services import queue_letter

_SAMPLE = {
    "title": "…",
    "when": "2020-11-19",
    "path": "/hearings/notices/AbCd",
    "subject": "…",
    "text": "…",
}
ASKED = register_kind(
    Kind("notice_asked", _l("Shall we tell you when sign-up opens? %(title)s"), _SAMPLE)
)
OPENED = register_kind(Kind("notice_opened", _l("Sign-up is open: %(title)s"), _SAMPLE))
MESSAGE = register_kind(Kind("hearing_message", _l("%(subject)s (%(title)s)"), _SAMPLE))


def write_asked(session: Session, hearing: Hearing, notice: OpeningNotice, *, at: datetime) -> None:
    """Ask whether the letter is wanted by who reads this mailbox, some times a day at most."""
    if count_letters(session, ASKED.name, notice.email, at - DAY) >= MOST_LETTERS:
        return
    token = sign_link(LinkKind.NOTICE, notice.id, version_of(notice.created_at))
    path = f"/hearings/notices/{token}"
    _queue(session, ASKED, hearing, notice, path, at)


def write_opened(
    session: Session, hearing: Hearing, notice: OpeningNotice, *, at: datetime
) -> None:
    """Tell that sign-up is open."""
    _queue(session, OPENED, hearing, notice, f"/hearings/{hearing.slug}", at)


def write_message(
    session: Session, hearing: Hearing, sign_up: SignUp, message: Message, *, at: datetime
) -> bool:
    """Send what the staff wrote to one of many; say whether there is an address.

    :raise Invalid: it links to another site
    """
    if sign_up.email is None:
        return False
    with in_language(sign_up.language):
        title = plain(hearing.title, hearing.title_en)
    queue_letter(
        session,
        kind=MESSAGE.name,
        to=sign_up.email,
        language=sign_up.language,
        context={
            "title": title,
            "subject": message.subject,
            "text": message.text,
            "path": own_path(sign_up),
        },
        at=at,
    )
    return True


def _queue(
    session: Session,
    kind: Kind,
    hearing: Hearing,
    notice: OpeningNotice,
    path: str,
    at: datetime,
) -> None:
    with in_language(notice.language):
        title = plain(hearing.title, hearing.title_en)
    when = when_of(hearing, notice.language)
    queue_letter(
        session,
        kind=kind.name,
        to=notice.email,
        language=notice.language,
        context={"title": title, "when": when, "path": path},
        at=at,
    )
