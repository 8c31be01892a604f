"""places that can run out: pools and claims.

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

import portal.core.crypto
import portal.core.models

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "place_pools",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("held_back", sa.Integer(), nullable=False),
        sa.Column("most_party", sa.Integer(), nullable=False),
        sa.Column("hold_hours", sa.Integer(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("rest_hours", sa.Integer(), nullable=False),
        sa.Column("most_passes", sa.Integer(), nullable=False),
        sa.Column("starts_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "capacity IS NULL OR capacity >= 0", name=op.f("ck_place_pools_capacity")
        ),
        sa.CheckConstraint("held_back >= 0", name=op.f("ck_place_pools_held_back")),
        sa.CheckConstraint("most_party >= 1", name=op.f("ck_place_pools_most_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_pools")),
    )
    op.create_table(
        "place_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "held",
                "offered",
                "confirmed",
                "attended",
                "absent",
                "cancelled",
                "lapsed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("passes", sa.Integer(), nullable=False),
        sa.Column("accepted_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("since", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("offered_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("deadline_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.CheckConstraint("size >= 1", name=op.f("ck_place_claims_size")),
        sa.ForeignKeyConstraint(
            ["pool_id"], ["place_pools.id"], name=op.f("fk_place_claims_pool_id_place_pools")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_claims")),
    )
    with op.batch_alter_table("place_claims", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_place_claims_pool_id_state_number"),
            ["pool_id", "state", "number"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_place_claims_state_deadline_at"), ["state", "deadline_at"], unique=False
        )


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("place_claims", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_place_claims_state_deadline_at"))
        batch_op.drop_index(batch_op.f("ix_place_claims_pool_id_state_number"))
    op.drop_table("place_claims")
    op.drop_table("place_pools")
