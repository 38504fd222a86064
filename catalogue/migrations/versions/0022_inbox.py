"""The inbox: views with a name, what conversations are found by, and keys that can be switched off."""

import sqlalchemy as sa
from alembic import op

from catalogue import lao
from catalogue.database import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("address", sa.String(400), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_view_public_id")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_saved_view_consortium_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_saved_view_person_id")),
    )
    op.create_index(op.f("ix_saved_view_consortium_id"), "saved_view", ["consortium_id"])
    whose = ["person_id", "consortium_id", "name"]
    op.create_index(op.f("ix_saved_view_person_id_consortium_id_name"), "saved_view", whose, unique=True)
    op.create_table(
        "inquiry_text",
        sa.Column("inquiry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("inquiry_id", name=op.f("pk_inquiry_text")),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_inquiry_text_consortium_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_inquiry_text_consortium_id_inquiry_id"),
            ondelete="CASCADE",
        ),
    )
    op.create_index(op.f("ix_inquiry_text_consortium_id"), "inquiry_text", ["consortium_id"])
    _find_what_is_there()
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("uses_keys", sa.Boolean(), nullable=False, server_default=sa.true()))


SAID = (
    "SELECT number, city, named_place, message, closed_words FROM inquiry WHERE id = :id",
    "SELECT name, company, email, phone FROM buyer_contact WHERE inquiry_id = :id",
    "SELECT description, note FROM inquiry_line WHERE inquiry_id = :id ORDER BY position",
    "SELECT text FROM message WHERE inquiry_id = :id ORDER BY id",
)


def _find_what_is_there() -> None:
    """Conversations of before are found as well."""
    connection = op.get_bind()
    row = sa.text("INSERT INTO inquiry_text (inquiry_id, consortium_id, words) VALUES (:id, :consortium_id, :words)")
    for inquiry_id, consortium_id in connection.execute(sa.text("SELECT id, consortium_id FROM inquiry")).all():
        rows = (said for query in SAID for said in connection.execute(sa.text(query), {"id": inquiry_id}))
        words = lao.fold("\n".join(text for said in rows for text in said if text))[:100_000]
        connection.execute(row, {"id": inquiry_id, "consortium_id": consortium_id, "words": words})


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_column("uses_keys")
    op.drop_table("inquiry_text")
    op.drop_table("saved_view")
