"""Words for remarks, in the reader's language."""

from flask_babel import lazy_gettext as _l

from portal.feedback.rules import HideReason, RemarkState

STATE_WORDS = {
    RemarkState.OPEN: _l("Waits"),
    RemarkState.ANSWERED: _l("Answered"),
    RemarkState.CLOSED: _l("Closed without an answer"),
    RemarkState.HIDDEN: _l("Hidden"),
}
HIDE_WORDS = {
    HideReason.ABUSE: _l("Insult or harassment"),
    HideReason.SPAM: _l("Advertising or nonsense"),
}
