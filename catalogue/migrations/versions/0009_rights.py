"""Claims to a design with the objections to them, and which texts a machine translated."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.add_column("product_version", sa.Column("machine_texts", sa.JSON(), nullable=False, server_default="[]"))
    op.create_table(
        "right_claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_by", sa.Integer(), nullable=True),
        sa.Column("open_until", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_right_claim")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "product_id"],
            ["product.consortium_id", "product.id"],
            name=op.f("fk_right_claim_consortium_id_product_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_right_claim_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["claimed_by"], ["person.id"], name=op.f("fk_right_claim_claimed_by")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_right_claim_decided_by")),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_right_claim_consortium_id")
        ),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_right_claim_consortium_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_right_claim_public_id")),
    )
    op.create_index(op.f("ix_right_claim_product_id"), "right_claim", ["product_id"])
    op.create_index(
        "ix_right_claim_open",
        "right_claim",
        ["product_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index(op.f("ix_right_claim_consortium_id"), "right_claim", ["consortium_id"])
    op.create_index(op.f("ix_right_claim_consortium_id_state"), "right_claim", ["consortium_id", "state"])
    op.create_table(
        "right_objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_right_objection")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "claim_id"],
            ["right_claim.consortium_id", "right_claim.id"],
            name=op.f("fk_right_objection_consortium_id_claim_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_right_objection_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_right_objection_person_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id"], ["consortium.id"], name=op.f("fk_right_objection_consortium_id")
        ),
        sa.UniqueConstraint("claim_id", "member_id", name=op.f("uq_right_objection_claim_id_member_id")),
    )
    op.create_index(op.f("ix_right_objection_consortium_id"), "right_objection", ["consortium_id"])


def downgrade() -> None:
    op.drop_table("right_objection")
    op.drop_table("right_claim")
    op.drop_column("product_version", "machine_texts")
