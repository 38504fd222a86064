"""Letters that came back: when, and what was said."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("due") as table:
        table.add_column(sa.Column("bounced_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("bounce_said", sa.String(length=300), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("due") as table:
        table.drop_column("bounce_said")
        table.drop_column("bounced_at")
