"""A try of a password, a code or a passkey: noted and committed before it is judged."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _

from portal.accounts.guard import forget_session
from portal.accounts.models import SignInTry, StaffAccount
from portal.accounts.passwords import is_password
from portal.accounts.services import record, use_any_code
from portal.accounts.throttle import (
    Guess,
    forget_old_tries,
    forget_refused,
    is_over_limit,
    note_success,
    note_try,
)
from portal.core.clock import real_now
from portal.core.errors import Gone, TooMany
from portal.core.transactions import begin_again
from portal.extensions import db


def judge(account: StaffAccount, is_right: Callable[[], bool]) -> bool:
    """Say whether a code is right, within the limit on tries.

    :raise TooMany: too many were wrong
    :raise Gone: what was signed for the account ended meanwhile
    """
    return judge_guess("code", account.email, account, is_right)


def judge_guess(
    kind: str, email: str, account: StaffAccount | None, is_right: Callable[[], bool]
) -> bool:
    """Note a try, commit it, and only then judge it; see ``throttle``.

    What was right is committed, too: a code stays used whatever becomes of the step it was for.
    From then on the account is held: no step outlives a password that was renewed meanwhile.

    :param kind: ``password`` or ``code``
    :param account: whose it would be; None when the address has none
    :raise TooMany: too many were wrong
    :raise Gone: what was signed for the account ended meanwhile
    """
    guess = Guess(kind, email, request.remote_addr or "")
    known = account.fs_uniquifier if account else ""
    noted = _note(guess, _("Too many wrong tries. Wait 15 minutes, then try again."))
    if kind == "code":
        # Codes and challenges are used up while they are judged: of two at once one waits.
        begin_again()
    succeeded = is_right()
    begin_again()
    if account is None or not succeeded:
        record(db.session(), "stranger", f"failed_{kind}", account.id if account else 0)
        db.session.commit()
        return False
    note_success(db.session(), noted=noted, guess=guess)
    hold(account, known)
    return True


def hold(account: StaffAccount, known: str) -> None:
    """Begin again, and keep an account from others until the commit.

    :param known: the uniquifier by which it was found
    :raise Gone: it has another one now: the password was renewed, or the account disabled
    """
    begin_again()
    db.session.refresh(account, with_for_update=True)
    if account.fs_uniquifier != known:
        forget_session()
        raise Gone(_("Somebody changed this password at the same moment. Sign in once more."))


def confirms(form: Any, account: StaffAccount) -> bool:
    """Say whether somebody shows once more that it is them; a wrong answer stands in the form.

    :param form: has the fields ``password`` and ``code``
    :raise TooMany: too many were wrong
    """
    given, code, kept = form.password.data or "", form.code.data or "", account.password_hash or ""
    is_right = judge(
        account,
        lambda: is_password(given, kept) and use_any_code(db.session(), account=account, code=code),
    )
    if not is_right:
        form.form_errors.append(_("The password or the code is not right."))
    return is_right


def count_request(kind: str, email: str) -> None:
    """Count a request that nothing proves right, such as one for a letter.

    :raise TooMany: there were too many
    """
    guess = Guess(kind, email, request.remote_addr or "")
    _note(guess, _("Too many letters were asked for. Wait 15 minutes, then try again."))


def _note(guess: Guess, refusal: str) -> SignInTry:
    """Note and commit a try.

    :raise TooMany: it is one too many; then it is forgotten again
    """
    at = real_now()
    begin_again()
    forget_old_tries(db.session(), at=at)
    noted = note_try(db.session(), guess=guess, at=at)
    db.session.commit()
    if is_over_limit(db.session(), guess=guess, at=at):
        begin_again()
        forget_refused(db.session(), noted=noted)
        db.session.commit()
        raise TooMany(refusal)
    return noted
