"""Readers' pages of opinions: the form, its receipt, the objection, the list, the house rules."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.actors import sender_network
from portal.core.addresses import url_for
from portal.core.clock import business_now, real_now
from portal.core.collected import find_collected
from portal.core.errors import BadAddress, Conflict, Invalid, NotFound
from portal.core.files.limits import MOST_READER_BYTES, takes_reader_file
from portal.core.files.services import keep_file
from portal.core.form_keys import is_key, new_key
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.limits import Limit, note_try
from portal.core.pages import end_page_at, form_page, public_page
from portal.core.pagination import numbers_of
from portal.core.params import read_choice, read_number
from portal.core.templates import render
from portal.core.transactions import begin_again, commits
from portal.extensions import db
from portal.hearings import limits
from portal.hearings.models import Hearing, Opinion
from portal.hearings.opinion_forms import ObjectionForm, OpinionForm
from portal.hearings.opinion_pages import OpinionRow
from portal.hearings.opinion_sections import fields_of, rules_of, with_fields
from portal.hearings.opinion_words import RULE_MEANINGS, RULE_WORDS
from portal.hearings.queries import opinions as queries
from portal.hearings.queries.opinions_for_staff import FILE_PURPOSE
from portal.hearings.queries.panels import get_hearing
from portal.hearings.rules.kinds import HearingKind, WindowState
from portal.hearings.rules.opinions import (
    LONGEST_TEXT,
    MOST_LETTERS,
    Draft,
    HouseRule,
    NameShown,
)
from portal.hearings.scopes import scope_of
from portal.hearings.services import opinions as services
from portal.legislation.rules.kinds import Field
from portal.legislation.words import field_label

opinions = Blueprint("opinions", __name__, url_prefix="/hearings")

_MOST_PAGES = 10_000


@opinions.route("/<slug>/opinion", methods=["GET", "POST"])
@takes_reader_file
@returns_form
@form_page
def write_opinion(slug: str) -> ResponseReturnValue:
    """Take in what somebody says to a hearing; without script and without account.

    :raise NotFound: there is no such hearing
    :raise BadAddress: the form is not whole
    """
    hearing = get_hearing(db.session(), slug)
    form = OpinionForm()
    form.offer_fields(is_asked=hearing.kind is HearingKind.BUDGET_FORUM)
    if not form.is_submitted():
        form.key.data = new_key()
        return _form_page(hearing, form, 200)
    if not is_key(form.key.data or ""):
        raise BadAddress
    if queries.find_opinion_by_key(db.session(), form.key.data or "") is not None:
        return _to_receipt(form.key.data or "")
    if not form.validate_on_submit():
        return _form_page(hearing, form, 422)
    return _take_in(hearing.id, slug, form)


@opinions.get("/opinions/<key>")
@form_page
def show_receipt(key: str) -> ResponseReturnValue:
    """Show how an opinion stands to whoever has its key: number, what comes next, the answer.

    :raise NotFound: there is no such opinion
    """
    return _receipt_page(_get_opinion(key), ObjectionForm(formdata=None), 200)


@opinions.post("/opinions/<key>/objection")
@returns_form
@form_page
@commits
def object_to_hiding(key: str) -> ResponseReturnValue:
    """Take in why a hidden opinion should be shown; another moderator reads it.

    :raise NotFound: there is no such opinion
    """
    opinion, form = _get_opinion(key), ObjectionForm()
    if not form.validate_on_submit():
        return _receipt_page(opinion, form, 422)
    begin_again()
    try:
        services.object_to_hiding(
            db.session(), key=key, objection=form.objection.data or "", at=real_now()
        )
    except Conflict as error:
        db.session.rollback()
        form.form_errors.append(error.sentence)
        return _receipt_page(_get_opinion(key), form, 409)
    return _to_receipt(key)


def _scopes(slug: str) -> tuple[str, ...]:
    """Return what the list of a hearing's opinions depends on."""
    return (scope_of(slug),)


@opinions.get("/<slug>/opinions")
@public_page(params=("field", "page"), scopes=_scopes)
def show_opinions(slug: str) -> str:
    """Show the published opinions of a hearing with the council's answers, and the figures.

    :raise NotFound: there is no such hearing
    """
    session = db.session()
    hearing = get_hearing(session, slug)
    chosen = read_choice(request.args.get("field"), ("", *Field))
    field = Field(chosen) if chosen else None
    number = read_number(request.args.get("page"), 1, least=1, most=_MOST_PAGES)
    figures = queries.figures_of(session, hearing.id)
    total = (figures.by_field or {}).get(field, 0) if field else figures.published
    page = queries.published_opinions(session, hearing.id, total=total, number=number, field=field)
    end_page_at(hearing.opinions_open_at, hearing.opinions_close_at)
    return render(
        "hearings/opinions/show_opinions.html",
        hearing=hearing,
        hearing_url=url_for("hearings.show_hearing", slug=slug),
        window=hearing.opinions_state(business_now()),
        page=page,
        numbers=numbers_of(page),
        groups=_by_field(page.rows),
        figures=figures,
        rules=rules_of(figures),
        fields=fields_of(slug, figures),
        chosen=chosen,
        chosen_label=field_label(field) if field else "",
    )


