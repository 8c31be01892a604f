"""days off: changes of the holidays are published by two people.

Revision ID: 0020
Revises: 0019
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_STATES = ("draft", "in_review", "scheduled", "published", "withdrawn", "archived")
_STATE = sa.Enum(*_STATES, name="state", native_enum=False, create_constraint=False, length=40)
_MOMENT = portal.core.models.UtcDateTime()
_NEEDED = {"state": _STATE, "review_due": sa.Boolean(), "shown_revision": sa.Integer()}
_NEEDED |= {"approved_revision": sa.Integer()}
_OPTIONAL = {"published_at": _MOMENT, "withdrawn_at": _MOMENT, "publish_at": _MOMENT}
_OPTIONAL |= {"withdraw_at": _MOMENT, "submitted_at": _MOMENT}
_OPTIONAL |= {"submitted_by": sa.String(length=80)}


def upgrade() -> None:
    """Add the states; what an import brought before is public."""
    with op.batch_alter_table("holiday_changes", schema=None) as batch_op:
        for name, kind in (_NEEDED | _OPTIONAL).items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
    columns = [sa.column(name, kind) for name, kind in (_NEEDED | _OPTIONAL).items()]
    op.execute(
        sa.table("holiday_changes", *columns)
        .update()
        .values(
            state="published",
            published_at=datetime.now(UTC),
            review_due=False,
            shown_revision=0,
            approved_revision=0,
        )
    )
    with op.batch_alter_table("holiday_changes", schema=None) as batch_op:
        for name, kind in _NEEDED.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_holiday_changes_state"), sa.column("state").in_(_STATES)
        )
        batch_op.create_index(batch_op.f("ix_holiday_changes_state"), ["state"], unique=False)


def downgrade() -> None:
    """Take the states away, and what is not public with them: every change left would count."""
    changes = sa.table("holiday_changes", sa.column("state"))
    op.execute(changes.delete().where(changes.c.state != "published"))
    with op.batch_alter_table("holiday_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_holiday_changes_state"))
        batch_op.drop_constraint(batch_op.f("ck_holiday_changes_state"), type_="check")
        for name in _NEEDED | _OPTIONAL:
            batch_op.drop_column(name)
