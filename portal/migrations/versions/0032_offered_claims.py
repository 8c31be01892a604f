"""when places were offered to a claim that waited.

Revision ID: 0032
Revises: 0031
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    with op.batch_alter_table("place_claims", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("offered_at", portal.core.models.UtcDateTime(), nullable=True)
        )


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("place_claims", schema=None) as batch_op:
        batch_op.drop_column("offered_at")
