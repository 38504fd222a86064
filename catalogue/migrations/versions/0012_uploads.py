"""Photographs that come from a phone in pieces."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("secret", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("product_key", sa.String(10), nullable=True),
        sa.Column("draft_key", sa.String(40), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_upload_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_upload_consortium_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_upload_person_id")),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_upload_file_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("person_id", "member_id", "key", name=op.f("uq_upload_person_id_member_id_key")),
        sa.UniqueConstraint("secret", name=op.f("uq_upload_secret")),
    )
    for column in ("consortium_id", "created_at", "file_id"):
        op.create_index(op.f(f"ix_upload_{column}"), "upload", [column])


def downgrade() -> None:
    op.drop_table("upload")
