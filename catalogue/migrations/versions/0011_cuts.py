"""Photographs that are a cut of another, what to say of a photograph, and a cut that is on its way."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as table:
        table.add_column(sa.Column("hints", sa.JSON(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("source_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("cut", sa.JSON(), nullable=True))
        table.create_foreign_key(op.f("fk_stored_file_source_id"), "stored_file", ["source_id"], ["id"])
    op.create_index(op.f("ix_stored_file_source_id"), "stored_file", ["source_id"])
    with op.batch_alter_table("product_photo") as table:
        table.add_column(sa.Column("coming_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_product_photo_coming_id"), "stored_file", ["coming_id"], ["id"])
    op.create_index(op.f("ix_product_photo_coming_id"), "product_photo", ["coming_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_product_photo_coming_id"), "product_photo")
    with op.batch_alter_table("product_photo") as table:
        table.drop_constraint(op.f("fk_product_photo_coming_id"), type_="foreignkey")
        table.drop_column("coming_id")
    op.drop_index(op.f("ix_stored_file_source_id"), "stored_file")
    with op.batch_alter_table("stored_file") as table:
        table.drop_constraint(op.f("fk_stored_file_source_id"), type_="foreignkey")
        for name in ("cut", "source_id", "hints"):
            table.drop_column(name)
