"""What the office did beside the rule, in the reader's words, and of whom each reader may read it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.consortia.interest_models import Interest, InterestKind
from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.routing.departures import Departure, What, departures
from catalogue.web.clock import VIENTIANE, in_vientiane, now
from catalogue.web.figures import number
from catalogue.web.language import language

KINDS: dict[InterestKind, LazyString] = {
    InterestKind.OWNERSHIP: _l("owns a part of it"),
    InterestKind.PAY: _l("is paid by it"),
    InterestKind.KINSHIP: _l("is kin to its people"),
}

TIES: dict[InterestKind, LazyString] = {
    InterestKind.OWNERSHIP: _l("Owns a part of %(member)s"),
    InterestKind.PAY: _l("Is paid by %(member)s"),
    InterestKind.KINSHIP: _l("Is kin to the people of %(member)s"),
}

ACTS: dict[str, LazyString] = {
    "allocation.award": _l("to award the work"),
    "allocation.confirm": _l("to divide the work"),
    "allocation.override": _l("to change a share"),
    "call.cancel": _l("to give up a call"),
    "call.close": _l("to close a call"),
    "call.send": _l("to ask the makers"),
    "call.tell": _l("to tell the makers"),
    "capacity.keep": _l("to write down a firm's free time"),
    "offer.record": _l("to write down an answer"),
    "sample.pass": _l("to write down a sample"),
    "share.answer": _l("to answer for a firm"),
    "share.made": _l("to write down that a share is made"),
}
OTHER_ACT = _l("to decide on the work")

TITLES: dict[What, LazyString] = {
    What.CHANGED: _l("A share changed by hand"),
    What.LEFT_OUT: _l("A member was not asked"),
    What.EARLY: _l("Closed early"),
    What.SHORT: _l("Less time to answer"),
    What.GIVEN_UP: _l("Given up"),
    What.TIED: _l("Decided by somebody with a tie"),
    What.REFUSED: _l("Refused"),
}
LOOKS: dict[What, str] = {What.REFUSED: "new", What.TIED: "wait", What.CHANGED: "wait"}


@dataclass(frozen=True)
class Reading:
    """Who reads: whether other members are named, the key of the reader's own firm, whether reasons may be read.

    Members read every reason, and every declared tie with its name. Reasons are free words that may name a firm: who
    reads no names (an observer) reads no reasons either.
    """

    names: bool
    own: int | None = None
    reasons: bool = True


@dataclass(frozen=True)
class Case:
    """One departure as it is read."""

    at: datetime
    title: str
    look: str
    text: str
    reason: str
    number: str


def cases_of(consortium: Consortium, year: int, reading: Reading) -> list[Case]:
    """All of one year in Vientiane, the newest first."""
    since, until = (datetime(each, 1, 1, tzinfo=VIENTIANE).astimezone(UTC) for each in (year, year + 1))
    return cases_between(consortium, since, until, reading)


def cases_between(
    consortium: Consortium,
    since: datetime,
    until: datetime,
    reading: Reading,
    *,
    of: Collection[What] = frozenset(What),
) -> list[Case]:
    """Those of these kinds from one moment to before another, the newest first."""
    found = departures(db.session, consortium, since=since, until=until)
    return [_case(each, reading) for each in found if each.what in of]


def tie_words(tie: Interest, *, is_named: bool = True) -> str:
    """What ties somebody to which member, as one sentence."""
    return str(TIES[tie.kind]) % {"member": tie.member.name.in_(language()) if is_named else _("a member")}


def years_of(consortium: Consortium, asked: str) -> tuple[int, list[int]]:
    """The year asked for, this one otherwise, and all that may be asked for."""
    this = in_vientiane(now()).year
    years = list(range(this, min(in_vientiane(consortium.created_at).year, this) - 1, -1))
    return (int(asked) if asked.isdecimal() and len(asked) == 4 and int(asked) in years else this), years


def _case(found: Departure, reading: Reading) -> Case:
    return Case(
        at=found.at,
        title=str(TITLES[found.what]),
        look=LOOKS.get(found.what, "info"),
        text=_text(found, reading),
        reason=found.reason if reading.reasons else "",
        number=found.call.number if found.call else found.inquiry_number,
    )


def _text(found: Departure, reading: Reading) -> str:
    by = found.by.name if found.by else _("The site")
    is_declared = found.what in (What.TIED, What.REFUSED)
    member = _name(found.member, replace(reading, names=True) if is_declared and reading.reasons else reading)
    if found.what is What.CHANGED:
        figures = {"before": number(found.before), "after": number(found.after)}
        return _("%(by)s: %(member)s gets %(after)s; by the rule it was %(before)s.", by=by, member=member, **figures)
    if found.what is What.LEFT_OUT:
        return _("%(by)s did not ask %(member)s, which could have made it.", by=by, member=member)
    if found.what is What.EARLY:
        return _("%(by)s closed the call before its time.", by=by)
    if found.what is What.SHORT:
        return _("%(by)s gave members less than two working days to answer.", by=by)
    if found.what is What.GIVEN_UP:
        return _("%(by)s gave the call up. Nobody reads its answers.", by=by)
    return _tied(found, by, member)


def _tied(found: Departure, by: str, member: str) -> str:
    said = {
        "by": by,
        "act": str(ACTS.get(found.act, OTHER_ACT)),
        "member": member,
        "tie": str(KINDS[found.kind]) if found.kind else "",
    }
    if found.what is What.REFUSED:
        return _("%(by)s tried %(act)s. Not allowed: %(by)s has a tie to %(member)s (%(tie)s).", **said)
    if found.is_late:
        return _("%(by)s decided here (%(act)s) and said only later: a tie to %(member)s (%(tie)s).", **said)
    return _("%(by)s decided here (%(act)s), by the unchanged rule. There is a tie to %(member)s (%(tie)s).", **said)


def _name(member: Member | None, reading: Reading) -> str:
    if member is None:
        return _("a member")
    if member.id == reading.own:
        return _("your firm")
    return member.name.in_(language()) if reading.names else _("another member")
