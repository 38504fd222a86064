"""What the pages of a division show: its figures, its picture, the reasons that members read, and how even it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.routing import ledger
from catalogue.routing.division_models import Allocation, Share
from catalogue.routing.models import Call
from catalogue.routing.proposing import Proposal
from catalogue.web.desk.allocation_picture import Drawn, picture_of
from catalogue.web.figures import money, number, pieces
from catalogue.web.language import language
from catalogue.web.share_words import Telling, reasons


@dataclass(frozen=True)
class Figure:
    """One of the figures at the top; one that wants attention is hot."""

    words: str
    figure: str
    is_hot: bool = False


@dataclass(frozen=True)
class Why:
    """What one member reads of its share; `said_by_office` is the reason of an override, in the manager's own words."""

    member: Member
    share: str
    words: str
    said_by_office: str


@dataclass(frozen=True)
class Even:
    """One measure of evenness: before, with the shares by the rule, and as they stand now."""

    words: str
    before: str
    by_rule: str
    after: str


def shown(call: Call, allocation: Allocation) -> dict[str, Any]:
    """Everything that both a proposal (drafted) and a confirmed division show."""
    drawn = _drawn(call, allocation)
    makers = sum(1 for share in allocation.shares if _given(share))
    return {
        "call": call,
        "allocation": allocation,
        "title": title_of(call, allocation, makers),
        "figures": _figures(drawn, allocation),
        "picture": picture_of(drawn),
        "why": _why(drawn, allocation),
        "level": money(allocation.level.quantize(Decimal(1)), call.consortium.currency),
        "lot": pieces(call.lot, call, call.consortium) if call.lot > 1 else "",
        "quantity": pieces(allocation.quantity, call, call.consortium),
        "unfilled": pieces(max(0, allocation.unfilled), call, call.consortium),
        "too_many": pieces(-allocation.unfilled, call, call.consortium) if allocation.unfilled < 0 else "",
        "asked_count": len(allocation.shares),
    }


def title_of(call: Call, allocation: Allocation, makers: int) -> str:
    """What is divided, and among how many."""
    said = {"quantity": pieces(allocation.quantity, call, call.consortium), "wanted": call.wanted.in_(language())}
    if not makers:
        return _("%(wanted)s: %(quantity)s, and nobody to make them", **said)
    return ngettext(
        "%(wanted)s: %(quantity)s at %(num)s workshop",
        "%(wanted)s: %(quantity)s among %(num)s workshops",
        makers,
        **said,
    )


def evenness_of(proposal: Proposal) -> Sequence[Even]:
    """How even earlier work is, and becomes."""
    before, by_rule, after = proposal.before, proposal.by_rule, proposal.after
    return (
        Even(_("Gini (0 is even)"), *(number(round(each.gini, 3)) for each in (before, by_rule, after))),
        Even(_("Jain (1 is even)"), *(number(round(each.jain, 3)) for each in (before, by_rule, after))),
    )


def members_of(call: Call) -> Mapping[int, Member]:
    """Those who stand beside a call, by their keys."""
    keys = [each.member_id for each in call.candidates]
    query = select(Member).where(Member.consortium_id == call.consortium_id, Member.id.in_(keys))
    return {member.id: member for member in db.session.scalars(query.options(joinedload(Member.consortium)))}


def _drawn(call: Call, allocation: Allocation) -> Drawn:
    kept = ledger.recorded(allocation)
    quantities = {share.member_id: _given(share) for share in allocation.shares}
    return Drawn(call, kept.rules, kept.candidates, kept.division, members_of(call), quantities)


def _given(share: Share) -> int:
    """What a share was when it was told, whatever was handed back since."""
    return share.quantity + share.handed_back


def _figures(drawn: Drawn, allocation: Allocation) -> Sequence[Figure]:
    pairs = zip(drawn.candidates, drawn.division.portions, strict=True)
    in_time = sum(candidate.unused_offer for candidate, portion in pairs if "start" in portion.figures)
    divided = allocation.quantity - allocation.unfilled
    return (
        Figure(_("Asked for") if allocation.round == 1 else _("Handed back"), number(allocation.quantity)),
        Figure(_("Offered in time"), number(in_time)),
        Figure(_("Divided"), number(divided)),
        _rest(allocation.unfilled),
    )


def _rest(unfilled: int) -> Figure:
    """What nobody makes; or, while a manager changes shares, how many more are given out than are wanted."""
    words = _("Too many by") if unfilled < 0 else _("Without a maker")
    return Figure(words, number(abs(unfilled)), is_hot=bool(unfilled))


def _why(drawn: Drawn, allocation: Allocation) -> Sequence[Why]:
    by_hand = {each["member"]: each["reason"] for each in allocation.overrides}
    said = [_of_share(drawn, share, by_hand.get(share.member_id, "")) for share in allocation.shares]
    said.sort(key=lambda each: (each.share == _("none"), each.member.id))
    told = {share.member_id for share in allocation.shares}
    left_out = [portion for portion in drawn.division.portions if portion.member not in told]
    return [
        *said,
        *(Why(drawn.members[each.member], _("none"), _("The office did not ask it."), "") for each in left_out),
    ]


def _of_share(drawn: Drawn, share: Share, by_office: str) -> Why:
    given = _given(share)
    sentences = reasons(Telling(share.reason, share.figures, given, drawn.call))
    words = " ".join(sentence.words for sentence in sentences)
    return Why(drawn.members[share.member_id], number(given) if given else _("none"), words, by_office)
