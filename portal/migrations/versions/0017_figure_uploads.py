"""figure_uploads.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "figure_uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("taken_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "scheduled",
                "published",
                "withdrawn",
                "archived",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("published_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("publish_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("withdraw_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("submitted_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("submitted_by", sa.String(length=80), nullable=True),
        sa.Column("review_due", sa.Boolean(), nullable=False),
        sa.Column("shown_revision", sa.Integer(), nullable=False),
        sa.Column("approved_revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_uploads")),
    )
    with op.batch_alter_table("figure_uploads", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_uploads_path"), ["path"], unique=False)
        batch_op.create_index(batch_op.f("ix_figure_uploads_state"), ["state"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("figure_uploads", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_uploads_state"))
        batch_op.drop_index(batch_op.f("ix_figure_uploads_path"))
    op.drop_table("figure_uploads")
