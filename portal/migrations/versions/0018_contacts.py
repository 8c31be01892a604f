"""contacts: units of the secretariat are published by two people.

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from portal.core.clock import real_now
from portal.core.models import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

STATES = ("draft", "in_review", "scheduled", "published", "withdrawn", "archived")
NEEDED = {
    "state": sa.String(length=40),
    "review_due": sa.Boolean(),
    "shown_revision": sa.Integer(),
    "approved_revision": sa.Integer(),
}
MOMENTS = ("published_at", "withdrawn_at", "publish_at", "withdraw_at", "submitted_at")


def upgrade() -> None:
    """Add what this step adds; the units that were public stay so."""
    with op.batch_alter_table("units", schema=None) as batch_op:
        for name, kind in NEEDED.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        for name in MOMENTS:
            batch_op.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("submitted_by", sa.String(length=80), nullable=True))
    units = sa.table(
        "units",
        sa.column("published_at", UtcDateTime()),
        *(sa.column(name, kind) for name, kind in NEEDED.items()),
    )
    op.execute(
        units.update().values(
            state="published",
            review_due=False,
            shown_revision=0,
            approved_revision=0,
            published_at=real_now(),
        )
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        for name, kind in NEEDED.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        words = ", ".join(f"'{state}'" for state in STATES)
        batch_op.create_check_constraint(op.f("ck_units_state"), f"state IN ({words})")
        batch_op.create_index(batch_op.f("ix_units_state"), ["state"], unique=False)


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_state"))
        batch_op.drop_constraint(op.f("ck_units_state"), type_="check")
        for name in (*NEEDED, *MOMENTS, "submitted_by"):
            batch_op.drop_column(name)
