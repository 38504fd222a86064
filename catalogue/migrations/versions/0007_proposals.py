"""Proposals for published products, what members ask of the office, samples, and what translations stand on."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import Exact, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PRODUCT = (
    sa.Column("proposal", sa.String(20), nullable=True),
    sa.Column("right_claimed_at", UtcDateTime(), nullable=True),
    sa.Column("draft_key", sa.String(40), nullable=True),
)
VERSION = (
    sa.Column("translated_from", sa.JSON(), nullable=False, server_default="{}"),
    sa.Column("typed", sa.JSON(), nullable=False, server_default="{}"),
    sa.Column("is_on_behalf", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("sample_price", Exact(14, 4), nullable=True),
    sa.Column("sample_days", sa.Integer(), nullable=True),
    sa.Column("office_price", Exact(18, 4), nullable=True),
    sa.Column("office_currency", sa.String(3), nullable=False, server_default="LAK"),
)


def upgrade() -> None:
    for column in PRODUCT:
        op.add_column("product", column._copy())
    for column in VERSION:
        op.add_column("product_version", column._copy())
    op.create_index(op.f("ix_product_member_id_draft_key"), "product", ["member_id", "draft_key"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_product_member_id_draft_key"), "product")
    for column in VERSION:
        op.drop_column("product_version", column.name)
    for column in PRODUCT:
        op.drop_column("product", column.name)
