"""programmes.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "chapters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapters")),
        sa.UniqueConstraint("import_key", name=op.f("uq_chapters_import_key")),
        sa.UniqueConstraint("number", name=op.f("uq_chapters_number")),
    )

    op.create_table(
        "programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
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
            ["chapter_id"], ["chapters.id"], name=op.f("fk_programmes_chapter_id_chapters")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_programmes_source_id_sources")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name=op.f("fk_programmes_unit_id_units")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programmes")),
        sa.UniqueConstraint(
            "chapter_id", "position", name=op.f("uq_programmes_chapter_id_position")
        ),
        sa.UniqueConstraint("import_key", name=op.f("uq_programmes_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_programmes_slug")),
    )
    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programmes_chapter_id"), ["chapter_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programmes_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_programmes_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_programmes_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "milestones",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.String(length=10), nullable=True),
        sa.Column("ends_on", sa.String(length=10), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_milestones_programme_id_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_milestones_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestones")),
        sa.UniqueConstraint("import_key", name=op.f("uq_milestones_import_key")),
        sa.UniqueConstraint(
            "programme_id", "position", name=op.f("uq_milestones_programme_id_position")
        ),
    )
    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_milestones_programme_id"), ["programme_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_milestones_source_id"), ["source_id"], unique=False)

    op.create_table(
        "programme_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "purpose",
                "plan",
                "result",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_lines_programme_id_programmes"),
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_programme_lines_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_lines")),
        sa.UniqueConstraint("import_key", name=op.f("uq_programme_lines_import_key")),
        sa.UniqueConstraint(
            "programme_id",
            "kind",
            "position",
            name=op.f("uq_programme_lines_programme_id_kind_position"),
        ),
    )
    with op.batch_alter_table("programme_lines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_lines_programme_id"), ["programme_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_lines_source_id"), ["source_id"], unique=False
        )

    op.create_table(
        "programme_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "session",
                "event",
                "committee",
                "unit",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_links_programme_id_programmes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_links")),
        sa.UniqueConstraint("import_key", name=op.f("uq_programme_links_import_key")),
        sa.UniqueConstraint(
            "programme_id", "position", name=op.f("uq_programme_links_programme_id_position")
        ),
    )
    with op.batch_alter_table("programme_links", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_links_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "programme_projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["budget_lines.id"],
            name=op.f("fk_programme_projects_line_id_budget_lines"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"],
            ["programmes.id"],
            name=op.f("fk_programme_projects_programme_id_programmes"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_projects")),
        sa.UniqueConstraint("import_key", name=op.f("uq_programme_projects_import_key")),
        sa.UniqueConstraint(
            "programme_id", "line_id", name=op.f("uq_programme_projects_programme_id_line_id")
        ),
    )
    with op.batch_alter_table("programme_projects", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_programme_projects_line_id"), ["line_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_programme_projects_programme_id"), ["programme_id"], unique=False
        )

    op.create_table(
        "targets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=True),
        sa.Column("period", sa.String(length=80), nullable=True),
        sa.Column("starts_on", sa.String(length=10), nullable=True),
        sa.Column("ends_on", sa.String(length=10), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("due", sa.Integer(), nullable=True),
        sa.Column("result", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("unit_en", sa.String(length=40), nullable=True),
        sa.Column("target_text", sa.Text(), nullable=True),
        sa.Column("target_text_en", sa.Text(), nullable=True),
        sa.Column("result_text", sa.Text(), nullable=True),
        sa.Column("result_text_en", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programmes.id"], name=op.f("fk_targets_programme_id_programmes")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_targets_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_targets")),
        sa.UniqueConstraint("import_key", name=op.f("uq_targets_import_key")),
        sa.UniqueConstraint(
            "programme_id", "position", name=op.f("uq_targets_programme_id_position")
        ),
    )
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_targets_programme_id"), ["programme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_targets_source_id"), ["source_id"], unique=False)


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("targets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_targets_source_id"))
        batch_op.drop_index(batch_op.f("ix_targets_programme_id"))
    op.drop_table("targets")

    with op.batch_alter_table("programme_projects", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_projects_programme_id"))
        batch_op.drop_index(batch_op.f("ix_programme_projects_line_id"))
    op.drop_table("programme_projects")

    with op.batch_alter_table("programme_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_links_programme_id"))
    op.drop_table("programme_links")

    with op.batch_alter_table("programme_lines", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_lines_source_id"))
        batch_op.drop_index(batch_op.f("ix_programme_lines_programme_id"))
    op.drop_table("programme_lines")

    with op.batch_alter_table("milestones", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_milestones_source_id"))
        batch_op.drop_index(batch_op.f("ix_milestones_programme_id"))
    op.drop_table("milestones")

    with op.batch_alter_table("programmes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programmes_unit_id"))
        batch_op.drop_index(batch_op.f("ix_programmes_state"))
        batch_op.drop_index(batch_op.f("ix_programmes_source_id"))
        batch_op.drop_index(batch_op.f("ix_programmes_chapter_id"))
    op.drop_table("programmes")

    op.drop_table("chapters")
