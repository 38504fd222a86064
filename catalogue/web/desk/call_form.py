"""The form of a call: what members read, how many, by when, and who is asked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from catalogue.consortia import by_laws
from catalogue.consortia.by_law_models import PriceRule
from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.inquiries import clock
from catalogue.inquiries.models import InquiryLine
from catalogue.money import CURRENCIES
from catalogue.products.models import ProductVersion
from catalogue.routing.call_terms import Terms, closing_time
from catalogue.routing.makers import Eligibility
from catalogue.text import Bilingual, clean_line
from catalogue.web.fields import AmountField, AtMost, DayField, LineField, Needed, NotPast, QuantityField, WordsField
from catalogue.web.language import language
from catalogue.web.lines import NO

NAME, NOTE, REASON = 120, 600, 300
LONGEST_ANSWERING = 10
LEAST_TO_ANSWER = timedelta(hours=1)


class CallForm(FlaskForm):
    """Everything that a call says. Members read it, and nothing else of the inquiry."""

    wanted_lo = LineField(_l("What is wanted, in Lao"), [Needed(_l("Say in Lao what is wanted")), AtMost(NAME)])
    wanted_en = LineField(_l("The same in English"), [AtMost(NAME)])
    note_lo = WordsField(_l("Note to the makers, in Lao"), [AtMost(NOTE)])
    note_en = WordsField(_l("The note in English"), [AtMost(NOTE)])
    quantity = QuantityField(_l("How many"), [Needed(_l("Say how many are wanted"))])
    needed_by = DayField(_l("Ready by"), [NotPast()])
    category = SelectField(_l("Kind"), validate_choice=True)
    technique = SelectField(_l("Technique"), validate_choice=True)
    lot = QuantityField(_l("Divided in lots of"), default=1)
    is_one_hand = BooleanField(_l("One maker is to make all of it"), false_values=NO)
    agreed_charge = AmountField(_l("Agreed making charge of one"))
    currency = SelectField(_l("Currency"), choices=[SelectChoice(code, code) for code in CURRENCIES])
    rate = AmountField(_l("Rate of that day"))
    closes_on = SelectField(_l("Members answer until"), validate_choice=True)
    short_reason = LineField(_l("Why they have less than two working days"), [AtMost(REASON)])
    lets_contact_pass = BooleanField(_l("Send it with this contact in it"), false_values=NO)

    def validate_rate(self, field: AmountField) -> None:
        """Another currency than the consortium's own needs its rate: what was earned is compared in one."""
        if self.agreed_charge.data and self.currency.data != self.own_currency and not field.data:
            raise ValidationError(_("Say how much of this currency one %(own)s is", own=self.own_currency))

    def validate_agreed_charge(self, field: AmountField) -> None:
        """Where members agree on charges one must be said: work is weighed and counted by it."""
        if self.is_agreed and not field.data:
            raise ValidationError(_("Say the making charge of one: work is counted by it"))

    own_currency = ""
    is_agreed = False

    @classmethod
    def of(cls, line: InquiryLine, at: datetime) -> "CallForm":
        """The form as it is first opened, filled in from the line; or what was sent of it."""
        form = cls(data=_values(line, at), prefix="call")
        consortium = line.inquiry.consortium
        trade = sector(consortium.sector_key)
        anything = SelectChoice("", _("any"))
        form.own_currency = consortium.currency
        laws = by_laws.in_force(db.session, consortium, clock.working_time().day_of(at))
        form.is_agreed = laws.price_rule is PriceRule.AGREED
        form.category.choices = [anything, *(SelectChoice(each.key, _name(each)) for each in trade.categories)]
        form.technique.choices = [anything, *(SelectChoice(each.key, _name(each)) for each in trade.techniques)]
        form.closes_on.choices = _closings(at)
        return form

    @property
    def texts(self) -> str:
        """All that members will read in it, for the contact detector."""
        said = (self.wanted_lo, self.wanted_en, self.note_lo, self.note_en)
        return "\n".join(each.data or "" for each in said)

    @property
    def terms(self) -> Terms:
        """What was typed, as the operation takes it. Call it once the form is valid."""
        rate = Decimal(1)
        if self.rate.data and self.currency.data != self.own_currency:
            rate = Decimal(1) / self.rate.data
        return Terms(
            wanted=Bilingual(self.wanted_lo.data or "", self.wanted_en.data or ""),
            note=Bilingual(self.note_lo.data or "", self.note_en.data or ""),
            category=self.category.data or "",
            technique=self.technique.data or "",
            quantity=self.quantity.data or 1,
            lot=self.lot.data or 1,
            is_one_hand=bool(self.is_one_hand.data),
            needed_by=self.needed_by.data,
            currency=self.currency.data or self.own_currency,
            agreed_charge=self.agreed_charge.data,
            rate=rate,
            closes_at=clock.working_time().closes_at(date.fromisoformat(self.closes_on.data)),
            short_reason=self.short_reason.data or "",
        )


