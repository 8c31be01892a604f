"""bills: their steps and sponsors, and what they cost.

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "support_programmes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("programme", sa.String(length=80), nullable=False),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_programmes")),
        sa.UniqueConstraint("import_key", name=op.f("uq_support_programmes_import_key")),
        sa.UniqueConstraint("programme", name=op.f("uq_support_programmes_programme")),
    )
    op.create_table(
        "cost_years",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=21), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("estimates", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Integer(), nullable=False),
        sa.Column("small", sa.Integer(), nullable=True),
        sa.Column("declaratory", sa.Integer(), nullable=True),
        sa.Column("none", sa.Integer(), nullable=False),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_cost_years_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cost_years")),
        sa.UniqueConstraint("import_key", name=op.f("uq_cost_years_import_key")),
        sa.UniqueConstraint("period", name=op.f("uq_cost_years_period")),
    )
    with op.batch_alter_table("cost_years", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cost_years_source_id"), ["source_id"], unique=False)

    op.create_table(
        "bills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("title_en", sa.String(length=300), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "ordinance",
                "budget",
                "settlement",
                "consent",
                "opinion",
                "resolution",
                "petition",
                "election",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("session_number", sa.Integer(), nullable=True),
        sa.Column(
            "proposed_by",
            sa.Enum(
                "members",
                "committee",
                "mayor",
                "superintendent",
                "citizens",
                name="proposed_by",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("proposer", sa.String(length=160), nullable=True),
        sa.Column("proposer_en", sa.String(length=160), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("summary_en", sa.Text(), nullable=True),
        sa.Column("amount", sa.String(length=200), nullable=True),
        sa.Column("amount_en", sa.String(length=200), nullable=True),
        sa.Column(
            "cost_category",
            sa.Enum(
                "estimate",
                "reason_1",
                "reason_2",
                "none",
                name="cost_category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("cost_yearly_won", sa.BigInteger(), nullable=True),
        sa.Column("cost_once_won", sa.BigInteger(), nullable=True),
        sa.Column("ordinance_id", sa.Integer(), nullable=True),
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
            ["ordinance_id"], ["ordinances.id"], name=op.f("fk_bills_ordinance_id_ordinances")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_bills_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bills")),
        sa.UniqueConstraint("import_key", name=op.f("uq_bills_import_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_bills_slug")),
    )
    with op.batch_alter_table("bills", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bills_kind"), ["kind"], unique=False)
        batch_op.create_index(
            "ix_bills_listed",
            ["state", "session_number", "number", "id", "withdraw_at", "kind"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_bills_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_bills_ordinance_id"), ["ordinance_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_bills_session_number"), ["session_number"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bills_source_id"), ["source_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bills_state"), ["state"], unique=False)
        batch_op.create_index("ix_bills_state_withdraw_at", ["state", "withdraw_at"], unique=False)

    op.create_table(
        "bill_sponsors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
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
            ["bill_id"], ["bills.id"], name=op.f("fk_bill_sponsors_bill_id_bills")
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_bill_sponsors_member_id_members")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_sponsors")),
        sa.UniqueConstraint("bill_id", "position", name=op.f("uq_bill_sponsors_bill_id_position")),
        sa.UniqueConstraint("import_key", name=op.f("uq_bill_sponsors_import_key")),
    )
    with op.batch_alter_table("bill_sponsors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bill_sponsors_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bill_sponsors_member_id"), ["member_id"], unique=False)

    op.create_table(
        "bill_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "proposed",
                "received",
                "referred",
                "laid",
                "reviewed",
                "plenary",
                "transmitted",
                "reconsidered",
                "promulgated",
                "withdrawn",
                "lapsed",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column(
            "nature",
            sa.Enum(
                "stated",
                "derived",
                name="nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column(
            "result",
            sa.Enum(
                "passed",
                "amended",
                "alternative",
                "rejected",
                "not_forwarded",
                "continued",
                name="result",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("abstained", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("import_key", sa.String(length=160), nullable=True),
        sa.Column("import_digest", sa.String(length=64), nullable=True),
        sa.Column("locator", sa.String(length=80), nullable=True),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["bills.id"], name=op.f("fk_bill_steps_bill_id_bills")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committees.id"], name=op.f("fk_bill_steps_committee_id_committees")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["events.id"], name=op.f("fk_bill_steps_event_id_events")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["sources.id"], name=op.f("fk_bill_steps_source_id_sources")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill_steps")),
        sa.UniqueConstraint("bill_id", "position", name=op.f("uq_bill_steps_bill_id_position")),
        sa.UniqueConstraint("import_key", name=op.f("uq_bill_steps_import_key")),
    )
    with op.batch_alter_table("bill_steps", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bill_steps_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(
            "ix_bill_steps_bill_id_kind_result_on",
            ["bill_id", "kind", "result", "on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_bill_steps_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bill_steps_event_id"), ["event_id"], unique=False)
        batch_op.create_index(
            "ix_bill_steps_kind_on_bill_id", ["kind", "on", "bill_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_bill_steps_on"), ["on"], unique=False)
        batch_op.create_index(batch_op.f("ix_bill_steps_source_id"), ["source_id"], unique=False)


def downgrade() -> None:
    """Take away what this step added."""
    op.drop_table("bill_steps")
    op.drop_table("bill_sponsors")
    op.drop_table("bills")
    op.drop_table("cost_years")
    op.drop_table("support_programmes")
