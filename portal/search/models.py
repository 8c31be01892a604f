"""Tables of documents, of what their index still has to do, and of what staff say about words."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import Imported, UtcDateTime, word_column
from portal.extensions import Base
from portal.moderation.models import Publishable
from portal.search.rules import Operation


class SearchDocument(Base):
    """A published text in one language, written in the transaction that published it.

    What a page shows of a result is read here; a row that is gone is shown no more, whatever an
    index still says.

    :ivar source: table of the row it is made of; ``pages`` for those that templates hold
    :ivar called: words by which it is found, too, and which are never shown
    :ivar version: of all its values: the same for the same ones, so an index can be compared
    :ivar until: from then on it is public no longer
    """

    __tablename__ = "search_documents"
    __table_args__ = (UniqueConstraint("source", "key", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(160))
    language: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    called: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text)
    day: Mapped[date | None]
    committee: Mapped[str | None] = mapped_column(String(80))
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(BigInteger)


class IndexTask(Base):
    """Something the index still has to do; the worker does it and takes the row away.

    :ivar version: of the document when the row was written
    """

    __tablename__ = "search_tasks"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    document_id: Mapped[int] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(BigInteger)
    operation: Mapped[Operation] = mapped_column(word_column(Operation, "operation"))
    queued_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SynonymGroup(Publishable, Imported, Base):
    """Words that mean the same; whoever searches for one finds the others.

    :ivar words: separated by commas, Korean and English ones together
    """

    __tablename__ = "synonyms"
    title_field = "words"
    editable_fields = ("words",)

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)


class SearchedTerm(Base):
    """Something that was searched for; nobody knows by whom.

    :ivar term_hash: keyed hash of it, by which it is counted
    :ivar text: kept from the third separate day on; None before, and always None for what looks
        personal
    """

    __tablename__ = "searched_terms"

    term_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    text: Mapped[str | None] = mapped_column(String(80))


class SearchCount(Base):
    """How often something was searched for on a day, and how often in vain."""

    __tablename__ = "search_counts"

    term_hash: Mapped[str] = mapped_column(ForeignKey("searched_terms.term_hash"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    times: Mapped[int]
    misses: Mapped[int]