@dataclass(frozen=True)
class Choice:
    """One who can be asked: whether the box is ticked, and why not where it is not."""

    found: Eligibility
    is_asked: bool = True
    why: str = ""
    is_unsaid: bool = False

    @property
    def key(self) -> str:
        """How the form names this member."""
        return self.found.member.public_id


def choices_of(found: Sequence[Eligibility], *, unsaid: Collection[int] = ()) -> list[Choice]:
    """Everybody who can be asked, ticked as the form was sent; whoever was not on it yet is ticked."""
    shown, asked = set(request.form.getlist("shown")), set(request.form.getlist("asked"))
    return [
        Choice(
            each,
            is_asked=each.member.public_id in asked or each.member.public_id not in shown,
            why=clean_line(request.form.get(f"why-{each.member.public_id}", ""))[:REASON],
            is_unsaid=each.member.id in unsaid,
        )
        for each in found
        if each.is_eligible
    ]


def were_all_shown(choices: Sequence[Choice]) -> bool:
    """Whether the sender had just these before their eyes."""
    return {choice.key for choice in choices} == set(request.form.getlist("shown"))


def left_out_of(choices: Sequence[Choice]) -> dict[int, str]:
    """Who is not asked, by key, with the reason."""
    return {choice.found.member.id: choice.why for choice in choices if not choice.is_asked}


def _values(line: InquiryLine, at: datetime) -> Mapping[str, Any]:
    version, inquiry = line.product_version, line.inquiry
    trade = sector(inquiry.consortium.sector_key)
    charge = _charge(version, line.quantity or 1, inquiry.consortium)
    return {
        "wanted_lo": version.name.lo if version else "",
        "wanted_en": version.name.en if version else "",
        "quantity": line.quantity,
        "needed_by": inquiry.needed_by if inquiry.needed_by and inquiry.needed_by > at.date() else None,
        "category": version.category if version and trade.category(version.category) else "",
        "technique": next((key for key in version.techniques if trade.technique(key)), "") if version else "",
        "agreed_charge": charge[0],
        "currency": charge[1],
        "closes_on": clock.working_time().day_of(closing_time(at)).isoformat(),
    }


def _charge(version: ProductVersion | None, quantity: int, consortium: Consortium) -> tuple[Decimal | None, str]:
    """What the listing's maker agreed on for one: its price to the office, else that of its list for so many."""
    own = consortium.currency
    if version is None:
        return None, own
    if version.office_price is not None and version.office_currency == own:
        return version.office_price, own
    tiers = [tier for tier in version.tiers if tier.quantity <= quantity] or version.tiers[:1]
    if tiers and version.currency == own:
        return tiers[-1].amount, own
    if version.office_price is not None:
        return version.office_price, version.office_currency
    return None, own


def _closings(at: datetime) -> list[SelectChoice]:
    """The ends of the coming working days; the usual one says so."""
    working, usual = clock.working_time(), closing_time(at)
    today = working.day_of(at)
    days = working.working_days_after(today)
    coming = [today] if working.is_working_day(today) else []
    coming += [next(days) for _ in range(LONGEST_ANSWERING)]
    ends = [(day, working.closes_at(day)) for day in coming]
    return [_closing(day, end, usual) for day, end in ends if end > at + LEAST_TO_ANSWER]


def _closing(day: date, end: datetime, usual: datetime) -> SelectChoice:
    """One closing time to choose; the page asks why only where it comes too soon."""
    words = f"{format_date(day, 'EEE d MMM')}, {end.hour}:{end.minute:02}"
    if end < usual:
        return SelectChoice(day.isoformat(), _("%(moment)s: too soon", moment=words), render_kw={"data-short": True})
    words = _("%(moment)s: usual", moment=words) if end == usual else words
    return SelectChoice(day.isoformat(), words)


def _name(term: Any) -> str:
    return str(term.name.in_(language()))
