"""The mixin of every row that staff publish, and the tables of its history.

A publishable row holds what the public sees, or will see when it is published for the first time.
What is proposed for a public row waits in its newest revision until a second person accepts it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ColumnElement,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    bindparam,
    or_,
)
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.clock import business_now
from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.moderation.rules import LanguageState, PublicationState, language_of

#: A field's value as a revision keeps it.
Kept = str | int | float | bool | None


class Publishable:
    """A row with a state, the times at which it came and went, and its revisions.

    :cvar editable_fields: what staff write; every revision keeps all of them
    :cvar title_field: which of its fields names it; the English one has ``_en`` behind
    :cvar staff_endpoint: where staff work on it; takes the row's id
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
    title_field: ClassVar[str] = "name"
    staff_endpoint: ClassVar[str | None] = None

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

    def note_change(self, at: datetime) -> None:
        """Note that what the public sees of the row changed; tables that keep more say so."""

    @property
    def is_public(self) -> bool:
        """Say whether citizens may see it."""
        has_left = self.withdraw_at is not None and self.withdraw_at <= business_now()
        return self.state is PublicationState.PUBLISHED and not has_left

    @classmethod
    def is_published(cls) -> ColumnElement[bool]:
        """Return the condition under which citizens may see a row.

        A row whose time is over is hidden at once, even before the worker withdraws it.
        """
        # The time is asked when the statement runs: some statements are made once and kept.
        now = bindparam("business_now", callable_=business_now, type_=UtcDateTime)
        has_not_left = or_(cls.withdraw_at.is_(None), cls.withdraw_at > now)
        return and_(cls.state == PublicationState.PUBLISHED, has_not_left)

    def kept_values(self) -> dict[str, Kept]:
        """Return the values of the editable fields as a revision keeps them."""
        return {name: _kept(getattr(self, name)) for name in self.editable_fields}

    def take_values(self, kept: Mapping[str, Kept]) -> None:
        """Give the row the values that a revision keeps."""
        for name in self.editable_fields:
            if name in kept:
                setattr(self, name, _value(self, name, kept[name]))


def language_state(row: Publishable) -> LanguageState:
    """Return which languages the texts of a row have."""
    return language_of(row.kept_values())


def publishable_classes() -> tuple[type[Publishable], ...]:
    """Return the classes of all publishable rows, in the order of their table names."""
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    publishable = (c for c in classes if issubclass(c, Publishable))
    return tuple(sorted(publishable, key=kind_of))


def kind_of(model: type[Any]) -> str:
    """Return the kind of a publishable class: the name of its table."""
    kind: str = model.__tablename__
    return kind


def keep_values(values: Mapping[str, object]) -> dict[str, Kept]:
    """Return values of fields as a revision keeps them."""
    return {name: _kept(value) for name, value in values.items()}


def _kept(value: Any) -> Kept:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        kept: Kept = value.value
        return kept
    plain: Kept = value
    return plain


def _value(row: Publishable, name: str, kept: Kept) -> object:
    """Return a kept value in the type of its column."""
    python_type: type[Any] = type(row).__table__.columns[name].type.python_type  # type: ignore[attr-defined]
    if kept is None or isinstance(kept, python_type):
        return kept
    if issubclass(python_type, date):
        return python_type.fromisoformat(str(kept))
    return python_type(kept)


class Revision(Base):
    """What a row was written to say: all its editable fields at one time, by one person.

    Revisions are only added. An autosave has no number; its author's next one takes its place.

    :ivar kind: table name of the row
    :ivar number: counts from 1 for each row; None for an autosave
    :ivar based_on: number of the revision that the author had read
    :ivar actor: account key of the author
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
