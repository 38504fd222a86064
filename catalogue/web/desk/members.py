"""The members of a consortium, with their contacts: for managers alone."""

from typing import Any

from sqlalchemy import func, select

from catalogue.consortia.models import Consortium, Member, MemberContact
from catalogue.extensions import db
from catalogue.products.models import ListingStatus, Product
from catalogue.web.access import requires
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.loaders import consortium_at


@blueprint.get("/<slug>/members", endpoint="members")
@requires("member.list", load=consortium_at)
def show_members(consortium: Consortium) -> Any:
    """Each firm with how to reach it and how many of its products the public sees."""
    published = (
        select(func.count())
        .where(Product.member_id == Member.id, Product.status == ListingStatus.PUBLISHED)
        .correlate(Member)
        .scalar_subquery()
    )
    query = (
        select(Member, MemberContact, published)
        .outerjoin(MemberContact, MemberContact.member_id == Member.id)
        .where(Member.consortium_id == consortium.id)
        .order_by(Member.name_en)  # type: ignore[attr-defined]
    )
    return desk_page("desk/members.html", consortium, "members", rows=db.session.execute(query).all())
