"""The one-page help of each desk: a text in the repository, ``docs/desks/<kind>.<language>.md``."""

from pathlib import Path

from portal.accounts.rules import Permission
from portal.config import ROOT
from portal.core.errors import NotFound
from portal.core.i18n import page_language
from portal.core.permissions import needs
from portal.core.templates import render
from portal.moderation.desks import get_desk
from portal.moderation.views.blueprint import moderation

FOLDER = ROOT / "docs" / "desks"


@moderation.get("/staff/content/<kind>/help")
@needs(Permission.CONTENT_READ)
def show_help(kind: str) -> str:
    """Show how a desk is used.

    :raise NotFound: there is no such desk
    """
    desk = get_desk(kind)
    return render("moderation/show_help.html", desk=desk, text=_read(help_path(kind)))


def help_path(kind: str) -> Path:
    """Return where the help of a desk lies in the page's language."""
    return FOLDER / f"{kind}.{page_language()}.md"


def _read(path: Path) -> str:
    if not path.is_file():
        raise NotFound
    return path.read_text(encoding="utf-8")
