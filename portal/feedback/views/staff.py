"""The staff's pages: the remarks in the order in which they came, and the desk of one."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guard import held_permissions
from portal.accounts.queries import names_of
from portal.accounts.rules import Permission
from portal.core.actors import current_actor
from portal.core.addresses import url_for
from portal.core.clock import real_now
from portal.core.errors import Invalid, NotAllowed, NotFound
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.params import read_choice, read_number
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.feedback import queries, services
from portal.feedback.forms import AnswerForm, HideForm
from portal.feedback.rules import LONGEST_PAGE, HideReason, RemarkState
from portal.feedback.words import HIDE_WORDS, STATE_WORDS

desk = Blueprint("remarks", __name__, url_prefix="/staff/feedback")

#: The first is what the list shows when nothing is chosen.
ALL = "all"
_STATES = (RemarkState.OPEN.value, *(s.value for s in RemarkState if s != RemarkState.OPEN), ALL)
_MOST_PAGES = 10_000


@desk.get("")
@needs(Permission.CONTENT_READ)
def show_remarks() -> str:
    """List the remarks, the oldest first; those that wait, unless another state is chosen."""
    chosen = read_choice(request.args.get("state"), _STATES)
    about = request.args.get("about", "").strip()[:LONGEST_PAGE]
    return render(
        "feedback/show_remarks.html",
        page=queries.remarks_for_staff(
            db.session(),
            at=real_now(),
            state=None if chosen == ALL else RemarkState(chosen),
            page=about,
            number=read_number(request.args.get("page"), 1, least=1, most=_MOST_PAGES),
        ),
        chosen=chosen,
        about=about,
        choices=[*((s.value, STATE_WORDS[s]) for s in RemarkState), (ALL, _("All"))],
        state_words=STATE_WORDS,
    )


@desk.get("/<row:remark_id>")
@needs(Permission.CONTENT_READ)
def show_remark(remark_id: int) -> ResponseReturnValue:
    """Show a remark with what can be done about it."""
    return _desk_page(remark_id, AnswerForm(formdata=None), HideForm(formdata=None))


@desk.post("/<row:remark_id>/answer")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def answer_remark(remark_id: int) -> ResponseReturnValue:
    """Answer a remark."""
    form = AnswerForm()
    if form.validate_on_submit():
        actor = _begin()
        try:
            services.answer_remark(
                db.session(),
                remark_id=remark_id,
                answer=form.answer.data or "",
                actor=actor,
                at=real_now(),
            )
            return _back(remark_id, _("The answer was kept."))
        except Invalid as error:
            db.session.rollback()
            form.form_errors.append(error.sentence)
    return _desk_page(remark_id, form, HideForm(formdata=None))


@desk.post("/<row:remark_id>/close")
@needs(Permission.CONTENT_REVIEW)
@commits
def close_remark(remark_id: int) -> ResponseReturnValue:
    """Close a remark for which nobody waits."""
    actor = _begin()
    services.close_remark(db.session(), remark_id=remark_id, actor=actor, at=real_now())
    return _back(remark_id, _("The remark was closed."))


@desk.post("/<row:remark_id>/hide")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def hide_remark(remark_id: int) -> ResponseReturnValue:
    """Hide a remark with a reason."""
    form = HideForm()
    if form.validate_on_submit():
        actor = _begin()
        because = HideReason(form.because.data)
        services.hide_remark(
            db.session(),
            remark_id=remark_id,
            because=because,
            actor=actor,
            at=real_now(),
        )
        return _back(remark_id, _("The remark was hidden."))
    return _desk_page(remark_id, AnswerForm(formdata=None), form)


@desk.post("/<row:remark_id>/reopen")
@needs(Permission.CONTENT_REVIEW)
@commits
def reopen_remark(remark_id: int) -> ResponseReturnValue:
    """Take a decided remark up again."""
    actor = _begin()
    services.reopen_remark(db.session(), remark_id=remark_id, actor=actor, at=real_now())
    return _back(remark_id, _("The remark waits again."))


def _begin() -> str:
    """Return who acts; what was read to find that out ends, and the turn to write is waited for.

    :raise NotAllowed: their role is for one unit or committee, and remarks are the whole council's
    """
    if not _may_decide():
        raise NotAllowed(_("Your role does not let you do this."))
    actor = current_actor()
    begin_again()
    return actor


def _may_decide() -> bool:
    return Permission.CONTENT_REVIEW in held_permissions()


def _desk_page(remark_id: int, answer: AnswerForm, hide: HideForm) -> ResponseReturnValue:
    remark = queries.find_remark(db.session(), remark_id)
    if remark is None:
        raise NotFound(_("There is no such remark."))
    page = render(
        "feedback/desk.html",
        remark=remark,
        answer=answer,
        hide=hide,
        may_decide=_may_decide(),
        state_word=STATE_WORDS[remark.state],
        decider=names_of(db.session(), [remark.decided_by or ""]).get(remark.decided_by or ""),
        hide_word=HIDE_WORDS[remark.hidden_because] if remark.hidden_because else None,
    )
    return page, 422 if request.method == "POST" else 200


def _back(remark_id: int, done: str) -> ResponseReturnValue:
    """Lead back to a remark's desk, which tells what was done."""
    tell(done)
    return redirect(url_for("remarks.show_remark", remark_id=remark_id), 303)
