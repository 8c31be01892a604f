"""What the trail calls an import."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds

register_deeds({"data.imported": _l("Imported data")})
