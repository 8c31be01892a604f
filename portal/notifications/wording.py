"""What a letter says: its subject, its text, and HTML of the same words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup, escape

from portal.core.i18n import in_language, page_language
from portal.core.templates import render_text
from portal.notifications.kinds import kind_of


@dataclass(frozen=True)
class Wording:
    """A letter in words.

    :ivar paragraphs: the text's paragraphs as HTML, for the style guide
    :ivar html: a whole HTML document of the same words
    """

    subject: str
    text: str
    paragraphs: tuple[Markup, ...]
    html: str


def word_letter(kind_name: str, language: str, context: Mapping[str, str]) -> Wording:
    """Return what a letter of a kind says in one language.

    :raise KeyError: the kind is not known, or its subject names a place the context lacks
    """
    with in_language(language):
        subject = " ".join((str(kind_of(kind_name).subject) % dict(context)).split())
        text = render_text(f"notifications/email/{kind_name}.txt", link_to=_link_to, **context)
        text += "\n\n" + render_text("notifications/email/_foot.txt", site=_link_to("/"))
        paragraphs = as_paragraphs(text)
        html = render_text(
            "notifications/email/_layout.html", subject=subject, paragraphs=paragraphs
        )
    return Wording(subject, text.strip() + "\n", paragraphs, html)


def link_to(path: str, language: str) -> str:
    """Return the whole address of a page of the portal, for a letter in one language.

    :param path: begins with a slash, without the language
    """
    prefix = "/en" if language == "en" else ""
    return f"{current_app.config['SITE_URL']}{prefix}{path}"


def as_paragraphs(text: str) -> tuple[Markup, ...]:
    """Return the paragraphs of a text as HTML; only addresses of the portal become links."""
    own = re.compile(re.escape(str(escape(current_app.config["SITE_URL"]))) + r"/[^\s<]*")
    paragraphs = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = str(escape(paragraph.strip())).replace("\n", "<br>\n")
        linked = own.sub(lambda found: f'<a href="{found.group()}">{found.group()}</a>', lines)
        paragraphs.append(Markup(linked))  # noqa: S704 - escaped above
    return tuple(paragraphs)


def _link_to(path: str) -> str:
    """Return a whole address in the language of the letter; for templates."""
    return link_to(path, page_language())
