"""What people call the states of an inquiry, the ways it came, and the letters it causes."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from catalogue.inquiries import terms
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.models import Channel, InquiryStatus
from catalogue.inquiries.terms import Word
from catalogue.outbox.models import DueState
from catalogue.web.language import language

STATUS_NAMES: dict[InquiryStatus, LazyString] = {
    InquiryStatus.RECEIVED: _l("New"),
    InquiryStatus.IN_WORK: _l("In work"),
    InquiryStatus.CALLED: _l("Members are asked"),
    InquiryStatus.QUOTED: _l("Quotation sent"),
    InquiryStatus.ACCEPTED: _l("Accepted"),
    InquiryStatus.DECLINED: _l("Declined"),
    InquiryStatus.EXPIRED: _l("Expired"),
    InquiryStatus.CLOSED: _l("Closed"),
}

CAME_BY: dict[Channel, LazyString] = {
    Channel.WEB: _l("came by the website"),
    Channel.MAIL: _l("came by e-mail"),
    Channel.WHATSAPP: _l("came by WhatsApp"),
    Channel.TELEPHONE: _l("came by telephone"),
    Channel.VISIT: _l("came with a visit"),
    Channel.FAIR: _l("came at a fair"),
}

CLOSED_REASONS: dict[ClosedReason, LazyString] = {
    ClosedReason.ANSWERED: _l("Answered, nothing more to do"),
    ClosedReason.NOT_MADE: _l("We cannot make it"),
    ClosedReason.NO_ANSWER: _l("The buyer no longer answers"),
    ClosedReason.WITHDRAWN: _l("The buyer no longer wants it"),
    ClosedReason.DOUBLE: _l("It came twice"),
    ClosedReason.SPAM: _l("It is spam"),
    ClosedReason.NOT_THEIRS: _l("The owner of the address did not ask for it"),
}

LETTER_NAMES: dict[str, LazyString] = {
    "inquiry_received": _l("New inquiry, to the office"),
    "inquiry_confirmed": _l("Confirmation to the buyer"),
    # What several consortia confirm in one letter is to each of them its own confirmation.
    "sending_confirmed": _l("Confirmation to the buyer"),
    "link_renewed": _l("New private link, to the buyer"),
    "address_to_confirm": _l("New address to confirm, to the buyer"),
    "address_may_change": _l("Word of a new address, to the buyer's known one"),
    "answer_sent": _l("Answer to the buyer"),
    "buyer_wrote": _l("Message of the buyer, to the office"),
    "mail_not_sent": _l("An e-mail was not sent on, to the office"),
    "answer_late": _l("An answer is late, to a manager"),
    "handed_over": _l("An inquiry was handed over, to who may take it"),
    "digest": _l("Digest of the morning, to a manager"),
    "call_sent": _l("Call, to a member"),
    "call_closing": _l("Word that a call closes, to a member"),
    "call_given_up": _l("Word that a call was given up, to a member"),
    "share_told": _l("Share and its reason, to a member"),
    "share_changed": _l("Word of a share, to a member"),
    "shares_complete": _l("All have answered their shares, to the office"),
}

LETTER_STATES: dict[DueState, LazyString] = {
    DueState.WAITING: _l("on its way"),
    DueState.DONE: _l("sent"),
    DueState.FAILED: _l("not delivered"),
    DueState.DROPPED: _l("not needed"),
}


def country_name(code: str) -> str:
    """A country in the reader's language; a code that is not ours stays as it is."""
    return word_name(terms.countries(), code)


def word_name(words: Mapping[str, Word], code: str) -> str:
    """A word of trade in the reader's language; a code that is not ours stays as it is."""
    word = words.get(code)
    return word.name.in_(language()) if word else code


def quantity_words(quantity: int | None, unit: str) -> str:
    """A quantity with its unit, held together: "600 pieces"."""
    return f"{quantity}\u00a0{terms.unit_after(unit, quantity, language())}" if quantity else ""
