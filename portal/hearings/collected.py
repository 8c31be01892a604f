"""What the forms of hearings keep about people."""

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
            "sign_ups.use_slip",
            "sign_ups.review",
        )
    ),
    tables=frozenset(
        (
            "sign_ups",
            "sign_up_requests",
            "hearing_reviews",
            "hearing_messages",
            "public_tries",
        )
    ),
)

NOTICES = Collected(
    key="opening-notices",
    name=_l("Being told once when sign-up opens"),
    purpose=_l("To write to you once when sign-up for a hearing opens."),
    items=(
        _l("Your e-mail address"),
        _l("For an hour, a hash of your network address, so that nobody floods the form"),
    ),
    basis=_l("Your consent by opening the link of the first letter (Act, article 15)."),
    kept_for=_l(
        "Until that letter has gone out; a week when you don’t open the link of the first one."
    ),
    seen_by=_l("Nobody; letters go to it by themselves."),
    refusal=_l("You may refuse. The page of the hearing says when sign-up opens."),
    endpoints=frozenset(("sign_ups.ask_notice", "sign_ups.confirm_notice")),
    tables=frozenset(("opening_notices", "public_tries")),
)
OPINIONS = Collected(
    key="opinions",
    name=_l("Sending an opinion to a hearing"),
    purpose=_l(
        "To publish your opinion beside the hearing, to give it to those who decide, and to answer "
        "you."
    ),
    items=(
        _l("Your opinion, and the file that you add; only staff see the file"),
        _l(
            "Your name, if you give one; it is published as you choose: whole, by its first letter "
            "or not at all"
        ),
        _l("Your e-mail address, if you give one"),
        _l("Why you object, if your opinion is hidden and you object"),
        _l("For an hour, a hash of your network address, so that nobody floods the form"),
        _l(
            "Sensitive information: an opinion on a bill or the budget can show your political "
            "views (Personal Information Protection Act, article 23)"
        ),
    ),
    basis=_l(
        "Your consent in the form (Personal Information Protection Act, article 15), and your "
        "separate consent because it can show political views (article 23)."
    ),
    kept_for=_l(
        "Name, e-mail address, file, objection and the text as you wrote it: %(number)s days after "
        "the day of the hearing, and never more than two years after sending; then a nightly task "
        "erases them. What was published stays, with the name as it was shown. What was not "
        "published is erased whole."
    ),
    setting="HEARING_OPINION_DAYS",
    seen_by=_l(
        "Moderators read your opinion, your name and your file before anything is published. They "
        "don’t see your e-mail address. What is published, everybody reads."
    ),
    refusal=_l(
        "You may leave out name, address and file. Without either consent no opinion can be taken "
        "in; you can still read everything and come to the hearing."
    ),
    endpoints=frozenset(("opinions.write_opinion", "opinions.object_to_hiding")),
    tables=frozenset(("hearing_opinions", "public_tries")),
)
