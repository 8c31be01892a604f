"""ordinances: what was decided about them, and their texts.

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "ordinances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("plain_title", sa.String(length=120), nullable=True),
        sa.Column("plain_title_en", sa.String(length=120), nullable=True),
        sa.Column(
            "field",
            sa.Enum(
                "health",
                "welfare",
                "children",
                "education",
                "housing",
                "transport",
                "safety",
                "environment",
                "economy",
                "labour",
                "culture",
                "digital",
                "administration",
                name="field",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
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
            ["source_id"], ["sources.id"], name=op.f("fk_ordinances_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordinances")),
        sa.UniqueConstraint("import_key", name=op.f("uq_ordinances_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_ordinances_slug")),
    )
    with op.batch_alter_table("ordinances", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ordinances_field"), ["field"], unique=False)
        batch_op.create_index(batch_op.f("ix_ordinances_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ordinances_state"), ["state"], unique=False)

    op.create_table(
        "enactments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("ordinance_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "enacted",
                "amended",
                "rewritten",
                "by_another",
                "repealed",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column(
            "passed_nature",
            sa.Enum(
                "stated",
                "derived",
                name="passed_nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("transmitted_on", sa.Date(), nullable=True),
        sa.Column("promulgated_on", sa.Date(), nullable=True),
        sa.Column("promulgation", sa.String(length=40), nullable=True),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("session_number", sa.Integer(), nullable=True),
        sa.Column(
            "session_nature",
            sa.Enum(
                "stated",
                "derived",
                name="session_nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("proposer", sa.String(length=160), nullable=True),
        sa.Column("proposer_en", sa.String(length=160), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
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
            ["committee_id"], ["committees.id"], name=op.f("fk_enactments_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["ordinance_id"], ["ordinances.id"], name=op.f("fk_enactments_ordinance_id_ordinances")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_enactments_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enactments")),
        sa.UniqueConstraint("import_key", name=op.f("uq_enactments_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_enactments_slug")),
    )
    with op.batch_alter_table("enactments", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enactments_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enactments_kind"), ["kind"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_enactments_ordinance_id"), ["ordinance_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enactments_session_number"), ["session_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enactments_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_enactments_state"), ["state"], unique=False)

    op.create_table(
        "ordinance_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ordinance_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("promulgated_on", sa.Date(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("change", sa.String(length=40), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["ordinance_id"],
            ["ordinances.id"],
            name=op.f("fk_ordinance_versions_ordinance_id_ordinances"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordinance_versions")),
        sa.UniqueConstraint(
            "ordinance_id",
            "promulgated_on",
            "number",
            name=op.f("uq_ordinance_versions_ordinance_id_promulgated_on_number"),
        ),
    )
    with op.batch_alter_table("ordinance_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_ordinance_versions_ordinance_id"), ["ordinance_id"], unique=False
        )

    op.create_table(
        "enactment_sponsors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enactment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "lead",
                "sponsor",
                "supporter",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["enactment_id"],
            ["enactments.id"],
            name=op.f("fk_enactment_sponsors_enactment_id_enactments"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_enactment_sponsors_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enactment_sponsors")),
        sa.UniqueConstraint(
            "enactment_id", "position", name=op.f("uq_enactment_sponsors_enactment_id_position")
        ),
        sa.UniqueConstraint("import_key", name=op.f("uq_enactment_sponsors_import_key")),
    )
    with op.batch_alter_table("enactment_sponsors", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_enactment_sponsors_enactment_id"), ["enactment_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_enactment_sponsors_member_id"), ["member_id"], unique=False
        )


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("enactment_sponsors")
    op.drop_table("ordinance_versions")
    op.drop_table("enactments")
    op.drop_table("ordinances")
