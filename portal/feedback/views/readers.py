"""The reader's pages: the form, and how the remark stands."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.actors import sender_network
from portal.core.addresses import holds_secret
from portal.core.clock import real_now
from portal.core.collected import find_collected
from portal.core.errors import BadAddress, NotFound
from portal.core.form_keys import is_key, new_key
from portal.core.forms import returns_form
from portal.core.i18n import page_language
from portal.core.limits import note_try
from portal.core.pages import form_page
from portal.core.templates import render
from portal.core.transactions import begin_write
from portal.extensions import db
from portal.feedback import queries, services
from portal.feedback.forms import RemarkForm
from portal.feedback.rules import MOST_LETTERS, MOST_REMARKS, Draft, page_path

feedback = Blueprint("feedback", __name__, url_prefix="/feedback")


@feedback.route("", methods=["GET", "POST"])
@returns_form
@form_page
def write_remark() -> ResponseReturnValue:
    """Take in what is wrong on a page; without script and without account.

    :raise BadAddress: the page named is none of this site
    """
    form = RemarkForm()
    if not form.is_submitted():
        form.page.data = _read_page(request.args.get("page", ""))
        form.key.data = new_key()
        return _form_page(form, 200)
    form.page.data = _read_page(form.page.data or "")
    if not is_key(form.key.data or ""):
        raise BadAddress
    if not form.validate_on_submit():
        return _form_page(form, 422)
    return _take_in(form, form.key.data or "")


@feedback.get("/<key>")
@form_page
def show_remark(key: str) -> ResponseReturnValue:
    """Show how a remark stands to whoever has its key: number, what comes next, the answer.

    :raise NotFound: there is no such remark
    """
    if not is_key(key):
        raise NotFound
    remark = services.get_remark_by_key(db.session(), key)
    return render("feedback/show_remark.html", remark=remark, most_letters=MOST_LETTERS)


def _read_page(text: str) -> str:
    """Return the page that a remark is about; the home page where none is named."""
    path = page_path(text) if text else "/"
    if path is None or holds_secret(path):
        raise BadAddress(_("Start from the page itself: the link is at its foot."))
    return path


def _take_in(form: RemarkForm, key: str) -> ResponseReturnValue:
    """Take a remark in once, unless its network address sent too many within the hour."""
    path, at, session = url_for("feedback.show_remark", key=key), real_now(), db.session()
    if queries.find_remark_by_key(session, key) is None:
        if note_try((services.ADDRESS_LIMIT, sender_network(request.remote_addr)), at=at):
            return _refuse(form)
        begin_write()
        services.send_remark(session, draft=_draft(form), key=key, at=at)
        session.commit()
    return redirect(path, 303)


def _refuse(form: RemarkForm) -> ResponseReturnValue:
    """Return the form with what was written, and say when it can be sent."""
    form.form_errors.append(
        _(
            "%(most)s remarks came from your connection within an hour. What you wrote "
            "still stands below: send it again in an hour.",
            most=MOST_REMARKS,
        )
    )
    return _form_page(form, 429)


def _draft(form: RemarkForm) -> Draft:
    return Draft(
        page=form.page.data or "/",
        wrong=form.wrong.data or "",
        should_say=form.should_say.data or "",
        email=form.email.data or "",
        language=page_language(),
    )


def _form_page(form: RemarkForm, status: int) -> ResponseReturnValue:
    collected = find_collected("feedback.write_remark")
    return render("feedback/write_remark.html", form=form, collected=collected), status
