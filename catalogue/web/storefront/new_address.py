"""The links about another e-mail address: the new one confirms it, the old one refuses it; a button each."""

from flask import abort
from werkzeug.wrappers import Response

from catalogue.extensions import csrf, db
from catalogue.inquiries import new_address as changing
from catalogue.inquiries.address_models import AddressChange
from catalogue.inquiries.new_address import CONFIRM, REFUSE, NoLongerOpen
from catalogue.inquiries.renewing import RenewedBefore
from catalogue.notices.addresses import token_maker
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.language import language
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.buyer_link import wrong_link
from catalogue.web.storefront.private_notice import notice_page


@blueprint.get("/<lang>/i/<token>/confirm-address")
@public
def new_address(token: str) -> Response:
    """What the button does. Nothing of the inquiry is shown: the address may be somebody else's."""
    change = _change(token, CONFIRM)
    return _page("confirm" if changing.can_be_confirmed(change, now()) else "over", change)


# The token in the address is the proof.
@blueprint.post("/<lang>/i/<token>/confirm-address")
@csrf.exempt
@public
def confirm_address(token: str) -> Response:
    """From now on letters go to this address."""
    change = _change(token, CONFIRM)
    try:
        changing.confirm(db.session, change, at=now())
    except NoLongerOpen:
        return _over(change)
    return _page("confirmed", change)


@blueprint.get("/<lang>/i/<token>/keep-address")
@public
def old_address(token: str) -> Response:
    """What the button does."""
    change = _change(token, REFUSE)
    return _page("refuse" if changing.can_be_refused(change, now()) else "over", change)


@blueprint.post("/<lang>/i/<token>/keep-address")
@csrf.exempt
@public
def keep_address(token: str) -> Response:
    """The old address stays, or comes back, and the private link is a new one."""
    change = _change(token, REFUSE)
    try:
        changing.refuse(db.session, change, at=now())
    except (NoLongerOpen, RenewedBefore):
        return _over(change)
    return _page("refused", change)


def _change(token: str, purpose: str) -> AddressChange:
    change = changing.change_of_token(db.session, token, token_maker(), purpose)
    if change is None:
        abort(wrong_link())
    return change


def _over(change: AddressChange) -> Response:
    """Said before, or too late: the page says how it stands; nothing of this request is kept."""
    consortium = change.inquiry.consortium.name.in_(language())
    db.session.rollback()
    return notice_page("over", consortium)


def _page(what: str, change: AddressChange) -> Response:
    return notice_page(what, change.inquiry.consortium.name.in_(language()))
