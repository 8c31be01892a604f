"""search: documents, what their index has to do, synonyms, and what was searched for.

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "search_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("committee", sa.String(length=80), nullable=True),
        sa.Column("until", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_documents")),
        sa.UniqueConstraint(
            "source", "key", "language", name=op.f("uq_search_documents_source_key_language")
        ),
    )
    op.create_table(
        "search_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column(
            "operation",
            sa.Enum(
                "index",
                "delete",
                name="operation",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("queued_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_tasks")),
    )
    with op.batch_alter_table("search_tasks", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_search_tasks_document_id"), ["document_id"], unique=False
        )

    op.create_table(
        "searched_terms",
        sa.Column("term_hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("term_hash", name=op.f("pk_searched_terms")),
    )
    op.create_table(
        "synonyms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonyms")),
        sa.UniqueConstraint("import_key", name=op.f("uq_synonyms_import_key")),
    )
    with op.batch_alter_table("synonyms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_synonyms_state"), ["state"], unique=False)

    op.create_table(
        "search_counts",
        sa.Column("term_hash", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_hash"],
            ["searched_terms.term_hash"],
            name=op.f("fk_search_counts_term_hash_searched_terms"),
        ),
        sa.PrimaryKeyConstraint("term_hash", "day", name=op.f("pk_search_counts")),
    )
    with op.batch_alter_table("search_counts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_counts_day"), ["day"], unique=False)


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("search_counts", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_counts_day"))

    op.drop_table("search_counts")
    with op.batch_alter_table("synonyms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_synonyms_state"))

    op.drop_table("synonyms")
    op.drop_table("searched_terms")
    with op.batch_alter_table("search_tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_tasks_document_id"))

    op.drop_table("search_tasks")
    op.drop_table("search_documents")
