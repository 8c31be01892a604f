"""The text of an ordinance as a page shows it: with references that lead to what they name."""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from portal.core.addresses import url_for
from portal.extensions import db
from portal.legislation.queries import known_ordinances
from portal.legislation.rules.references import Reference, ReferenceKind, find_references
from portal.legislation.rules.text import OrdinanceText


@dataclass(frozen=True)
class Linker:
    """Turns references in one ordinance's text into links.

    :ivar anchors: of the articles that the text has
    :ivar others: addresses (slugs) of other ordinances by their title
    """

    title: str
    anchors: frozenset[str]
    others: Mapping[str, str]

    def __call__(self, text: str) -> Markup:
        """Return a text whose references are links; what leads nowhere stays as it is."""
        made, place = Markup(), 0
        for reference in find_references(text, self.title):
            address = self._address_of(reference)
            if address is None:
                continue
            words = text[reference.start : reference.end]
            made += escape(text[place : reference.start])
            made += Markup('<a href="{}">{}</a>').format(address, words)
            place = reference.end
        return made + escape(text[place:])

    def _address_of(self, reference: Reference) -> str | None:
        """Return where a reference leads, or None where its target is not on this site."""
        if reference.kind is ReferenceKind.OWN:
            return f"#{reference.anchor}" if reference.anchor in self.anchors else None
        slug = self.others.get(reference.name or "")
        if reference.kind is not ReferenceKind.ORDINANCE or slug is None:
            return None
        return url_for("legislation.show_ordinance", slug=slug, _anchor=reference.anchor)


def marked_text(text: OrdinanceText) -> Linker:
    """Return what turns the references of a text into links."""
    return Linker(text.title, text.anchors, known_ordinances(db.session()))
