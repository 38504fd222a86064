"""Sheets in the browser: imports with their rows, layouts once explained, and exports."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_sheet_layout_consortium_id")),
        sa.ForeignKeyConstraint(["saved_by"], ["person.id"], name=op.f("fk_sheet_layout_saved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_layout")),
        sa.UniqueConstraint("consortium_id", "key", name=op.f("uq_sheet_layout_consortium_id_key")),
    )
    op.create_index(op.f("ix_sheet_layout_consortium_id"), "sheet_layout", ["consortium_id"], unique=False)
    op.create_table(
        "sheet_export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("secret", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("is_template", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("has_photos", sa.Boolean(), nullable=False),
        sa.Column("has_office_price", sa.Boolean(), nullable=False),
        sa.Column("products", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_sheet_export_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_sheet_export_consortium_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_sheet_export_created_by")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_sheet_export_due_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_export")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sheet_export_public_id")),
    )
    op.create_index(op.f("ix_sheet_export_consortium_id"), "sheet_export", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_sheet_export_consortium_id_created_at"), "sheet_export", ["consortium_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_sheet_export_due_id"), "sheet_export", ["due_id"], unique=False)
    op.create_index(op.f("ix_sheet_export_member_id"), "sheet_export", ["member_id"], unique=False)
    op.create_table(
        "sheet_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("layout", sa.String(length=30), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=True),
        sa.Column("refused", sa.JSON(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("due_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("imported_at", UtcDateTime(), nullable=True),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("cleared_at", UtcDateTime(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_sheet_import_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_sheet_import_consortium_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_sheet_import_created_by")),
        sa.ForeignKeyConstraint(["due_id"], ["due.id"], name=op.f("fk_sheet_import_due_id")),
        sa.ForeignKeyConstraint(["imported_by"], ["person.id"], name=op.f("fk_sheet_import_imported_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_sheet_import_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_import")),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_sheet_import_consortium_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sheet_import_public_id")),
    )
    op.create_index(op.f("ix_sheet_import_consortium_id"), "sheet_import", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_sheet_import_consortium_id_created_at"), "sheet_import", ["consortium_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_sheet_import_due_id"), "sheet_import", ["due_id"], unique=False)
    op.create_index(op.f("ix_sheet_import_member_id"), "sheet_import", ["member_id"], unique=False)
    op.create_table(
        "sheet_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("is_warned", sa.Boolean(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("name_lo", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("kept_because", sa.String(length=20), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "import_id"],
            ["sheet_import.consortium_id", "sheet_import.id"],
            name=op.f("fk_sheet_row_consortium_id_import_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_sheet_row_consortium_id")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_sheet_row_product_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_row")),
    )
    op.create_index(op.f("ix_sheet_row_consortium_id"), "sheet_row", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_sheet_row_import_id_number"), "sheet_row", ["import_id", "number"], unique=True)
    op.create_index(op.f("ix_sheet_row_product_id"), "sheet_row", ["product_id"], unique=False)


def downgrade() -> None:
    for table in ("sheet_row", "sheet_import", "sheet_export", "sheet_layout"):
        op.drop_table(table)
