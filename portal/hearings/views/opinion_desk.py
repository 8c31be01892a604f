"""The staff's pages of opinions: what waits, the desk of one, and what is decided there.

Opinions can show political views, and names stand beside them. So nobody but moderators of the
whole council opens these pages (``CONTENT_REVIEW``, as remarks are decided): not all the staff, who
read content, and not the events officers, who get what is published in the document.
"""

from collections.abc import Callable

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.guard import held_permissions
from portal.accounts.queries import names_of
from portal.accounts.rules import Permission
from portal.core.actors import current_actor
from portal.core.addresses import url_for
from portal.core.clock import real_now
from portal.core.errors import Invalid, NotAllowed, NotFound
from portal.core.files.queries import get_file
from portal.core.files.serving import send_file_of
from portal.core.forms import Form, returns_form
from portal.core.notices import tell
from portal.core.pagination import numbers_of
from portal.core.params import read_choice, read_number
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.hearings.models import Hearing, Opinion
from portal.hearings.opinion_forms import AnswerForm, HideForm, PublishForm
from portal.hearings.opinion_words import OBJECTION_WORDS, RULE_WORDS, STATE_WORDS
from portal.hearings.queries import opinions_for_staff as queries
from portal.hearings.rules.opinions import (
    HouseRule,
    ObjectionState,
    OpinionMove,
    OpinionState,
    can_move,
    name_to_show,
)
from portal.hearings.services import opinion_decisions as services
from portal.legislation.words import field_label
from portal.moderation.words import PERSONAL_WORDS

opinion_desk = Blueprint("opinion_desk", __name__, url_prefix="/staff/hearings/opinions")

OBJECTED = "objected"
#: The first is what the list shows when nothing is chosen.
_STATES = (
    OpinionState.WAITING.value,
    OBJECTED,
    OpinionState.PUBLISHED.value,
    OpinionState.HIDDEN.value,
)
_MOST_PAGES = 10_000
_LARGEST_ID = 999_999_999


@opinion_desk.get("")
@needs(Permission.CONTENT_REVIEW)
def show_opinions() -> str:
    """List the opinions that wait, those of one text as one line; or others that are chosen."""
    _refuse_narrowed()
    chosen = read_choice(request.args.get("state"), _STATES)
    hearing = read_number(request.args.get("hearing"), 0, least=1, most=_LARGEST_ID) or None
    number = read_number(request.args.get("page"), 1, least=1, most=_MOST_PAGES)
    session, at = db.session(), real_now()
    if chosen == OpinionState.WAITING:
        page = queries.waiting_groups(session, at=at, hearing_id=hearing, number=number)
    else:
        state = ObjectionState.OPEN if chosen == OBJECTED else OpinionState(chosen)
        page = queries.opinions_for_staff(
            session, at=at, state=state, hearing_id=hearing, number=number
        )
    return render(
        "hearings/opinions/staff_list.html",
        page=page,
        numbers=numbers_of(page),
        chosen=chosen,
        hearing=hearing,
        choices=[
            (OpinionState.WAITING.value, STATE_WORDS[OpinionState.WAITING]),
            (OBJECTED, _("An objection waits")),
            (OpinionState.PUBLISHED.value, STATE_WORDS[OpinionState.PUBLISHED]),
            (OpinionState.HIDDEN.value, STATE_WORDS[OpinionState.HIDDEN]),
        ],
    )


@opinion_desk.get("/<row:opinion_id>")
@needs(Permission.CONTENT_REVIEW)
def show_opinion(opinion_id: int) -> ResponseReturnValue:
    """Show an opinion with those of its text, and what can be decided about them."""
    return _desk_page(opinion_id)


@opinion_desk.get("/<row:opinion_id>/file")
@needs(Permission.CONTENT_REVIEW)
def give_file(opinion_id: int) -> ResponseReturnValue:
    """Give the file that came with an opinion; it is for the staff alone.

    :raise NotFound: none came
    """
    _refuse_narrowed()
    opinion = queries.get_opinion(db.session(), opinion_id)
    if opinion.file_id is None:
        raise NotFound
    return send_file_of(get_file(db.session(), opinion.file_id), is_public=False)


