"""The mixin of every row that staff publish, and the tables of its history.

A publishable row holds what the public sees, or will see when it is published for the first time.
What is proposed for a public row waits in its newest revision until a second person accepts it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    or_,
    true,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from portal.accounts.rules import Permission
from portal.core.clock import business_now
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.moderation.parts import (
    Entry,
    Part,
    Plain,
    plain_value,
    read_entries,
    tidy_entries,
    typed_value,
    write_entries,
)
from portal.moderation.rules import LanguageState, PublicationState, language_of

#: A field's value as a revision keeps it: a plain one, or the list of a part.
Kept = Plain | list[Entry]


class Publishable:
    """A row with a state, the times at which it came and went, and its revisions.

    :cvar editable_fields: what staff write; every revision keeps all of them
    :cvar parts: lists of rows below it that are written together with it
    :cvar open_fields: contacts meant for everybody, which are not looked through for personal ones
    :cvar title_field: which of its fields names it; the English one has ``_en`` behind
    :cvar tells_note: the author's note tells the public why, when a row is first published, too
    :cvar write_permission: what somebody needs who writes such rows
    :ivar published_at: since when it is public; None before
    :ivar withdrawn_at: since when it is not any more; None before
    :ivar publish_at: business time from which it shall be public
    :ivar withdraw_at: business time from which it shall not be public any more
    :ivar submitted_by: account key of who asked for a review that is not over
    :ivar review_due: an urgent correction is public that no second person has confirmed
    :ivar shown_revision: number of the revision whose values the row holds; 0: none
    :ivar approved_revision: number of the newest revision that a second person approved; 0: none
    """

    editable_fields: ClassVar[tuple[str, ...]] = ()
    parts: ClassVar[tuple[Part, ...]] = ()
    open_fields: ClassVar[frozenset[str]] = frozenset()
    title_field: ClassVar[str] = "name"
    tells_note: ClassVar[bool] = False
    write_permission: ClassVar[Permission] = Permission.CONTENT_WRITE

    id: Mapped[int]
    state: Mapped[PublicationState] = mapped_column(
        word_column(PublicationState, "state"), default=PublicationState.DRAFT, index=True
    )
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdraw_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by: Mapped[str | None] = mapped_column(String(80))
    review_due: Mapped[bool] = mapped_column(default=False)
    shown_revision: Mapped[int] = mapped_column(default=0)
    approved_revision: Mapped[int] = mapped_column(default=0)

    def note_import(self, at: datetime, *, is_new: bool) -> None:
        """Publish a row that an import brought; later states are staff's."""
        if is_new:
            self.state = PublicationState.PUBLISHED
            self.published_at = at

    def leave(self, at: datetime) -> None:
        """Take the row from the public, with all that waited for it; nothing else does so.

        :param at: the real time, aware
        """
        self.state, self.withdrawn_at = PublicationState.WITHDRAWN, at
        self.submitted_at = self.submitted_by = None
        self.publish_at = self.withdraw_at = None
        self.review_due = False
        self.note_change(at)

    def note_change(self, at: datetime) -> None:
        """Note that what the public sees of the row changed; tables that keep more say so."""

    def values_when_published(self, on: date) -> dict[str, Kept]:
        """Return what publishing adds where nobody wrote it; a class that knows better says so.

        :param on: the site's day
        """
        return {}

    @property
    def is_public(self) -> bool:
        """Say whether citizens may see it."""
        has_left = self.withdraw_at is not None and self.withdraw_at <= business_now()
        return self.state is PublicationState.PUBLISHED and not has_left

    @property
    def is_open(self) -> bool:
        """Say whether it may be written now: it is a draft, or public and nobody reviews a change.

        Nobody rewrites what is being reviewed, was approved for a later hour, or is gone.
        """
        is_read = self.submitted_at is not None
        return self.state is PublicationState.DRAFT or (
            self.state is PublicationState.PUBLISHED and not is_read
        )

    @classmethod
    def is_published(cls) -> ColumnElement[bool]:
        """Return the condition under which citizens may see a row.

        A row whose time is over is hidden at once, even before the worker withdraws it.
        """
        # The time is asked when the statement runs: some statements are made once and kept.
        now = bindparam("business_now", callable_=business_now, type_=UtcDateTime)
        has_not_left = or_(cls.withdraw_at.is_(None), cls.withdraw_at > now)
        return and_(cls.state == PublicationState.PUBLISHED, has_not_left)

    @classmethod
    def is_shown(cls, today: date) -> ColumnElement[bool]:
        """Return the condition under which citizens meet a row on a day: public, and known."""
        return and_(cls.is_published(), cls.is_known(today))

    @classmethod
    def is_known(cls, today: date) -> ColumnElement[bool]:
        """Return what else must hold on a day; tables whose rows have a day of their own say it."""
        return true()

    def kept_values(self) -> dict[str, Kept]:
        """Return the values of the editable fields and parts as a revision keeps them."""
        fields: dict[str, Kept] = {n: plain_value(getattr(self, n)) for n in self.editable_fields}
        return fields | {part.name: self._entries_of(part) for part in self.parts}

    def take_values(self, kept: Mapping[str, Kept]) -> None:
        """Give the row and the rows below it the values that a revision keeps."""
        for name in self.editable_fields:
            if name in kept:
                setattr(self, name, self.typed(name, kept[name]))
        for part in self.parts:
            if part.name in kept:
                write_entries(_session_of(self), part, _kind(self), self.id, _list(kept[part.name]))

    def typed(self, name: str, kept: Kept) -> Any:
        """Return a kept value of a field in the type of its column."""
        return typed_value(type(self), name, kept) if not isinstance(kept, list) else kept

    def note_correction(
        self,
        before: Mapping[str, Kept],
        after: Mapping[str, Kept],
        *,
        reason: str,
        reason_en: str | None,
        on: date,
    ) -> None:
        """Note that what is public was corrected; tables with a history of their own write it.

        :param before: the values until now
        :param after: the values that were accepted, which the row has taken
        :param on: the site's day
        :raise Conflict: what is asked for can't happen any more
        """

    def _entries_of(self, part: Part) -> list[Entry]:
        return (
            [] if self.id is None else read_entries(_session_of(self), part, _kind(self), self.id)
        )


