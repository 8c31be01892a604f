"""What pages and feeds call the kinds and formats of publications."""

from flask_babel import gettext as _

from portal.publications.rules import EditionFormat, PublicationKind


def kind_label(kind: PublicationKind) -> str:
    """Return the name of a kind."""
    labels = {
        PublicationKind.NEWS: _("News"),
        PublicationKind.NOTICE: _("Notices"),
        PublicationKind.PRESS_RELEASE: _("Press releases"),
        PublicationKind.NEWSLETTER: _("Newsletter"),
        PublicationKind.REPORT: _("Reports and analyses"),
        PublicationKind.BROADCAST: _("Broadcasts and social media"),
    }
    return str(labels[kind])


def format_label(edition: EditionFormat) -> str:
    """Return the name of a format."""
    labels = {
        EditionFormat.PRINT: _("In print"),
        EditionFormat.BRAILLE: _("In braille"),
        EditionFormat.AUDIO: _("To listen to"),
        EditionFormat.VIDEO: _("To watch"),
        EditionFormat.PDF: _("As PDF"),
        EditionFormat.HTML: _("On the web"),
        EditionFormat.MAIL: _("By e-mail"),
    }
    return str(labels[edition])


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds with their names, for a form."""
    return [(kind.value, kind_label(kind)) for kind in PublicationKind]


def format_choices() -> list[tuple[str, str]]:
    """Return the formats with their names, for a form; the first one says that none is meant."""
    return [("", ""), *((edition.value, format_label(edition)) for edition in EditionFormat)]
