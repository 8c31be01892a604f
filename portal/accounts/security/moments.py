"""What happens when Flask-Security says that somebody signed in, or has another password."""

from typing import Any

from flask import Flask, g, request, session
from flask_babel import gettext as _
from flask_security import password_changed, password_reset, user_authenticated

from portal.accounts import services
from portal.accounts.guard import TOKEN, current_session, forget_session
from portal.accounts.models import StaffAccount, StaffSession
from portal.accounts.sessions import end_session, origin_of, start_session
from portal.core.clock import real_now
from portal.core.notices import tell
from portal.extensions import db

#: Entry of the cookie by which Flask-Security knows that the second factor is due, and whose.
PENDING = "tf_user_id"
#: What Flask-Login and Flask-Security keep in the cookie of who is signed in.
_SIGNED_IN = ("_user_id", "_fresh", "fs_paa")
#: What Flask-Security keeps in the cookie between the two factors.
_HALF_SIGNED_IN = (PENDING, "tf_state")


def pending_session() -> StaffSession | None:
    """Return the session of who has given the password and owes the second factor, or None."""
    row = current_session()
    if row is None or row.is_complete or row.account.fs_uniquifier != session.get(PENDING):
        return None
    return row


def begin_half(account: StaffAccount) -> None:
    """Begin the session of somebody who owes the second factor, which lives ten minutes."""
    _begin(account, is_complete=False, kept=_HALF_SIGNED_IN)
    db.session.commit()


def end_here() -> None:
    """End the session of this browser, on the server too."""
    row = current_session()
    session.clear()
    forget_session()
    if row is not None:
        services.record(db.session(), row.account.key, "sign_out", row.account_id)
        db.session.delete(row)


@user_authenticated.connect
def _begin_whole(_app: Flask, user: StaffAccount, authn_via: Any = None, **_more: Any) -> None:
    """Begin a session under a new secret; a changed password begins one, too."""
    _begin(user, is_complete=True, kept=_SIGNED_IN)
    if authn_via != ["change"]:
        user.signed_in_at = real_now()
        services.record(db.session(), user.key, "sign_in", user.id)


@password_changed.connect
def _note_change(_app: Flask, user: StaffAccount, **_more: Any) -> None:
    services.note_new_password(db.session(), account=user)
    tell(_("Your password was changed. Your other sessions have ended."))


@password_reset.connect
def _note_reset(_app: Flask, user: StaffAccount, **_more: Any) -> None:
    services.note_new_password(db.session(), account=user)
    tell(_("Your password was changed. Sign in with the new one."))


def _begin(account: StaffAccount, *, is_complete: bool, kept: tuple[str, ...]) -> None:
    """Begin a session of a stage; the one before ends, and of its cookie stays what is named."""
    end_session(db.session(), token=session.get(TOKEN))
    stays = {key: session[key] for key in kept if key in session}
    session.clear()
    g.pop("csrf_token", None)
    forget_session()
    origin = origin_of(request.remote_addr, request.headers.get("User-Agent", ""))
    token = start_session(
        db.session(), account=account, is_complete=is_complete, origin=origin, at=real_now()
    )
    session.update({**stays, TOKEN: token})
