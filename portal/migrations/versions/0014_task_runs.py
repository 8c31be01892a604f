"""how scheduled work went: one row a task.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "task_runs",
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("started_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("ended_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_task_runs")),
    )


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("task_runs")
