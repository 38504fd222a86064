"""What was erased for a person's sake, so that a restored backup forgets it again."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("of", sa.String(20), nullable=False),
        sa.Column("salt", sa.String(16), nullable=False),
        sa.Column("address_hash", sa.String(64), nullable=True),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tombstone")),
        sa.UniqueConstraint("key", name=op.f("uq_tombstone_key")),
    )
    with op.batch_alter_table("inquiry") as table:
        table.add_column(sa.Column("erased_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("inquiry") as table:
        table.drop_column("erased_at")
    op.drop_table("tombstone")
