"""hearings, their running order and speakers.

Revision ID: 0029
Revises: 0028
"""

import sqlalchemy as sa
from alembic import op

import portal.core.crypto
import portal.core.models

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "hearings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "public_hearing",
                "public_discussion",
                "online_discussion",
                "expert_seminar",
                "budget_forum",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("topic_en", sa.Text(), nullable=True),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("host", sa.String(length=200), nullable=True),
        sa.Column("host_en", sa.String(length=200), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("ordinance_id", sa.Integer(), nullable=True),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("programme_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("starts_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("ends_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("place_en", sa.String(length=200), nullable=True),
        sa.Column("directions", sa.Text(), nullable=True),
        sa.Column("directions_en", sa.Text(), nullable=True),
        sa.Column("online_url", sa.Text(), nullable=True),
        sa.Column("has_sign_language", sa.Boolean(), nullable=False),
        sa.Column("has_captions", sa.Boolean(), nullable=False),
        sa.Column("wheelchair_places", sa.Integer(), nullable=True),
        sa.Column("accessibility", sa.Text(), nullable=True),
        sa.Column("accessibility_en", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("outcome_en", sa.Text(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("response_en", sa.Text(), nullable=True),
        sa.Column("attendance", sa.Integer(), nullable=True),
        sa.Column("video_url", sa.Text(), nullable=True),
        sa.Column("minutes_url", sa.Text(), nullable=True),
        sa.Column("papers_url", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("room_pool_id", sa.Integer(), nullable=True),
        sa.Column("online_pool_id", sa.Integer(), nullable=True),
        sa.Column("sign_up_opens_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("sign_up_closes_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("opinions_open_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("opinions_close_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False),
        sa.Column("cancelled_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("cancelled_because", sa.Text(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", portal.core.models.UtcDateTime(), nullable=False),
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
        sa.ForeignKeyConstraint(["bill_id"], ["bills.id"], name=op.f("fk_hearings_bill_id_bills")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_hearings_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_hearings_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_hearings_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["online_pool_id"],
            ["place_pools.id"],
            name=op.f("fk_hearings_online_pool_id_place_pools"),
        ),
        sa.ForeignKeyConstraint(
            ["ordinance_id"], ["ordinances.id"], name=op.f("fk_hearings_ordinance_id_ordinances")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_hearings_programme_id_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["room_pool_id"], ["place_pools.id"], name=op.f("fk_hearings_room_pool_id_place_pools")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_hearings_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearings")),
        sa.UniqueConstraint("event_id", name=op.f("uq_hearings_event_id")),
        sa.UniqueConstraint("import_key", name=op.f("uq_hearings_import_key")),
        sa.UniqueConstraint("online_pool_id", name=op.f("uq_hearings_online_pool_id")),
        sa.UniqueConstraint("room_pool_id", name=op.f("uq_hearings_room_pool_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_hearings_slug")),
    )
    with op.batch_alter_table("hearings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearings_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hearings_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hearings_fiscal_year"), ["fiscal_year"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearings_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearings_member_id"), ["member_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hearings_ordinance_id"), ["ordinance_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hearings_programme_id"), ["programme_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hearings_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearings_starts_on"), ["starts_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearings_state"), ["state"], unique=False)
    op.create_table(
        "hearing_order_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("starts_time", sa.Time(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name=op.f("fk_hearing_order_items_hearing_id_hearings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_order_items")),
        sa.UniqueConstraint(
            "hearing_id", "position", name=op.f("uq_hearing_order_items_hearing_id_position")
        ),
        sa.UniqueConstraint("import_key", name=op.f("uq_hearing_order_items_import_key")),
    )
    with op.batch_alter_table("hearing_order_items", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hearing_order_items_hearing_id"), ["hearing_id"], unique=False
        )
    op.create_table(
        "hearing_speakers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "presenter",
                "discussant",
                "host",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=True),
        sa.Column("name_en", sa.String(length=80), nullable=True),
        sa.Column("affiliation", sa.String(length=160), nullable=True),
        sa.Column("affiliation_en", sa.String(length=160), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name=op.f("fk_hearing_speakers_hearing_id_hearings")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_hearing_speakers_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_speakers")),
        sa.UniqueConstraint(
            "hearing_id", "position", name=op.f("uq_hearing_speakers_hearing_id_position")
        ),
        sa.UniqueConstraint("import_key", name=op.f("uq_hearing_speakers_import_key")),
    )
    with op.batch_alter_table("hearing_speakers", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hearing_speakers_hearing_id"), ["hearing_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hearing_speakers_member_id"), ["member_id"], unique=False
        )


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("hearing_speakers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_speakers_member_id"))
        batch_op.drop_index(batch_op.f("ix_hearing_speakers_hearing_id"))
    op.drop_table("hearing_speakers")
    with op.batch_alter_table("hearing_order_items", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_order_items_hearing_id"))
    op.drop_table("hearing_order_items")
    with op.batch_alter_table("hearings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearings_state"))
        batch_op.drop_index(batch_op.f("ix_hearings_starts_on"))
        batch_op.drop_index(batch_op.f("ix_hearings_source_id"))
        batch_op.drop_index(batch_op.f("ix_hearings_programme_id"))
        batch_op.drop_index(batch_op.f("ix_hearings_ordinance_id"))
        batch_op.drop_index(batch_op.f("ix_hearings_member_id"))
        batch_op.drop_index(batch_op.f("ix_hearings_kind"))
        batch_op.drop_index(batch_op.f("ix_hearings_fiscal_year"))
        batch_op.drop_index(batch_op.f("ix_hearings_committee_id"))
        batch_op.drop_index(batch_op.f("ix_hearings_bill_id"))
    op.drop_table("hearings")
