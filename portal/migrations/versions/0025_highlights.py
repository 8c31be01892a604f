"""highlights: collections of them, and the hard words of summaries.

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "hard_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("plainer", sa.String(length=120), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hard_words")),
        sa.UniqueConstraint("import_key", name=op.f("uq_hard_words_import_key")),
        sa.UniqueConstraint("word", name=op.f("uq_hard_words_word")),
    )
    with op.batch_alter_table("hard_words", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hard_words_state"), ["state"], unique=False)

    op.create_table(
        "highlight_collections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
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
            ["source_id"], ["sources.id"], name=op.f("fk_highlight_collections_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_highlight_collections")),
        sa.UniqueConstraint("import_key", name=op.f("uq_highlight_collections_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_highlight_collections_slug")),
    )
    with op.batch_alter_table("highlight_collections", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_highlight_collections_source_id"), ["source_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_highlight_collections_state"), ["state"], unique=False)

    op.create_table(
        "highlights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("ordinance_id", sa.Integer(), nullable=False),
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=300), nullable=False),
        sa.Column("effect_en", sa.String(length=300), nullable=True),
        sa.Column("affected", sa.String(length=160), nullable=True),
        sa.Column("affected_en", sa.String(length=160), nullable=True),
        sa.Column("since", sa.String(length=10), nullable=True),
        sa.Column("script", sa.Text(), nullable=True),
        sa.Column("script_en", sa.Text(), nullable=True),
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
            ["collection_id"],
            ["highlight_collections.id"],
            name=op.f("fk_highlights_collection_id_highlight_collections"),
        ),
        sa.ForeignKeyConstraint(
            ["ordinance_id"], ["ordinances.id"], name=op.f("fk_highlights_ordinance_id_ordinances")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_highlights_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_highlights")),
        sa.UniqueConstraint("import_key", name=op.f("uq_highlights_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_highlights_slug")),
    )
    with op.batch_alter_table("highlights", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_highlights_collection_id"), ["collection_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_highlights_ordinance_id"), ["ordinance_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_highlights_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_highlights_state"), ["state"], unique=False)


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("highlights")
    op.drop_table("highlight_collections")
    op.drop_table("hard_words")
