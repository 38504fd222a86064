"""After the division: what each member said to its share, objections to answer, what was made and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import MemberContact
from catalogue.extensions import db
from catalogue.inquiries.dialling import international
from catalogue.notices.shares import share_page
from catalogue.outbox.models import Due
from catalogue.routing import handing_over, shares
from catalogue.routing.division_models import Share, ShareState
from catalogue.routing.models import Call
from catalogue.routing.proposing import to_divide_again
from catalogue.routing.share_lists import is_to_answer, shares_of_call
from catalogue.web.access import may, requires
from catalogue.web.clock import in_vientiane, now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, DayField, Needed, Readable, WordsField
from catalogue.web.figures import day, pieces
from catalogue.web.language import speaking
from catalogue.web.loaders import call_at
from catalogue.web.share_form import LONGEST_OBJECTION, back_for
from catalogue.web.signed_in import signed_in

LAOS = "LA"
SPOKEN = "lo"


class AnswerForm(FlaskForm):
    """What the office answers to a member that does not agree."""

    words = WordsField(
        _l("Your answer, in Lao"),
        [Needed(_l("Write your answer")), Readable(_l("Write your answer")), AtMost(LONGEST_OBJECTION)],
    )


class MadeForm(FlaskForm):
    """Since when it is made."""

    on = DayField(_l("At the office since"), [Needed(_l("Write the day"))])


@dataclass(frozen=True)
class Followed:
    """One member's share, how far its letter is, how to reach it, and the forms of what can be done."""

    share: Share
    given: str
    left: str
    back: str
    letter: Due | None
    phone: str
    whatsapp: str
    message: str
    answer: AnswerForm
    made: MadeForm
    days_late: int


@blueprint.get("/<slug>/calls/<number>/shares/follow")
@requires("allocation.read", load=call_at)
def follow_shares(call: Call) -> Any:
    """How far each share is."""
    handing_over.check(db.session, call.inquiry, signed_in())
    return _page(call)


@blueprint.post("/<slug>/calls/<number>/shares/<share_id>/answer")
@requires("allocation.confirm", load=call_at)
def answer_objection(call: Call) -> Any:
    """Answer a member that does not agree."""
    share = _share(call)
    form = AnswerForm(prefix=f"answer-{share.public_id}")
    if not form.validate_on_submit():
        return _page(call, {share.public_id: form}), 422
    try:
        shares.answer_objection(db.session, share, form.words.data or "", by=signed_in(), at=now())
    except shares.AnsweredObjection:
        return _refused(call, _("Somebody answered it a moment before you."))
    flash(_("Answered. The member reads it on its page, and gets a letter."), "success")
    return _back(call, share)


@blueprint.post("/<slug>/calls/<number>/shares/<share_id>/made")
@requires("share.made", load=call_at)
def share_made(call: Call) -> Any:
    """Note that what was awarded is made."""
    share = _share(call)
    form = MadeForm(prefix=f"made-{share.public_id}")
    if not form.validate_on_submit() or form.on.data is None:
        return _page(call, {share.public_id: form}), 422
    try:
        shares.mark_made(db.session, share, form.on.data, by=signed_in(), at=now())
    except shares.NotYet:
        form.on.errors = [_("This day is still to come.")]
        return _page(call, {share.public_id: form}), 422
    except shares.SettledAlready:
        return _refused(call, _("Somebody was a moment before you. This is how it stands now."))
    flash(_("Noted: it is made."), "success")
    return _back(call, share)


def message_of(share: Share) -> str:
    """A short text in Lao with the link to the share, to be sent by WhatsApp."""
    call = share.allocation.call
    with speaking(SPOKEN):
        amount = pieces(share.quantity, call, call.consortium)
        lines = [
            _("Good day %(name)s,", name=share.member.name.in_(SPOKEN)),
            _("The work is divided: %(wanted)s. Your share: %(share)s.", wanted=call.wanted.in_(SPOKEN), share=amount),
            _("Ready by %(day)s.", day=day(share.due_on)),
            _("Press here to read why, and to take it or give some back:") + " " + share_page(share, SPOKEN),
        ]
    return "\n".join(lines)


