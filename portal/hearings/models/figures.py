"""The table of printed figures: how many hearings a year had, as a document says."""

from datetime import date

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.models import Imported, Sourced, word_column
from portal.extensions import Base
from portal.hearings.rules.figures import Measure


class HearingFigure(Imported, Sourced, Base):
    """A printed number of hearings in a year; it is never added to what was counted here.

    :ivar held: how many took place
    :ivar as_of: the last day that it counts
    """

    __tablename__ = "hearing_figures"
    __table_args__ = (
        UniqueConstraint("year", "measure"),
        CheckConstraint("held >= 0", name="held"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    measure: Mapped[Measure] = mapped_column(word_column(Measure, "measure"))
    held: Mapped[int]
    as_of: Mapped[date]
