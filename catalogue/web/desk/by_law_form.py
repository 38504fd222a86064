"""The form in which a manager writes down what the members decided on their by-laws."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import Field, Form, HiddenField, RadioField, SelectChoice

from catalogue.consortia.by_law_models import Naming, PriceRule
from catalogue.consortia.by_law_values import Decision, Values
from catalogue.consortia.models import Consortium, Member, MemberStatus
from catalogue.extensions import db
from catalogue.money import format_number
from catalogue.text import Bilingual
from catalogue.web.by_law_words import LABELS
from catalogue.web.clock import in_vientiane, now
from catalogue.web.fields import (
    AmountField,
    AtMost,
    DayField,
    LineField,
    Needed,
    QuantityField,
    TypedField,
    WordsField,
    number_meant,
)

LONGEST = 4000
LONGEST_HOUSEHOLD = 40


def given(field: Field) -> Any:
    """What was understood of a field that was found right."""
    return field.data


class CountField(TypedField):
    """How many, nought included."""

    def meant(self, typed: str) -> int:
        found = number_meant(typed)
        if found != found.to_integral_value() or not 0 <= found <= 1000:
            raise ValueError(_("Write a whole number, like 4"))
        return int(found)


class DaysField(TypedField):
    """So many days: at most ten years."""

    def meant(self, typed: str) -> int:
        found = number_meant(typed)
        if found != found.to_integral_value() or not 1 <= found <= 3650:
            raise ValueError(_("Write a number of days from 1 to 3650"))
        return int(found)


class PercentField(TypedField):
    """A part of a hundred; kept as a part of one."""

    def meant(self, typed: str) -> Decimal:
        found = number_meant(typed.removesuffix("%").strip())
        if not 0 <= found <= 100 or -int(found.normalize().as_tuple().exponent) > 2:
            raise ValueError(_("Write a number from 0 to 100"))
        return found / 100

    def written(self, value: Any) -> str:
        return format_number(value * 100, "en")


class WeightField(TypedField):
    """How much more or less than one: above nought, at most 10, two decimals."""

    def meant(self, typed: str) -> Decimal:
        found = number_meant(typed)
        if not 0 < found <= 10 or -int(found.normalize().as_tuple().exponent) > 2:
            raise ValueError(_("Write a number like 1 or 1.5, at most 10"))
        return found

    def written(self, value: Any) -> str:
        return format_number(Decimal(value), "en")


class AdoptionForm(FlaskForm):
    """All by-laws, and the decision. `opened` is the newest set when the form was opened."""

    after = HiddenField()
    price_rule = RadioField(
        LABELS["price_rule"],
        choices=[
            SelectChoice(PriceRule.AGREED.value, _l("agreed beforehand")),
            SelectChoice(PriceRule.SEALED.value, _l("named by each member in a closed answer")),
        ],
    )
    price_band = PercentField(LABELS["price_band"], [Needed(_l("Write a number from 0 to 100"))])
    office_fee = PercentField(LABELS["office_fee"], [Needed(_l("Write a number from 0 to 100"))])
    half_life_days = DaysField(LABELS["half_life_days"], [Needed(_l("Write how many days"))])
    history_reach = WeightField(LABELS["history_reach"], [Needed(_l("Write a number like 1"))])
    smallest_share = QuantityField(LABELS["smallest_share"], [Needed(_l("Write how many pieces"))])
    most_makers = QuantityField(LABELS["most_makers"])
    held_days = DaysField(LABELS["held_days"], [Needed(_l("Write how many days"))])
    approval_amount = AmountField(LABELS["approval_amount"], [Needed(_l("Write an amount"))])
    naming = RadioField(
        LABELS["naming"],
        choices=[
            SelectChoice(Naming.LETTERS.value, _l("under letters")),
            SelectChoice(Naming.NAMES.value, _l("under their names")),
        ],
    )
    observers_read_names = RadioField(
        LABELS["observers_read_names"],
        choices=[SelectChoice("no", _l("letters and totals")), SelectChoice("yes", _l("names"))],
    )

    adopted_on = DayField(_l("Day of the decision"), [Needed(_l("Write the day on which the members decided"))])
    votes_for = CountField(_l("Votes for"), [Needed(_l("Write how many were for it"))])
    votes_against = CountField(_l("Votes against"), [Needed(_l("Write how many were against it"))])
    abstained = CountField(_l("Did not vote"), [Needed(_l("Write how many did not vote"))])
    minutes = WordsField(_l("Minutes of the meeting"), [Needed(_l("Write what was said and decided")), AtMost(LONGEST)])
    reason_lo = WordsField(_l("Why, in Lao"), [Needed(_l("Write in Lao why the members decided so")), AtMost(LONGEST)])
    reason_en = WordsField(_l("Why, in English"), [AtMost(LONGEST)])

    @classmethod
    def filled(cls, values: Values, after: int) -> dict[str, Any]:
        """What stands in a fresh form: these values, today, nobody against it."""
        return {
            **values.as_columns(),
            "price_rule": values.price_rule.value,
            "naming": values.naming.value,
            "observers_read_names": "yes" if values.observers_read_names else "no",
            "after": str(after),
            "adopted_on": in_vientiane(now()).date(),
            "votes_against": 0,
            "abstained": 0,
        }

    @property
    def opened(self) -> int:
        """The number of the newest set when this was begun."""
        typed = (self.after.data or "")[:9]
        return int(typed) if typed.isdecimal() else 0

    @property
    def decision(self) -> Decision:
        """What the members decided, and how."""
        return Decision(
            adopted_on=given(self.adopted_on),
            votes_for=given(self.votes_for),
            votes_against=given(self.votes_against),
            abstained=given(self.abstained),
            minutes=self.minutes.data or "",
            reason=Bilingual(lo=self.reason_lo.data or "", en=self.reason_en.data or ""),
        )

    def values(self, weights: Mapping[str, Mapping[str, str]]) -> Values:
        """The set that is decided on."""
        return Values(
            weights=weights,
            price_rule=PriceRule(self.price_rule.data),
            price_band=given(self.price_band),
            office_fee=given(self.office_fee),
            half_life_days=given(self.half_life_days),
            history_reach=given(self.history_reach),
            smallest_share=given(self.smallest_share),
            most_makers=self.most_makers.data,
            held_days=given(self.held_days),
            approval_amount=given(self.approval_amount),
            naming=Naming(self.naming.data),
            observers_read_names=self.observers_read_names.data == "yes",
        )


class WeightForm(Form):
    """What one member is entitled to, and the household whose entitlement it shares."""

    weight = WeightField(_l("Entitlement"), [Needed(_l("Write a number like 1"))])
    household = LineField(_l("Household"), [AtMost(LONGEST_HOUSEHOLD)])


def weight_forms(consortium: Consortium, weights: Mapping[str, Mapping[str, str]]) -> list[tuple[Member, WeightForm]]:
    """One for each active member, filled with what holds now."""
    active = Member.consortium_id == consortium.id, Member.status == MemberStatus.ACTIVE
    members = db.session.scalars(select(Member).where(*active).order_by(Member.id)).all()
    return [
        (
            member,
            WeightForm(
                request.form if request.method == "POST" else None,
                prefix=f"of-{member.public_id}-",
                data={"weight": Decimal(said.get("weight", "1")), "household": said.get("household", "")},
            ),
        )
        for member in members
        for said in [weights.get(str(member.id), {})]
    ]


def weights_said(forms: list[tuple[Member, WeightForm]]) -> dict[str, dict[str, str]]:
    """Only what differs from one share for each by itself."""
    found: dict[str, dict[str, str]] = {}
    for member, form in forms:
        weight, household = given(form.weight), form.household.data or ""
        if weight == 1 and not household:
            continue
        found[str(member.id)] = {"weight": f"{weight.normalize():f}", **({"household": household} if household else {})}
    return found
