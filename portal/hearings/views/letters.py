"""Small forms: one's link again, a word when sign-up opens, a slip's code, three questions."""

import contextlib

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.core.actors import sender_network
from portal.core.clock import real_now
from portal.core.collected import find_collected
from portal.core.crypto import blind_index
from portal.core.errors import Gone, NotFound, TooMany
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.limits import note_try
from portal.core.notices import tell
from portal.core.pages import form_page
from portal.core.templates import render
from portal.core.transactions import begin_again
from portal.extensions import db
from portal.hearings.forms.sign_ups import AddressForm, ReviewForm, SlipForm
from portal.hearings.limits import CONTACT, NETWORK, SLIP
from portal.hearings.links import LinkKind, read_link, sign_link
from portal.hearings.models import Hearing, Review
from portal.hearings.queries.panels import get_hearing
from portal.hearings.queries.sign_ups import find_by_number, find_sign_up
from portal.hearings.rules.sign_ups import meant_address, plain_number
from portal.hearings.services import notices as services
from portal.hearings.services.sign_ups import hash_code
from portal.hearings.views.counter import sign_ups


@sign_ups.route("/<slug>/link", methods=["GET", "POST"])
@returns_form
@form_page
def send_link(slug: str) -> ResponseReturnValue:
    """Send somebody their link again; the page says the same whether they have signed up or not."""
    hearing = get_hearing(db.session(), slug)
    form = AddressForm()
    if not form.validate_on_submit() or not _may_send(form):
        return _address_page("hearings/send_link.html", hearing, form)
    at, hearing_id, email = real_now(), hearing.id, form.email.data or ""
    begin_again()
    hearing = db.session.get_one(Hearing, hearing_id)
    services.send_link_again(db.session(), hearing=hearing, email=email, at=at)
    db.session.commit()
    tell(_("If this address has signed up, a letter with the link is on its way."))
    return redirect(url_for("sign_ups.send_link", slug=slug), 303)


@sign_ups.route("/<slug>/notice", methods=["GET", "POST"])
@returns_form
@form_page
def ask_notice(slug: str) -> ResponseReturnValue:
    """Take an address that wants one letter when sign-up opens."""
    hearing = get_hearing(db.session(), slug)
    form = AddressForm()
    if not form.validate_on_submit() or not _may_send(form):
        return _address_page("hearings/ask_notice.html", hearing, form)
    at, hearing_id, email = real_now(), hearing.id, form.email.data or ""
    begin_again()
    services.ask_notice(
        db.session(), hearing_id=hearing_id, email=email, language=page_language(), at=at
    )
    db.session.commit()
    tell(_("A letter is on its way. Open its link, and you will be told once."))
    return redirect(url_for("sign_ups.ask_notice", slug=slug), 303)


@sign_ups.route("/notices/<token>", methods=["GET", "POST"])
@form_page
def confirm_notice(token: str) -> ResponseReturnValue:
    """Confirm that the owner of an address wants the letter.

    :raise NotFound: the portal did not sign this link
    :raise Gone: the address was erased
    """
    named = read_link(LinkKind.NOTICE, token)
    if named is None:
        raise NotFound
    if request.method == "POST":
        begin_again()
        services.confirm_notice(
            db.session(), notice_id=named.row_id, version=named.version, at=real_now()
        )
        db.session.commit()
        return render("hearings/notice_confirmed.html")
    return render("hearings/confirm_notice.html", token=token)


@sign_ups.route("/slip", methods=["GET", "POST"])
@returns_form
@form_page
def use_slip() -> ResponseReturnValue:
    """Open one's sign-up by the number and code of a slip.

    :raise TooMany: too many codes were wrong
    """
    form = SlipForm()
    if not form.validate_on_submit():
        return render("hearings/use_slip.html", form=form), 422 if form.is_submitted() else 200
    number = plain_number(form.number.data or "")
    if note_try(
        (SLIP, number),
        (NETWORK, sender_network(request.remote_addr)),
        at=real_now(),
    ):
        raise TooMany(_("Too many wrong tries. Wait 15 minutes, then try again."))
    sign_up = find_by_number(db.session(), number)
    code = hash_code(number, plain_number(form.code.data or ""))
    if sign_up is None or sign_up.code_hash != code:
        form.form_errors.append(_("The number or the code does not match. Spaces do not matter."))
        return render("hearings/use_slip.html", form=form), 422
    token = sign_link(LinkKind.OWN, sign_up.id, sign_up.link_version)
    return redirect(url_for("sign_ups.show_own", token=token), 303)


@sign_ups.route("/review/<token>", methods=["GET", "POST"])
@returns_form
@form_page
def review(token: str) -> ResponseReturnValue:
    """Take three answers, once for each link; nothing kept says whose they are.

    :raise NotFound: the portal did not sign this link
    :raise Gone: it was used or revoked
    """
    named = read_link(LinkKind.REVIEW, token)
    found = find_sign_up(db.session(), named.row_id) if named else None
    if named is None or found is None:
        raise NotFound
    if found[0].link_version != named.version:
        raise Gone
    # One token can be spelled in some ways, so what it names is remembered.
    hearing, key_hash = found[2], blind_index("hearing.review", str(named.row_id))
    if db.session.query(Review).where(Review.key_hash == key_hash).count():
        raise Gone(_("These questions were answered. Thank you."))
    form = ReviewForm()
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render("hearings/review.html", form=form, hearing=hearing), status
    _keep_review(form, hearing.id, key_hash)
    return render("hearings/reviewed.html", hearing=hearing)


def _keep_review(form: ReviewForm, hearing_id: int, key_hash: str) -> None:
    """Keep three answers; of a button pressed twice at once the first counts."""
    begin_again()
    review = Review(
        hearing_id=hearing_id,
        key_hash=key_hash,
        content=int(form.content.data),
        access=int(form.access.data),
        wish=form.wish.data or None,
        at=real_now(),
    )
    with contextlib.suppress(IntegrityError), db.session.begin_nested():
        db.session.add(review)
    db.session.commit()


def _may_send(form: AddressForm) -> bool:
    """Say whether a letter goes out; what fills a field that nobody sees is no person."""
    if form.website.data:
        form.form_errors.append(
            _("Empty the field that only machines fill in, then send once more.")
        )
        return False
    email, network = (form.email.data or "").lower(), sender_network(request.remote_addr)
    if note_try((CONTACT, email), (NETWORK, network), at=real_now()):
        form.form_errors.append(
            _("Many letters went to this address within an hour. Send it again later.")
        )
        return False
    return True


def _address_page(template: str, hearing: Hearing, form: AddressForm) -> ResponseReturnValue:
    status = 422 if form.is_submitted() and form.errors else 200
    page = render(
        template,
        hearing=hearing,
        form=form,
        meant=meant_address(form.email.data or ""),
        collected=find_collected("sign_ups.ask_notice"),
    )
    return page, status
