"""The guard before every staff page: who it is, and whether they may.

A staff endpoint names its permission (``core.permissions.needs``); one that names none is refused
to everybody, but for the few of ``OPEN`` that lead in and out. Public pages never get here, so
they don't touch the session and send no cookie.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import StaffAccount, StaffSession
from portal.accounts.rules import OWN, Grant, Permission, Place, may_somewhere, permissions_at
from portal.accounts.sessions import Limits, find_session, touch_session
from portal.core.actors import register_actor_finder
from portal.core.clock import real_now, today
from portal.core.errors import NotAllowed
from portal.core.kept import READ_VERSION
from portal.core.permissions import register_decider
from portal.core.templates import render
from portal.core.versions import SITE, versions_of
from portal.extensions import db

#: Endpoints without a permission: the ways in and out.
OPEN = frozenset(
    (
        "security.login",
        "security.logout",
        "security.two_factor_token_validation",
        "security.two_factor_setup",
        "security.two_factor_rescue",
        "security.mf_recovery",
        "security.wan_signin",
        "security.wan_signin_response",
        "security.forgot_password",
        "security.reset_password",
        "accounts.accept_invitation",
    )
)
#: Entry of ``app.extensions`` for what runs before each staff page.
STAFF_HOOKS = "portal_staff_hooks"
TOKEN = "staff"  # noqa: S105 - the name of the cookie's entry, no secret
_PLACE = re.compile(r"(/en)?/staff/[A-Za-z0-9/_.~-]*(\?[A-Za-z0-9_.~=&%+-]*)?")


def is_staff_rule(rule: str) -> bool:
    """Say whether an address rule is one of the staff's."""
    return rule == "/staff" or rule.startswith("/staff/")


def is_staff_request() -> bool:
    """Say whether the current request is for a staff page."""
    return request.url_rule is not None and is_staff_rule(request.url_rule.rule)


def guard() -> ResponseReturnValue | None:
    """Let a request for a staff page pass, send it to the sign-in, or refuse it.

    :raise NotAllowed: the page names no permission, or the person does not hold it
    """
    if not is_staff_request():
        return None
    _keep_the_frame()
    if request.endpoint in OPEN:
        return None
    row = current_session()
    if row is None:
        return _signed_out_page() if _brings_words() else _send_to("security.login")
    if not row.is_complete:
        return _send_to("security.two_factor_token_validation")
    _run_staff_hooks()
    view = current_app.view_functions[request.endpoint or ""]
    permission: str | None = getattr(view, "permission", None)
    if permission is None or not is_held(permission):
        raise NotAllowed
    if touch_session(db.session(), row=row, at=real_now()):
        db.session.commit()
    return None


def _run_staff_hooks() -> None:
    """Run what libraries of the sign-in want before a request; see ``security/extension.py``."""
    for hook in current_app.extensions.get(STAFF_HOOKS, ()):
        hook()


def current_session() -> StaffSession | None:
    """Return the session of the request's browser, also one that owes the second factor."""
    if "staff_session" not in g:
        token = session.get(TOKEN)
        g.staff_session = (
            find_session(db.session(), token, limits=session_limits(), at=real_now())
            if isinstance(token, str)
            else None
        )
        if g.staff_session is not None and not is_welcome(g.staff_session.account):
            g.staff_session = None
    row: StaffSession | None = g.staff_session
    return row


def forget_session() -> None:
    """Let the session be read anew when it is asked for next: it ended, or another one began."""
    g.pop("staff_session", None)


def current_account() -> StaffAccount:
    """Return who is signed in, with both factors.

    :raise NotAllowed: nobody is
    """
    row = current_session()
    if row is None or not row.is_complete:
        raise NotAllowed
    return row.account


def current_grants() -> tuple[Grant, ...]:
    """Return the roles that the signed-in person holds today; none when nobody is signed in."""
    if not _is_signed_in():
        return ()
    roles = current_account().roles
    return tuple(role.grant for role in roles if role.is_held(today()))


