"""sources.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "content_versions",
        sa.Column("scope", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_content_versions")),
    )

    op.create_table(
        "coverages",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=True),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("unknown", sa.Text(), nullable=True),
        sa.Column("unknown_en", sa.Text(), nullable=True),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_coverages")),
    )

    op.create_table(
        "imported_files",
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("imported_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_imported_files")),
    )

    op.create_table(
        "site_states",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_site_states")),
    )

    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("accessed", sa.String(length=10), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("import_key", name=op.f("uq_sources_import_key")),
        sa.UniqueConstraint("key", name=op.f("uq_sources_key")),
    )

    op.create_table(
        "data_checks",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("statement_en", sa.Text(), nullable=True),
        sa.Column("printed", sa.Integer(), nullable=True),
        sa.Column("computed", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_data_checks_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_data_checks")),
    )

    op.create_table(
        "holiday_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=True),
        sa.Column("change", sa.String(length=10), nullable=False),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_holiday_changes_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday_changes")),
        sa.UniqueConstraint("import_key", name=op.f("uq_holiday_changes_import_key")),
        sa.UniqueConstraint("on", name=op.f("uq_holiday_changes_on")),
    )
    with op.batch_alter_table("holiday_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_holiday_changes_source_id"), ["source_id"], unique=False
        )


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("holiday_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_holiday_changes_source_id"))
    op.drop_table("holiday_changes")

    op.drop_table("data_checks")

    op.drop_table("sources")

    op.drop_table("site_states")

    op.drop_table("imported_files")

    op.drop_table("coverages")

    op.drop_table("content_versions")
