"""The demo's own page: who one can be there, with which password and code, and its letters."""

from flask import Blueprint, Response, abort, current_app, make_response

from portal.accounts.samples import PASSWORD, sample_accounts
from portal.accounts.words import ROLE_WORDS
from portal.core.clock import real_now
from portal.core.pages import public_page
from portal.core.templates import render
from portal.extensions import db
from portal.notifications.mailbox import filed_letters

demo = Blueprint("demo", __name__)

#: So many letters stand on the page.
MOST_LETTERS = 20


@demo.get("/demo")
@public_page()
def show_demo() -> Response:
    """Show how to sign in as each role, and the letters that were written; in the demo only.

    Codes change, so it is never kept.
    """
    if not current_app.config["DEMO"]:
        abort(404)
    samples = sample_accounts(db.session(), at=real_now())
    rows = [(str(ROLE_WORDS[sample.role]), sample.email, sample.code) for sample in samples]
    letters = filed_letters(current_app.config["INSTANCE_DIR"] / "mail", most=MOST_LETTERS)
    page = render("site/show_demo.html", rows=rows, password=PASSWORD, letters=list(letters))
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