def language_state(row: Publishable) -> LanguageState:
    """Return which languages the texts of a row have."""
    english = [name for name in row.editable_fields if name.endswith("_en")]
    names = (*english, *(name.removesuffix("_en") for name in english))
    return language_of({name: getattr(row, name) for name in names})


def publishable_classes() -> tuple[type[Publishable], ...]:
    """Return the classes of all publishable rows, in the order of their table names."""
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    publishable = (c for c in classes if issubclass(c, Publishable))
    return tuple(sorted(publishable, key=kind_of))


def kind_of(model: type[Any]) -> str:
    """Return the kind of a publishable class: the name of its table."""
    kind: str = model.__tablename__
    return kind


def keep_values(model: type[Publishable], values: Mapping[str, object]) -> dict[str, Kept]:
    """Return values of fields and parts as a revision keeps them."""
    parts = {part.name: part for part in model.parts}
    return {
        name: tidy_entries(parts[name], _list(value)) if name in parts else plain_value(value)
        for name, value in values.items()
    }


def _kind(row: Publishable) -> str:
    return kind_of(type(row))


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _session_of(row: Publishable) -> Session:
    session = object_session(row)
    assert session is not None, "a row is read and written within a session"
    return session


class Revision(Base):
    """What a row was written to say: all its editable fields at one time, by one person.

    Revisions are only added. An autosave has no number; its author's next one takes its place.
    Who sends one back writes the answer to it.

    :ivar kind: table name of the row
    :ivar number: counts from 1 for each row; None for an autosave
    :ivar based_on: number of the revision that the author had read
    :ivar actor: account key of the author
    :ivar answer: why a second reader sent it back or declined it; None: nobody did
    """

    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("kind", "row_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    number: Mapped[int | None]
    based_on: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(String(80))
    fields: Mapped[dict[str, Kept]] = mapped_column(JSON)
    note: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)

    @property
    def is_autosave(self) -> bool:
        """Say whether it was saved by itself while somebody wrote."""
        return self.number is None


class Correction(Base):
    """What the public is told about a changed fact: corrected on a day, because.

    :ivar corrected_on: the site's day
    :ivar fields: names of the fields that changed
    """

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_kind_row_id", "kind", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    corrected_on: Mapped[date] = mapped_column(index=True)
    because: Mapped[str] = mapped_column(Text)
    because_en: Mapped[str | None] = mapped_column(Text)
    fields: Mapped[list[str]] = mapped_column(JSON)


class Deputy(Base):
    """Who answers for an absent account, from one day to another, both included."""

    __tablename__ = "deputies"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_key: Mapped[str] = mapped_column(String(80), index=True)
    deputy_key: Mapped[str] = mapped_column(String(80))
    starts_on: Mapped[date]
    ends_on: Mapped[date]


class Attachment(Base):
    """A file that belongs to a publishable row: a picture shown in its page, or a document.

    :ivar kind: table name of the row
    :ivar title: what the page calls it; None: its file's name
    """

    __tablename__ = "attachments"
    __table_args__ = (UniqueConstraint("kind", "row_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    position: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"), index=True)
    title: Mapped[str | None] = mapped_column(String(200))
    title_en: Mapped[str | None] = mapped_column(String(200))


#: The part of classes whose rows have files.
ATTACHMENTS = Part(
    "files",
    Attachment,
    ("file_id", "title", "title_en"),
    "row_id",
    kind="kind",
    position="position",
)
