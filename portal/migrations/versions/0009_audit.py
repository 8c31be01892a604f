"""audit lines, the head of their chain, and triggers that refuse to change a line.

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

import portal.core.models

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# An INSERT OR REPLACE deletes a row without asking the trigger for deletes, hence the third one.
SQLITE_TRIGGERS = {
    "audit_lines_refuse_update": "BEFORE UPDATE ON audit_lines",
    "audit_lines_refuse_delete": "BEFORE DELETE ON audit_lines",
    "audit_lines_refuse_replace": "BEFORE INSERT ON audit_lines"
    " WHEN EXISTS (SELECT 1 FROM audit_lines WHERE number = NEW.number)",
}
REFUSAL = "audit_lines: a line is never changed or deleted"


def upgrade() -> None:
    """Add what this step adds."""
    op.create_table(
        "audit_lines",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", portal.core.models.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("deed", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("row_id", sa.String(length=80), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_lines")),
    )
    op.create_index(op.f("ix_audit_lines_actor"), "audit_lines", ["actor"])
    op.create_index(op.f("ix_audit_lines_at"), "audit_lines", ["at"])
    op.create_index(op.f("ix_audit_lines_deed"), "audit_lines", ["deed"])
    op.create_index(op.f("ix_audit_lines_kind_row_id"), "audit_lines", ["kind", "row_id"])

    heads = op.create_table(
        "audit_heads",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_audit_heads_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_heads")),
    )
    op.bulk_insert(heads, [{"id": 1, "number": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "sqlite":
        _refuse_on_sqlite()
    else:
        _refuse_on_postgresql()


def _refuse_on_sqlite() -> None:
    for name, moment in SQLITE_TRIGGERS.items():
        op.execute(f"CREATE TRIGGER {name} {moment} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def _refuse_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_lines_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_lines_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE"
        " ON audit_lines FOR EACH STATEMENT EXECUTE FUNCTION audit_lines_refuse()"
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("audit_heads")
    op.drop_table("audit_lines")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_lines_refuse()")
