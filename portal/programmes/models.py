"""Tables of work programmes."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import Imported, Sourced, word_column
from portal.extensions import Base
from portal.moderation.models import Publishable
from portal.programmes.rules import LineKind, LinkKind


class Chapter(Imported, Base):
    """A chapter of the business report."""

    __tablename__ = "chapters"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str | None] = mapped_column(String(160))


class Programme(Publishable, Imported, Sourced, Base):
    """A work programme: a section of the business report.

    :ivar unit_id: the unit whose duties cover it; None when none clearly does
    """

    __tablename__ = "programmes"
    editable_fields = ("chapter_id", "position", "name", "name_en", "unit_id")
    __table_args__ = (UniqueConstraint("chapter_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapters.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)


class ProgrammeLine(Imported, Sourced, Base):
    """A line of what a programme is for, plans to do, or did."""

    __tablename__ = "programme_lines"
    __table_args__ = (UniqueConstraint("programme_id", "kind", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    kind: Mapped[LineKind] = mapped_column(word_column(LineKind, "kind"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)


class Target(Imported, Sourced, Base):
    """What a programme set out to reach, and what it has reached.

    :ivar period: the time as printed; ``starts_on`` and ``ends_on`` are partial dates of it
    :ivar target: a printed number; else ``target_text`` has the printed words
    :ivar due: how much of it was due at ``as_of``, where the period names days or quarters
    """

    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str | None] = mapped_column(String(200))
    period: Mapped[str | None] = mapped_column(String(80))
    starts_on: Mapped[str | None] = mapped_column(String(10))
    ends_on: Mapped[str | None] = mapped_column(String(10))
    as_of: Mapped[date]
    target: Mapped[int | None]
    due: Mapped[int | None]
    result: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(40))
    unit_en: Mapped[str | None] = mapped_column(String(40))
    target_text: Mapped[str | None] = mapped_column(Text)
    target_text_en: Mapped[str | None] = mapped_column(Text)
    result_text: Mapped[str | None] = mapped_column(Text)
    result_text_en: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class Milestone(Imported, Sourced, Base):
    """A dated step of a programme; ``starts_on`` and ``ends_on`` are partial dates."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str | None] = mapped_column(Text)
    starts_on: Mapped[str | None] = mapped_column(String(10))
    ends_on: Mapped[str | None] = mapped_column(String(10))


class ProgrammeProject(Imported, Base):
    """A budget line that pays for a programme."""

    __tablename__ = "programme_projects"
    __table_args__ = (UniqueConstraint("programme_id", "line_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("budget_lines.id"), index=True)


class ProgrammeLink(Imported, Base):
    """A page that a programme is related to.

    :ivar key: slug of the event, committee or unit, or number of the session
    """

    __tablename__ = "programme_links"
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"), index=True)
    position: Mapped[int]
    kind: Mapped[LinkKind] = mapped_column(word_column(LinkKind, "kind"))
    key: Mapped[str] = mapped_column(String(80))
