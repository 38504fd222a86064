"""What looked like a contact in a listing and was found to be none."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cleared_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("text", sa.String(400), nullable=False),
        sa.Column("cleared_by", sa.Integer(), nullable=False),
        sa.Column("cleared_at", UtcDateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cleared_contact")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "product_id"],
            ["product.consortium_id", "product.id"],
            name=op.f("fk_cleared_contact_consortium_id_product_id"),
        ),
        sa.ForeignKeyConstraint(["cleared_by"], ["person.id"], name=op.f("fk_cleared_contact_cleared_by")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_cleared_contact_consortium_id")),
        sa.UniqueConstraint("product_id", "text", name=op.f("uq_cleared_contact_product_id_text")),
    )
    op.create_index(op.f("ix_cleared_contact_consortium_id"), "cleared_contact", ["consortium_id"])


def downgrade() -> None:
    op.drop_table("cleared_contact")
