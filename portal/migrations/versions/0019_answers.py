"""answers: what a second reader tells the author of what is sent back.

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("revisions", schema=None) as batch_op:
        batch_op.drop_column("answer")
