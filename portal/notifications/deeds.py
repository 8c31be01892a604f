"""What the trail calls deeds about letters."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds

register_deeds(
    {
        "letter.send_again": _l("Sent a failed letter again"),
        "letter.bounced": _l("Noted that a letter came back"),
    }
)
