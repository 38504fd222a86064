"""Held texts that a manager let pass or masked; answers that the office tells by itself."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(40), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passing")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_passing_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_passing_by_id")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_passing_consortium_id")),
    )
    op.create_index("uq_passing_inquiry_id_part", "passing", ["inquiry_id", "part"], unique=True)
    op.create_index(op.f("ix_passing_consortium_id"), "passing", ["consortium_id"])
    op.create_table(
        "telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(20), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_telling_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_telling_message_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_telling_told_by_id")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_telling_consortium_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_telling_public_id")),
    )
    op.create_index("uq_telling_message_id", "telling", ["message_id"], unique=True)
    op.create_index(op.f("ix_telling_consortium_id_told_at"), "telling", ["consortium_id", "told_at"])
    op.create_index(op.f("ix_telling_consortium_id"), "telling", ["consortium_id"])


def downgrade() -> None:
    op.drop_table("telling")
    op.drop_table("passing")
