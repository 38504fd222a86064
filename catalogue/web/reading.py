"""Which names of members whoever is signed in may read on the pages of the desk about decisions."""

from catalogue.consortia import by_laws
from catalogue.consortia.by_law_models import Naming
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.web.access import may
from catalogue.web.clock import in_vientiane, now
from catalogue.web.departure_words import Reading


def reading_of(consortium: Consortium) -> Reading:
    """Managers and deputies read names; an observer letters and totals, names only where the members decided so."""
    if may("allocation.read", consortium):
        return Reading(names=True)
    laws = by_laws.in_force(db.session, consortium, in_vientiane(now()).date())
    return Reading(names=laws.observers_read_names, reasons=laws.observers_read_names)


def reading_as(consortium: Consortium, own: int) -> Reading:
    """A member reads its own name, those of the others where the members decided so, and every reason."""
    laws = by_laws.in_force(db.session, consortium, in_vientiane(now()).date())
    return Reading(names=laws.naming is Naming.NAMES, own=own)
