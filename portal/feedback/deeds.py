"""What the trail calls deeds about remarks of readers."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds
from portal.core.things import register_values
from portal.feedback.words import STATE_WORDS

register_deeds(
    {
        "remark.sent": _l("Sent a remark"),
        "remark.answered": _l("Answered a remark"),
        "remark.closed": _l("Closed a remark"),
        "remark.hidden": _l("Hid a remark"),
        "remark.reopened": _l("Took a remark up again"),
    }
)
register_values("state", STATE_WORDS)
