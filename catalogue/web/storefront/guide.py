"""How to order from a consortium."""

from catalogue.consortia.sector import sector
from catalogue.extensions import db
from catalogue.products import shown
from catalogue.web.access import public
from catalogue.web.kept import kept
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.showing import consortium_or_404, member_count, show


@blueprint.get("/<lang>/<slug>/how-to-order")
@public
@kept("consortium")
def how_to_order(slug: str) -> str:
    """From the first question to the goods, and how a large order is divided."""
    consortium = consortium_or_404(slug)
    return show(
        "storefront/how_to_order.html",
        consortium,
        hero=shown.heroes(db.session, [consortium]).get(consortium.id),
        member_count=member_count(consortium),
        is_priced_by_metal=sector(consortium.sector_key).priced_by_metal,
    )
