"""Tables of the budget."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.budget.rules import LineKind, PlannedMeaning, StepNature, Unit
from portal.core.models import Imported, Sourced, word_column
from portal.extensions import Base


class FiscalYear(Imported, Sourced, Base):
    """A year whose budget is published.

    :ivar population: people for whom the money is spent, at ``population_on``; None: not known
    """

    __tablename__ = "fiscal_years"

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(unique=True)
    population: Mapped[int | None]
    population_on: Mapped[date | None]
    population_source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"), index=True)
    note: Mapped[str | None] = mapped_column(Text)
    note_en: Mapped[str | None] = mapped_column(Text)


class BudgetLine(Imported, Sourced, Base):
    """A line of the budget: the total, a group, a programme or a project.

    :ivar parent_id: the line it is part of; None when the source assigns it to none
    :ivar items: what the source lists under it
    """

    __tablename__ = "budget_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[LineKind] = mapped_column(word_column(LineKind, "kind"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("budget_lines.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str | None] = mapped_column(String(160))
    items: Mapped[str | None] = mapped_column(Text)
    items_en: Mapped[str | None] = mapped_column(Text)


class Execution(Imported, Sourced, Base):
    """What a line had, had committed and had spent at a date, as printed.

    Amounts are won; ``unit`` is the one they are printed in. Rates are hundredths of a percent.
    """

    __tablename__ = "executions"
    __table_args__ = (
        UniqueConstraint("line_id", "year_id", "as_of"),
        CheckConstraint("current_won >= 0 AND spent_won >= 0", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("budget_lines.id"), index=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_years.id"), index=True)
    as_of: Mapped[date]
    unit: Mapped[Unit] = mapped_column(word_column(Unit, "unit"))
    current_won: Mapped[int] = mapped_column(BigInteger)
    committed_won: Mapped[int | None] = mapped_column(BigInteger)
    committed_rate: Mapped[int | None]
    spent_won: Mapped[int] = mapped_column(BigInteger)
    spent_rate: Mapped[int | None]
    planned_won: Mapped[int | None] = mapped_column(BigInteger)
    planned_rate: Mapped[int | None]
    planned_is: Mapped[PlannedMeaning | None] = mapped_column(
        word_column(PlannedMeaning, "planned_is")
    )
    remaining_won: Mapped[int | None] = mapped_column(BigInteger)
    remaining_reason: Mapped[str | None] = mapped_column(String(200))
    remaining_reason_en: Mapped[str | None] = mapped_column(String(200))


class BridgeStep(Imported, Sourced, Base):
    """A step from the original budget of a year to its current one.

    :ivar number: which supplementary budget it is; None for other steps
    """

    __tablename__ = "bridge_steps"
    __table_args__ = (UniqueConstraint("year_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_years.id"), index=True)
    position: Mapped[int]
    nature: Mapped[StepNature] = mapped_column(word_column(StepNature, "nature"))
    number: Mapped[int | None]
    amount_won: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[Unit] = mapped_column(word_column(Unit, "unit"))
    label: Mapped[str] = mapped_column(String(120))
    label_en: Mapped[str | None] = mapped_column(String(120))


class RevenueItem(Imported, Sourced, Base):
    """What the council takes in during a year."""

    __tablename__ = "revenue_items"
    __table_args__ = (UniqueConstraint("year_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year_id: Mapped[int] = mapped_column(ForeignKey("fiscal_years.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str | None] = mapped_column(String(160))
    amount_won: Mapped[int] = mapped_column(BigInteger)
    unit: Mapped[Unit] = mapped_column(word_column(Unit, "unit"))
