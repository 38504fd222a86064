"""Today: what waits for the member first, then what was begun, what the office has, and what the public sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from catalogue.consortia.models import Member
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import Sector
from catalogue.extensions import db
from catalogue.products import drafting
from catalogue.products.claims import count_claims_for
from catalogue.products.models import ListingStatus, Product
from catalogue.products.reviewing import products_of
from catalogue.text import Bilingual
from catalogue.tokens import new_key
from catalogue.web.access import requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.loaders import own_member
from catalogue.web.photographs import ready
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page
from catalogue.web.studio.calls import open_calls
from catalogue.web.studio.shares import shares_to_answer

SHOWN_AT_ONCE = 4


@dataclass(frozen=True)
class Row:
    """One product on the page: where it leads, what it is called, and how it stands in a few words."""

    href: str
    name: Bilingual | None
    photo: Any
    text: str
    state: str = ""
    kind: str | None = None
    is_urgent: bool = False


@blueprint.get("/")
@requires("product.list", load=own_member)
def today(member: Member) -> Any:
    """The first page of a member: the camera, and what waits."""
    groups = groups_of(products_of(db.session, member), sector(member.consortium.sector_key))
    shown = groups.pop("shown")
    return studio_page(
        "studio/today.html",
        member.consortium,
        member,
        "today",
        day=format_date(in_vientiane(now()).date(), "EEEE, d MMMM"),
        draft_key=new_key(),
        groups={**groups, "shown": shown[:SHOWN_AT_ONCE]},
        hidden_count=len(shown[SHOWN_AT_ONCE:]),
        claims=count_claims_for(db.session, member, at=now()),
        calls=open_calls(member),
        shares=shares_to_answer(member),
    )


@blueprint.get("/products")
@requires("product.list", load=own_member)
def products(member: Member) -> Any:
    """All products of the firm, by who has them now."""
    groups = groups_of(products_of(db.session, member), sector(member.consortium.sector_key))
    return studio_page(
        "studio/products.html", member.consortium, member, "products", groups=groups, draft_key=new_key()
    )


def groups_of(found: Iterable[Product], trade: Sector) -> dict[str, list[Row]]:
    """The rows by whom they wait for: "waits" and "begun" for the member, "office", "shown" and "withdrawn"."""
    groups: dict[str, list[Row]] = {name: [] for name in ("waits", "begun", "office", "shown", "withdrawn")}
    for product in found:
        groups[_group_of(product)].append(_row_of(product, trade))
    return groups


GROUPS = {
    ListingStatus.RETURNED: "waits",
    ListingStatus.DRAFT: "begun",
    ListingStatus.SUBMITTED: "office",
    ListingStatus.PUBLISHED: "shown",
    ListingStatus.WITHDRAWN: "withdrawn",
}


def _group_of(product: Product) -> str:
    return GROUPS[product.stage]


def _row_of(product: Product, trade: Sector) -> Row:
    version = product.working
    photos = ready(version.photos) if version else []
    name = version.name if version and version.name else None
    text, state, kind = _standing(product, trade)
    href = way_on(product, trade)
    return Row(href, name, photos[0] if photos else None, text, state, kind, product.stage is ListingStatus.RETURNED)


def way_on(product: Product, trade: Sector) -> str:
    """The page on which a product goes on: its first open question while it is begun, else its own page."""
    values: dict[str, Any] = {"product_id": product.public_id}
    if product.stage is not ListingStatus.DRAFT or product.published_id:
        return url_for("studio.product", **values)
    question = drafting.first_unsaid(product.working, trade)
    if drafting.count_said(product.working, trade) == 0:
        return url_for("studio.capture", **values)
    if question:
        return url_for("studio.question", **values, question_key=question.key)
    return url_for("studio.told", **values)


def _standing(product: Product, trade: Sector) -> tuple[str, str, str | None]:
    """What a row says under the name, its state, and the colour of that."""
    if product.stage is ListingStatus.RETURNED:
        mend = ngettext(
            "%(num)s thing to mend. The office says why.",
            "%(num)s things to mend. The office says why.",
            len(product.returned_reasons),
        )
        return mend, _("Sent back"), "new"
    if product.stage is ListingStatus.SUBMITTED:
        words = _("A change. The catalogue keeps the old one meanwhile.") if product.published_id else product.reference
        return words, _("The office looks at it"), "wait"
    if product.stage is ListingStatus.DRAFT and product.published_id:
        return _("A change begun, not sent yet"), _("In the catalogue"), "ok"
    if product.stage is ListingStatus.DRAFT:
        said, asked = drafting.count_said(product.working, trade), len(trade.questions)
        return _("%(said)s of %(asked)s questions answered", said=said, asked=asked), "", None
    if product.stage is ListingStatus.PUBLISHED:
        return _("Press to look at it or change it"), "", None
    return product.reference, _("Withdrawn"), "info"
