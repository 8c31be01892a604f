"""tries of all public forms in one table, in place of those of remarks.

Revision ID: 0027
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds; tries of the last hour are not carried over."""
    op.create_table(
        "public_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("at", portal.core.models.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_tries")),
    )
    with op.batch_alter_table("public_tries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_public_tries_kind_key_hash_at"),
            ["kind", "key_hash", "at"],
            unique=False,
        )
    op.drop_table("remark_tries")


def downgrade() -> None:
    """Take away what this step added."""
    op.create_table(
        "remark_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("at", portal.core.models.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark_tries")),
    )
    with op.batch_alter_table("remark_tries", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_remark_tries_address_hash_at"), ["address_hash", "at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_remark_tries_at"), ["at"], unique=False)
    op.drop_table("public_tries")
