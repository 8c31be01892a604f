"""Column types and mixins for every table, and the tables that say where facts come from."""

from datetime import UTC, date, datetime

from sqlalchemy import (
    Boolean,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Integer,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from portal.extensions import Base


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC on every database.

    :raise ValueError: a time without a zone was given
    """

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware time into a naive one in UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without a zone can't be stored; use portal.core.clock")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back to what the database kept."""
        return value.replace(tzinfo=UTC) if value else None


def word_column(words: type, name: str) -> Enum:
    """Return a column type for an enumeration, kept as its words and checked by the database."""
    return Enum(
        words,
        name=name,
        native_enum=False,
        length=40,
        create_constraint=True,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


class Imported:
    """A row that an import may write again.

    :ivar import_key: the row's key in its file; empty for rows made by hand
    :ivar import_digest: digest of the values the last import wrote; other values are a person's
    """

    import_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    import_digest: Mapped[str | None] = mapped_column(String(64))

    def note_import(self, at: datetime, *, is_new: bool) -> None:
        """Note that an import wrote the row; tables that keep more say so."""


class Source(Imported, Base):
    """A document that facts were taken from."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str | None] = mapped_column(Text)
    accessed: Mapped[str | None] = mapped_column(String(10))


class Sourced:
    """A row that says which document states it, and where in it.

    :ivar locator: place in the document, such as ``L651`` for a line
    """

    locator: Mapped[str | None] = mapped_column(String(80))

    @declared_attr
    @classmethod
    def source_id(cls) -> Mapped[int | None]:
        """Point to the document."""
        return mapped_column(ForeignKey("sources.id"), index=True)

    @declared_attr
    @classmethod
    def source(cls) -> Mapped[Source | None]:
        """Give the document; a table may point to others besides."""
        return relationship(Source, lazy="raise", foreign_keys=f"{cls.__name__}.source_id")


class SiteState(Base):
    """One remembered value of the whole site, such as the day it stands on."""

    __tablename__ = "site_states"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ImportedFile(Base):
    """A data file as it was when it was imported last."""

    __tablename__ = "imported_files"

    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    checksum: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Coverage(Base):
    """How much of one kind of data is known.

    :ivar total: how many there are in the world; None when nobody knows
    """

    __tablename__ = "coverages"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(String(120))
    label_en: Mapped[str | None] = mapped_column(String(120))
    known: Mapped[int] = mapped_column(Integer)
    total: Mapped[int | None] = mapped_column(Integer)
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    unknown: Mapped[str | None] = mapped_column(Text)
    unknown_en: Mapped[str | None] = mapped_column(Text)
    sources: Mapped[int] = mapped_column(Integer)


class DataCheck(Base):
    """A printed figure and what its parts give, as the last import found them.

    :ivar printed: the figure as printed; None when the statement is only a sentence
    :ivar computed: sum of the parts; None when there are none
    """

    __tablename__ = "data_checks"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    statement: Mapped[str] = mapped_column(Text)
    statement_en: Mapped[str | None] = mapped_column(Text)
    printed: Mapped[int | None] = mapped_column(Integer)
    computed: Mapped[int | None] = mapped_column(Integer)
    unit: Mapped[str | None] = mapped_column(String(40))
    agrees: Mapped[bool] = mapped_column(Boolean)
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    locator: Mapped[str | None] = mapped_column(String(80))
