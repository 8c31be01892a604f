"""What the trail calls deeds about what is published."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds
from portal.core.things import register_field, register_values
from portal.moderation.words import STATE_WORDS

register_deeds(
    {
        "content.create": _l("Began a draft"),
        "content.discard": _l("Threw a draft away"),
        "content.pass_check": _l("Passed what looked personal"),
        "content.revise": _l("Wrote a new version"),
        "content.submit": _l("Handed in for review"),
        "content.take_back": _l("Took back before the review"),
        "content.send_back": _l("Sent back to the author"),
        "content.schedule": _l("Approved for a later time"),
        "content.publish": _l("Published"),
        "content.propose": _l("Proposed a change of something published"),
        "content.recall": _l("Took a proposed change back"),
        "content.decline": _l("Declined a proposed change"),
        "content.accept": _l("Accepted a proposed change"),
        "content.correct": _l("Corrected something published"),
        "content.confirm": _l("Confirmed something as it is"),
        "content.withdraw": _l("Withdrew something published"),
        "content.reopen": _l("Opened something withdrawn again"),
        "content.archive": _l("Put into the archive"),
        "content.release": _l("Published at the approved time"),
        "content.expire": _l("Withdrew at the end of its time"),
        "deputy.appoint": _l("Appointed a deputy"),
        "deputy.end": _l("Ended the time of a deputy"),
    }
)
register_field("state", _l("State"))
register_values("state", STATE_WORDS)
register_field("starts_on", _l("From day"))
register_field("ends_on", _l("To day"))
register_field("revision", _l("Version"))
register_field("account", _l("Account"))
register_field("deputy", _l("Deputy"))
