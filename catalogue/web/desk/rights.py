"""Making rights at the desk: who may make a design, and what members object to a claim."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, SelectChoice

from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products import rights
from catalogue.products.claims import claim_of, claims_in
from catalogue.products.models import MakingRight, Product
from catalogue.products.right_models import ClaimState, RightClaim
from catalogue.products.steps import SomebodyWasFirst
from catalogue.web.access import requires
from catalogue.web.claim_words import LONGEST, RIGHT_NAMES, ReasonForm, state_of
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, Needed, WordsField
from catalogue.web.loaders import consortium_at, product_at
from catalogue.web.signed_in import signed_in

CHOICES = [SelectChoice(each.value, words) for each, words in RIGHT_NAMES.items()]


class RightForm(FlaskForm):
    """Who may make it, and why; the reason is kept in the log."""

    opened_version = HiddenField()
    right = RadioField(_l("Who may make it"), choices=CHOICES)
    reason = WordsField(_l("Reason"), [Needed(_l("Write your reason")), AtMost(LONGEST)])


def claim_here(slug: str, claim_id: str, **_others: Any) -> RightClaim | None:
    """A claim of this consortium."""
    query = select(RightClaim).join(Consortium, Consortium.id == RightClaim.consortium_id)
    query = query.where(Consortium.slug == slug, RightClaim.public_id == claim_id)
    return db.session.scalar(query.options(joinedload(RightClaim.product).joinedload(Product.consortium)))


@blueprint.get("/<slug>/rights", endpoint="rights")
@requires("right.set", load=consortium_at)
def show_rights(consortium: Consortium) -> Any:
    """Every claim: those that wait for the office first."""
    return _list(consortium)


@blueprint.post("/<slug>/rights/<claim_id>/decide", endpoint="decide_claim")
@requires("right.decide", load=claim_here)
def decide(claim: RightClaim) -> Any:
    """Uphold an objection, or turn all of them down; the reason is recorded."""
    form = ReasonForm(prefix=claim.public_id)
    if not form.validate_on_submit():
        return _list(claim.product.consortium, claim, form, status=422)
    uphold = request.form.get("decision") == "uphold"
    try:
        rights.decide(db.session, claim, uphold=uphold, reason=form.reason.data or "", by=signed_in(), at=now())
    except rights.StillOpen:
        return _refused(claim, _("Other members may still object. Turn objections down when the time is over."))
    except (rights.NotOpen, rights.NothingToDecide, SomebodyWasFirst):
        return _refused(claim, _("Somebody was a moment before you. This is how it stands now."))
    flash(_("Upheld: the design is shared.") if uphold else _("Turned down: it is the maker's own."), "success")
    return redirect(url_for("desk.rights", slug=claim.product.consortium.slug), 303)


@blueprint.get("/<slug>/products/<product_id>/right", endpoint="right")
@requires("right.set", load=product_at)
def show_right(product: Product) -> Any:
    """Who may make this product."""
    return _page(product, _form(product))


@blueprint.post("/<slug>/products/<product_id>/right", endpoint="set_right")
@requires("right.set", load=product_at)
def set_right(product: Product) -> Any:
    """Set it. `own` opens a claim; what is made for one buyer leaves the catalogue."""
    form = _form(product)
    if not form.validate_on_submit():
        return _page(product, form, status=422)
    right, typed = MakingRight(form.right.data), (form.opened_version.data or "")[:9]
    opened = int(typed) if typed.isdecimal() else 0
    try:
        reason = form.reason.data or ""
        rights.set_right(db.session, product, right, opened_version=opened, reason=reason, by=signed_in(), at=now())
    except rights.CannotBeClaimed:
        form.right.errors = [_("It is claimed already, or made for one buyer.")]
        return _page(product, form, status=422)
    except SomebodyWasFirst:
        db.session.refresh(product)
        form.opened_version.data = str(product.version)
        return _page(product, form, status=409)
    is_claim = right is MakingRight.OWN
    flash(_("Claimed. Members may object for 14 days.") if is_claim else _("Saved."), "success")
    return redirect(url_for("desk.right", slug=product.consortium.slug, product_id=product.public_id), 303)


def _list(
    consortium: Consortium, wrong: RightClaim | None = None, typed: ReasonForm | None = None, *, status: int = 200
) -> Any:
    found = claims_in(db.session, consortium)
    forms = {each.id: ReasonForm(prefix=each.public_id, formdata=None) for each in found if _waits(each)}
    if wrong and typed:
        forms[wrong.id] = typed
    page = desk_page(
        "desk/rights.html",
        consortium,
        "rights",
        claims=found,
        forms=forms,
        typed=typed,
        at=now(),
        state_of=state_of,
    )
    return page, status


def _waits(claim: RightClaim) -> bool:
    return claim.state is ClaimState.OPEN and bool(claim.objections)


def _page(product: Product, form: RightForm, *, status: int = 200) -> Any:
    page = desk_page(
        "desk/right.html",
        product.consortium,
        "products",
        product=product,
        version=product.working,
        form=form,
        claim=claim_of(db.session, product),
        right_names=RIGHT_NAMES,
        changed=status == 409,
        at=now(),
        state_of=state_of,
    )
    return page, status


def _form(product: Product) -> RightForm:
    form = RightForm(data={"right": product.making_right.value})
    if not form.is_submitted():
        form.opened_version.data = str(product.version)
    return form


def _refused(claim: RightClaim, words: str) -> Response:
    address = url_for("desk.rights", slug=claim.product.consortium.slug)
    db.session.rollback()
    flash(words, "error")
    return redirect(address, 303)
