"""Line sheets and the pictures that links to pages show."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "line_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("catalogue_version", sa.Integer(), nullable=False),
        sa.Column("product_ids", sa.JSON(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_line_sheet_consortium_id")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_line_sheet_due_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_sheet")),
        sa.UniqueConstraint("key", name=op.f("uq_line_sheet_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_line_sheet_public_id")),
    )
    op.create_index(op.f("ix_line_sheet_consortium_id"), "line_sheet", ["consortium_id"])
    op.create_index(op.f("ix_line_sheet_due_id"), "line_sheet", ["due_id"])
    op.create_index(
        op.f("ix_line_sheet_consortium_id_created_at"), "line_sheet", ["consortium_id", "created_at"]
    )
    op.create_table(
        "share_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_share_picture_consortium_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_share_picture_product_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_picture")),
        sa.UniqueConstraint("about", "language", name=op.f("uq_share_picture_about_language")),
    )
    op.create_index(op.f("ix_share_picture_consortium_id"), "share_picture", ["consortium_id"])
    op.create_index(op.f("ix_share_picture_product_id"), "share_picture", ["product_id"])


def downgrade() -> None:
    op.drop_table("share_picture")
    op.drop_table("line_sheet")
