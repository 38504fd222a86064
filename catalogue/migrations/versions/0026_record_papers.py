"""The papers on which the record of a quarter is set."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("naming", sa.String(10), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_record_paper_consortium_id")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_record_paper_due_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_paper")),
        sa.UniqueConstraint("key", name=op.f("uq_record_paper_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_record_paper_public_id")),
    )
    op.create_index(op.f("ix_record_paper_consortium_id"), "record_paper", ["consortium_id"])
    op.create_index(op.f("ix_record_paper_due_id"), "record_paper", ["due_id"])
    op.create_index(op.f("ix_record_paper_consortium_id_begins_on"), "record_paper", ["consortium_id", "begins_on"])


def downgrade() -> None:
    op.drop_table("record_paper")
