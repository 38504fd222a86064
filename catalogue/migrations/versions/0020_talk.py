"""Talking with a buyer: who has an inquiry open, drafts, ready replies, and what was asked in the other language."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OF_INQUIRY = (["consortium_id", "inquiry_id"], ["inquiry.consortium_id", "inquiry.id"])


def upgrade() -> None:
    op.create_table(
        "presence",
        *_one_persons(),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("wrote_at", UtcDateTime(), nullable=True),
        *_keys("presence"),
    )
    op.create_index(op.f("ix_presence_consortium_id"), "presence", ["consortium_id"])
    op.create_table(
        "draft",
        *_one_persons(),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("translation", sa.Text(), nullable=False),
        sa.Column("files_of_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["files_of_id"], ["message.id"], name=op.f("fk_draft_files_of_id")),
        *_keys("draft"),
    )
    op.create_index(op.f("ix_draft_consortium_id"), "draft", ["consortium_id"])
    op.create_table(
        "ready_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=30), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name_lo", "name_en", "text_lo", "text_en")),
        sa.Column("is_gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_ready_reply_consortium_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_reply")),
        sa.UniqueConstraint("public_id", name=op.f("uq_ready_reply_public_id")),
    )
    op.create_index(op.f("ix_ready_reply_consortium_id"), "ready_reply", ["consortium_id"])
    op.create_index(op.f("ix_ready_reply_consortium_id_key"), "ready_reply", ["consortium_id", "key"], unique=True)
    with op.batch_alter_table("inquiry") as table:
        table.add_column(sa.Column("translation", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("translator_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_inquiry_translator_id"), "person", ["translator_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("inquiry") as table:
        table.drop_constraint(op.f("fk_inquiry_translator_id"), type_="foreignkey")
        table.drop_column("translator_id")
        table.drop_column("translation")
    for name in ("ready_reply", "draft", "presence"):
        op.drop_table(name)


def _one_persons() -> list[sa.Column]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in ("consortium_id", "inquiry_id", "person_id")]


def _keys(table: str) -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("inquiry_id", "person_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f(f"fk_{table}_consortium_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f(f"fk_{table}_person_id")),
        sa.ForeignKeyConstraint(*OF_INQUIRY, name=op.f(f"fk_{table}_consortium_id_inquiry_id")),
    ]
