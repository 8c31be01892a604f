"""opinions and applications for hearings.

Revision ID: 0031
Revises: 0030
"""

import sqlalchemy as sa
from alembic import op

import portal.core.crypto
import portal.core.models

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "hearing_applications",
        sa.Column("id", sa.Integer(), nullable=False),
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
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("bill_id", sa.Integer(), nullable=True),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("ends_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("wanted_won", sa.BigInteger(), nullable=False),
        sa.Column("wanted_business_won", sa.BigInteger(), nullable=False),
        sa.Column("plenary_because", sa.Text(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "approved",
                "refused",
                "withdrawn",
                "settled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("sent_by", sa.String(length=80), nullable=False),
        sa.Column("sent_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("granted_won", sa.BigInteger(), nullable=True),
        sa.Column("granted_business_won", sa.BigInteger(), nullable=True),
        sa.Column("spent_won", sa.BigInteger(), nullable=True),
        sa.Column("spent_business_won", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.String(length=80), nullable=True),
        sa.Column("settled_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("hearing_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bill_id"], ["bills.id"], name=op.f("fk_hearing_applications_bill_id_bills")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"],
            ["committees.id"],
            name=op.f("fk_hearing_applications_committee_id_committees"),
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"],
            ["hearings.id"],
            name=op.f("fk_hearing_applications_hearing_id_hearings"),
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_hearing_applications_member_id_members")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["rooms.id"], name=op.f("fk_hearing_applications_room_id_rooms")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_applications")),
        sa.UniqueConstraint("hearing_id", name=op.f("uq_hearing_applications_hearing_id")),
    )
    with op.batch_alter_table("hearing_applications", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hearing_applications_bill_id"), ["bill_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hearing_applications_committee_id"), ["committee_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hearing_applications_member_id"), ["member_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hearing_applications_room_id"), ["room_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_hearing_applications_state_starts_at"),
            ["state", "starts_at"],
            unique=False,
        )
    op.create_table(
        "hearing_opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
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
            nullable=True,
        ),
        sa.Column("text", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("public_text", sa.Text(), nullable=True),
        sa.Column("text_digest", sa.String(length=64), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("name", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column(
            "name_shown",
            sa.Enum(
                "full",
                "initials",
                "none",
                name="name_shown",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("shown_name", sa.String(length=80), nullable=True),
        sa.Column("email", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("sent_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "published",
                "hidden",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "hidden_because",
            sa.Enum(
                "insult",
                "personal",
                "advertising",
                "unrelated",
                "unlawful",
                name="hidden_because",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("decided_by", sa.String(length=80), nullable=True),
        sa.Column("decided_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("objection", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column(
            "objection_state",
            sa.Enum(
                "none",
                "open",
                "upheld",
                "restored",
                name="objection_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("objection_by", sa.String(length=80), nullable=True),
        sa.Column("objection_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answer_en", sa.Text(), nullable=True),
        sa.Column("answered_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("erased_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_hearing_opinions_file_id_stored_files")
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name=op.f("fk_hearing_opinions_hearing_id_hearings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_opinions")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_hearing_opinions_key_hash")),
        sa.UniqueConstraint("number", name=op.f("uq_hearing_opinions_number")),
    )
    with op.batch_alter_table("hearing_opinions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hearing_opinions_file_id"), ["file_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hearing_opinions_hearing_id_state_sent_at"),
            ["hearing_id", "state", "sent_at"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_hearing_opinions_hearing_id_text_digest"),
            ["hearing_id", "text_digest"],
            unique=False,
        )


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("hearing_opinions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_opinions_hearing_id_text_digest"))
        batch_op.drop_index(batch_op.f("ix_hearing_opinions_hearing_id_state_sent_at"))
        batch_op.drop_index(batch_op.f("ix_hearing_opinions_file_id"))
    op.drop_table("hearing_opinions")
    with op.batch_alter_table("hearing_applications", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_applications_state_starts_at"))
        batch_op.drop_index(batch_op.f("ix_hearing_applications_room_id"))
        batch_op.drop_index(batch_op.f("ix_hearing_applications_member_id"))
        batch_op.drop_index(batch_op.f("ix_hearing_applications_committee_id"))
        batch_op.drop_index(batch_op.f("ix_hearing_applications_bill_id"))
    op.drop_table("hearing_applications")
