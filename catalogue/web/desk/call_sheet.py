"""What members are told of a call, in Lao: a message with the link, and what to say on the telephone."""

from flask_babel import gettext as _

from catalogue.consortia.sector import sector
from catalogue.notices.addresses import answer_page
from catalogue.routing.models import Candidate
from catalogue.web.figures import day
from catalogue.web.inquiry_words import country_name
from catalogue.web.language import speaking
from catalogue.web.offer_page import quantity_words
from catalogue.web.routing_words import closing_words

SPOKEN = "lo"


def link_of(candidate: Candidate) -> str:
    """The address of the page where this member answers without signing in."""
    return answer_page(candidate, SPOKEN)


def message_of(candidate: Candidate) -> str:
    """A short text with the link, to be sent by WhatsApp. It says nothing of who asks."""
    call = candidate.call
    with speaking(SPOKEN):
        lines = [
            _("Good day %(name)s,", name=candidate.member.name.in_(SPOKEN)),
            _(
                "%(consortium)s asks: can you make %(quantity)s of this: %(wanted)s?",
                consortium=call.consortium.name.in_(SPOKEN),
                quantity=quantity_words(call),
                wanted=call.wanted.in_(SPOKEN),
            ),
            _("Ready by %(day)s.", day=day(call.needed_by)) if call.needed_by else "",
            _("Please answer before %(moment)s.", moment=closing_words(call.closes_at)),
            _("Press here to see the picture and to answer:") + " " + link_of(candidate),
        ]
    return "\n".join(filter(None, lines))


def script_of(candidate: Candidate) -> list[str]:
    """What to say and to ask on the telephone, in its order."""
    call = candidate.call
    with speaking(SPOKEN):
        lines = [
            _("Good day. This is the office of %(consortium)s.", consortium=call.consortium.name.in_(SPOKEN)),
            _(
                "We look for makers of this: %(wanted)s, %(quantity)s in all.",
                wanted=call.wanted.in_(SPOKEN),
                quantity=quantity_words(call),
            ),
            _("They must be ready by %(day)s.", day=day(call.needed_by)) if call.needed_by else "",
            _("They go to %(country)s.", country=country_name(call.country)) if call.country else "",
            call.note.lo,
            _("Can you make all, a part, or none this time?"),
            _("How many can you make, and in how many days?"),
            _("Who buys the metal: you, the office, or from the buyer's deposit?") if _is_metal(candidate) else "",
            _("Nobody learns your answer before %(moment)s.", moment=closing_words(call.closes_at)),
        ]
    return [line for line in lines if line]


def _is_metal(candidate: Candidate) -> bool:
    return sector(candidate.call.consortium.sector_key).priced_by_metal
