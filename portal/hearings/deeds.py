"""What the audit trail calls deeds about hearings."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds

register_deeds(
    {
        "hearing.places_set": _l("Set the places of a hearing"),
        "hearing.windows_set": _l("Set when one can sign up and send opinions"),
        "hearing.called_off": _l("Called a hearing off"),
    }
)
