"""Words of the search in the page's language."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from portal.search.rules import DocumentKind

_KINDS: dict[DocumentKind, LazyString] = {
    DocumentKind.PAGE: _l("Guides"),
    DocumentKind.SESSION: _l("Sessions"),
    DocumentKind.COMMITTEE: _l("Committees"),
    DocumentKind.MEMBER: _l("Members"),
    DocumentKind.UNIT: _l("Secretariat"),
    DocumentKind.ORDINANCE: _l("Ordinances"),
    DocumentKind.BILL: _l("Bills"),
    DocumentKind.PROGRAMME: _l("Work programmes"),
    DocumentKind.BUDGET: _l("Budget"),
    DocumentKind.PUBLICATION: _l("News"),
    DocumentKind.HEARING: _l("Hearings and discussions"),
    DocumentKind.EVENT: _l("Meetings and events"),
}


def kind_label(kind: DocumentKind) -> str:
    """Return what a kind of documents is called."""
    return str(_KINDS[kind])
