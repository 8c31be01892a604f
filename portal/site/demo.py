"""The demo's own page: who one can be there, with which password and code, and its letters."""

from flask import Blueprint, Response, abort, current_app, make_response
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.accounts.rules import Role
from portal.accounts.samples import PASSWORD, sample_accounts
from portal.accounts.words import ROLE_NOTES, ROLE_WORDS
from portal.core.addresses import url_for
from portal.core.clock import real_now
from portal.core.pages import public_page
from portal.core.templates import render
from portal.extensions import db
from portal.notifications.mailbox import filed_letters

demo = Blueprint("demo", __name__)

#: A tour in five minutes: who, what to do, and where it begins.
TOUR: tuple[tuple[LazyString, LazyString, str, dict[str, str]], ...] = (
    (
        ROLE_WORDS[Role.EDITOR],
        _l("Write a notice with a picture, look at its preview, and hand it in for review."),
        "moderation.show_rows",
        {"kind": "publications"},
    ),
    (
        ROLE_WORDS[Role.MODERATOR],
        _l("Read what waits, see what changed, and publish it or send it back with a reason."),
        "moderation.show_queue",
        {},
    ),
    (
        ROLE_WORDS[Role.EDITOR],
        _l("Record what a committee decided about a bill, and write its summary in plain words."),
        "moderation.show_rows",
        {"kind": "bills"},
    ),
    (
        ROLE_WORDS[Role.BUDGET_OFFICER],
        _l("Bring a table of figures, look at what it would change, and hand it in."),
        "moderation.show_rows",
        {"kind": "figure_uploads"},
    ),
    (
        _l("Citizen"),
        _l("Sign up for a hearing, read the letter below, open its link, then cancel."),
        "hearings.show_hearings",
        {},
    ),
    (
        ROLE_WORDS[Role.EVENTS_OFFICER],
        _l("See who has signed up, sign a caller up with a slip, and let somebody in at the door."),
        "seats.show_hearings",
        {},
    ),
    (
        ROLE_WORDS[Role.COMMITTEE_OFFICE],
        _l("Apply for a hearing with a room and a day, and see what stands against it."),
        "applications.show_own",
        {},
    ),
    (
        _l("Reader"),
        _l("Say what is wrong on a page; then answer it as second reader."),
        "feedback.write_remark",
        {},
    ),
    (
        ROLE_WORDS[Role.ADMINISTRATOR],
        _l("Invite a colleague, send a letter again, see how scheduled work went."),
        "accounts.show_accounts",
        {},
    ),
    (
        ROLE_WORDS[Role.AUDITOR],
        _l("Find in the trail who did all this."),
        "audit.show_lines",
        {},
    ),
)
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
    rows = [
        (str(ROLE_WORDS[s.role]), str(ROLE_NOTES.get(s.role, "")), s.email, s.code) for s in samples
    ]
    letters = filed_letters(current_app.config["INSTANCE_DIR"] / "mail", most=MOST_LETTERS)
    page = render(
        "site/show_demo.html",
        rows=rows,
        password=PASSWORD,
        letters=list(letters),
        tour=[(role, say, url_for(endpoint, **values)) for role, say, endpoint, values in TOUR],
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
