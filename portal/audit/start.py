"""What the audit trail registers when the application starts."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.audit.collected import TRAIL
from portal.audit.models import AuditLine
from portal.audit.services import keep_deed
from portal.core.audit import register_keeper
from portal.core.collected import register_collected
from portal.core.deeds import deed_words
from portal.core.files.models import StoredFile
from portal.core.models import ImportedFile, SiteState
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.core.things import Kind, register_field, register_kinds

#: Kinds of the house itself.
_KINDS = {
    AuditLine.__tablename__: Kind(_l("Lines of the trail")),
    SiteState.__tablename__: Kind(_l("State of the site")),
    StoredFile.__tablename__: Kind(_l("Files")),
    ImportedFile.__tablename__: Kind(_l("Files of the data folder")),
}
register_field("from", _l("From day"))
register_field("to", _l("To day"))
register_field("day", _l("Day"))
register_field("file", _l("File"))
register_field("kind", _l("Kind of thing"))
register_field("actor", _l("Who"))
register_field("deed", _l("Deed"), lambda deed: deed_words(deed) or deed)
register_field("row_id", _l("Number of the thing"))


def init_app(app: Flask) -> None:
    """Keep what features record, lead auditors to it, and say what it holds about people."""
    register_collected(app, TRAIL)
    register_keeper(app, keep_deed)
    register_kinds(app, lambda: _KINDS)
    register_entry(
        app, MenuEntry(MenuGroup.RUNNING, _l("Audit trail"), "audit.show_lines", "audit.read")
    )
