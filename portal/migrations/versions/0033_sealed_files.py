"""sealed files.

Revision ID: 0033
Revises: 0032
"""

import sqlalchemy as sa
from alembic import op

import portal.core.crypto
import portal.core.models

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "sealed_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_hash", sa.String(length=64), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("store_key", sa.String(length=32), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "jpg",
                "png",
                "webp",
                "pdf",
                "hwp",
                "hwpx",
                "docx",
                "xlsx",
                "txt",
                "mp3",
                "mp4",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("display_name", portal.core.crypto.EncryptedText(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", portal.core.crypto.EncryptedText(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "clean",
                "infected",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("found_words", sa.String(length=160), nullable=False),
        sa.Column("left_words", sa.String(length=160), nullable=False),
        sa.Column("expires_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "(draft_hash IS NULL) <> (owner IS NULL)", name=op.f("ck_sealed_files_belongs")
        ),
        sa.CheckConstraint(
            "(draft_hash IS NULL) = (expires_at IS NULL)", name=op.f("ck_sealed_files_expires")
        ),
        sa.CheckConstraint("position BETWEEN 1 AND 10", name=op.f("ck_sealed_files_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_files")),
        sa.UniqueConstraint(
            "draft_hash", "position", name=op.f("uq_sealed_files_draft_hash_position")
        ),
        sa.UniqueConstraint("store_key", name=op.f("uq_sealed_files_store_key")),
    )
    with op.batch_alter_table("sealed_files", schema=None) as batch_op:
        batch_op.create_index("ix_sealed_files_expires_at", ["expires_at"], unique=False)
        batch_op.create_index("ix_sealed_files_owner", ["owner"], unique=False)
        batch_op.create_index("ix_sealed_files_state", ["state"], unique=False)


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("sealed_files", schema=None) as batch_op:
        batch_op.drop_index("ix_sealed_files_state")
        batch_op.drop_index("ix_sealed_files_owner")
        batch_op.drop_index("ix_sealed_files_expires_at")

    op.drop_table("sealed_files")
