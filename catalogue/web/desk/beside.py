"""What every page of the desk shows beside its own matter: the consortium, and what waits."""

from typing import Any

from flask import render_template

from catalogue.consortia.maker_pages import count_submitted_pages
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.inbox import count_waiting_for_office
from catalogue.inquiries.placing import count_waiting_mails
from catalogue.inquiries.telling import count_to_tell
from catalogue.outbox.reading import count_failed_letters
from catalogue.products.claims import count_to_decide
from catalogue.products.models import ListingStatus, Product
from catalogue.products.reviewing import count_submitted
from catalogue.routing import handing_over
from catalogue.routing.call_reading import calls_of, count_for_office
from catalogue.routing.share_lists import unsettled
from catalogue.web.access import may
from catalogue.web.clock import now
from catalogue.web.signed_in import signed_in


def desk_page(template: str, consortium: Consortium, active: str, **values: Any) -> str:
    """A page of the desk, with the counts that its rail shows."""
    counts = {
        "inbox": count_waiting_for_office(db.session, consortium, at=now()),
        "review": count_submitted(db.session, consortium) + count_submitted_pages(db.session, consortium),
        "rights": count_to_decide(db.session, consortium),
        "to_tell": count_to_tell(db.session, consortium, at=now()),
        "letters": count_failed_letters(db.session, consortium.id),
        "mail": count_waiting_mails(db.session, consortium),
        "handed_over": (handed := handing_over.count_waiting_for(db.session, consortium, signed_in(), at=now())),
        "rules": handed,
        "calls": _calls_that_wait(consortium),
    }
    return render_template(
        template,
        consortium=consortium,
        is_demo=consortium.is_demo,
        person=signed_in(),
        nav=active,
        desk_counts=counts,
        **values,
    )


def place_of_product(product: Product) -> str:
    """The place of the desk where a product is found: what waits for review, or else all products."""
    return "review" if product.stage is ListingStatus.SUBMITTED else "products"


def _calls_that_wait(consortium: Consortium) -> int:
    """How many calls wait for whoever reads: all of them for a manager, those of what was handed over for a deputy."""
    at, again = now(), unsettled(db.session, consortium).calls
    if may("inquiry.list", consortium):
        return count_for_office(db.session, consortium, at=at) + len(again)
    if not may("call.list", consortium):
        return 0
    mine = calls_of(
        db.session, consortium, at=at, inquiries=handing_over.inquiries_taken_by(db.session, consortium, signed_in())
    )
    divided = {call.id for call in (*mine.to_award, *mine.shares, *mine.ended)}
    return len(mine.to_divide) + len(mine.to_award) + len(again & divided)
