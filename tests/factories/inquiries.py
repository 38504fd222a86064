"""Inquiries, sent as a buyer sends them."""

from collections.abc import Sequence
from typing import Any

from catalogue.consortia.models import Consortium
from catalogue.inquiries.intake import Asked, Buyer, Wanted, send_inquiry
from catalogue.inquiries.models import Inquiry
from catalogue.products.models import Product
from tests.factories.base import at_once
from tests.factories.products import ProductFactories


class InquiryFactories(ProductFactories):
    """Inquiries with their letters and log."""

    def buyer(self, **given: Any) -> Buyer:
        """Somebody abroad."""
        number = self.number()
        said = {"name": f"Buyer {number}", "email": f"buyer-{number}@buyer.example", "country": "FR"}
        return Buyer(**{**said, **given})

    @at_once
    def inquiry(
        self,
        *,
        consortium: Consortium | None = None,
        products: Sequence[Product] = (),
        buyer: Buyer | None = None,
        **given: Any,
    ) -> Inquiry:
        """An inquiry as it was received: for 20 of each product, else for something in words."""
        consortium = consortium or (products[0].consortium if products else self.consortium())
        of_sending = {name: given.pop(name) for name in SENDING if name in given}
        wanted = [Wanted(product=product, quantity=20) for product in products]
        asked = {
            "buyer": buyer or self.buyer(),
            "message": "We open a shop in spring.",
            "wanted": wanted or [Wanted(description="A silver bowl, about 20 cm", quantity=20)],
        }
        asked_for = Asked(**{**asked, **given})
        return self.keep(send_inquiry(self.session, consortium, asked_for, at=self.later(), **of_sending))


SENDING = ("submission", "held_reason", "confirm", "entered_by")