def _is_signed_in() -> bool:
    """Say whether somebody is signed in with both factors."""
    row = current_session()
    return row is not None and row.is_complete


def is_held(permission: str) -> bool:
    """Say whether the signed-in person holds a permission somewhere, so that a page opens."""
    if permission not in {known.value for known in Permission}:
        return False
    if permission in OWN:
        return _is_signed_in()
    return may_somewhere(current_grants(), Permission(permission))


def session_limits() -> Limits:
    """Return how long sessions live, by the settings."""
    return Limits(
        idle=timedelta(minutes=current_app.config["STAFF_IDLE_MINUTES"]),
        absolute=timedelta(hours=current_app.config["STAFF_SESSION_HOURS"]),
    )


def is_welcome(account: StaffAccount) -> bool:
    """Say whether an account counts here: none that is disabled, samples in the demo only."""
    return not account.is_disabled and (not account.is_sample or bool(current_app.config["DEMO"]))


def safe_next(address: str | None) -> str | None:
    """Return an address to go on to, when it is a staff page of this site; else None."""
    is_plain = bool(address and _PLACE.fullmatch(address))
    return address if address and is_plain and "//" not in address and ".." not in address else None


def _keep_the_frame() -> None:
    """Let a page that is only read take the public frame around it as public pages do.

    Without it, the strip and the navigation alone would ask the database nine times.
    """
    if request.method in ("GET", "HEAD"):
        request.environ[READ_VERSION] = versions_of(db.session(), (SITE,))[SITE]


def _send_to(endpoint: str) -> Response:
    """Return a redirect to a step of signing in, which leads back to the page one was on."""
    was_in = request.method == "POST" or TOKEN in session
    is_ended = "yes" if was_in and endpoint == "security.login" else None
    return _plain_redirect(url_for(endpoint, next=_page_address(), ended=is_ended))


def _page_address() -> str | None:
    """Return the page that a request is about: its own, or the one on which it was sent."""
    here, path = urlsplit(request.full_path.rstrip("?")), request.script_root
    if not _has_page():
        here, path = urlsplit(request.referrer or ""), ""
        if here.netloc != request.host:
            return None
    return safe_next(f"{path}{here.path}" + (f"?{here.query}" if here.query else ""))


def _has_page() -> bool:
    """Say whether the address of a request is one of a page, too."""
    return request.url_rule is not None and "GET" in (request.url_rule.methods or ())


def _brings_words() -> bool:
    """Say whether a request brings what somebody wrote on a page of this site.

    Another site must not put words into somebody's mouth; what is secret is not repeated.
    """
    is_ours = urlsplit(request.headers.get("Origin", "")).netloc == request.host
    is_secret = request.blueprint in ("accounts", "security")
    return request.method == "POST" and _has_page() and is_ours and not is_secret


def _signed_out_page() -> ResponseReturnValue:
    """Give back what somebody sent after the session had ended: to sign in, and send it again."""
    sent = [pair for pair in request.form.items(multi=True) if pair[0] != "csrf_token"]
    return render("accounts/signed_out.html", sent=sent, page=_page_address()), 403


def _plain_redirect(address: str) -> Response:
    response = redirect(address, 303)
    assert isinstance(response, Response)
    return response


def _mark(response: Response) -> Response:
    """Keep staff pages out of every cache and index."""
    if is_staff_request():
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def init_app(app: Flask) -> None:
    """Set the guard, and answer for permissions from now on."""
    app.before_request(guard)
    app.after_request(_mark)
    register_decider(app, is_held)
    register_actor_finder(app, _actor)


def _actor() -> str | None:
    """Return the key of whoever is signed in."""
    row = current_session()
    return row.account.key if row is not None else None


def held_permissions(place: Place | None = None) -> frozenset[str]:
    """Return what the signed-in person may do to a thing of a place; None: the whole council's."""
    return permissions_at(current_grants(), (place,))
