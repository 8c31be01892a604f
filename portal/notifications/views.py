"""The staff's page about letters: how they stand, send again, note what came back."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.actors import current_actor
from portal.core.addresses import url_for
from portal.core.clock import real_now
from portal.core.notices import tell
from portal.core.params import read_number
from portal.core.permissions import is_allowed, needs
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.notifications import queries, services
from portal.notifications.forms import BouncesForm
from portal.notifications.words import STATE_WORDS

letters = Blueprint("letters", __name__, url_prefix="/staff")

READ = "letters.read"
RESEND = "letters.resend"
_LARGEST = 10**9 - 1


@letters.get("/letters")
@needs(READ)
def show_letters() -> ResponseReturnValue:
    """Show how many letters stand where, which failed, and which were sent lately."""
    return _page(BouncesForm(formdata=None))


@letters.post("/letters/<row:letter_id>/send-again")
@needs(RESEND)
@commits
def send_again(letter_id: int) -> ResponseReturnValue:
    """Put a failed letter back into the outbox."""
    actor = current_actor()
    begin_again()
    services.send_again(db.session(), letter_id, actor=actor, at=real_now())
    tell(_("The letter waits in the outbox again."))
    return redirect(url_for("letters.show_letters"), 303)


@letters.post("/letters/bounces")
@needs(RESEND)
@commits
def note_bounces() -> ResponseReturnValue:
    """Note letters that came back, named by hand or by a file."""
    form = BouncesForm()
    names = form.read()
    if not names:
        return _page(form), 422
    actor = current_actor()
    begin_again()
    noted = services.note_bounces(db.session(), names, actor=actor, at=real_now())
    return redirect(url_for("letters.show_letters", noted=noted, lines=len(names)), 303)


def _page(form: BouncesForm) -> str:
    """Return the page about letters."""
    session = db.session()
    counts = queries.letter_counts(session)
    below = _number("below") or None
    sent = queries.sent_letters(session, below=below)
    is_full = len(sent) == queries.LETTERS_A_PAGE
    return render(
        "notifications/show_letters.html",
        counts=[(str(STATE_WORDS[state]), count) for state, count in counts.items()],
        failed=queries.failed_letters(session),
        sent=sent,
        older=url_for("letters.show_letters", below=sent[-1].id) if is_full else None,
        form=form,
        may_resend=is_allowed(RESEND),
        noted=_number("noted"),
        lines=_number("lines"),
    )


def _number(name: str) -> int:
    """Return a number of the query, 0 when there is none.

    :raise BadAddress: it is no number
    """
    return read_number(request.args.get(name), 0, least=0, most=_LARGEST)


blueprints = (letters,)
