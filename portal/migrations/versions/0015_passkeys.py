"""accounts: passkeys.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "staff_passkeys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.String(length=1364), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("created_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("used_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["staff_accounts.id"],
            name=op.f("fk_staff_passkeys_account_id_staff_accounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_staff_passkeys_credential_id")),
    )
    with op.batch_alter_table("staff_passkeys", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_passkeys_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "staff_used_challenges",
        sa.Column("challenge_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("challenge_hash", name=op.f("pk_staff_used_challenges")),
    )
    with op.batch_alter_table("staff_used_challenges", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_staff_used_challenges_used_at"), ["used_at"], unique=False
        )


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("staff_used_challenges")
    op.drop_table("staff_passkeys")
