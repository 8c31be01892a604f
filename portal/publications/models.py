"""Tables of publications."""

from datetime import date

from sqlalchemy import ColumnElement, ForeignKey, String, Text, UniqueConstraint, or_
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import Imported, Sourced, word_column
from portal.extensions import Base
from portal.moderation.models import ATTACHMENTS, Kept, Publishable
from portal.moderation.parts import Part
from portal.publications.rules import BORN_HERE, EditionFormat, PublicationKind


class Edition(Imported, Sourced, Base):
    """A publication in one format.

    :ivar copies: how many copies, episodes or pieces the source counts; None: not printed
    :ivar address: where it can be read, heard or watched; None: not known
    """

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("publication_id", "format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"), index=True)
    format: Mapped[EditionFormat] = mapped_column(word_column(EditionFormat, "format"))
    copies: Mapped[int | None]
    unit: Mapped[str | None] = mapped_column(String(40))
    unit_en: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(Text)


class Publication(Publishable, Imported, Sourced, Base):
    """Something the council has published, or has announced that it will.

    One row stands for several issues where the source counts them together.

    :ivar issued: partial date at which it came out, or is to come out; None: not known
    :ivar is_planned: it was announced only
    :ivar body: Markdown; None where only the fact of the publication is known
    :ivar programme: address (slug) of the work programme it belongs to
    :ivar committee: address (slug) of the committee it is about
    """

    __tablename__ = "publications"
    editable_fields = (
        "kind",
        "title",
        "title_en",
        "summary",
        "summary_en",
        "body",
        "body_en",
        "issued",
        "is_planned",
        "programme",
        "committee",
    )
    parts = (
        Part(
            "editions",
            Edition,
            ("format", "copies", "unit", "unit_en", "address"),
            "publication_id",
        ),
        ATTACHMENTS,
    )
    title_field = "title"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[PublicationKind] = mapped_column(word_column(PublicationKind, "kind"), index=True)
    title: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str | None] = mapped_column(String(300))
    summary: Mapped[str | None] = mapped_column(Text)
    summary_en: Mapped[str | None] = mapped_column(Text)
    body: Mapped[str | None] = mapped_column(Text)
    body_en: Mapped[str | None] = mapped_column(Text)
    issued: Mapped[str | None] = mapped_column(String(10), index=True)
    is_planned: Mapped[bool] = mapped_column(default=False)
    programme: Mapped[str | None] = mapped_column(String(80), index=True)
    committee: Mapped[str | None] = mapped_column(String(80), index=True)

    @classmethod
    def is_known(cls, today: date) -> ColumnElement[bool]:
        """Return the condition that it is out on a day, or was announced before it."""
        # A partial date sorts as text: before all days of its month or year.
        return or_(cls.is_planned, cls.issued.is_(None), cls.issued <= today.isoformat())

    def values_when_published(self, on: date) -> dict[str, Kept]:
        """Return the day as the one on which it came out, where it comes out here."""
        is_undated = self.issued is None and not self.is_planned
        return {"issued": on.isoformat()} if is_undated and self.kind in BORN_HERE else {}
