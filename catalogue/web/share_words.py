"""Why a share is what it is, in sentences that members read: each names the step that limited it, with its figures.

Whoever has the figures of the sentences comes to the same share. They are the member's own, and those that all may
read: never another's price, nor another's offer (of two who offered, the sum would be one).
"""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from catalogue.routing.division_models import Allocation, Share
from catalogue.web.share_reasons import reasons
from catalogue.web.share_telling import Sentence, Telling

__all__ = ["Sentence", "Telling", "reasons", "why"]

FEWEST_TO_ADD_UP = 3


def why(share: Share) -> list[Sentence]:
    """All that a member reads of why its share is what it was when it was given."""
    allocation = share.allocation
    given = share.quantity + share.handed_back
    telling = Telling(share.reason, share.figures, given, allocation.call)
    return [*_overview(allocation, telling), *reasons(telling), *_of_the_office(allocation, share)]


# -- what was asked, and how much of it there was --


def _overview(allocation: Allocation, telling: Telling) -> list[Sentence]:
    """How many offered how much of what: only for one who offered in time too."""
    if "start" not in telling.figures:
        return []
    wanted = telling.count(allocation.quantity)
    said = [Sentence(_wanted(allocation, telling, wanted), {})]
    if telling.amount("quantity") < allocation.quantity:
        words = _("The maker of the design came first. %(quantity)s were left for the others.")
        said.append(telling.say(words, "quantity"))
    return said


def _wanted(allocation: Allocation, telling: Telling, wanted: str) -> str:
    if allocation.round > 1:
        return _("%(quantity)s of this order were given back, and were divided again.", quantity=wanted)
    offered = _offered_in_time(allocation)
    if len(offered) < FEWEST_TO_ADD_UP:
        return ngettext(
            "%(num)s workshop offered in time. The buyer wants %(quantity)s.",
            "%(num)s workshops offered in time. The buyer wants %(quantity)s.",
            len(offered),
            quantity=wanted,
        )
    return ngettext(
        "%(num)s workshop offered %(offered)s in time. The buyer wants %(quantity)s.",
        "%(num)s workshops offered %(offered)s in time. The buyer wants %(quantity)s.",
        len(offered),
        offered=telling.count(sum(offered)),
        quantity=wanted,
    )


def _offered_in_time(allocation: Allocation) -> Sequence[int]:
    """What each offered who took part in the division."""
    portions = allocation.result.get("portions", [])
    return [portion["figures"]["offered"] for portion in portions if "start" in portion["figures"]]


def _of_the_office(allocation: Allocation, share: Share) -> list[Sentence]:
    """The reason of whoever changed this share, word for word."""
    said = [each["reason"] for each in allocation.overrides if each["member"] == share.member_id]
    return [Sentence(_("The office's reason: “%(reason)s”", reason=reason), {}) for reason in said]
