"""What the form for remarks keeps about its readers."""

from flask_babel import lazy_gettext as _l

from portal.core.collected import Collected

REMARKS = Collected(
    key="remarks",
    name=_l("Telling us that something is wrong on a page"),
    purpose=_l("To correct the page and to answer you."),
    items=(
        _l("What you write"),
        _l("Your e-mail address, if you give one"),
        _l("Until the next night, a hash of your network address, so that nobody floods the form"),
    ),
    basis=_l("Your consent by sending the form (Personal Information Protection Act, article 15)."),
    kept_for=_l(
        "%(number)s days after it was sent, answered or not; then a nightly task erases it."
    ),
    setting="FEEDBACK_DAYS",
    seen_by=_l(
        "Staff who look after the pages read what you write. They don’t see your e-mail address; "
        "letters go to it by themselves."
    ),
    refusal=_l(
        "You may leave the e-mail address out; then look for the answer at the address you get "
        "after sending. You may also not send the form at all: every page stays open to you."
    ),
    endpoints=frozenset(("feedback.write_remark",)),
    tables=frozenset(("remarks", "public_tries")),
)
