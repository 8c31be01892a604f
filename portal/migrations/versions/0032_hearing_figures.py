"""printed yearly figures of hearings.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "hearing_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "total",
                "hearings",
                "discussions",
                "online",
                "seminars",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("held >= 0", name=op.f("ck_hearing_figures_held")),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_hearing_figures_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_figures")),
        sa.UniqueConstraint("import_key", name=op.f("uq_hearing_figures_import_key")),
        sa.UniqueConstraint("year", "measure", name=op.f("uq_hearing_figures_year_measure")),
    )
    with op.batch_alter_table("hearing_figures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hearing_figures_source_id"), ["source_id"], unique=False
        )


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("hearing_figures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_figures_source_id"))
    op.drop_table("hearing_figures")
