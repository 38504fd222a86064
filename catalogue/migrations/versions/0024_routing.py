"""By-laws, interests, capacity, calls with their offers, allocations with their shares, and what was handed over."""

from datetime import UTC, datetime
from decimal import Decimal

import sqlalchemy as sa
from alembic import op

from catalogue.database import Exact, UtcDateTime
from catalogue.tokens import public_id

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "by_laws",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("price_rule", sa.String(20), nullable=False),
        sa.Column("price_band", Exact(8, 4), nullable=False),
        sa.Column("office_fee", Exact(8, 4), nullable=False),
        sa.Column("half_life_days", sa.Integer(), nullable=False),
        sa.Column("history_reach", Exact(8, 4), nullable=False),
        sa.Column("smallest_share", sa.Integer(), nullable=False),
        sa.Column("most_makers", sa.Integer(), nullable=True),
        sa.Column("held_days", sa.Integer(), nullable=False),
        sa.Column("approval_amount", Exact(18, 4), nullable=False),
        sa.Column("naming", sa.String(20), nullable=False),
        sa.Column("observers_read_names", sa.Boolean(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("reason_lo", sa.Text(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=False),
        sa.Column("in_force_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_by_laws_consortium_id")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_by_laws_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_by_laws")),
        sa.UniqueConstraint("consortium_id", "number", name=op.f("uq_by_laws_consortium_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_by_laws_public_id")),
    )
    op.create_index(op.f("ix_by_laws_consortium_id"), "by_laws", ["consortium_id"], unique=False)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("deputy_at", UtcDateTime(), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_hand_over_asked_by_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_hand_over_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_hand_over_consortium_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_hand_over_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
        sa.UniqueConstraint("public_id", name=op.f("uq_hand_over_public_id")),
    )
    op.create_index(op.f("ix_hand_over_consortium_id"), "hand_over", ["consortium_id"], unique=False)
    op.create_index("uq_hand_over_inquiry_id", "hand_over", ["inquiry_id"], unique=True)
    op.create_table(
        "capacity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("of", sa.String(20), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("a_month", sa.Integer(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_capacity_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_capacity_consortium_id")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_capacity_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacity")),
        sa.UniqueConstraint("member_id", "of", "key", "unit", name=op.f("uq_capacity_member_id_of_key_unit")),
        sa.UniqueConstraint("public_id", name=op.f("uq_capacity_public_id")),
    )
    op.create_index(op.f("ix_capacity_consortium_id"), "capacity", ["consortium_id"], unique=False)
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("declared_at", UtcDateTime(), nullable=False),
        sa.Column("declared_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_interest_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_interest_consortium_id")),
        sa.ForeignKeyConstraint(["declared_by"], ["person.id"], name=op.f("fk_interest_declared_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_interest_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interest_public_id")),
    )
    op.create_index(op.f("ix_interest_consortium_id"), "interest", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_interest_consortium_id_person_id"), "interest", ["consortium_id", "person_id"], unique=False
    )
    op.create_table(
        "passed_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("technique", sa.String(40), nullable=False),
        sa.Column("passed_on", sa.Date(), nullable=False),
        sa.Column("passed_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_passed_sample_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_passed_sample_consortium_id")),
        sa.ForeignKeyConstraint(["passed_by"], ["person.id"], name=op.f("fk_passed_sample_passed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passed_sample")),
        sa.UniqueConstraint("member_id", "technique", name=op.f("uq_passed_sample_member_id_technique")),
    )
    op.create_index(op.f("ix_passed_sample_consortium_id"), "passed_sample", ["consortium_id"], unique=False)
    op.create_table(
        "rest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("said_by", sa.Integer(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_rest_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_rest_consortium_id")),
        sa.ForeignKeyConstraint(["said_by"], ["person.id"], name=op.f("fk_rest_said_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_rest_public_id")),
    )
    op.create_index(op.f("ix_rest_consortium_id"), "rest", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_rest_consortium_id_ends_on"), "rest", ["consortium_id", "ends_on"], unique=False)
    op.create_table(
        "call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(30), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("after_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("wanted_lo", sa.Text(), nullable=False),
        sa.Column("wanted_en", sa.Text(), nullable=False),
        sa.Column("note_lo", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("technique", sa.String(40), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(3), nullable=False),
        sa.Column("lot", sa.Integer(), nullable=False),
        sa.Column("is_one_hand", sa.Boolean(), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("price_rule", sa.String(20), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("agreed_charge", Exact(18, 4), nullable=True),
        sa.Column("rate", Exact(24, 10), nullable=False),
        sa.Column("by_laws_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("short_reason", sa.Text(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_how", sa.String(20), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["after_id"], ["call.id"], name=op.f("fk_call_after_id")),
        sa.ForeignKeyConstraint(["by_laws_id"], ["by_laws.id"], name=op.f("fk_call_by_laws_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "inquiry_id"],
            ["inquiry.consortium_id", "inquiry.id"],
            name=op.f("fk_call_consortium_id_inquiry_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id", "line_id"],
            ["inquiry_line.consortium_id", "inquiry_line.id"],
            name=op.f("fk_call_consortium_id_line_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_call_consortium_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["person.id"], name=op.f("fk_call_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call")),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_call_consortium_id_id")),
        sa.UniqueConstraint("consortium_id", "number", name=op.f("uq_call_consortium_id_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_call_public_id")),
    )
    op.create_index(op.f("ix_call_consortium_id"), "call", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_call_consortium_id_state"), "call", ["consortium_id", "state"], unique=False)
    op.create_index(op.f("ix_call_line_id"), "call", ["line_id"], unique=False)
    op.create_table(
        "allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("unfilled", sa.Integer(), nullable=False),
        sa.Column("algorithm", sa.String(20), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("overrides", sa.JSON(), nullable=False),
        sa.Column("level", Exact(18, 4), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("held_until", sa.Date(), nullable=False),
        sa.Column("awarded_at", UtcDateTime(), nullable=True),
        sa.Column("awarded_by_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["awarded_by_id"], ["person.id"], name=op.f("fk_allocation_awarded_by_id")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name=op.f("fk_allocation_confirmed_by_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "call_id"],
            ["call.consortium_id", "call.id"],
            name=op.f("fk_allocation_consortium_id_call_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_allocation_consortium_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
        sa.UniqueConstraint("call_id", "round", name=op.f("uq_allocation_call_id_round")),
        sa.UniqueConstraint("consortium_id", "id", name=op.f("uq_allocation_consortium_id_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_allocation_public_id")),
    )
    op.create_index(op.f("ix_allocation_consortium_id"), "allocation", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_allocation_consortium_id_confirmed_at"), "allocation", ["consortium_id", "confirmed_at"], unique=False
    )
    op.create_table(
        "candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("is_called", sa.Boolean(), nullable=False),
        sa.Column("is_maker", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("left_out_reason", sa.Text(), nullable=False),
        sa.Column("link_key", sa.String(16), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("told_how", sa.String(20), nullable=True),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "call_id"],
            ["call.consortium_id", "call.id"],
            name=op.f("fk_candidate_consortium_id_call_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_candidate_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_candidate_consortium_id")),
        sa.ForeignKeyConstraint(["told_by_id"], ["person.id"], name=op.f("fk_candidate_told_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate")),
        sa.UniqueConstraint("call_id", "member_id", name=op.f("uq_candidate_call_id_member_id")),
        sa.UniqueConstraint("link_key", name=op.f("uq_candidate_link_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_candidate_public_id")),
    )
    op.create_index(op.f("ix_candidate_consortium_id"), "candidate", ["consortium_id"], unique=False)
    op.create_index(
        op.f("ix_candidate_consortium_id_member_id"), "candidate", ["consortium_id", "member_id"], unique=False
    )
    op.create_table(
        "offer",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(20), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("own_lot", sa.Integer(), nullable=False),
        sa.Column("metal_from", sa.String(20), nullable=True),
        sa.Column("charge", Exact(18, 4), nullable=True),
        sa.Column("declined_for", sa.String(20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(16), nullable=False),
        sa.Column("seal", sa.String(64), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidate.id"], name=op.f("fk_offer_candidate_id")),
        sa.ForeignKeyConstraint(
            ["consortium_id", "call_id"], ["call.consortium_id", "call.id"], name=op.f("fk_offer_consortium_id_call_id")
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_offer_consortium_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_offer_recorded_by_id")),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_offer")),
    )
    op.create_index(op.f("ix_offer_call_id"), "offer", ["call_id"], unique=False)
    op.create_index(op.f("ix_offer_consortium_id"), "offer", ["consortium_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("allocation_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("charge", Exact(18, 4), nullable=False),
        sa.Column("value", Exact(18, 4), nullable=False),
        sa.Column("grams", Exact(14, 3), nullable=True),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("link_key", sa.String(16), nullable=False),
        sa.Column("link_generation", sa.Integer(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("handed_back", sa.Integer(), nullable=False),
        sa.Column("handed_back_for", sa.Text(), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("objected_at", UtcDateTime(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("consortium_id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(
            ["consortium_id", "allocation_id"],
            ["allocation.consortium_id", "allocation.id"],
            name=op.f("fk_share_consortium_id_allocation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["consortium_id", "member_id"],
            ["member.consortium_id", "member.id"],
            name=op.f("fk_share_consortium_id_member_id"),
        ),
        sa.ForeignKeyConstraint(["consortium_id"], ["consortium.id"], name=op.f("fk_share_consortium_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share")),
        sa.UniqueConstraint("allocation_id", "member_id", name=op.f("uq_share_allocation_id_member_id")),
        sa.UniqueConstraint("link_key", name=op.f("uq_share_link_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_share_public_id")),
    )
    op.create_index(op.f("ix_share_consortium_id"), "share", ["consortium_id"], unique=False)
    op.create_index(op.f("ix_share_consortium_id_member_id"), "share", ["consortium_id", "member_id"], unique=False)
    # ### end Alembic commands ###

    _found_by_laws()


def _found_by_laws() -> None:
    """Every consortium that there is begins with the same set as a new one."""
    connection, at = op.get_bind(), datetime.now(UTC)
    consortium = sa.table("consortium", sa.column("id", sa.Integer()))
    by_laws = sa.table(
        "by_laws",
        *(
            sa.column(name, kind)
            for name, kind in {
                "consortium_id": sa.Integer(),
                "public_id": sa.String(),
                "number": sa.Integer(),
                "weights": sa.JSON(),
                "price_rule": sa.String(),
                "price_band": Exact(8, 4),
                "office_fee": Exact(8, 4),
                "half_life_days": sa.Integer(),
                "history_reach": Exact(8, 4),
                "smallest_share": sa.Integer(),
                "held_days": sa.Integer(),
                "approval_amount": Exact(18, 4),
                "naming": sa.String(),
                "observers_read_names": sa.Boolean(),
                "adopted_on": sa.Date(),
                "votes_for": sa.Integer(),
                "votes_against": sa.Integer(),
                "abstained": sa.Integer(),
                "minutes": sa.Text(),
                "reason_lo": sa.Text(),
                "reason_en": sa.Text(),
                "in_force_from": sa.Date(),
                "recorded_at": UtcDateTime(),
                "seal": sa.String(),
            }.items()
        ),
    )
    for (consortium_id,) in connection.execute(sa.select(consortium.c.id)).all():
        connection.execute(
            by_laws.insert().values(
                consortium_id=consortium_id,
                public_id=public_id(),
                number=1,
                weights={},
                price_rule="agreed",
                price_band=Decimal("0.15"),
                office_fee=Decimal(0),
                half_life_days=365,
                history_reach=Decimal(1),
                smallest_share=5,
                held_days=30,
                approval_amount=Decimal(5000),
                naming="letters",
                observers_read_names=False,
                adopted_on=at.date(),
                votes_for=0,
                votes_against=0,
                abstained=0,
                minutes="",
                reason_lo="",
                reason_en="",
                in_force_from=at.date(),
                recorded_at=at,
                seal="",
            )
        )


def downgrade() -> None:
    op.drop_table("share")
    op.drop_table("offer")
    op.drop_table("candidate")
    op.drop_table("allocation")
    op.drop_table("call")
    op.drop_table("rest")
    op.drop_table("passed_sample")
    op.drop_table("interest")
    op.drop_table("capacity")
    op.drop_table("hand_over")
    op.drop_table("by_laws")
