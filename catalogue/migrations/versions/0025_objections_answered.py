"""What the office answered to a member that does not agree with its share."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("share") as table:
        table.add_column(sa.Column("objection_answer", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("objection_answered_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("share") as table:
        table.drop_column("objection_answered_at")
        table.drop_column("objection_answer")
