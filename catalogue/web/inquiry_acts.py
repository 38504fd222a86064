"""What was done with an inquiry, said in one sentence for each act of the log."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.inquiries.timeline import Done
from catalogue.web.inquiry_words import CLOSED_REASONS

# Each with the drawing that stands before it.
ACTS: Mapping[str, tuple[str, LazyString]] = {
    "address.asked": ("letter", _l("%(name)s asked to be written to at another address")),
    "address.changed": ("letter", _l("The buyer's e-mail address was changed, and confirmed there")),
    "address.refused": ("letter", _l("The new e-mail address was refused")),
    "answer.late": ("alert", _l("The answer is late: the office was told by letter")),
    "buyer.asked": ("chat", _l("%(name)s asked the buyer for more")),
    "buyer.erased": ("trash", _l("%(name)s had everything personal erased")),
    "call.cancelled": ("trash", _l("%(name)s gave up asking the makers")),
    "call.closed": ("lock", _l("The makers' answers are in")),
    "call.sent": ("people", _l("%(name)s asked the makers")),
    "buyer.exported": ("down", _l("%(name)s took out all that is kept of the buyer")),
    "inquiry.brought_back": ("clock", _l("%(name)s took it up again")),
    "inquiry.closed": ("check", _l("%(name)s closed it: %(reason)s")),
    "inquiry.disowned": ("alert", _l("The owner of the address says that it is not theirs")),
    "inquiry.given": ("person", _l("%(name)s passed it to a colleague")),
    "inquiry.left": ("person", _l("%(name)s gave it back")),
    "inquiry.merged": ("inbox", _l("%(name)s merged two inquiries of this buyer")),
    "inquiry.put_off": ("clock", _l("%(name)s put it off")),
    "inquiry.released": ("check", _l("%(name)s released it: it is honest")),
    "inquiry.taken": ("person", _l("%(name)s took it over")),
    "inquiry.took_in": ("inbox", _l("%(name)s let it take in another inquiry of this buyer")),
    "letter.bounced": ("alert", _l("A letter came back")),
    "link.renewed": ("link", _l("%(name)s had the private link renewed")),
    "message.let_pass": ("check", _l("%(name)s let a contact pass")),
    "message.masked": ("lock", _l("%(name)s masked a contact")),
    "message.told": ("phone", _l("%(name)s told the buyer the answer")),
    "routing.handed_over": ("share", _l("%(name)s has a tie to a member: somebody else decides on the work")),
    "routing.taken_over": ("person", _l("%(name)s decides on the work from now on")),
    "message.withdrawn": ("back", _l("%(name)s took an answer back before it left")),
}

ACTS_OF_CALLS = ("call.cancelled", "call.closed", "call.sent")
"""What is told of a call in the thread of its inquiry; offers arrive in silence."""


def words_of(done: Done, buyer: str) -> str:
    """The sentence for an act. One that nobody named here stays as it is, with who did it."""
    name = done.by.name if done.by else buyer if done.is_buyers else _("The site")
    known = ACTS.get(done.action)
    if known is None:
        return f"{name}: {done.action}"
    reason = str(done.data.get("reason", ""))
    said = str(known[1]) % {"name": name, "reason": CLOSED_REASONS.get(reason, reason)}  # type: ignore[call-overload]
    return f"{said}. {done.words}" if done.words else said


def drawing_of(done: Done) -> str:
    """The drawing before it."""
    return ACTS[done.action][0] if done.action in ACTS else "clock"
