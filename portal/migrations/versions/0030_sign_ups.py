"""sign-ups, requests, notices, messages and reviews.

Revision ID: 0030
Revises: 0029
"""

import sqlalchemy as sa
from alembic import op

import portal.core.crypto
import portal.core.models

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "hearing_messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("sent_by", sa.String(length=80), nullable=False),
        sa.Column("sent_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name=op.f("fk_hearing_messages_hearing_id_hearings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_messages")),
    )
    with op.batch_alter_table("hearing_messages", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hearing_messages_hearing_id"), ["hearing_id"], unique=False
        )
    op.create_table(
        "hearing_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Integer(), nullable=False),
        sa.Column("access", sa.Integer(), nullable=False),
        sa.Column("wish", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("at", portal.core.models.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name=op.f("fk_hearing_reviews_hearing_id_hearings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hearing_reviews")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_hearing_reviews_key_hash")),
    )
    with op.batch_alter_table("hearing_reviews", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_hearing_reviews_hearing_id"), ["hearing_id"], unique=False
        )
    op.create_table(
        "opening_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("contact_index", sa.String(length=64), nullable=False),
        sa.Column("email", portal.core.crypto.EncryptedText(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name=op.f("fk_opening_notices_hearing_id_hearings")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_notices")),
        sa.UniqueConstraint(
            "hearing_id", "contact_index", name=op.f("uq_opening_notices_hearing_id_contact_index")
        ),
    )
    with op.batch_alter_table("opening_notices", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_opening_notices_hearing_id"), ["hearing_id"], unique=False
        )
    op.create_table(
        "sign_ups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "room", "online", name="way", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("name", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("email", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("phone", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("contact_index", sa.String(length=64), nullable=True),
        sa.Column("needs", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("question", portal.core.crypto.EncryptedText(), nullable=True),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("link_version", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("told_moves", sa.Integer(), nullable=False),
        sa.Column("reminded_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("thanked_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.Column("is_by_staff", sa.Boolean(), nullable=False),
        sa.Column("created_at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("erased_at", portal.core.models.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["place_claims.id"], name=op.f("fk_sign_ups_claim_id_place_claims")
        ),
        sa.ForeignKeyConstraint(
            ["hearing_id"], ["hearings.id"], name=op.f("fk_sign_ups_hearing_id_hearings")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_sign_ups_letter_id_letters")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ups")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_sign_ups_claim_id")),
        sa.UniqueConstraint("number", name=op.f("uq_sign_ups_number")),
    )
    with op.batch_alter_table("sign_ups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_ups_hearing_id"), ["hearing_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_sign_ups_hearing_id_contact_index"),
            ["hearing_id", "contact_index"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_sign_ups_letter_id"), ["letter_id"], unique=False)
    op.create_table(
        "sign_up_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("sign_up_id", sa.Integer(), nullable=False),
        sa.Column("at", portal.core.models.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sign_up_id"], ["sign_ups.id"], name=op.f("fk_sign_up_requests_sign_up_id_sign_ups")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_up_requests")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_up_requests_key_hash")),
        sa.UniqueConstraint("number", name=op.f("uq_sign_up_requests_number")),
    )
    with op.batch_alter_table("sign_up_requests", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_sign_up_requests_sign_up_id"), ["sign_up_id"], unique=False
        )


def downgrade() -> None:
    """Take away what this step added."""
    with op.batch_alter_table("sign_up_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_up_requests_sign_up_id"))
    op.drop_table("sign_up_requests")
    with op.batch_alter_table("sign_ups", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_ups_letter_id"))
        batch_op.drop_index(batch_op.f("ix_sign_ups_hearing_id_contact_index"))
        batch_op.drop_index(batch_op.f("ix_sign_ups_hearing_id"))
    op.drop_table("sign_ups")
    with op.batch_alter_table("opening_notices", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_notices_hearing_id"))
    op.drop_table("opening_notices")
    with op.batch_alter_table("hearing_reviews", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_reviews_hearing_id"))
    op.drop_table("hearing_reviews")
    with op.batch_alter_table("hearing_messages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hearing_messages_hearing_id"))
    op.drop_table("hearing_messages")
