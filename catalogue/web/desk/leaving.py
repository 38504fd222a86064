"""A firm leaves: first what that would do, then the act, then the link by which it takes along what is its own."""

from typing import Any

import segno
from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField
from wtforms.validators import InputRequired

from catalogue.consortia.maker_models import Leaving
from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.inquiries.inbox import open_inquiries_for
from catalogue.notices.addresses import site_address, token_maker
from catalogue.products import leaving
from catalogue.routing import shares
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, Needed, WordsField
from catalogue.web.loaders import member_at
from catalogue.web.signed_in import signed_in


class LeavingForm(FlaskForm):
    """Why the firm leaves, and that the manager read what it does."""

    reason = WordsField(_l("Why it leaves"), [Needed(_l("Write why the firm leaves")), AtMost(leaving.LONGEST_REASON)])
    read = BooleanField(
        _l("I have read what happens. It cannot be undone."), [InputRequired(_l("Tick this box first"))]
    )


@blueprint.get("/<slug>/members/<member_id>/leave")
@requires("member.release", load=member_at)
def leaving_preview(member: Member) -> Any:
    """What would happen today; of a firm that left, what there is for it to fetch."""
    return _page(member, LeavingForm())


@blueprint.post("/<slug>/members/<member_id>/leave")
@requires("member.release", load=member_at)
def release_member(member: Member) -> Any:
    """All of it, in one act."""
    form = LeavingForm()
    if not form.validate_on_submit():
        return _page(member, form, status=422)
    try:
        leaving.leave(db.session, member, reason=form.reason.data or "", by=signed_in(), at=now())
        shares.hand_back_all(db.session, member, by=signed_in(), at=now())
    except leaving.LeftAlready:
        flash(_("This firm left already."), "error")
        return _back(member)
    flash(_("The firm has left. Give it the link below."), "success")
    return _back(member)


def _back(member: Member) -> Response:
    address = url_for("desk.leaving_preview", slug=member.consortium.slug, member_id=member.public_id)
    return redirect(address, 303)


def _page(member: Member, form: LeavingForm, status: int = 200) -> Any:
    left = leaving.leaving_by(db.session, member)
    link = _link(left) if left and left.ends_at > now() else ""
    page = desk_page(
        "desk/leaving.html",
        member.consortium,
        "members",
        firm=member,
        form=form,
        left=left,
        link=link,
        qr=segno.make(link).svg_data_uri(scale=4, border=2, xmldecl=False, svgns=True) if link else "",
        seen=leaving.preview(db.session, member) if member.is_active else None,
        inquiries=open_inquiries_for(db.session, member),
    )
    return page, status


def _link(left: Leaving) -> str:
    """In Lao: whoever leaves reads it so."""
    return site_address("storefront.taken_along", lang="lo", token=leaving.token_of(left, token_maker()))
