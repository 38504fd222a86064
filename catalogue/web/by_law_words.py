"""The by-laws in the reader's words: what each says, what it means, and what one set says otherwise than another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from catalogue.consortia.by_law_models import ByLaws, Naming, PriceRule
from catalogue.consortia.by_law_values import NAMES, Values, changes, values_of
from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.money import Money, format_money
from catalogue.web.figures import days, held, number
from catalogue.web.language import language

LABELS: Mapping[str, LazyString] = {
    "weights": _l("What each member is entitled to"),
    "price_rule": _l("Making charges"),
    "price_band": _l("Highest making charge that gets work"),
    "office_fee": _l("What the office keeps"),
    "half_life_days": _l("Earlier work counts half after"),
    "history_reach": _l("How far earlier work counts"),
    "smallest_share": _l("Smallest share"),
    "most_makers": _l("Most workshops in one order"),
    "held_days": _l("Work is held for a member for"),
    "approval_amount": _l("A second person reads quotations from"),
    "naming": _l("Figures of other members"),
    "observers_read_names": _l("Observers read"),
}

MEANINGS: Mapping[str, LazyString] = {
    "weights": _l(
        "A member with twice the entitlement gets twice the work over time. Firms of one household count as one."
    ),
    "price_rule": _l(
        "Whether the making charge is agreed before an order comes, or each member names one in a closed answer."
    ),
    "price_band": _l("Used only where members name a making charge, and from three answers on."),
    "office_fee": _l("This part of each order stays at the office. Every member reads it beside its own share."),
    "half_life_days": _l("Who had much work long ago does not wait for ever."),
    "history_reach": _l(
        "Neither a newcomer nor a member long without work takes everything at once. 1 is one equal share."
    ),
    "smallest_share": _l("Nobody gets less than this; a smaller order goes whole to one member, in turn."),
    "most_makers": _l("No order is divided among more workshops than this."),
    "held_days": _l("So long the buyer has to say yes. After that the days are free for other work."),
    "approval_amount": _l("One person alone does not send a quotation of this size."),
    "naming": _l("Your own figures are always under your own name."),
    "observers_read_names": _l("Observers, such as a bank or a department, read figures. Contacts they never see."),
}


@dataclass(frozen=True)
class Row:
    """One by-law to be read: its label, what it says, what it means, and why where somebody said so."""

    name: str
    label: str
    said: str
    meaning: str
    reason: str = ""


@dataclass(frozen=True)
class Changed:
    """One by-law that two sets say differently."""

    label: str
    before: str
    after: str


def rows_of(values: Values, consortium: Consortium, reasons: Mapping[str, Any] | None = None) -> list[Row]:
    """All by-laws of a set, in the order in which they are read."""
    reasons = reasons or {}
    return [
        Row(
            name=name,
            label=str(LABELS[name]),
            said=said(name, getattr(values, name), consortium),
            meaning=str(MEANINGS[name]),
            reason=reasons[name].in_(language()) if name in reasons else "",
        )
        for name in NAMES
    ]


def changes_between(before: Values, after: Values, consortium: Consortium) -> list[Changed]:
    """What is said otherwise, each in words."""
    return [
        Changed(
            str(LABELS[each.name]), said(each.name, each.before, consortium), said(each.name, each.after, consortium)
        )
        for each in changes(before, after)
    ]


def with_changes(sets: Sequence[ByLaws], consortium: Consortium) -> list[tuple[ByLaws, list[Changed]]]:
    """Sets, the newest first, each with what it changed in the one before."""
    older = [*sets[1:], None]
    return [
        (each, changes_between(values_of(before), values_of(each), consortium) if before else [])
        for each, before in zip(sets, older, strict=True)
    ]


def said(name: str, value: Any, consortium: Consortium) -> str:
    """The value of one by-law in words."""
    if name == "weights":
        return _weights(value)
    if name in ("price_band", "office_fee"):
        return _part(name, value)
    if name == "approval_amount":
        return format_money(Money(value, consortium.currency), language())
    if name in ("half_life_days", "held_days"):
        return days(value)
    if name == "most_makers":
        return _("no limit") if value is None else held(ngettext("%(num)s workshop", "%(num)s workshops", value))
    if name == "smallest_share":
        return held(ngettext("%(num)s piece", "%(num)s pieces", value))
    return _choice(name, value)


def _choice(name: str, value: Any) -> str:
    if name == "price_rule":
        return _("agreed beforehand") if value is PriceRule.AGREED else _("named by each member in a closed answer")
    if name == "naming":
        return _("under letters") if value is Naming.LETTERS else _("under their names")
    if name == "observers_read_names":
        return _("names") if value else _("letters and totals")
    return (
        _("one equal share of the order")
        if value == 1
        else _("%(figure)s equal shares of the order", figure=number(value))
    )


def _part(name: str, value: Decimal) -> str:
    percent = number(value * 100)
    if name == "office_fee":
        return _("nothing") if not value else _("%(percent)s\u00a0%% of an order", percent=percent)
    return _("%(percent)s\u00a0%% above the middle one", percent=percent)


def _weights(value: Mapping[str, Mapping[str, str]]) -> str:
    if not value:
        return _("the same for all")
    members = {row.id: row for row in db.session.scalars(select(Member).where(Member.id.in_(map(int, value))))}
    named = [(members[int(key)].name.in_(language()), row) for key, row in value.items() if int(key) in members]
    return _("the same for all, but: %(members)s", members="; ".join(_weight(*each) for each in named))


def _weight(name: str, row: Mapping[str, str]) -> str:
    weight = number(Decimal(row.get("weight", "1")))
    if row.get("household"):
        return _(
            "%(member)s %(weight)s (household %(household)s)", member=name, weight=weight, household=row["household"]
        )
    return f"{name} {weight}"
