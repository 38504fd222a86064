"""The relay: how a message came, in which languages, whether it is held; who works on an inquiry; letters that came back."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("channel", sa.String(length=20), server_default="web", nullable=False))
        table.add_column(sa.Column("translation", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("translator_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("is_unverified", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.add_column(sa.Column("held_reason", sa.String(length=40), nullable=True))
        table.add_column(sa.Column("leaves_at", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        table.create_foreign_key(op.f("fk_message_translator_id"), "person", ["translator_id"], ["id"])
    with op.batch_alter_table("inquiry") as table:
        table.add_column(sa.Column("assigned_to_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("snoozed_until", UtcDateTime(), nullable=True))
        table.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_inquiry_assigned_to_id"), "person", ["assigned_to_id"], ["id"])
        table.create_foreign_key(op.f("fk_inquiry_merged_into_id"), "inquiry", ["merged_into_id"], ["id"])
    with op.batch_alter_table("buyer_contact") as table:
        table.add_column(sa.Column("hard_bounces", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("soft_bounces", sa.Integer(), server_default="0", nullable=False))
        table.add_column(sa.Column("bounced_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("buyer_contact") as table:
        for name in ("bounced_at", "soft_bounces", "hard_bounces"):
            table.drop_column(name)
    with op.batch_alter_table("inquiry") as table:
        table.drop_constraint(op.f("fk_inquiry_merged_into_id"), type_="foreignkey")
        table.drop_constraint(op.f("fk_inquiry_assigned_to_id"), type_="foreignkey")
        for name in ("merged_into_id", "snoozed_until", "assigned_to_id"):
            table.drop_column(name)
    with op.batch_alter_table("message") as table:
        table.drop_constraint(op.f("fk_message_translator_id"), type_="foreignkey")
        for name in (
            "withdrawn_at",
            "leaves_at",
            "held_reason",
            "is_unverified",
            "translator_id",
            "translation",
            "channel",
        ):
            table.drop_column(name)