@opinion_desk.post("/<row:opinion_id>/publish")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def publish_opinion(opinion_id: int) -> ResponseReturnValue:
    """Publish an opinion and those of its text that wait."""
    form = PublishForm()

    def publish(actor: str) -> str:
        number = services.publish_opinions(
            db.session(),
            opinion_id=opinion_id,
            together=form.ids(),
            public_text=form.public_text.data or "",
            reason=form.reason.data or "",
            actor=actor,
            at=real_now(),
        )
        words = ngettext("The opinion was published.", "%(num)s opinions were published.", number)
        return str(words)

    return _decide(opinion_id, form, publish)


@opinion_desk.post("/<row:opinion_id>/change")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def change_text(opinion_id: int) -> ResponseReturnValue:
    """Change what everybody reads of a published opinion."""
    form = PublishForm()

    def change(actor: str) -> str:
        services.change_public_text(
            db.session(),
            opinion_id=opinion_id,
            public_text=form.public_text.data or "",
            reason=form.reason.data or "",
            actor=actor,
            at=real_now(),
        )
        return str(_("The text was changed."))

    return _decide(opinion_id, form, change)


@opinion_desk.post("/<row:opinion_id>/restore")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def restore_opinion(opinion_id: int) -> ResponseReturnValue:
    """Show a hidden opinion after all, since its author was right to object."""
    form = PublishForm()

    def restore(actor: str) -> str:
        services.restore_opinion(
            db.session(),
            opinion_id=opinion_id,
            public_text=form.public_text.data or "",
            reason=form.reason.data or "",
            actor=actor,
            at=real_now(),
        )
        return str(_("The opinion is shown after all."))

    return _decide(opinion_id, form, restore)


@opinion_desk.post("/<row:opinion_id>/hide")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def hide_opinion(opinion_id: int) -> ResponseReturnValue:
    """Hide an opinion, and those of its text that wait, by a house rule."""
    form = HideForm()

    def hide(actor: str) -> str:
        number = services.hide_opinions(
            db.session(),
            opinion_id=opinion_id,
            together=form.ids(),
            seen=OpinionState(form.seen.data),
            because=HouseRule(form.because.data),
            actor=actor,
            at=real_now(),
        )
        return str(ngettext("The opinion was hidden.", "%(num)s opinions were hidden.", number))

    return _decide(opinion_id, form, hide)


@opinion_desk.post("/<row:opinion_id>/answer")
@needs(Permission.CONTENT_REVIEW)
@returns_form
@commits
def answer_opinion(opinion_id: int) -> ResponseReturnValue:
    """Write the council's answer beside a published opinion."""
    form = AnswerForm()

    def answer(actor: str) -> str:
        number = services.answer_opinion(
            db.session(),
            opinion_id=opinion_id,
            answer=form.answer.data or "",
            answer_en=form.answer_en.data or "",
            actor=actor,
            at=real_now(),
        )
        words = ngettext(
            "The answer stands at one opinion.", "The answer stands at %(num)s opinions.", number
        )
        return str(words)

    return _decide(opinion_id, form, answer)


@opinion_desk.post("/<row:opinion_id>/reopen")
@needs(Permission.CONTENT_REVIEW)
@commits
def reopen_opinion(opinion_id: int) -> ResponseReturnValue:
    """Take an opinion up again that was hidden by mistake."""
    actor = _begin()
    services.reopen_opinion(db.session(), opinion_id=opinion_id, actor=actor, at=real_now())
    return _back(opinion_id, _("The opinion waits again."))


@opinion_desk.post("/<row:opinion_id>/uphold")
@needs(Permission.CONTENT_REVIEW)
@commits
def uphold_hiding(opinion_id: int) -> ResponseReturnValue:
    """Let an opinion stay hidden after reading the objection."""
    actor = _begin()
    services.uphold_hiding(db.session(), opinion_id=opinion_id, actor=actor, at=real_now())
    return _back(opinion_id, _("The opinion stays hidden."))


def _decide(opinion_id: int, form: Form, decide: Callable[[str], str]) -> ResponseReturnValue:
    """Run a decision that a form asks for; one that is refused brings the form back."""
    if form.validate_on_submit():
        actor = _begin()
        try:
            return _back(opinion_id, decide(actor))
        except Invalid as error:
            db.session.rollback()
            form.form_errors.append(error.sentence)
    return _desk_page(opinion_id, form)


