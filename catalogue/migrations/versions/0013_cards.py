"""Joining cards, and for which firm a session works."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("sign_in_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card")),
        sa.UniqueConstraint("public_id", name=op.f("uq_card_public_id")),
        sa.UniqueConstraint("key", name=op.f("uq_card_key")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_card_consortium_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_card_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_card_person_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_card_made_by_id")),
        sa.ForeignKeyConstraint(
            ["sign_in_id"], ["sign_in.id"], name=op.f("fk_card_sign_in_id"), ondelete="SET NULL"
        ),
    )
    for columns in (["consortium_id"], ["consortium_id", "member_id"], ["person_id"], ["sign_in_id"]):
        op.create_index(op.f(f"ix_card_{'_'.join(columns)}"), "card", columns)
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.add_column(sa.Column("is_by_card", sa.Boolean(), nullable=False, server_default=sa.false()))
        sign_in.add_column(sa.Column("member_id", sa.Integer(), nullable=True))
        sign_in.add_column(sa.Column("on_behalf_until", UtcDateTime(), nullable=True))
        sign_in.create_foreign_key(op.f("fk_sign_in_member_id"), "member", ["member_id"], ["id"])


def downgrade() -> None:
    op.drop_table("card")
    with op.batch_alter_table("sign_in") as sign_in:
        sign_in.drop_constraint(op.f("fk_sign_in_member_id"), type_="foreignkey")
        sign_in.drop_column("on_behalf_until")
        sign_in.drop_column("member_id")
        sign_in.drop_column("is_by_card")