def _by_field(
    rows: Sequence[OpinionRow],
) -> list[tuple[str, tuple[tuple[str, OpinionRow], ...]]]:
    """Return the rows with the name of each field above its own; they come in its order."""
    labelled = groupby(with_fields(rows), key=itemgetter(0))
    return [(label, tuple(group)) for label, group in labelled]


@opinions.get("/house-rules")
@public_page()
def show_house_rules() -> str:
    """Show by which rules opinions are read, and what one can do against a decision."""
    rules = [(rule.value, RULE_WORDS[rule], RULE_MEANINGS[rule]) for rule in HouseRule]
    return render(
        "hearings/opinions/show_house_rules.html",
        rules=rules,
        collected=find_collected("opinions.write_opinion"),
    )


def _take_in(hearing_id: int, slug: str, form: OpinionForm) -> ResponseReturnValue:
    """Take an opinion in once, while its window is open and not too many came."""
    session, at = db.session(), real_now()
    try:
        _check_window(session.get(Hearing, hearing_id))
        if note_try(*_counted(hearing_id, form), at=at):
            return _refuse(slug, form, _too_many(), 429)
        draft = _draft(form, _keep_file(form))
        begin_again()
        services.send_opinion(
            session,
            hearing_id=hearing_id,
            draft=draft,
            key=form.key.data or "",
            now=business_now(),
            at=at,
        )
        session.commit()
    except Conflict as error:
        return _refuse(slug, form, error.sentence, 409)
    except Invalid as error:
        form.file.errors = [error.sentence]
        return _refuse(slug, form, _("The file was not taken; all else you wrote is here."), 422)
    return _to_receipt(form.key.data or "")


def _counted(hearing_id: int, form: OpinionForm) -> Iterator[tuple[Limit, str]]:
    """Give what an opinion counts for: its hearing's form first, then the network it comes from."""
    network = sender_network(request.remote_addr)
    yield limits.OPINIONS, str(hearing_id)
    yield limits.NETWORK, network
    if form.file.data:
        yield limits.FILES, network


def _check_window(hearing: Hearing | None) -> None:
    """Refuse an opinion outside its time before its file is looked at.

    :raise WindowClosed: the window is not open
    """
    if hearing is None or hearing.opinions_state(business_now()) is not WindowState.OPEN:
        raise services.WindowClosed(services.closed_sentence())


def _keep_file(form: OpinionForm) -> int | None:
    """Keep the file that came with an opinion in a transaction of its own; return its id.

    Checking takes seconds, and nobody shall wait for it.

    :raise Invalid: the file is not taken; the sentence says what to do
    """
    if not form.file.data or not form.file.data.filename:
        return None
    db.session.rollback()
    stored = keep_file(
        db.session(),
        stream=form.file.data.stream,
        purpose=FILE_PURPOSE,
        display_name=form.file.data.filename,
        actor=services.READER,
        at=real_now(),
        alt="의견에 딸린 사진",
        alt_en="A picture that came with an opinion",
    )
    db.session.commit()
    return stored.id


def _refuse(slug: str, form: OpinionForm, sentence: str, status: int) -> ResponseReturnValue:
    """Return the form with what was written, and say why it was not taken."""
    db.session.rollback()
    form.form_errors.append(sentence)
    return _form_page(get_hearing(db.session(), slug), form, status)


def _too_many() -> str:
    return str(
        _(
            "Too many opinions come in at this moment. What you wrote still stands below: "
            "send it again in an hour."
        )
    )


def _draft(form: OpinionForm, file_id: int | None) -> Draft:
    return Draft(
        text=form.text.data or "",
        name=form.name.data or "",
        name_shown=NameShown(form.name_shown.data),
        email=form.email.data or "",
        field=Field(form.field.data) if "field" in form else None,
        language=page_language(),
        file_id=file_id,
    )


def _form_page(hearing: Hearing, form: OpinionForm, status: int) -> ResponseReturnValue:
    """Return the form; outside its time without a form, unless somebody wrote something."""
    brought_file = bool(form.file.data and form.file.data.filename)
    page = render(
        "hearings/opinions/write_opinion.html",
        form=form,
        hearing=hearing,
        hearing_url=url_for("hearings.show_hearing", slug=hearing.slug),
        window=hearing.opinions_state(business_now()),
        has_words=form.is_submitted(),
        brought_file=brought_file,
        most_letters=f"{LONGEST_TEXT:,}",
        most_megabytes=MOST_READER_BYTES // 1024 // 1024,
        collected=find_collected("opinions.write_opinion"),
    )
    return page, status


def _get_opinion(key: str) -> Opinion:
    if not is_key(key):
        raise NotFound
    return queries.get_opinion_by_key(db.session(), key)


def _receipt_page(opinion: Opinion, form: ObjectionForm, status: int) -> ResponseReturnValue:
    hearing = db.session.get(Hearing, opinion.hearing_id)
    assert hearing is not None, "an opinion belongs to a hearing"
    address = url_for("hearings.show_hearing", slug=hearing.slug) if hearing.is_public else None
    page = render(
        "hearings/opinions/show_receipt.html",
        opinion=opinion,
        hearing=hearing,
        hearing_url=address,
        form=form,
        key=request.view_args["key"] if request.view_args else "",
        rule=RULE_WORDS[opinion.hidden_because] if opinion.hidden_because else "",
        most_letters=MOST_LETTERS,
    )
    return page, status


def _to_receipt(key: str) -> ResponseReturnValue:
    return redirect(url_for("opinions.show_receipt", key=key), 303)
