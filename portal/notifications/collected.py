"""What the outbox keeps about the people it writes to."""

from flask_babel import lazy_gettext as _l

from portal.core.collected import Collected

LETTERS = Collected(
    key="letters",
    name=_l("Letters by e-mail"),
    purpose=_l("To deliver the letters that you asked for, and to try again when that fails."),
    items=(_l("Your e-mail address"), _l("What the letter says")),
    basis=_l("Your consent by the form that asked for the letter, or your work for the council."),
    kept_for=_l(
        "%(number)s days after the letter was sent or given up; then a nightly task erases it."
    ),
    setting="LETTER_DAYS",
    seen_by=_l("Administrators who look after the delivery."),
    refusal=_l("Yes: leave the e-mail address out where a form says that it is not required."),
    tables=frozenset(("letters",)),
)