def _begin() -> str:
    """Return who acts; what was read to find that out ends, and the turn to write is waited for.

    :raise NotAllowed: their role is for one unit or committee
    """
    _refuse_narrowed()
    actor = current_actor()
    begin_again()
    return actor


def _refuse_narrowed() -> None:
    """Refuse a role for one unit or committee: opinions are read by moderators of the council.

    :raise NotAllowed: the role is narrowed
    """
    if Permission.CONTENT_REVIEW not in held_permissions():
        raise NotAllowed(_("Your role does not let you do this."))


def _desk_page(opinion_id: int, sent: Form | None = None) -> ResponseReturnValue:
    """Return the desk of an opinion; with a form that came back, its status is 422.

    :raise NotAllowed: their role is for one unit or committee
    """
    _refuse_narrowed()
    session = db.session()
    opinion = queries.get_opinion(session, opinion_id)
    group = queries.waiting_together(session, opinion)
    publish, hide, answer = _forms(opinion, group, sent)
    hearing = session.get(Hearing, opinion.hearing_id)
    keys = [key for key in (opinion.decided_by, opinion.objection_by) if key]
    page = render(
        "hearings/opinions/desk.html",
        opinion=opinion,
        hearing=hearing,
        group=group,
        texts=list(dict.fromkeys(each.text or "" for each in group)),
        names=[(each, name_to_show(each.name, each.name_shown)) for each in group],
        findings=_findings(opinion, group),
        publish=publish,
        hide=hide,
        answer=answer,
        can=_moves(opinion),
        is_own=opinion.decided_by == current_actor(),
        people=names_of(session, keys),
        **_words(opinion),
    )
    return page, 422 if sent is not None else 200


def _words(opinion: Opinion) -> dict[str, str]:
    """Return how an opinion stands, in words."""
    return {
        "state_word": str(STATE_WORDS[opinion.state]),
        "objection_word": str(OBJECTION_WORDS[opinion.objection_state]),
        "rule": str(RULE_WORDS[opinion.hidden_because]) if opinion.hidden_because else "",
        "field": field_label(opinion.field) if opinion.field else "",
    }


def _forms(
    opinion: Opinion, group: tuple[Opinion, ...], sent: Form | None
) -> tuple[PublishForm, HideForm, AnswerForm]:
    """Return the forms of the desk: the one that came back, and the others as they begin."""
    together = ",".join(str(each.id) for each in group)
    text = opinion.public_text or services.blackened(opinion.text or "")
    publish = PublishForm(formdata=None, together=together, public_text=text)
    answer = AnswerForm(formdata=None, answer=opinion.answer, answer_en=opinion.answer_en)
    hide = HideForm(formdata=None, together=together, seen=opinion.state.value)
    return (
        sent if isinstance(sent, PublishForm) else publish,
        sent if isinstance(sent, HideForm) else hide,
        sent if isinstance(sent, AnswerForm) else answer,
    )


def _findings(opinion: Opinion, group: tuple[Opinion, ...]) -> list[tuple[str, str]]:
    """Return kind and covered words of what looks personal in text and shown names."""
    texts = {each.text or each.public_text or "" for each in (opinion, *group)}
    names = {name_to_show(each.name, each.name_shown) or "" for each in (opinion, *group)}
    found = [f for words in sorted(texts | names) for f in services.personal_in(words, None)]
    return list(dict.fromkeys((str(PERSONAL_WORDS[f.kind]), f.masked) for f in found))


def _moves(opinion: Opinion) -> dict[str, bool]:
    """Return which moves are there from where an opinion stands."""
    return {
        move.value: opinion.erased_at is None
        and can_move(opinion.state, opinion.objection_state, move)
        for move in OpinionMove
    }


def _back(opinion_id: int, done: str) -> ResponseReturnValue:
    """Lead back to an opinion's desk, which tells what was done."""
    tell(str(done))
    return redirect(url_for("opinion_desk.show_opinion", opinion_id=opinion_id), 303)
