"""Pages of the offices: apply, see how one's applications stand, take one back; the figures."""

from collections.abc import Iterable

from flask import redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.guard import current_grants, held_permissions
from portal.accounts.places import name_of_place, read_place
from portal.accounts.rules import PERMISSIONS, Permission, Place
from portal.core.actors import current_actor
from portal.core.addresses import url_for
from portal.core.clock import business_now, real_now, today
from portal.core.errors import Conflict, Invalid, NotAllowed, NotFound
from portal.core.filters import plain_text
from portal.core.forms import returns_form
from portal.core.i18n import plain
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.hearings import application_words, words
from portal.hearings.application_pages import ApplicationRow
from portal.hearings.forms.applications import ApplicationForm, WithdrawForm
from portal.hearings.queries import applications as queries
from portal.hearings.queries.choices import bill_choices
from portal.hearings.rules.applications import BY_COMMITTEES_ONLY, SUPPORT, ApplicationState
from portal.hearings.rules.figures import Measure, count_years
from portal.hearings.services import applications as services
from portal.hearings.services.application_checks import Problem, problems_of
from portal.hearings.views.application_desk import desk


@desk.get("")
@needs(Permission.EVENTS_APPLY)
def show_own() -> str:
    """List the applications of the committees and members for which somebody applies."""
    return render(
        "hearings/applications/show_own.html",
        rows=queries.applications_of(db.session(), _places()),
        kinds=words.KINDS,
        states=application_words.STATES,
        badges=application_words.BADGES,
    )


@desk.route("/new", methods=["GET", "POST"])
@needs(Permission.EVENTS_APPLY)
@returns_form
@commits
def apply() -> ResponseReturnValue:
    """Take an application in; what stands against it is shown beside what was typed."""
    form = _offered_form()
    if not form.validate_on_submit():
        return _form_page(form, 422 if form.is_submitted() else 200)
    place, actor = read_place(form.whose.data), current_actor()
    if place is None or Permission.EVENTS_APPLY not in held_permissions(place):
        raise NotAllowed(_("Your role does not let you do this."))
    begin_again()
    draft = form.draft(*queries.ids_of_place(db.session(), place))
    problems = problems_of(db.session(), draft, now=business_now())
    if problems:
        return _form_page(form, _put_into(form, problems))
    try:
        row = services.submit(
            db.session(), draft=draft, actor=actor, now=business_now(), at=real_now()
        )
    except (Conflict, Invalid) as error:
        form.form_errors.append(error.sentence)
        return _form_page(form, error.status)
    tell(_("Your application was sent. The answer comes by mail."))
    return redirect(url_for("applications.show_application", application_id=row.id), 303)


@desk.get("/<row:application_id>")
@needs(Permission.EVENTS_APPLY)
def show_application(application_id: int) -> ResponseReturnValue:
    """Show one's application with its answer."""
    return _own_page(_find_own(application_id), WithdrawForm(formdata=None), 200)


@desk.post("/<row:application_id>/withdraw")
@needs(Permission.EVENTS_APPLY)
@returns_form
@commits
def withdraw(application_id: int) -> ResponseReturnValue:
    """Take one's application back; an approved one gives its room back."""
    row, form, actor = _find_own(application_id), WithdrawForm(), current_actor()
    if not form.validate_on_submit():
        return _own_page(row, form, 422)
    begin_again()
    try:
        services.withdraw(
            db.session(),
            application_id=application_id,
            because=form.because.data or "",
            actor=actor,
            now=business_now(),
            at=real_now(),
        )
    except Invalid as error:
        db.session.rollback()
        form.because.errors = [error.sentence]
        return _own_page(row, form, error.status)
    tell(_("The application was taken back."))
    return redirect(url_for("applications.show_application", application_id=application_id), 303)


@desk.get("/figures")
@needs(Permission.CONTENT_READ)
def show_figures() -> str:
    """Show how many were approved and held in each year, beside what the report prints."""
    session = db.session()
    return render(
        "hearings/applications/show_figures.html",
        printed=queries.printed_years(session, today()),
        counted=count_years(queries.supported(session), business_now()),
        measures=[(measure, application_words.MEASURES[measure]) for measure in Measure],
        programme=queries.find_programme(session),
    )


def _find_own(application_id: int) -> ApplicationRow:
    """Return an application of a committee or member for which the person applies.

    :raise NotFound: there is none, or it is another office's
    """
    row = queries.find_application(db.session(), application_id)
    if row is None or Permission.EVENTS_APPLY not in held_permissions(row.place):
        raise NotFound(_("There is no such application."))
    return row


def _places() -> tuple[Place, ...]:
    """Return the committees and members for which the person applies."""
    grants = current_grants()
    return tuple(
        grant.place
        for grant in grants
        if grant.place is not None and Permission.EVENTS_APPLY in PERMISSIONS[grant.role]
    )


def _offered_form() -> ApplicationForm:
    """Return the form with what can be chosen."""
    session, form = db.session(), ApplicationForm()
    rooms = {row.id: row for of_kind in queries.rooms_by_kind(session).values() for row in of_kind}
    form.offer(
        places=[(f"{p.kind}:{p.key}", plain_text(name_of_place(p))) for p in _places()],
        rooms=[(str(row.id), plain(row.name, row.name_en)) for row in rooms.values()],
        bills=[(str(row_id), title) for row_id, title in bill_choices(session, None)],
    )
    return form


def _put_into(form: ApplicationForm, problems: Iterable[Problem]) -> int:
    """Put what stands against an application beside its fields; return the status."""
    status = 422
    for problem in problems:
        field = form[problem.field]
        field.errors = [*field.errors, problem.sentence]
        status = Conflict.status if problem.is_conflict else status
    return status


def _form_page(form: ApplicationForm, status: int) -> ResponseReturnValue:
    if status != 200:
        db.session.rollback()
    by_kind = queries.rooms_by_kind(db.session())
    limits = [
        (
            words.kind_label(kind),
            application_words.say_support(support),
            application_words.say_rooms((room.name, room.name_en) for room in by_kind[kind]),
            kind in BY_COMMITTEES_ONLY,
        )
        for kind, support in SUPPORT.items()
    ]
    return render("hearings/applications/apply.html", form=form, limits=limits), status


def _own_page(row: ApplicationRow, form: WithdrawForm, status: int) -> ResponseReturnValue:
    has_begun = row.starts_at <= business_now()
    is_approved = row.state is ApplicationState.APPROVED
    page = render(
        "hearings/applications/show_application.html",
        row=row,
        form=form,
        facts=application_words.facts_of(row),
        may_withdraw=row.state is ApplicationState.SUBMITTED or (is_approved and not has_begun),
        needs_reason=is_approved,
    )
    return page, status
