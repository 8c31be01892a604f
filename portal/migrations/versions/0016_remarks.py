"""remarks and their tries.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

import portal.core.crypto
import portal.core.models

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("page", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("wrong", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("should_say", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("email", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("sent_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "answered",
                "closed",
                "hidden",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column(
            "hidden_because",
            sa.Enum(
                "abuse",
                "spam",
                name="hidden_because",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("erased_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarks")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_remarks_key_hash")),
    )
    with op.batch_alter_table("remarks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remarks_page"), ["page"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_remarks_state_sent_at"), ["state", "sent_at"], unique=False
        )

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


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("remark_tries")
    op.drop_table("remarks")
