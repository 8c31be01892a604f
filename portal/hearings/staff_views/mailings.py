"""A message to everybody, to who has places, to who waits, or to who takes part online."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from portal.accounts.queries import names_of
from portal.accounts.rules import Permission
from portal.core.clock import real_now
from portal.core.errors import Invalid
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.hearings.forms.staff import MessageForm
from portal.hearings.models import Hearing
from portal.hearings.queries import messages as queries
from portal.hearings.rules.desk import Audience
from portal.hearings.services import messages as services
from portal.hearings.staff_views.access import PREFIX, begin_deed, open_hearing
from portal.hearings.staff_words import AUDIENCE_WORDS
from portal.notifications.services import refuse_foreign_links

mailings = Blueprint("mailings", __name__, url_prefix=PREFIX)


@mailings.route("/<row:hearing_id>/message", methods=["GET", "POST"])
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def write_message(hearing_id: int) -> ResponseReturnValue:
    """Take in a message, show it with the number of its letters, then send it once."""
    hearing, form = open_hearing(hearing_id), MessageForm()
    if not form.is_submitted():
        form.after.data = str(queries.newest_message(db.session(), hearing_id))
        return _message_page(hearing, form, 200)
    if not form.validate() or not _links_stay_here(form):
        return _message_page(hearing, form, 422)
    if request.form.get("go") != "send":
        return _message_page(hearing, form, 200, is_preview=request.form.get("go") != "change")
    _hearing, actor = begin_deed(hearing_id)
    message = services.send_message(
        db.session(),
        hearing_id=hearing_id,
        audience=Audience(form.audience.data),
        subject=form.subject.data or "",
        text=form.text.data or "",
        after=int(form.after.data or 0),
        actor=actor,
        at=real_now(),
    )
    told = ngettext(
        "%(num)d letter is on its way.", "%(num)d letters are on their way.", message.letters
    )
    tell(told)
    return redirect(url_for("mailings.write_message", hearing_id=hearing_id), 303)


def _links_stay_here(form: MessageForm) -> bool:
    """Say whether a letter may hold these words; a link to another site is told at its field."""
    for field in (form.subject, form.text):
        try:
            refuse_foreign_links({"text": field.data or ""})
        except Invalid as error:
            field.errors = [error.sentence]
    return not form.errors


def _message_page(
    hearing: Hearing, form: MessageForm, status: int, *, is_preview: bool = False
) -> ResponseReturnValue:
    session = db.session()
    sent = queries.messages_of(session, hearing.id)
    counts = queries.count_recipients(session, hearing.id)
    page = render(
        "hearings/staff/write_message.html",
        hearing=hearing,
        form=form,
        counts=[(audience, AUDIENCE_WORDS[audience], counts[audience]) for audience in Audience],
        preview=counts[Audience(form.audience.data)] if is_preview else None,
        language_of_page=page_language(),
        sent=sent,
        senders=names_of(session, {row.sent_by for row in sent}),
        audience_words={audience.value: AUDIENCE_WORDS[audience] for audience in Audience},
    )
    return page, status
