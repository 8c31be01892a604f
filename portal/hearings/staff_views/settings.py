"""How the places of a hearing are given out, when one can sign up, and calling it off."""

from collections.abc import Mapping

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.rules import Permission
from portal.core.clock import business_now, real_now
from portal.core.errors import Invalid, NotFound
from portal.core.forms import returns_form
from portal.core.notices import tell
from portal.core.permissions import needs
from portal.core.templates import render
from portal.core.transactions import commits
from portal.extensions import db
from portal.hearings.forms.staff import CallOffForm, TermsForm, WindowsForm
from portal.hearings.models import Hearing
from portal.hearings.rules.kinds import Way
from portal.hearings.services import terms as services
from portal.hearings.staff_views.access import PREFIX, begin_deed, open_hearing
from portal.hearings.staff_words import WAY_WORDS
from portal.places.models import Pool
from portal.places.rules import Terms

settings = Blueprint("hearing_settings", __name__, url_prefix=PREFIX)


@settings.get("/<row:hearing_id>/settings")
@needs(Permission.EVENTS_MANAGE)
def show_settings(hearing_id: int) -> ResponseReturnValue:
    """Show what holds for the places of a hearing, to be changed."""
    return _settings_page(open_hearing(hearing_id))


@settings.post("/<row:hearing_id>/settings/<way>")
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def set_places(hearing_id: int, way: str) -> ResponseReturnValue:
    """Set how the places of one way to take part are given out; what is free is offered at once."""
    hearing, chosen = open_hearing(hearing_id), _way_of(way)
    form = TermsForm(prefix=chosen.value)
    if not form.validate_on_submit():
        return _settings_page(hearing, terms={chosen: form})
    hearing, actor = begin_deed(hearing_id)
    services.set_terms(
        db.session(),
        hearing=hearing,
        way=chosen,
        terms=form.terms,
        actor=actor,
        now=business_now(),
        at=real_now(),
    )
    return _back(hearing_id, _("The places were set. What is free is offered to who waits."))


@settings.post("/<row:hearing_id>/windows")
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def set_windows(hearing_id: int) -> ResponseReturnValue:
    """Set when one can sign up and send opinions."""
    hearing, form = open_hearing(hearing_id), WindowsForm()
    if not form.validate_on_submit():
        return _settings_page(hearing, windows=form)
    hearing, actor = begin_deed(hearing_id)
    try:
        windows = services.Windows(**form.moments())
        services.set_windows(db.session(), hearing=hearing, windows=windows, actor=actor)
    except Invalid as error:
        db.session.rollback()
        form.form_errors.append(error.sentence)
        return _settings_page(open_hearing(hearing_id), windows=form)
    return _back(hearing_id, _("The times were set."))


@settings.post("/<row:hearing_id>/release/<way>")
@needs(Permission.EVENTS_MANAGE)
@commits
def release_places(hearing_id: int, way: str) -> ResponseReturnValue:
    """Give out the places that were held back."""
    chosen = _way_of(way)
    hearing, actor = begin_deed(hearing_id)
    services.release_places(
        db.session(),
        hearing=hearing,
        way=chosen,
        actor=actor,
        now=business_now(),
        at=real_now(),
    )
    return _back(hearing_id, _("The places that were held back are given out."))


@settings.post("/<row:hearing_id>/call-off")
@needs(Permission.EVENTS_MANAGE)
@returns_form
@commits
def call_off(hearing_id: int) -> ResponseReturnValue:
    """Say that a hearing does not take place; those who signed up are told."""
    hearing, form = open_hearing(hearing_id), CallOffForm()
    if not form.validate_on_submit():
        return _settings_page(hearing, off=form)
    hearing, actor = begin_deed(hearing_id)
    because = form.because.data or ""
    try:
        services.call_off(
            db.session(), hearing=hearing, because=because, actor=actor, at=real_now()
        )
    except Invalid as error:
        db.session.rollback()
        form.because.errors = [error.sentence]
        return _settings_page(open_hearing(hearing_id), off=form)
    return _back(
        hearing_id, _("It was called off. Everybody who signed up is told within a minute.")
    )


def _settings_page(
    hearing: Hearing,
    *,
    terms: Mapping[Way, TermsForm] | None = None,
    windows: WindowsForm | None = None,
    off: CallOffForm | None = None,
) -> ResponseReturnValue:
    """Show the forms; one that came back is shown as it was typed."""
    came_back = terms or windows or off
    pools = {way: _pool_of(hearing, way) for way in Way}
    forms = {way: (terms or {}).get(way) or _terms_form(way, pools[way]) for way in Way}
    page = render(
        "hearings/staff/show_settings.html",
        hearing=hearing,
        pools=pools,
        forms=forms,
        way_words=WAY_WORDS,
        windows=windows or _windows_form(hearing),
        off=off or CallOffForm(formdata=None),
        wrong=next(iter(terms.values())) if terms else (windows or off),
    )
    return page, 422 if came_back else 200


def _terms_form(way: Way, pool: Pool | None) -> TermsForm:
    """Return the form of a way as it stands; new places begin with what is usual."""
    return TermsForm(
        formdata=None, prefix=way.value, data=vars(pool.terms if pool else Terms(None))
    )


def _windows_form(hearing: Hearing) -> WindowsForm:
    form = WindowsForm(formdata=None)
    form.fill(hearing)
    return form


def _pool_of(hearing: Hearing, way: Way) -> Pool | None:
    return db.session.get(Pool, hearing.pool_ids[way]) if way in hearing.pool_ids else None


def _way_of(word: str) -> Way:
    if word not in {way.value for way in Way}:
        raise NotFound
    return Way(word)


def _back(hearing_id: int, done: str) -> ResponseReturnValue:
    tell(done)
    return redirect(url_for("hearing_settings.show_settings", hearing_id=hearing_id), 303)
