"""rooms, and who has them when.

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=True),
        sa.Column("building", sa.String(length=120), nullable=True),
        sa.Column("building_en", sa.String(length=120), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("directions", sa.Text(), nullable=True),
        sa.Column("directions_en", sa.Text(), nullable=True),
        sa.Column("accessibility", sa.Text(), nullable=True),
        sa.Column("accessibility_en", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
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
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_rooms_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("import_key", name=op.f("uq_rooms_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_rooms_slug")),
    )
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rooms_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rooms_state"), ["state"], unique=False)

    op.create_table(
        "room_bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("ends_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_room_bookings_hours")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_room_bookings_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["rooms.id"], name=op.f("fk_room_bookings_room_id_rooms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_bookings")),
        sa.UniqueConstraint("event_id", name=op.f("uq_room_bookings_event_id")),
    )
    with op.batch_alter_table("room_bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_bookings_ends_at"), ["ends_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_room_bookings_room_id"), ["room_id"], unique=False)


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("room_bookings")
    op.drop_table("rooms")
