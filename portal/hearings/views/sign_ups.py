"""The pages of signing up: three steps, and the receipt with its number."""

from collections.abc import Sequence

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.actors import sender_network
from portal.core.clock import business_now, real_now
from portal.core.collected import find_collected
from portal.core.errors import BadAddress, Conflict, Invalid, NotFound
from portal.core.form_keys import is_key, new_key
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.limits import note_try
from portal.core.pages import form_page
from portal.core.templates import render
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.hearings import limits, queries
from portal.hearings.forms.sign_ups import BY_KEY, STEPS, SignUpForm, Step
from portal.hearings.models import Hearing
from portal.hearings.queries.panels import get_hearing, ways_of
from portal.hearings.rules.kinds import Way, WindowState
from portal.hearings.rules.sign_ups import Draft, meant_address
from portal.hearings.services import sign_ups as services
from portal.hearings.views.counter import sign_ups


@sign_ups.route("/<slug>/sign-up", methods=["GET", "POST"])
@returns_form
@form_page
def sign_up(slug: str) -> ResponseReturnValue:
    """Ask for a sign-up step by step, without script and without account.

    :raise NotFound: there is no such hearing
    :raise BadAddress: the form was not made here
    """
    hearing = get_hearing(db.session(), slug)
    form = _form_of(hearing)
    if not form.is_submitted():
        form.key.data = new_key()
        if hearing.sign_up_state(business_now()) is not WindowState.OPEN:
            return _closed_page(hearing, form, 200)
        return _step_page(hearing, form, STEPS[0], 200)
    shown = BY_KEY.get(form.step.data or "")
    if shown is None or not is_key(form.key.data or ""):
        raise BadAddress
    return _go_on(hearing, form, shown)


@sign_ups.get("/<slug>/sign-up/<key>")
@form_page
def show_request(slug: str, key: str) -> ResponseReturnValue:
    """Show the number of a request; the letter tells the rest, since it reaches who it is for.

    :raise NotFound: there is no such request
    """
    hearing = get_hearing(db.session(), slug)
    found = queries.find_request(db.session(), key) if is_key(key) else None
    if found is None:
        raise NotFound
    return render("hearings/show_request.html", hearing=hearing, number=found.number)


def _form_of(hearing: Hearing) -> SignUpForm:
    form = SignUpForm()
    ways, most_party = ways_of(db.session(), hearing)
    form.offer(ways, most_party)
    return form


def _go_on(hearing: Hearing, form: SignUpForm, shown: Step) -> ResponseReturnValue:
    """Lead to the step that was asked for, or send."""
    wanted = BY_KEY.get(request.form.get("go", ""))
    if wanted is not None and STEPS.index(wanted) < STEPS.index(shown):
        return _step_page(hearing, form, wanted, 200)
    wrong = form.first_wrong(shown)
    if wrong is not None:
        return _step_page(hearing, form, wrong, 422)
    if shown is not STEPS[-1]:
        return _step_page(hearing, form, STEPS[STEPS.index(shown) + 1], 200)
    return _send(hearing, form)


def _send(hearing: Hearing, form: SignUpForm) -> ResponseReturnValue:
    """Take a sign-up in once, unless too many came for its address or from its network."""
    key, slug = form.key.data or "", hearing.slug
    receipt = url_for("sign_ups.show_request", slug=slug, key=key)
    if queries.find_request(db.session(), key) is not None:
        return redirect(receipt, 303)
    at, hearing_id = real_now(), hearing.id
    if note_try(
        (limits.CONTACT, (form.email.data or "").lower()),
        (limits.NETWORK, sender_network(request.remote_addr)),
        at=at,
    ):
        form.form_errors.append(
            _(
                "Many sign-ups came for this address or from your connection within an hour. "
                "What you wrote still stands: send it again later."
            )
        )
        return _step_page(hearing, form, STEPS[-1], 429)
    begin_again()
    # The line is in the order in which turns came, so the time is asked in one's own turn.
    services.lock_hearing(db.session(), hearing_id)
    try:
        services.send_sign_up(
            db.session(),
            hearing_id=hearing_id,
            draft=_draft(form),
            key=key,
            now=business_now(),
            at=at,
        )
        db.session.commit()
    except Conflict:
        db.session.rollback()
        return _closed_page(get_hearing(db.session(), slug), form, 409)
    except Invalid as error:
        db.session.rollback()
        form.size.errors = [error.sentence]
        return _step_page(get_hearing(db.session(), slug), form, STEPS[0], 422)
    return redirect(receipt, 303)


def _draft(form: SignUpForm) -> Draft:
    return Draft(
        way=Way(form.way.data),
        size=form.size.data,
        name=form.name.data or "",
        email=form.email.data or "",
        language=page_language(),
        needs=form.needs.data or None,
        question=form.question.data or None,
    )


def _step_page(hearing: Hearing, form: SignUpForm, step: Step, status: int) -> ResponseReturnValue:
    form.step.data = step.key
    answers: Sequence[tuple[Step, str, str]] = ()
    if step is STEPS[-1]:
        answers = _answers(form)
    return (
        render(
            "hearings/sign_up.html",
            hearing=hearing,
            form=form,
            step=step,
            steps=STEPS,
            number=STEPS.index(step) + 1,
            answers=answers,
            meant=meant_address(form.email.data or ""),
            collected=find_collected("sign_ups.sign_up"),
        ),
        status,
    )


def _answers(form: SignUpForm) -> list[tuple[Step, str, str]]:
    """Return what was written, each with the step in which it can be changed."""
    ways = dict(form.way.choices)
    return [
        (step, field.label.text, str(ways.get(field.data, "") if field is form.way else field.data))
        for step in STEPS[:-1]
        for field in form.fields_of(step)
        if field.data
    ]


def _closed_page(hearing: Hearing, form: SignUpForm, status: int) -> ResponseReturnValue:
    """Say why nobody can sign up now, and show what was written, so that nothing is lost."""
    now = business_now()
    page = render(
        "hearings/sign_up_closed.html",
        hearing=hearing,
        state=hearing.sign_up_state(now),
        opinions=hearing.opinions_state(now),
        answers=_answers(form) if form.is_submitted() else (),
    )
    return page, status
