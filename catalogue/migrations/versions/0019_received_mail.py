"""What comes by e-mail."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "received_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("recipients", sa.JSON(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.Column("action", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=80), nullable=True),
        sa.Column("party", sa.String(length=20), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=True),
        sa.Column("message_id", sa.String(length=250), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=True),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("said_id", sa.Integer(), nullable=True),
        sa.Column("sender_name", sa.Text(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_received_mail_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_received_mail_consortium_id")
        ),
        sa.ForeignKeyConstraint(["said_id"], ["message.id"], name=op.f("fk_received_mail_said_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_received_mail_settled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_mail")),
        sa.UniqueConstraint("identity", name=op.f("uq_received_mail_identity")),
        sa.UniqueConstraint("key", name=op.f("uq_received_mail_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_received_mail_public_id")),
    )
    with op.batch_alter_table("received_mail") as table:
        table.create_index(op.f("ix_received_mail_action_settled_at"), ["action", "settled_at"])
        table.create_index(op.f("ix_received_mail_consortium_id"), ["consortium_id"])
        table.create_index(op.f("ix_received_mail_inquiry_id"), ["inquiry_id"])
        table.create_index(op.f("ix_received_mail_message_id"), ["message_id"])
        table.create_index(op.f("ix_received_mail_said_id"), ["said_id"])
        table.create_index(op.f("ix_received_mail_sha256"), ["sha256"])


def downgrade() -> None:
    op.drop_table("received_mail")
