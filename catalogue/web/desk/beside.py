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
from catalogue.routing.call_reading import count_for_office
from catalogue.routing.handing_over import count_waiting_for
from catalogue.routing.share_lists import unsettled
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
        "handed_over": (handed := count_waiting_for(db.session, consortium, signed_in(), at=now())),
        "rules": handed,
        "calls": count_for_office(db.session, consortium, at=now()) + len(unsettled(db.session, consortium).calls),
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