def _share(call: Call) -> Share:
    named = (request.view_args or {})["share_id"]
    found = shares_of_call(db.session, call)
    return next((each for each in found if each.public_id == named), None) or abort(404)


def _page(call: Call, sent: dict[str, AnswerForm | MadeForm] | None = None) -> str:
    found = [each for each in shares_of_call(db.session, call) if _is_shown(each)]
    free = to_divide_again(db.session, call)
    return desk_page(
        "desk/share_follow.html",
        call.consortium,
        "calls",
        call=call,
        followed=_followed(call, found, sent or {}),
        waiting=sum(1 for each in found if is_to_answer(each)),
        free=pieces(free, call, call.consortium) if free > 0 else "",
        wrong=next(iter((sent or {}).values()), None),
        states=STATES,
        back_for=back_for,
    )


def _is_shown(share: Share) -> bool:
    return bool(share.quantity or share.handed_back or share.objection)


STATES = {
    ShareState.TOLD: (_l("waits for its answer"), "wait"),
    ShareState.TAKEN: (_l("takes it"), "ok"),
    ShareState.HANDED_BACK: (_l("gave it back"), "new"),
    ShareState.LAPSED: (_l("no answer in time"), "new"),
    ShareState.AWARDED: (_l("makes it"), "info"),
    ShareState.MADE: (_l("made"), "ok"),
}


def _followed(call: Call, found: Sequence[Share], sent: dict[str, AnswerForm | MadeForm]) -> list[Followed]:
    phones = _phones(call, found) if may("member.reach", call) else {}
    letters = _letters(call, found)
    today = in_vientiane(now()).date()
    return [_one(call, share, phones.get(share.member_id, ""), letters.get(share.id), sent, today) for share in found]


def _one(
    call: Call,
    share: Share,
    phone: str,
    letter: Due | None,
    sent: dict[str, AnswerForm | MadeForm],
    today: date,
) -> Followed:
    key, message = share.public_id, message_of(share)
    mine = sent.get(key)
    dialled = international(phone, LAOS) if phone else None
    return Followed(
        share=share,
        given=pieces(share.quantity + share.handed_back, call, call.consortium),
        left=pieces(share.quantity, call, call.consortium),
        back=pieces(share.handed_back, call, call.consortium),
        letter=letter,
        phone=phone,
        whatsapp=f"https://wa.me/{dialled or ''}?text={quote(message)}",
        message=message,
        answer=mine if isinstance(mine, AnswerForm) else AnswerForm(prefix=f"answer-{key}", formdata=None),
        made=mine if isinstance(mine, MadeForm) else MadeForm(prefix=f"made-{key}", formdata=None, on=today),
        days_late=shares.days_late(share),
    )


def _phones(call: Call, found: Sequence[Share]) -> dict[int, str]:
    keys = [share.member_id for share in found]
    query = select(MemberContact.member_id, MemberContact.phone).where(
        MemberContact.consortium_id == call.consortium_id, MemberContact.member_id.in_(keys)
    )
    return {row.member_id: row.phone for row in db.session.execute(query)}


def _letters(call: Call, found: Sequence[Share]) -> dict[int, Due]:
    keys = {f"share:{share.id}": share.id for share in found}
    query = select(Due).where(Due.consortium_id == call.consortium_id, Due.kind == "share_told", Due.about.in_(keys))
    return {keys[str(due.about)]: due for due in db.session.scalars(query)}


def _back(call: Call, share: Share) -> Response:
    return redirect(_address(call, f"share-{share.public_id}"), 303)


def _refused(call: Call, words: str) -> Response:
    address = _address(call)
    db.session.rollback()
    flash(words, "error")
    return redirect(address, 303)


def _address(call: Call, anchor: str | None = None) -> str:
    return url_for("desk.follow_shares", slug=call.consortium.slug, number=call.number, _anchor=anchor)
