"""budget.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "budget_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "total",
                "group",
                "programme",
                "project",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("items", sa.Text(), nullable=True),
        sa.Column("items_en", sa.Text(), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["budget_lines.id"], name=op.f("fk_budget_lines_parent_id_budget_lines")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_budget_lines_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_lines")),
        sa.UniqueConstraint("import_key", name=op.f("uq_budget_lines_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_budget_lines_slug")),
    )
    with op.batch_alter_table("budget_lines", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_lines_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_budget_lines_source_id"), ["source_id"], unique=False)

    op.create_table(
        "fiscal_years",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_on", sa.Date(), nullable=True),
        sa.Column("population_source_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["population_source_id"],
            ["sources.id"],
            name=op.f("fk_fiscal_years_population_source_id_sources"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_fiscal_years_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fiscal_years")),
        sa.UniqueConstraint("import_key", name=op.f("uq_fiscal_years_import_key")),
        sa.UniqueConstraint("year", name=op.f("uq_fiscal_years_year")),
    )
    with op.batch_alter_table("fiscal_years", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fiscal_years_population_source_id"),
            ["population_source_id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_fiscal_years_source_id"), ["source_id"], unique=False)

    op.create_table(
        "bridge_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "original",
                "carried_over",
                "deemed",
                "supplementary",
                "current",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("amount_won", sa.BigInteger(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "won",
                "thousand",
                "million",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_bridge_steps_source_id_sources")
        ),
        sa.ForeignKeyConstraint(
            ["year_id"], ["fiscal_years.id"], name=op.f("fk_bridge_steps_year_id_fiscal_years")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bridge_steps")),
        sa.UniqueConstraint("import_key", name=op.f("uq_bridge_steps_import_key")),
        sa.UniqueConstraint("year_id", "position", name=op.f("uq_bridge_steps_year_id_position")),
    )
    with op.batch_alter_table("bridge_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bridge_steps_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bridge_steps_year_id"), ["year_id"], unique=False)

    op.create_table(
        "executions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "won",
                "thousand",
                "million",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("current_won", sa.BigInteger(), nullable=False),
        sa.Column("committed_won", sa.BigInteger(), nullable=True),
        sa.Column("committed_rate", sa.Integer(), nullable=True),
        sa.Column("spent_won", sa.BigInteger(), nullable=False),
        sa.Column("spent_rate", sa.Integer(), nullable=True),
        sa.Column("planned_won", sa.BigInteger(), nullable=True),
        sa.Column("planned_rate", sa.Integer(), nullable=True),
        sa.Column(
            "planned_is",
            sa.Enum(
                "additional",
                "cumulative",
                "unclear",
                name="planned_is",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("remaining_won", sa.BigInteger(), nullable=True),
        sa.Column("remaining_reason", sa.String(length=200), nullable=True),
        sa.Column("remaining_reason_en", sa.String(length=200), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "current_won >= 0 AND spent_won >= 0", name=op.f("ck_executions_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["budget_lines.id"], name=op.f("fk_executions_line_id_budget_lines")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_executions_source_id_sources")
        ),
        sa.ForeignKeyConstraint(
            ["year_id"], ["fiscal_years.id"], name=op.f("fk_executions_year_id_fiscal_years")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executions")),
        sa.UniqueConstraint("import_key", name=op.f("uq_executions_import_key")),
        sa.UniqueConstraint(
            "line_id", "year_id", "as_of", name=op.f("uq_executions_line_id_year_id_as_of")
        ),
    )
    with op.batch_alter_table("executions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_executions_line_id"), ["line_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_executions_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_executions_year_id"), ["year_id"], unique=False)

    op.create_table(
        "revenue_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("amount_won", sa.BigInteger(), nullable=False),
        sa.Column(
            "unit",
            sa.Enum(
                "won",
                "thousand",
                "million",
                name="unit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_revenue_items_source_id_sources")
        ),
        sa.ForeignKeyConstraint(
            ["year_id"], ["fiscal_years.id"], name=op.f("fk_revenue_items_year_id_fiscal_years")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revenue_items")),
        sa.UniqueConstraint("import_key", name=op.f("uq_revenue_items_import_key")),
        sa.UniqueConstraint("year_id", "position", name=op.f("uq_revenue_items_year_id_position")),
    )
    with op.batch_alter_table("revenue_items", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revenue_items_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revenue_items_year_id"), ["year_id"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("revenue_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_revenue_items_year_id"))
        batch_op.drop_index(batch_op.f("ix_revenue_items_source_id"))
    op.drop_table("revenue_items")

    with op.batch_alter_table("executions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_executions_year_id"))
        batch_op.drop_index(batch_op.f("ix_executions_source_id"))
        batch_op.drop_index(batch_op.f("ix_executions_line_id"))
    op.drop_table("executions")

    with op.batch_alter_table("bridge_steps", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bridge_steps_year_id"))
        batch_op.drop_index(batch_op.f("ix_bridge_steps_source_id"))
    op.drop_table("bridge_steps")

    with op.batch_alter_table("fiscal_years", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fiscal_years_source_id"))
        batch_op.drop_index(batch_op.f("ix_fiscal_years_population_source_id"))
    op.drop_table("fiscal_years")

    with op.batch_alter_table("budget_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_lines_source_id"))
        batch_op.drop_index(batch_op.f("ix_budget_lines_parent_id"))
    op.drop_table("budget_lines")
