"""Pages of who reviews applications: the list, one with all that bears on it, and the decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal.accounts.guard import current_grants, held_permissions
from portal.accounts.queries import names_of
from portal.accounts.rules import Permission, may
from portal.calendar.queries import bookings_of_room, plenary_on
from portal.calendar.words import hours_of
from portal.core.actors import current_actor
from portal.core.addresses import url_for
from portal.core.clock import business_now, real_now, today
from portal.core.errors import Conflict, Invalid, NotFound
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.params import read_choice
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.hearings import application_words, words
from portal.hearings.application_pages import ApplicationRow
from portal.hearings.forms.applications import GrantForm, RefuseForm, SettleForm
from portal.hearings.queries import applications as queries
from portal.hearings.rules.applications import ApplicationState, Support, most_to_grant
from portal.hearings.rules.figures import Measure, count_years
from portal.hearings.services import applications as services
from portal.hearings.views.application_desk import desk
from portal.moderation.rules import Actor

ALL = "all"
#: The first is what the list shows when nothing is chosen.
_STATES = (*(state.value for state in ApplicationState), ALL)


@dataclass(frozen=True)
class Forms:
    """The three forms of the page; those that were not sent are as they begin."""

    grant: GrantForm
    refuse: RefuseForm
    settle: SettleForm


@desk.get("/review")
@needs(Permission.EVENTS_MANAGE)
def show_waiting() -> str:
    """List the applications of a state, those of the nearest day first."""
    chosen = read_choice(request.args.get("state"), _STATES)
    state = None if chosen == ALL else ApplicationState(chosen)
    grants = current_grants()
    rows = queries.applications_in(db.session(), state)
    return render(
        "hearings/applications/show_waiting.html",
        rows=[row for row in rows if may(grants, Permission.EVENTS_MANAGE, row.place)],
        chosen=chosen,
        choices=[
            *((s.value, application_words.STATES[s]) for s in ApplicationState),
            (ALL, _("All")),
        ],
        kinds=words.KINDS,
        states=application_words.STATES,
        badges=application_words.BADGES,
    )


@desk.get("/review/<row:application_id>")
@needs(Permission.EVENTS_MANAGE)
def review(application_id: int) -> ResponseReturnValue:
    """Show an application with all that bears on it."""
    row = _find(application_id)
    return _review_page(row, _begun(row), 200)


@desk.post("/review/<row:application_id>/approve")
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def approve(application_id: int) -> ResponseReturnValue:
    """Approve an application; its room is booked and its hearing begins as a draft."""
    row, form = _find(application_id), GrantForm()
    forms = Forms(form, RefuseForm(formdata=None), _settle_form(row))
    if not form.validate_on_submit():
        return _review_page(row, forms, 422)
    actor = Actor(current_actor(), held_permissions(row.place))

    def decide(session: Session, now: datetime, at: datetime) -> None:
        services.approve(
            session,
            application_id=application_id,
            granted=Support(form.granted.data, form.granted_business.data),
            answer=form.answer.data or "",
            actor=actor,
            now=now,
            at=at,
        )

    return _decide(row, forms, form, decide, _("It is approved. Its hearing waits as a draft."))


@desk.post("/review/<row:application_id>/refuse")
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def refuse(application_id: int) -> ResponseReturnValue:
    """Refuse an application with a reason."""
    row, form = _find(application_id), RefuseForm()
    forms = Forms(_grant_form(row), form, _settle_form(row))
    if not form.validate_on_submit():
        return _review_page(row, forms, 422)
    actor = current_actor()

    def decide(session: Session, _now: datetime, at: datetime) -> None:
        because = form.refused_because.data or ""
        services.refuse(session, application_id=application_id, because=because, actor=actor, at=at)

    return _decide(row, forms, form, decide, _("It is refused. The reason goes out to the office."))


@desk.post("/review/<row:application_id>/settle")
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def settle(application_id: int) -> ResponseReturnValue:
    """Settle what a hearing cost."""
    row, form = _find(application_id), SettleForm()
    forms = Forms(_grant_form(row), RefuseForm(formdata=None), form)
    if not form.validate_on_submit():
        return _review_page(row, forms, 422)
    actor = current_actor()

    def decide(session: Session, now: datetime, at: datetime) -> None:
        services.settle(
            session,
            application_id=application_id,
            spent=Support(form.spent.data, form.spent_business.data),
            actor=actor,
            now=now,
            at=at,
        )

    return _decide(row, forms, form, decide, _("The cost is settled."))


def _decide(
    row: ApplicationRow,
    forms: Forms,
    sent: GrantForm | RefuseForm | SettleForm,
    decide: Callable[[Session, datetime, datetime], None],
    done: str,
) -> ResponseReturnValue:
    """Do a decision; what stands against it is shown with what was typed."""
    begin_again()
    try:
        decide(db.session(), business_now(), real_now())
    except (Conflict, Invalid) as error:
        db.session.rollback()
        sent.form_errors.append(error.sentence)
        return _review_page(_find(row.id), forms, error.status)
    tell(done)
    return redirect(url_for("applications.review", application_id=row.id), 303)


def _find(application_id: int) -> ApplicationRow:
    """Return an application that the person may decide.

    :raise NotFound: there is none, or another place's
    """
    row = queries.find_application(db.session(), application_id)
    if row is None or Permission.EVENTS_MANAGE not in held_permissions(row.place):
        raise NotFound(_("There is no such application."))
    return row


def _begun(row: ApplicationRow) -> Forms:
    return Forms(_grant_form(row), RefuseForm(formdata=None), _settle_form(row))


def _grant_form(row: ApplicationRow) -> GrantForm:
    """Return the form that grants as much as may be granted."""
    form, most = GrantForm(formdata=None), most_to_grant(row.kind, row.wanted)
    form.granted.data, form.granted_business.data = most.won, most.business_won
    return form


def _settle_form(row: ApplicationRow) -> SettleForm:
    form = SettleForm(formdata=None)
    if row.granted is not None:
        form.spent.data, form.spent_business.data = row.granted.won, row.granted.business_won
    return form


def _review_page(row: ApplicationRow, forms: Forms, status: int) -> ResponseReturnValue:
    page = render(
        "hearings/applications/review.html",
        row=row,
        forms=forms,
        facts=application_words.facts_of(row),
        names=names_of(db.session(), [row.sent_by, row.decided_by or "", row.settled_by or ""]),
        most=application_words.say_support(most_to_grant(row.kind, row.wanted)),
        may_settle=row.state is ApplicationState.APPROVED and row.ends_at <= business_now(),
        may_decide=row.state is ApplicationState.SUBMITTED,
        is_own=row.sent_by == current_actor(),
        **_day_of(row),
        **_year_of(row),
    )
    return page, status


def _day_of(row: ApplicationRow) -> dict[str, object]:
    """Return what else the room and the council have on the day of an application."""
    session = db.session()
    bookings = bookings_of_room(session, row.room_id, row.day, row.day) if row.room_id else ()
    return {
        "bookings": [
            (booking, hours_of(booking.starts_at, booking.ends_at)) for booking in bookings
        ],
        "waiting": [
            (other, hours_of(other.starts_at, other.ends_at))
            for other in queries.others_that_wait(session, row)
        ],
        "sittings": plenary_on(session, row.day),
    }


def _year_of(row: ApplicationRow) -> dict[str, object]:
    """Return the figures and the money of the year of an application, so far."""
    session, year = db.session(), row.day.year
    granted, spent = queries.money_of(session, year)
    programme = queries.find_programme(session)
    counted = count_years(queries.supported(session), business_now())
    printed = queries.printed_years(session, today())
    return {
        "year": year,
        "granted": application_words.say_support(granted),
        "spent": application_words.say_support(spent),
        "programme": programme,
        "budget": queries.budget_of(session, programme.id, year, today()) if programme else None,
        "counted": [each for each in counted if each.year == year],
        "printed": [each for each in printed if each.year == year],
        "measures": [(measure, application_words.MEASURES[measure]) for measure in Measure],
    }
