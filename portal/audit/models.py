"""The table of audit lines, and the head of their chain.

No migration may rebuild ``audit_lines`` in a batch: the copy would lose the triggers of revision
0008 that refuse to change or delete a line. A test looks for both.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.audit.rules import FIRST_HASH
from portal.core.models import UtcDateTime
from portal.extensions import Base


class AuditLine(Base):
    """One deed. Rows are added by ``portal.audit.services`` alone.

    :ivar number: from 1, without gaps, in the order of commits
    :ivar at: real time of the deed; a long transaction's may lie before its neighbours'
    :ivar origin: the network it was done from, or ``command line``
    :ivar before: JSON object of short texts, in the canonical form of ``portal.audit.rules``
    :ivar previous_hash: hash of the line before
    """

    __tablename__ = "audit_lines"
    __table_args__ = (Index(None, "kind", "row_id"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor: Mapped[str] = mapped_column(String(80), index=True)
    origin: Mapped[str] = mapped_column(String(80))
    deed: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[str] = mapped_column(String(80))
    row_id: Mapped[str] = mapped_column(String(80))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain, in one row that is locked last before a commit."""

    __tablename__ = "audit_heads"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(Integer, default=0)
    hash: Mapped[str] = mapped_column(String(64), default=FIRST_HASH)
