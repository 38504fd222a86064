"""How people call making rights, and how a claim to a design stands."""

from datetime import datetime

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from catalogue.products.models import MakingRight
from catalogue.products.right_models import ClaimState, RightClaim
from catalogue.web.clock import in_vientiane
from catalogue.web.fields import AtMost, Needed, Readable, WordsField
from catalogue.web.figures import day

LONGEST = 1000

RIGHT_NAMES: dict[MakingRight, LazyString] = {
    MakingRight.SHARED: _l("Shared: every member may make it"),
    MakingRight.OPEN: _l("The maker's own design; others may help with a large order"),
    MakingRight.OWN: _l("Only its maker makes it"),
    MakingRight.BUYER: _l("Made for one buyer: never listed, never shown to others"),
}


class ReasonForm(FlaskForm):
    """Why somebody objects, or why the office decides so."""

    reason = WordsField(
        _l("Your reason"),
        [Needed(_l("Write your reason")), Readable(_l("Write your reason")), AtMost(LONGEST)],
    )


def last_day(claim: RightClaim) -> str:
    """The last day on which members may object."""
    return day(in_vientiane(claim.open_until).date())


def state_of(claim: RightClaim, at: datetime) -> tuple[str, str]:
    """How a claim stands in words, and the kind of the status that shows it."""
    if claim.is_open_at(at):
        return _("Open to objection until %(day)s", day=last_day(claim)), "wait"
    if claim.state is ClaimState.OPEN:
        return (_("The office decides"), "new") if claim.objections else (_("Nobody objected"), "ok")
    words = {
        ClaimState.STANDS: (_("It stands: only its maker makes it"), "ok"),
        ClaimState.REFUSED: (_("Refused: the design is shared"), "info"),
        ClaimState.TAKEN_BACK: (_("Taken back"), "info"),
    }
    return words[claim.state]
