"""What is kept about the staff: their accounts, their sessions, and tries to get in."""

from flask_babel import lazy_gettext as _l

from portal.core.collected import Collected

_DUTY = _l(
    "The council’s duty to know who works on its pages and to keep others out (Personal "
    "Information Protection Act, articles 15 and 29)."
)

ACCOUNTS = Collected(
    key="accounts",
    name=_l("Accounts of the staff"),
    purpose=_l("To let people of the council work on this site, each within the limits of a job."),
    items=(
        _l("Name, office e-mail address and roles"),
        _l("A hash of the password, and the encrypted key of the second factor"),
        _l("While somebody is signed in: the name of the browser and the network, not the address"),
    ),
    basis=_DUTY,
    kept_for=_l(
        "The account stays, because the trail of deeds names it; a session ends after %(number)s "
        "hours at the latest and is erased at night."
    ),
    setting="STAFF_SESSION_HOURS",
    seen_by=_l("The person, and the administrators of accounts."),
    refusal=_l("No account without it; reading the site needs none."),
    endpoints=frozenset(
        ("accounts.invite", "accounts.change_details", "security.login", "security.forgot_password")
    ),
    is_about_staff=True,
    tables=frozenset(("staff_accounts", "staff_sessions", "staff_links")),
)

TRIES = Collected(
    key="tries",
    name=_l("Tries to sign in"),
    purpose=_l("To stop whoever guesses passwords and codes."),
    items=(_l("Keyed hashes of account and network address; neither can be read from them"),),
    basis=_DUTY,
    kept_for=_l(
        "15 minutes when it failed, 30 days when it was right; the next try of anybody erases "
        "what is older."
    ),
    seen_by=_l("Nobody; the program counts them."),
    refusal=_l("No; who does not try to sign in leaves none."),
    is_about_staff=True,
    tables=frozenset(("staff_tries",)),
)
