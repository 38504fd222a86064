"""The consortium in figures: what observers see, and managers too."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.inquiries.figures import figures_of
from catalogue.products.models import Product
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.inquiry_words import STATUS_NAMES, country_name
from catalogue.web.loaders import consortium_at

A_YEAR = timedelta(days=365)


@blueprint.get("/<slug>/figures", endpoint="figures")
@requires("desk.read", load=consortium_at)
def show_figures(consortium: Consortium) -> Any:
    """The inquiries of a year, how soon they were answered, and the listings by state."""
    listings = (
        select(Product.status, func.count()).where(Product.consortium_id == consortium.id).group_by(Product.status)
    )
    return desk_page(
        "desk/figures.html",
        consortium,
        "figures",
        figures=figures_of(db.session, consortium, since=now() - A_YEAR),
        listings=dict(db.session.execute(listings).all()),
        inquiry_status=STATUS_NAMES,
        country_name=country_name,
    )
