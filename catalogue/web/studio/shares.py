"""The shares of one's own firm: what waits for an answer, what is to be made, and what was."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import select, tuple_
from sqlalchemy.orm import joinedload

from catalogue.consortia.models import Member
from catalogue.extensions import db
from catalogue.routing.division_models import HOLDING, Allocation, Share, ShareState
from catalogue.routing.models import Call
from catalogue.routing.share_lists import is_to_answer, shares_of_member
from catalogue.web.access import requires
from catalogue.web.figures import day, pieces
from catalogue.web.loaders import own_member
from catalogue.web.share_page import answered, share_values
from catalogue.web.signed_in import own_firms, signed_in
from catalogue.web.studio import blueprint
from catalogue.web.studio.beside import studio_page
from catalogue.web.studio.calls import CallRow, photos_of


def own_share_at(share_id: str, **_others: Any) -> Share | None:
    """A share of one's own firm, or of another that one works for as well."""
    firms = [(each.consortium_id, each.id) for each in own_firms()]
    query = select(Share).where(Share.public_id == share_id, tuple_(Share.consortium_id, Share.member_id).in_(firms))
    call = joinedload(Share.allocation).joinedload(Allocation.call).joinedload(Call.consortium)
    return db.session.scalar(query.options(call, joinedload(Share.member)))


@blueprint.get("/shares")
@requires("offer.list", load=own_member)
def shares(member: Member) -> Any:
    """All shares of the firm, by what there is to do."""
    return studio_page("studio/shares.html", member.consortium, member, "today", groups=_groups(member))


@blueprint.get("/shares/<share_id>")
@requires("share.read", load=own_share_at)
def share(found: Share) -> Any:
    """How much, why, and what can be said to it."""
    return _page(found, share_values(found))


@blueprint.post("/shares/<share_id>")
@requires("share.answer", load=own_share_at)
def answer_share(found: Share) -> Any:
    """Take the share, give some back, or object."""
    wrong = answered(found, by=signed_in())
    if wrong:
        return _page(found, wrong), 422
    return redirect(url_for("studio.share", share_id=found.public_id), 303)


def shares_to_answer(member: Member) -> list[CallRow]:
    """What the first page shows of shares: those that wait for an answer."""
    return _rows([each for each in shares_of_member(db.session, member) if is_to_answer(each)])


def _page(found: Share, values: dict[str, Any]) -> str:
    action = url_for("studio.answer_share", share_id=found.public_id)
    return studio_page("studio/share.html", found.member.consortium, found.member, "today", action=action, **values)


def _groups(member: Member) -> list[tuple[str, list[CallRow]]]:
    found = shares_of_member(db.session, member)
    waits = [each for each in found if is_to_answer(each)]
    to_make = [each for each in found if each.state in HOLDING and each.quantity and each not in waits]
    rest = [each for each in found if each not in waits and each not in to_make]
    named = ((_("Waits for your answer"), waits), (_("To make"), to_make), (_("Over"), rest))
    return [(title, _rows(shares)) for title, shares in named]


def _rows(found: Sequence[Share]) -> list[CallRow]:
    photos = photos_of([each.allocation for each in found])
    return [_row(each, photos.get(each.allocation.call.line_id)) for each in found]


def _row(share: Share, photo: Any) -> CallRow:
    call = share.allocation.call
    words, kind = _standing(share)
    given = pieces(share.quantity + share.handed_back, call, call.consortium)
    waits = is_to_answer(share)
    by = day(share.allocation.held_until if waits else share.due_on)
    until = _("Say it by %(day)s", day=by) if waits else _("Ready by %(day)s", day=by)
    text = f"{given} · {until}" if share.quantity else given
    href = url_for("studio.share", share_id=share.public_id)
    return CallRow(href, call.wanted, photo, text, words, kind, waits)


def _standing(share: Share) -> tuple[str, str]:
    if not share.quantity and not share.handed_back:
        return _("Nothing this time"), "info"
    return {
        ShareState.TOLD: (_("Your share"), "new"),
        ShareState.TAKEN: (_("Taken"), "ok"),
        ShareState.HANDED_BACK: (_("Given back"), "info"),
        ShareState.LAPSED: (_("Not answered"), "info"),
        ShareState.AWARDED: (_("To make"), "wait"),
        ShareState.MADE: (_("Made"), "ok"),
    }[share.state]
