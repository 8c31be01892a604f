"""What the staff's pages call states, deeds and wishes."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from portal.core.filters import in_language
from portal.core.personal_rules import PersonalKind
from portal.moderation.desks import desks
from portal.moderation.models import Publishable, kind_of
from portal.moderation.queries.waiting import Wish
from portal.moderation.rules import LanguageState, Move, PublicationState

STATE_WORDS = {
    PublicationState.DRAFT: _l("Draft"),
    PublicationState.IN_REVIEW: _l("In review"),
    PublicationState.SCHEDULED: _l("Scheduled"),
    PublicationState.PUBLISHED: _l("Published"),
    PublicationState.WITHDRAWN: _l("Withdrawn"),
    PublicationState.ARCHIVED: _l("Archived"),
}
#: The badge that goes with a state (templates/components/badge.html).
STATE_BADGES = {
    PublicationState.DRAFT: "planned",
    PublicationState.IN_REVIEW: "review",
    PublicationState.SCHEDULED: "planned",
    PublicationState.PUBLISHED: "done",
    PublicationState.WITHDRAWN: "cancelled",
    PublicationState.ARCHIVED: "cancelled",
}
WISH_WORDS = {
    Wish.FIRST_PUBLICATION: _l("First publication"),
    Wish.CHANGE: _l("Change of what is public"),
    Wish.LATER_REVIEW: _l("Urgent correction, to be confirmed"),
}
LANGUAGE_WORDS = {
    LanguageState.BOTH: _l("Korean and English"),
    LanguageState.ENGLISH_MISSING: _l("English missing"),
    LanguageState.KOREAN_MISSING: _l("Korean missing"),
}
#: What authors press, in the order of the page.
AUTHORS_BUTTONS = (
    (Move.SUBMIT, _l("Hand it in for review")),
    (Move.PROPOSE, _l("Hand the change in for review")),
    (Move.TAKE_BACK, _l("Take it back")),
    (Move.RECALL, _l("Take the change back")),
    (Move.REOPEN, _l("Make it a draft again")),
)
#: How something leaves the public.
LEAVING_BUTTONS = (
    (Move.WITHDRAW, _l("Withdraw it from the public")),
    (Move.ARCHIVE, _l("Put it into the archive")),
)
#: What a second reader presses, and the kind of the button.
DECISION_BUTTONS = (
    (Move.PUBLISH, _l("Publish"), "main"),
    (Move.ACCEPT, _l("Accept the change"), "main"),
    (Move.CONFIRM, _l("Confirm the correction"), "main"),
    (Move.SCHEDULE, _l("Publish at that hour"), "quiet"),
    (Move.SEND_BACK, _l("Send it back"), "quiet"),
    (Move.DECLINE, _l("Decline the change"), "quiet"),
    (Move.CORRECT, _l("Correct at once, to be confirmed later"), "quiet"),
)
#: What is told after a move was made.
DONE_WORDS = {
    Move.SUBMIT: _l("It was handed in. Somebody else reads it now."),
    Move.PROPOSE: _l("The change was handed in. Somebody else reads it now."),
    Move.TAKE_BACK: _l("It was taken back and is a draft again."),
    Move.RECALL: _l("The change was taken back."),
    Move.REOPEN: _l("It is a draft again."),
    Move.WITHDRAW: _l("It was withdrawn from the public."),
    Move.ARCHIVE: _l("It was put into the archive."),
    Move.PUBLISH: _l("It was published."),
    Move.ACCEPT: _l("The change was accepted and is public now."),
    Move.CONFIRM: _l("The correction was confirmed."),
    Move.SCHEDULE: _l("It was approved and becomes public by itself at its hour."),
    Move.SEND_BACK: _l("It was sent back to its author."),
    Move.DECLINE: _l("The change was declined."),
    Move.CORRECT: _l("It was corrected. Somebody else confirms that later."),
}
PERSONAL_WORDS = {
    PersonalKind.RESIDENT_NUMBER: _l("resident registration number"),
    PersonalKind.FOREIGNER_NUMBER: _l("foreigner registration number"),
    PersonalKind.CARD: _l("card number"),
    PersonalKind.DRIVER_LICENCE: _l("driving licence number"),
    PersonalKind.PASSPORT: _l("passport number"),
    PersonalKind.PHONE: _l("telephone number"),
    PersonalKind.EMAIL: _l("e-mail address"),
    PersonalKind.BANK_ACCOUNT: _l("bank account"),
    PersonalKind.ADDRESS: _l("home address"),
}
_STEPS = {
    PublicationState.DRAFT: _l("Write it, look at the preview, then hand it in for review."),
    PublicationState.IN_REVIEW: _l("Somebody else reads it now and decides."),
    PublicationState.SCHEDULED: _l("It was approved and becomes public by itself at its hour."),
    PublicationState.PUBLISHED: _l("It is public. Write to propose a change."),
    PublicationState.WITHDRAWN: _l("It was withdrawn. It can become a draft again."),
    PublicationState.ARCHIVED: _l(
        "It is in the archive. Make it a draft again where it is needed anew."
    ),
}
_PROBLEM_STEP = _l("It has errors. Correct them by Write; then it can be handed in.")
_CHANGE_STEP = _l("A change of it is read by somebody else now; the public still sees the old one.")
_UNSENT_STEP = _l("A change was written but not handed in for review yet.")


def next_step(row: Publishable, newest: int, *, has_problems: bool = False) -> str:
    """Return in a sentence what happens next with a row.

    :param newest: number of its newest revision
    :param has_problems: whether its desk finds errors in what was written
    """
    if has_problems and row.state is PublicationState.DRAFT:
        return str(_PROBLEM_STEP)
    if row.state is PublicationState.PUBLISHED and row.submitted_at is not None:
        return str(_CHANGE_STEP)
    if row.state is PublicationState.PUBLISHED and newest > row.shown_revision:
        return str(_UNSENT_STEP)
    return str(_STEPS[row.state])


def age_words(age: timedelta) -> str:
    """Return how long something has waited: minutes, then hours, then days."""
    minutes = max(0, int(age.total_seconds()) // 60)
    if minutes < 60:
        return str(ngettext("waits for %(num)s minute", "waits for %(num)s minutes", minutes))
    if minutes < 48 * 60:
        hours = minutes // 60
        return str(ngettext("waits for %(num)s hour", "waits for %(num)s hours", hours))
    days = minutes // (24 * 60)
    return str(ngettext("waits for %(num)s day", "waits for %(num)s days", days))


def say_title(kind: str, title: str, title_en: str | None = None) -> Markup | str:
    """Return how a row of a kind is called in the page's language; a Korean title says so."""
    desk = desks().get(kind)
    if desk is not None and desk.say_title is not None and title:
        return desk.say_title(title)
    return in_language(title, title_en)


def title_of(row: Publishable) -> Markup | str:
    """Return how a row is called in the page's language."""
    name = row.title_field
    title = str(getattr(row, name) or "")
    return say_title(kind_of(type(row)), title, getattr(row, f"{name}_en", None))
