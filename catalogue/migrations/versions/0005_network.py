"""The one row of the network, whose version every consortium's change raises as well."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    network = op.create_table(
        "network",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("catalogue_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_network")),
    )
    op.bulk_insert(network, [{"id": 1, "catalogue_version": 1}])


def downgrade() -> None:
    op.drop_table("network")
