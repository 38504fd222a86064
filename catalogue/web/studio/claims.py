"""Claims to a design: what others say that they alone make, and what one's own firm says."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.products import rights
from catalogue.products.claims import claim_at, claim_of, claims_for, objected_by, own_claims
from catalogue.products.models import MakingRight, Product
from catalogue.products.right_models import RightClaim
from catalogue.products.steps import SomebodyWasFirst
from catalogue.web.access import requires
from catalogue.web.claim_words import ReasonForm, last_day, state_of
from catalogue.web.clock import now
from catalogue.web.loaders import own_member, own_product_at
from catalogue.web.signed_in import signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page


def claim_among_us(claim_id: str, **_others: Any) -> RightClaim | None:
    """A claim in the consortium of one's own firm."""
    member = own_member()
    return claim_at(db.session, member.consortium_id, claim_id) if member else None


@blueprint.get("/claims", endpoint="claims")
@requires("claim.list", load=own_member)
def show_claims(member: Member) -> Any:
    """What other firms claim, to be objected to for fourteen days; and what this firm claims."""
    return _page(member)


@blueprint.post("/claims/<claim_id>/object", endpoint="object_to_claim")
@requires("claim.object", load=claim_among_us)
def object_to(claim: RightClaim) -> Any:
    """Say once why others make this too."""
    member, form = _member(), ReasonForm(prefix=claim.public_id)
    if not form.validate_on_submit():
        return _page(member, claim, form, status=422)
    try:
        rights.object_to(db.session, claim, member, form.reason.data or "", by=signed_in(), at=now())
    except rights.ObjectedAlready:
        return _refused(_("You have objected to this already. Once is enough."))
    except (rights.NotOpen, rights.OwnClaim):
        return _refused(_("This claim is no longer open to objection."))
    flash(_("The office has your reason and decides. You can read the decision here."), "success")
    return redirect(url_for("studio.claims"), 303)


@blueprint.post("/claims/<claim_id>/take-back", endpoint="take_claim_back")
@requires("claim.take_back", load=claim_among_us)
def take_back(claim: RightClaim) -> Any:
    """Give up a claim of one's own."""
    try:
        rights.take_back(db.session, claim, by=signed_in(), at=now())
    except (rights.NotOpen, SomebodyWasFirst):
        return _refused(_("This claim is decided already."))
    flash(_("Taken back: every member may make it, as before."), "success")
    return redirect(url_for("studio.claims"), 303)


@blueprint.get("/products/<product_id>/right", endpoint="right")
@requires("right.claim", load=own_product_at)
def show_right(product: Product) -> Any:
    """What it means to say that only one's own firm makes a design, and the button that says it."""
    return studio_page(
        "studio/right.html",
        product.consortium,
        product.member,
        "products",
        product=product,
        version=product.working,
        claim=claim_of(db.session, product),
        can_claim=product.making_right in {MakingRight.SHARED, MakingRight.OPEN},
        last_day=last_day,
    )


@blueprint.post("/products/<product_id>/right", endpoint="claim_right")
@requires("right.claim", load=own_product_at)
def claim_right(product: Product) -> Any:
    """Claim it: the other members can read it for fourteen days."""
    try:
        rights.claim(db.session, product, by=signed_in(), at=now())
    except (rights.CannotBeClaimed, SomebodyWasFirst):
        db.session.rollback()
        flash(_("This design is claimed already."), "error")
    else:
        flash(_("The other members can read it for 14 days. If nobody objects, only you make it."), "success")
    return redirect(url_for("studio.right", product_id=(request.view_args or {})["product_id"]), 303)


def _page(
    member: Member, wrong: RightClaim | None = None, typed: ReasonForm | None = None, *, status: int = 200
) -> Any:
    at = now()
    others = claims_for(db.session, member, at=at)
    forms = {each.id: ReasonForm(prefix=each.public_id, formdata=None) for each in others}
    if wrong and typed:
        forms[wrong.id] = typed
    page = studio_page(
        "studio/claims.html",
        member.consortium,
        member,
        "claims",
        firm=member,
        others=others,
        own=own_claims(db.session, member),
        objected=objected_by(db.session, member),
        forms=forms,
        typed=typed,
        at=at,
        state_of=state_of,
        last_day=last_day,
    )
    return page, status


def _member() -> Member:
    member = own_member()
    if member is None:
        raise LookupError("nobody's firm")
    return member


def _refused(words: str) -> Response:
    db.session.rollback()
    flash(words, "error")
    return redirect(url_for("studio.claims"), 303)
