"""Desks: where staff write one kind of publishable row. A feature declares its own.

All desks have the same pages (``views``): the list, the form, the history, the review, the preview.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app
from flask_babel import LazyString
from sqlalchemy.orm import Session

from portal.accounts.rules import Permission, Place
from portal.core.errors import NotFound
from portal.core.staff_menu import MenuEntry, MenuGroup, register_entry
from portal.moderation.models import ATTACHMENTS, Kept, Publishable, Revision, kind_of

if TYPE_CHECKING:
    from portal.moderation.forms import DeskForm

#: Endpoint and values of a page.
PageAddress = tuple[str, Mapping[str, object]]


@dataclass(frozen=True)
class Desk:
    """Where one kind of row is written.

    :ivar label: what the rows are called, such as "News and publications"
    :ivar form: what staff write; its fields are named as the row's
    :ivar page: gives endpoint and values of a row's public page; None: it has none of its own
    :ivar create: makes a new draft of typed values, flushed; None: rows come from elsewhere
    :ivar add_label: what the button to it says
    :ivar order: names of the columns by which lists are ordered; ``-`` before one turns it
    :ivar say_title: says a bare title, such as the number of a session; None: it says itself
    :ivar place: gives the unit, committee or member whose thing a row would be with what was
        written, of which fields may be missing; no row: a new one. None: the whole council's
    :ivar day: gives the day that tells rows of one title apart; None: their titles do
    :ivar preview: gives the page that shows what a row's revision of a number would do; None: its
        public page in a frame
    :ivar problems: says why what was written can't be handed in or published, in the page's
        language. It may try it out in a savepoint: the transaction is one that may write
    """

    model: type[Publishable]
    label: LazyString
    form: "type[DeskForm]"
    order: tuple[str, ...]
    page: Callable[[Any], PageAddress | None] = lambda _row: None
    create: Callable[[Session, Mapping[str, Any]], Publishable] | None = None
    add_label: LazyString | None = None
    say_title: Callable[[str], str] | None = None
    place: Callable[[Session, Any, Mapping[str, Any]], Place | None] = lambda *_row: None
    day: Callable[[Any], date] | None = None
    preview: Callable[[Any, int], PageAddress] | None = None
    problems: Callable[[Session, Mapping[str, Kept]], tuple[str, ...]] | None = None

    @property
    def kind(self) -> str:
        """Return the kind of its rows: the name of their table."""
        return kind_of(self.model)

    @property
    def takes_files(self) -> bool:
        """Say whether its rows have files."""
        return ATTACHMENTS in self.model.parts


def register_desk(app: Flask, desk: Desk) -> None:
    """Open a desk, and lead to it in the staff's menu."""
    app.extensions.setdefault("portal_desks", {})[desk.kind] = desk
    register_entry(
        app,
        MenuEntry(
            MenuGroup.CONTENT,
            desk.label,
            "moderation.show_rows",
            Permission.CONTENT_READ,
            {"kind": desk.kind},
        ),
    )


def desks() -> Mapping[str, Desk]:
    """Return all desks by their kind, in the order of their registration."""
    known: Mapping[str, Desk] = current_app.extensions.get("portal_desks", {})
    return known


def get_desk(kind: str) -> Desk:
    """Return the desk of a kind.

    :raise NotFound: there is none
    """
    desk = desks().get(kind)
    if desk is None:
        raise NotFound
    return desk


def problems_of(session: Session, revision: Revision | None) -> tuple[str, ...]:
    """Return why what was written can't be handed in, as its desk finds; empty: it can.

    The transaction is one that may write.
    """
    desk = desks().get(revision.kind) if revision else None
    if revision is None or desk is None or desk.problems is None:
        return ()
    return desk.problems(session, revision.fields)


def kind_label(kind: str) -> str:
    """Return what a kind is called; its table's name where it has no desk."""
    desk = desks().get(kind)
    return str(desk.label) if desk else kind
