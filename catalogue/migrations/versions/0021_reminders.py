"""Daily digests to managers, one a person and day, and letters about an answer that is late, one a wait."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("wants_digest", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_table(
        "digest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("link_key", sa.String(length=16), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
        sa.UniqueConstraint("person_id", "day", name=op.f("uq_digest_person_id_day")),
        sa.UniqueConstraint("link_key", name=op.f("uq_digest_link_key")),
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_escalation_consortium_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_escalation_consortium_id_inquiry_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
        sa.UniqueConstraint("inquiry_id", "since", name=op.f("uq_escalation_inquiry_id_since")),
    )
    op.create_index(op.f("ix_escalation_consortium_id"), "escalation", ["consortium_id"])


def downgrade() -> None:
    op.drop_table("escalation")
    op.drop_table("digest")
    with op.batch_alter_table("person") as table:
        table.drop_column("wants_digest")
