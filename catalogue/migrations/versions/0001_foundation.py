"""The tables of the foundation: everything that stood when the first release was made."""

import sqlalchemy as sa
from alembic import op

from catalogue.database import Exact, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LATE = [
    ("consortium", "stored_file", ["hero_id"], ["id"], "fk_consortium_hero_id"),
    ("product", "product_version", ["id", "published_id"], ["product_id", "id"], "fk_product_id_published_id"),
    ("product", "product_version", ["id", "working_id"], ["product_id", "id"], "fk_product_id_working_id"),
]


def upgrade() -> None:

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=True),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("chain", "seq", name=op.f("uq_activity_chain_seq")),
    )
    op.create_index(op.f("ix_activity_subject_id"), "activity", ["subject", "id"], unique=False)
    op.create_table(
        "activity_head",
        sa.Column("chain", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_activity_head")),
    )
    op.create_table(
        "consortium",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(40), nullable=False),
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("sector_key", sa.String(40), nullable=False),
        sa.Column("name_lo", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("tagline_lo", sa.Text(), nullable=False),
        sa.Column("tagline_en", sa.Text(), nullable=False),
        sa.Column("about_lo", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("story_lo", sa.Text(), nullable=False),
        sa.Column("story_en", sa.Text(), nullable=False),
        sa.Column("place_lo", sa.Text(), nullable=False),
        sa.Column("place_en", sa.Text(), nullable=False),
        sa.Column("office_hours_lo", sa.Text(), nullable=False),
        sa.Column("office_hours_en", sa.Text(), nullable=False),
        sa.Column("shared_contact_email", sa.Text(), nullable=False),
        sa.Column("shared_contact_phone", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("incoterm", sa.String(3), nullable=False),
        sa.Column("named_place", sa.Text(), nullable=False),
        sa.Column("hero_id", sa.Integer(), nullable=True),
        sa.Column("hero_alt_lo", sa.Text(), nullable=False),
        sa.Column("hero_alt_en", sa.Text(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("catalogue_version", sa.Integer(), nullable=False),
        sa.Column("rotation_key", sa.String(32), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["hero_id"], ["stored_file.id"], name=op.f("fk_consortium_hero_id"), use_alter=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consortium")),
        sa.UniqueConstraint("code", name=op.f("uq_consortium_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consortium_public_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_consortium_slug")),
    )
    op.create_table(
        "inquiry_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visitor_hash", sa.String(64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_list")),
        sa.UniqueConstraint("visitor_hash", name=op.f("uq_inquiry_list_visitor_hash")),
    )
    op.create_table(
        "limit_count",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("window", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window", name=op.f("pk_limit_count")),
    )
    op.create_index(op.f("ix_limit_count_ends_at"), "limit_count", ["ends_at"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_table(
        "activity_text",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["activity.id"], name=op.f("fk_activity_text_entry_id")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_activity_text")),
    )
    op.create_table(
        "due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=True),
        sa.Column("lane", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("about", sa.String(60), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("lease", sa.String(26), nullable=True),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(120), nullable=True),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_due_consortium_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due")),
        sa.UniqueConstraint("message_id", name=op.f("uq_due_message_id")),
    )
    op.create_index(op.f("ix_due_about"), "due", ["about"], unique=False)
    op.create_index(op.f("ix_due_consortium_id"), "due", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_due_lane_state_due_at"), "due", ["lane", "state", "due_at"], unique=False)
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("held_reason", sa.String(40), nullable=True),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("submission", sa.String(64), nullable=True),
        sa.Column("link_key", sa.String(16), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("buyer_role", sa.String(30), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("incoterm", sa.String(3), nullable=False),
        sa.Column("named_place", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("wants_sample", sa.Boolean(), nullable=False),
        sa.Column("order_type", sa.String(20), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_reason", sa.String(40), nullable=True),
        sa.Column("closed_words", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_inquiry_consortium_id")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_inquiry_entered_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_inquiry_consortium_id_id")),
        sa.UniqueConstraint("consortium_id", "number", name=op.f("uq_inquiry_consortium_id_number")),
        sa.UniqueConstraint("consortium_id", "submission", name=op.f("uq_inquiry_consortium_id_submission")),
        sa.UniqueConstraint("link_key", name=op.f("uq_inquiry_link_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_inquiry_public_id")),
    )
    op.create_index(op.f("ix_inquiry_consortium_id"), "inquiry", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_inquiry_consortium_id_created_at"), "inquiry", ["consortium_id", "created_at"], unique=False
    )
    op.create_index(op.f("ix_inquiry_consortium_id_status"), "inquiry", ["consortium_id", "status"], unique=False)
    op.create_table(
        "metal_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("metal", sa.String(20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("price_per_gram", Exact(18, 4), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("source_lo", sa.Text(), nullable=False),
        sa.Column("source_en", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_metal_reference_consortium_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_metal_reference")),
        sa.UniqueConstraint("consortium_id", "metal", "on", name=op.f("uq_metal_reference_consortium_id_metal_on")),
    )
    op.create_index(op.f("ix_metal_reference_consortium_id"), "metal_reference", ["consortium_id"], unique=False)
    op.create_table(
        "number_series",
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_number_series_consortium_id")),
        sa.PrimaryKeyConstraint("consortium_id", "kind", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("second_factor_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("key_hash", name=op.f("uq_sign_in_key_hash")),
    )
    op.create_index(op.f("ix_sign_in_person_id"), "sign_in", ["person_id"], unique=False)
    op.create_table(
        "sign_in_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_link")),
        sa.UniqueConstraint("key", name=op.f("uq_sign_in_link_key")),
    )
    op.create_index(op.f("ix_sign_in_link_person_id"), "sign_in_link", ["person_id"], unique=False)
    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("refused_reason", sa.String(40), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(60), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("widths", sa.JSON(), nullable=False),
        sa.Column("colour", sa.String(7), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_stored_file_consortium_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        sa.UniqueConstraint("key", name=op.f("uq_stored_file_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stored_file_public_id")),
    )
    op.create_index(op.f("ix_stored_file_consortium_id"), "stored_file", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_stored_file_sha256"), "stored_file", ["sha256"], unique=False)
    op.create_table(
        "buyer_contact",
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_buyer_contact_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_buyer_contact_consortium_id")),
        sa.PrimaryKeyConstraint("inquiry_id", name=op.f("pk_buyer_contact")),
    )
    op.create_index(op.f("ix_buyer_contact_consortium_id"), "buyer_contact", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_buyer_contact_email"), "buyer_contact", ["email"], unique=False)
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("name_lo", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("village_lo", sa.Text(), nullable=False),
        sa.Column("village_en", sa.Text(), nullable=False),
        sa.Column("district_lo", sa.Text(), nullable=False),
        sa.Column("district_en", sa.Text(), nullable=False),
        sa.Column("province_lo", sa.Text(), nullable=False),
        sa.Column("province_en", sa.Text(), nullable=False),
        sa.Column("story_lo", sa.Text(), nullable=False),
        sa.Column("story_en", sa.Text(), nullable=False),
        sa.Column("techniques", sa.JSON(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_member_consortium_id")),
        sa.ForeignKeyConstraint(["photo_id"], ["stored_file.id"], name=op.f("fk_member_photo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member")),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_member_consortium_id_id")),
        sa.UniqueConstraint("consortium_id", "slug", name=op.f("uq_member_consortium_id_slug")),
        sa.UniqueConstraint("public_id", name=op.f("uq_member_public_id")),
    )
    op.create_index(op.f("ix_member_consortium_id"), "member", ["consortium_id"], unique=False)
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("submission", sa.String(64), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_message_author_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_message_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_message_consortium_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("inquiry_id", "submission", name=op.f("uq_message_inquiry_id_submission")),
        sa.UniqueConstraint("public_id", name=op.f("uq_message_public_id")),
    )
    op.create_index(op.f("ix_message_consortium_id"), "message", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_message_inquiry_id_id"), "message", ["inquiry_id", "id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_attachment_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_attachment_consortium_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_attachment_file_id")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_attachment_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_consortium_id"), "attachment", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_attachment_inquiry_id"), "attachment", ["inquiry_id"], unique=False)
    op.create_table(
        "member_contact",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_member_contact_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_member_contact_consortium_id")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member_contact")),
    )
    op.create_index(op.f("ix_member_contact_consortium_id"), "member_contact", ["consortium_id"], unique=False)
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(30), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("making_right", sa.String(20), nullable=False),
        sa.Column("published_id", sa.Integer(), nullable=True),
        sa.Column("working_id", sa.Integer(), nullable=True),
        sa.Column("returned_reasons", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("import_key", sa.String(64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_product_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_product_consortium_id")),
        sa.ForeignKeyConstraint(
            ["id", "published_id"],
            ["product_version.product_id", "product_version.id"],
            name=op.f("fk_product_id_published_id"),
            use_alter=True,
        ),
        sa.ForeignKeyConstraint(
            ["id", "working_id"],
            ["product_version.product_id", "product_version.id"],
            name=op.f("fk_product_id_working_id"),
            use_alter=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_product_consortium_id_id")),
        sa.UniqueConstraint("consortium_id", "reference", name=op.f("uq_product_consortium_id_reference")),
        sa.UniqueConstraint("public_id", name=op.f("uq_product_public_id")),
    )
    op.create_index(op.f("ix_product_consortium_id"), "product", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_product_consortium_id_status"), "product", ["consortium_id", "status"], unique=False)
    op.create_index(op.f("ix_product_import_key"), "product", ["import_key"], unique=False)
    op.create_index(op.f("ix_product_member_id"), "product", ["member_id"], unique=False)
    op.create_table(
        "role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=True),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_role_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_role_consortium_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    op.create_index(op.f("ix_role_consortium_id"), "role", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_role_person_id"), "role", ["person_id"], unique=False)
    op.create_table(
        "inquiry_list_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("target_price", Exact(18, 4), nullable=True),
        sa.Column("wants_sample", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "product_id"],
            ["product.consortium_id", "product.id"],
            name=op.f("fk_inquiry_list_item_consortium_id_product_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_inquiry_list_item_consortium_id")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["inquiry_list.id"], name=op.f("fk_inquiry_list_item_list_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_list_item")),
        sa.UniqueConstraint("list_id", "product_id", name=op.f("uq_inquiry_list_item_list_id_product_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_inquiry_list_item_public_id")),
    )
    op.create_index(op.f("ix_inquiry_list_item_consortium_id"), "inquiry_list_item", ["consortium_id"], unique=False)
    op.create_table(
        "product_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("frozen_at", UtcDateTime(), nullable=True),
        sa.Column("name_lo", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("summary_lo", sa.Text(), nullable=False),
        sa.Column("summary_en", sa.Text(), nullable=False),
        sa.Column("description_lo", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("care_lo", sa.Text(), nullable=False),
        sa.Column("care_en", sa.Text(), nullable=False),
        sa.Column("machine_languages", sa.JSON(), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("materials", sa.JSON(), nullable=False),
        sa.Column("techniques", sa.JSON(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("net_weight_g", Exact(12, 3), nullable=True),
        sa.Column("weight_tolerance_percent", Exact(5, 2), nullable=True),
        sa.Column("fineness", sa.Integer(), nullable=True),
        sa.Column("length_mm", Exact(10, 1), nullable=True),
        sa.Column("width_mm", Exact(10, 1), nullable=True),
        sa.Column("height_mm", Exact(10, 1), nullable=True),
        sa.Column("depth_mm", Exact(10, 1), nullable=True),
        sa.Column("diameter_mm", Exact(10, 1), nullable=True),
        sa.Column("minimum_order", sa.Integer(), nullable=True),
        sa.Column("lead_time_days", sa.Integer(), nullable=True),
        sa.Column("lead_time_for", sa.Integer(), nullable=True),
        sa.Column("monthly_capacity", sa.Integer(), nullable=True),
        sa.Column("sample_available", sa.Boolean(), nullable=False),
        sa.Column("hs_code", sa.String(12), nullable=False),
        sa.Column("origin", sa.String(2), nullable=False),
        sa.Column("tiers", sa.JSON(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("carton_pieces", sa.Integer(), nullable=True),
        sa.Column("carton_length_mm", sa.Integer(), nullable=True),
        sa.Column("carton_width_mm", sa.Integer(), nullable=True),
        sa.Column("carton_height_mm", sa.Integer(), nullable=True),
        sa.Column("carton_gross_kg", Exact(8, 2), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "product_id"],
            ["product.consortium_id", "product.id"],
            name=op.f("fk_product_version_consortium_id_product_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_product_version_consortium_id")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_product_version_created_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_version")),
        sa.UniqueConstraint("product_id", "id", name=op.f("uq_product_version_product_id_id")),
        sa.UniqueConstraint("product_id", "number", name=op.f("uq_product_version_product_id_number")),
    )
    op.create_index(op.f("ix_product_version_consortium_id"), "product_version", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_product_version_consortium_id_category"),
        "product_version",
        ["consortium_id", "category"],
        unique=False,
    )
    op.create_table(
        "search_entry",
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("syllables", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_search_entry_consortium_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name=op.f("fk_search_entry_product_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_search_entry")),
    )
    op.create_index(op.f("ix_search_entry_consortium_id"), "search_entry", ["consortium_id"], unique=False)
    op.create_table(
        "inquiry_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=True),
        sa.Column("product_version_id", sa.Integer(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("target_price", Exact(18, 4), nullable=True),
        sa.Column("wants_sample", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_inquiry_line_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id", "product_id"],
            ["product.consortium_id", "product.id"],
            name=op.f("fk_inquiry_line_consortium_id_product_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_inquiry_line_consortium_id")),
        sa.ForeignKeyConstraint(
            ["product_version_id"], ["product_version.id"], name=op.f("fk_inquiry_line_product_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_line")),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_inquiry_line_consortium_id_id")),
    )
    op.create_index(op.f("ix_inquiry_line_consortium_id"), "inquiry_line", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_inquiry_line_inquiry_id_position"), "inquiry_line", ["inquiry_id", "position"], unique=False
    )
    op.create_table(
        "product_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("alt_lo", sa.Text(), nullable=False),
        sa.Column("alt_en", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_product_photo_consortium_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_product_photo_file_id")),
        sa.ForeignKeyConstraint(["version_id"], ["product_version.id"], name=op.f("fk_product_photo_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_photo")),
    )
    op.create_index(op.f("ix_product_photo_consortium_id"), "product_photo", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_product_photo_file_id"), "product_photo", ["file_id"], unique=False)
    op.create_index(
        op.f("ix_product_photo_version_id_position"), "product_photo", ["version_id", "position"], unique=False
    )
    # ### end Alembic commands ###

    op.execute("INSERT INTO activity_head (chain, seq, hash) VALUES (0, 0, '')")
    if op.get_bind().dialect.name != "sqlite":
        for table, target, columns, keys, name in LATE:
            op.create_foreign_key(name, table, target, columns, keys)
