"""accounts: what Flask-Security knows an account by, a new one for each that is there.

Sessions from before end, since their cookies don't name it.

Revision ID: 0022
Revises: 0021
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_ACCOUNTS = sa.table("staff_accounts", sa.column("id"), sa.column("fs_uniquifier"))


def upgrade() -> None:
    """Add what this step adds."""
    with op.batch_alter_table("staff_accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fs_uniquifier", sa.String(length=64), nullable=True))

    for account_id in op.get_bind().scalars(sa.select(_ACCOUNTS.c.id)).all():
        given = _ACCOUNTS.update().where(_ACCOUNTS.c.id == account_id)
        op.execute(given.values(fs_uniquifier=secrets.token_hex(32)))
    op.execute(sa.table("staff_sessions").delete())
    with op.batch_alter_table("staff_accounts", schema=None) as batch_op:
        batch_op.alter_column("fs_uniquifier", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_staff_accounts_fs_uniquifier"), ["fs_uniquifier"]
        )


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("staff_accounts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_staff_accounts_fs_uniquifier"), type_="unique")
        batch_op.drop_column("fs_uniquifier")
