"""Makers' pages with their versions and photographs, and how a firm left."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state IN ('draft', 'submitted', 'returned')")


def upgrade() -> None:
    op.add_column("member", sa.Column("monthly_capacity", sa.Integer(), nullable=True))
    op.add_column("member", sa.Column("left_at", UtcDateTime(), nullable=True))
    op.create_table(
        "maker_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        *_texts("name", "village", "district", "province", "story"),
        sa.Column("techniques", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("monthly_capacity", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_maker_page_consortium_id")),
        _of_member("maker_page"),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_maker_page_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maker_page")),
        sa.UniqueConstraint("member_id", "number", name=op.f("uq_maker_page_member_id_number")),
    )
    op.create_index(op.f("ix_maker_page_consortium_id"), "maker_page", ["consortium_id"])
    op.create_index(
        "ix_maker_page_open", "maker_page", ["member_id"], unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
    )
    op.create_table(
        "maker_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_texts("alt"),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_maker_photo_consortium_id")),
        sa.ForeignKeyConstraint(["page_id"], ["maker_page.id"], name=op.f("fk_maker_photo_page_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_maker_photo_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maker_photo")),
    )
    for column in ("consortium_id", "page_id", "file_id"):
        op.create_index(op.f(f"ix_maker_photo_{column}"), "maker_photo", [column])
    op.create_table(
        "leaving",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("link_key", sa.String(16), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_leaving_consortium_id")),
        _of_member("leaving"),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_leaving_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaving")),
        sa.UniqueConstraint("member_id", name=op.f("uq_leaving_member_id")),
        sa.UniqueConstraint("link_key", name=op.f("uq_leaving_link_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_leaving_public_id")),
    )
    op.create_index(op.f("ix_leaving_consortium_id"), "leaving", ["consortium_id"])


def downgrade() -> None:
    for table in ("leaving", "maker_photo", "maker_page"):
        op.drop_table(table)
    op.drop_column("member", "left_at")
    op.drop_column("member", "monthly_capacity")


def _texts(*names: str) -> list[sa.Column]:
    return [sa.Column(f"{name}_{side}", sa.Text(), nullable=False) for name in names for side in ("lo", "en")]


def _of_member(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["consortium_id", "member_id"],
        ["member.consortium_id", "member.id"],
        name=op.f(f"fk_{table}_consortium_id_member_id"),
    )
