"""What sign-ups for hearings keep about people."""

from flask_babel import lazy_gettext as _l

from portal.core.collected import Collected

SIGN_UPS = Collected(
    key="sign-ups",
    name=_l("Taking part in a hearing or discussion"),
    purpose=_l("To keep a place for you, to write to you about it, and to let you in."),
    items=(
        _l("Your name"),
        _l("Your e-mail address, or your telephone number if you called"),
        _l("How many you are, and what you need to take part, if you say so"),
        _l("A question or opinion in advance, if you write one"),
        _l("For an hour, a hash of your network address, so that nobody floods the form"),
    ),
    basis=_l("Your consent by ticking the box (Personal Information Protection Act, article 15)."),
    kept_for=_l("%(number)s days after the hearing; then a nightly task erases it."),
    setting="HEARING_DAYS",
    seen_by=_l("Staff who prepare the hearing and stand at the door."),
    refusal=_l(
        "You may refuse. Then no place can be kept for you; you can follow the hearing online "
        "where that is offered, and read its results."
    ),
    endpoints=frozenset(
        (
            "sign_ups.sign_up",
            "sign_ups.change",
            "sign_ups.keep",
            "sign_ups.cancel",
            "sign_ups.send_link",
            "sign_ups.ask_notice",
            "sign_ups.confirm_notice",
            "sign_ups.use_slip",
            "sign_ups.review",
        )
    ),
    tables=frozenset(
        (
            "sign_ups",
            "sign_up_requests",
            "opening_notices",
            "hearing_reviews",
            "hearing_messages",
            "public_tries",
        )
    ),
)
