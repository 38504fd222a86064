"""What is asked of several consortia at once, and the links by which lists are shown to others."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sending",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(64), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("link_key", sa.String(16), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sending")),
        sa.UniqueConstraint("link_key", name=op.f("uq_sending_link_key")),
        sa.UniqueConstraint("submission", name=op.f("uq_sending_submission")),
    )
    op.create_table(
        "sending_part",
        sa.Column("inquiry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sending_id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_sending_part_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_sending_part_consortium_id")),
        sa.ForeignKeyConstraint(["sending_id"], ["sending.id"], name=op.f("fk_sending_part_sending_id")),
        sa.PrimaryKeyConstraint("inquiry_id", name=op.f("pk_sending_part")),
        sa.UniqueConstraint("sending_id", "consortium_id", name=op.f("uq_sending_part_sending_id_consortium_id")),
    )
    op.create_index(op.f("ix_sending_part_consortium_id"), "sending_part", ["consortium_id"], unique=False)
    op.create_table(
        "list_link",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("link_key", sa.String(16), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["inquiry_list.id"], name=op.f("fk_list_link_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_list_link")),
        sa.UniqueConstraint("link_key", name=op.f("uq_list_link_link_key")),
    )


def downgrade() -> None:
    op.drop_table("list_link")
    op.drop_index(op.f("ix_sending_part_consortium_id"), table_name="sending_part")
    op.drop_table("sending_part")
    op.drop_table("sending")
