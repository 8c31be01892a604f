"""One's own sign-up by the link of a letter: keep, change, cancel, ticket."""

from collections.abc import Callable
from datetime import datetime

from flask import Response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts.rules import Permission
from portal.core.clock import business_now, real_now, today
from portal.core.errors import Conflict, Gone, Invalid, NotFound, TooMany
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.limits import note_try
from portal.core.notices import tell
from portal.core.pages import form_page
from portal.core.permissions import is_allowed
from portal.core.qr import qr_svg
from portal.core.templates import render
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.hearings.forms.sign_ups import ChangeForm
from portal.hearings.ical import write_calendar
from portal.hearings.limits import LINK
from portal.hearings.links import LinkKind, read_link, sign_link
from portal.hearings.models import Hearing, SignUp
from portal.hearings.queries.sign_ups import find_sign_up
from portal.hearings.rules.sign_ups import LINK_LIVES
from portal.hearings.services import sign_ups as services
from portal.hearings.views.counter import sign_ups
from portal.notifications.wording import link_to
from portal.places.models import Claim, Pool
from portal.places.queries import place_in_line
from portal.places.rules import ClaimState

#: Does something to a sign-up at a business and a real time.
Deed = Callable[[Session, SignUp, datetime, datetime], None]


@sign_ups.get("/my/<token>")
@form_page
def show_own(token: str) -> ResponseReturnValue:
    """Show how one's sign-up stands, and what can be done about it."""
    sign_up, claim, hearing = _find(LinkKind.OWN, token)
    return _own_page(token, sign_up, claim, hearing, _filled(sign_up, claim), 200)


@sign_ups.post("/my/<token>/keep")
@form_page
def keep(token: str) -> ResponseReturnValue:
    """Keep places that are held or offered."""
    _do(
        token,
        lambda session, row, now, at: services.keep_places(session, sign_up=row, now=now, at=at),
    )
    tell(_("Your places are kept. The ticket is on its way by mail."))
    return _back(token)


@sign_ups.post("/my/<token>/cancel")
@form_page
def cancel(token: str) -> ResponseReturnValue:
    """Give the places or the place in line back."""
    _do(
        token,
        lambda session, row, now, at: services.cancel_sign_up(session, sign_up=row, now=now, at=at),
    )
    tell(_("Your sign-up is cancelled. Thank you for telling us: somebody else can come."))
    return _back(token)


@sign_ups.post("/my/<token>/change")
@returns_form
@form_page
def change(token: str) -> ResponseReturnValue:
    """Change how many come and what they need."""
    sign_up, claim, hearing = _find(LinkKind.OWN, token)
    form = ChangeForm()
    form.offer(_most_party(claim))
    if not form.validate_on_submit():
        return _own_page(token, sign_up, claim, hearing, form, 422)
    try:
        _do(token, lambda session, row, now, at: _change(session, row, form, now, at))
    except (Conflict, Invalid) as error:
        db.session.rollback()
        form.size.errors = [error.sentence]
        return _own_page(token, *_find(LinkKind.OWN, token), form, error.status)
    tell(_("Your sign-up was changed."))
    return _back(token)


@sign_ups.get("/my/<token>/date.ics")
def get_date(token: str) -> ResponseReturnValue:
    """Give the date for one's own calendar."""
    _sign_up, _claim, hearing = _find(LinkKind.OWN, token)
    content = write_calendar(hearing, page_language())
    headers = {
        "Content-Disposition": f'attachment; filename="{hearing.slug}.ics"',
        "Cache-Control": "no-store",
    }
    return Response(content, mimetype="text/calendar", headers=headers)


@sign_ups.get("/tickets/<token>")
@form_page
def show_ticket(token: str) -> ResponseReturnValue:
    """Show a ticket, which names nobody; the staff are led to their check-in."""
    sign_up, claim, hearing = _find(LinkKind.TICKET, token)
    if is_allowed(Permission.EVENTS_MANAGE):
        address = url_for("check_in.show_party", hearing_id=hearing.id, sign_up_id=sign_up.id)
        return redirect(address, 303)
    return render(
        "hearings/show_ticket.html",
        hearing=hearing,
        sign_up=sign_up,
        claim=claim,
        code=_code(token),
        is_kept=claim.state in (ClaimState.CONFIRMED, ClaimState.ATTENDED),
    )


def _find(kind: LinkKind, token: str) -> tuple[SignUp, Claim, Hearing]:
    """Return what a link leads to.

    :raise NotFound: the portal did not sign it
    :raise Gone: it was revoked, or its hearing is long over
    """
    named = read_link(kind, token)
    found = find_sign_up(db.session(), named.row_id) if named else None
    if named is None or found is None:
        raise NotFound(_("There is no sign-up at this address. Check that it was copied whole."))
    sign_up, _claim, hearing = found
    is_over = hearing.starts_on + LINK_LIVES < today()
    if sign_up.link_version != named.version or sign_up.erased_at is not None or is_over:
        raise Gone(_("This link has ended. Ask for a new one on the page of the hearing."))
    return found


def _do(token: str, deed: Deed) -> None:
    """Do something to the sign-up of a link, in one commit.

    :raise TooMany: too much was done by this link
    """
    at = real_now()
    # One token can be spelled in some ways; the limit counts by what it names.
    if note_try((LINK, str(_find(LinkKind.OWN, token)[0].id)), at=at):
        raise TooMany(_("Too many changes by this link. Come back in an hour."))
    begin_again()
    sign_up, _claim, _hearing = _find(LinkKind.OWN, token)
    deed(db.session(), sign_up, business_now(), at)
    db.session.commit()


def _change(session: Session, row: SignUp, form: ChangeForm, now: datetime, at: datetime) -> None:
    services.change_sign_up(
        session,
        sign_up=row,
        size=form.size.data,
        needs=form.needs.data,
        question=form.question.data,
        now=now,
        at=at,
    )


def _filled(sign_up: SignUp, claim: Claim) -> ChangeForm:
    form = ChangeForm(formdata=None)
    form.offer(_most_party(claim))
    form.size.data = claim.size
    form.needs.data, form.question.data = sign_up.needs, sign_up.question
    return form


def _most_party(claim: Claim) -> int:
    return max(db.session.get_one(Pool, claim.pool_id).most_party, claim.size)


def _own_page(
    token: str, sign_up: SignUp, claim: Claim, hearing: Hearing, form: ChangeForm, status: int
) -> ResponseReturnValue:
    ticket = sign_link(LinkKind.TICKET, sign_up.id, sign_up.link_version)
    page = render(
        "hearings/show_own.html",
        token=token,
        sign_up=sign_up,
        claim=claim,
        hearing=hearing,
        form=form,
        place=place_in_line(db.session(), claim),
        code=_code(ticket) if claim.state is ClaimState.CONFIRMED else None,
    )
    return page, status


def _code(ticket: str) -> object:
    return qr_svg(link_to(f"/hearings/tickets/{ticket}", "ko"), title=_("Ticket"))


def _back(token: str) -> ResponseReturnValue:
    return redirect(url_for("sign_ups.show_own", token=token), 303)
