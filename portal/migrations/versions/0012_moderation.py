"""moderation: revisions, corrections, deputies.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint(
            "kind", "row_id", "number", name=op.f("uq_revisions_kind_row_id_number")
        ),
    )

    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("corrected_on", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("because_en", sa.Text(), nullable=True),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    with op.batch_alter_table("corrections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_corrections_corrected_on"), ["corrected_on"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_corrections_kind_row_id"), ["kind", "row_id"], unique=False
        )

    op.create_table(
        "deputies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_key", sa.String(length=80), nullable=False),
        sa.Column("deputy_key", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputies")),
    )
    with op.batch_alter_table("deputies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deputies_account_key"), ["account_key"], unique=False)


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("deputies")
    op.drop_table("corrections")
    op.drop_table("revisions")
