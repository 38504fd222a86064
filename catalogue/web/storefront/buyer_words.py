"""What a buyer reads of an inquiry: one plain sentence, and the way from asking to delivery."""

from dataclasses import dataclass

from flask_babel import LazyString, format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.inbox import WaitingFor
from catalogue.inquiries.models import Inquiry, InquiryStatus
from catalogue.web.clock import in_vientiane

STANDS: dict[InquiryStatus, LazyString] = {
    InquiryStatus.RECEIVED: _l("The office has your inquiry and will answer you."),
    InquiryStatus.IN_WORK: _l("The office is at work on your inquiry."),
    InquiryStatus.CALLED: _l("The office is asking the makers what they can make."),
    InquiryStatus.QUOTED: _l("The quotation is here. It waits for your answer."),
    InquiryStatus.ACCEPTED: _l("You accepted the quotation."),
    InquiryStatus.DECLINED: _l("You declined the quotation."),
    InquiryStatus.EXPIRED: _l("The quotation is no longer valid. Write to the office if you still want it."),
    InquiryStatus.CLOSED: _l("This inquiry is closed."),
}
ENDED: dict[str, LazyString] = {
    ClosedReason.ANSWERED: _l("This inquiry was answered and is closed. You can still write to the office."),
    ClosedReason.NOT_MADE: _l("We are sorry: this cannot be made by us. The inquiry is closed."),
    ClosedReason.NO_ANSWER: _l(
        "This inquiry was closed because we heard no more from you. Write to the office if you still want it."
    ),
    ClosedReason.DOUBLE: _l("This inquiry came twice. The other one goes on."),
    ClosedReason.NOT_THEIRS: _l("This inquiry is closed: the owner of the e-mail address says that it is not theirs."),
    ClosedReason.WITHDRAWN: _l("This inquiry was closed, as you wished."),
}
STEPS = (_l("Received"), _l("In work"), _l("Quotation"), _l("Agreed"), _l("Made"), _l("Shipped"))
STEP_OF = {
    InquiryStatus.RECEIVED: 0,
    InquiryStatus.IN_WORK: 1,
    InquiryStatus.CALLED: 1,
    InquiryStatus.QUOTED: 2,
    InquiryStatus.ACCEPTED: 3,
}


@dataclass(frozen=True)
class Step:
    """One step of the way: "done", "now" or "next"."""

    words: str
    state: str
    when: str | None


def how_it_stands(inquiry: Inquiry, waiting_for: WaitingFor, *, asks: bool = False) -> str:
    """Where the inquiry stands, in one sentence; `asks`: questions to the buyer are open. That it may be held is never
    said.
    """
    if inquiry.status is InquiryStatus.CLOSED and inquiry.closed_reason in ENDED:
        return str(ENDED[inquiry.closed_reason])
    if asks and inquiry.status is not InquiryStatus.QUOTED:
        return _("The office asks you something. It goes on once you have answered.")
    if inquiry.status is InquiryStatus.IN_WORK and waiting_for is WaitingFor.BUYER:
        return _("The office has answered you.")
    return str(STANDS[inquiry.status])


def way(inquiry: Inquiry) -> list[tuple[str, str, str | None]]:
    """The steps from asking to delivery, with the day of the first; none for what ended before."""
    if inquiry.status not in STEP_OF:
        return []
    at = STEP_OF[inquiry.status]
    states = ["done" if step < at else "now" if step == at else "next" for step in range(len(STEPS))]
    day = format_date(in_vientiane(inquiry.created_at).date(), "d MMMM")
    whens = [day, *[None] * (len(STEPS) - 1)]
    return [(str(words), state, when) for words, state, when in zip(STEPS, states, whens, strict=True)]


def masked_email(email: str) -> str:
    """An address that its owner knows again, and nobody else learns from the page: "a•••@buyer.example"."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}•••{at}{domain}" if email else ""
