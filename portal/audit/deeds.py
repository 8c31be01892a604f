"""What the trail calls deeds about itself."""

from flask_babel import lazy_gettext as _l

from portal.core.deeds import register_deeds

register_deeds({"audit.exported": _l("Took lines of the trail as a file")})
