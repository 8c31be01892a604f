"""letters.

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

import portal.core.crypto
import portal.core.models

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "email",
                "text_message",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("recipient", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("recipient_index", sa.String(length=64), nullable=True),
        sa.Column("context", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "retry",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("next_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("taken_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("sent_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(length=80), nullable=True),
        sa.Column("bounced_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
    )
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_letters_recipient_index"), ["recipient_index"], unique=False
        )
        batch_op.create_index("ix_letters_state_next_at", ["state", "next_at"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("letters", schema=None) as batch_op:
        batch_op.drop_index("ix_letters_state_next_at")
        batch_op.drop_index(batch_op.f("ix_letters_recipient_index"))
    op.drop_table("letters")
