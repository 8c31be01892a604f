"""What the trail calls deeds about events."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds

register_deeds(
    {
        "event.moved": _l("Moved an event"),
        "event.cancelled": _l("Cancelled an event"),
    }
)
