"""The table of applications of committees and members' offices for a hearing."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import UtcDateTime, word_column
from portal.extensions import Base
from portal.hearings.rules.applications import ApplicationState
from portal.hearings.rules.kinds import HearingKind


class Application(Base):
    """What a committee or a member asks the secretariat for (개최 신청).

    :ivar committee_id: whose it is; or ``member_id``: one of the two
    :ivar wanted_won: support that is asked for, with the business expenses
    :ivar granted_won: what was approved; None: not decided
    :ivar spent_won: what was spent, once it was settled
    :ivar plenary_because: why it may be on a day of a plenary sitting
    :ivar answer: words of who decided
    :ivar hearing_id: the hearing that came of it
    """

    __tablename__ = "hearing_applications"
    __table_args__ = (Index(None, "state", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[HearingKind] = mapped_column(word_column(HearingKind, "kind"))
    title: Mapped[str] = mapped_column(String(300))
    topic: Mapped[str] = mapped_column(Text)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committees.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    bill_id: Mapped[int | None] = mapped_column(ForeignKey("bills.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    people: Mapped[int | None]
    wanted_won: Mapped[int] = mapped_column(BigInteger)
    wanted_business_won: Mapped[int] = mapped_column(BigInteger)
    plenary_because: Mapped[str | None] = mapped_column(Text)
    state: Mapped[ApplicationState] = mapped_column(word_column(ApplicationState, "state"))
    sent_by: Mapped[str] = mapped_column(String(80))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[str | None] = mapped_column(String(80))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    granted_won: Mapped[int | None] = mapped_column(BigInteger)
    granted_business_won: Mapped[int | None] = mapped_column(BigInteger)
    spent_won: Mapped[int | None] = mapped_column(BigInteger)
    spent_business_won: Mapped[int | None] = mapped_column(BigInteger)
    settled_by: Mapped[str | None] = mapped_column(String(80))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    hearing_id: Mapped[int | None] = mapped_column(ForeignKey("hearings.id"), unique=True)
