"""files.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = ("jpg", "png", "webp", "pdf", "hwp", "hwpx", "docx", "xlsx", "txt", "mp3", "mp4")
STATES = ("waiting", "ready", "refused")


def _words(words: tuple[str, ...], name: str) -> sa.Enum:
    """Return a column of words that the database checks."""
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "stored_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("store_key", sa.String(length=32), nullable=False),
        sa.Column("kind", _words(KINDS, "kind"), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("alt", sa.String(length=300), nullable=True),
        sa.Column("alt_en", sa.String(length=300), nullable=True),
        sa.Column("state", _words(STATES, "state"), nullable=False),
        sa.Column("found_words", sa.String(length=160), nullable=False),
        sa.Column("left_words", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_read_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("created_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("store_key", name=op.f("uq_stored_files_store_key")),
    )
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_files_state"), ["state"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("stored_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_files_state"))
    op.drop_table("stored_files")
