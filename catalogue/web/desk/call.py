"""One call while members answer: who was told and how, who has answered (never what), and the ways to tell the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.consortia.models import MemberContact
from catalogue.extensions import db
from catalogue.inquiries.dialling import international
from catalogue.inquiries.telling_models import ToldBy
from catalogue.outbox.models import Due
from catalogue.routing import closing, handing_over, telling
from catalogue.routing.call_reading import letters_of
from catalogue.routing.closing import CannotBeGivenUp, ClosedBefore, called_of
from catalogue.routing.models import Call, CallState, Candidate
from catalogue.routing.telling import ToldBefore
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.codes import qr_svg
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.desk.call_sheet import link_of, message_of, script_of
from catalogue.web.fields import AtMost, LineField, Needed
from catalogue.web.inquiry_words import country_name
from catalogue.web.language import language, speaking
from catalogue.web.loaders import call_at
from catalogue.web.moments import moment
from catalogue.web.offer_page import asked as asked_in_words
from catalogue.web.offer_page import quantity_words, version_of
from catalogue.web.routing_words import CALL_STATES, CLOSED_HOW, TOLD_HOW, closing_words, reason_words, state_of
from catalogue.web.signed_in import signed_in

LAOS = "LA"


class ReasonForm(FlaskForm):
    """Why something is done before its time: all members read it."""

    reason = LineField(_l("Why"), [Needed(_l("Say why: every member reads it")), AtMost(300)])


@dataclass(frozen=True)
class Asked:
    """One member that was asked: how far its letter is, how to reach it, and what to say."""

    candidate: Candidate
    letter: Due | None
    phone: str
    whatsapp: str
    message: str
    script: Sequence[str]
    told: str


@dataclass(frozen=True)
class Forms:
    """The forms of the page as they were sent, where one was."""

    close: ReasonForm | None = None
    give_up: ReasonForm | None = None


@blueprint.get("/<slug>/calls/<number>")
@requires("call.read", load=call_at)
def call(found: Call) -> Any:
    """How far it is."""
    handing_over.check(db.session, found.inquiry, signed_in())
    return _page(found)


@blueprint.post("/<slug>/calls/<number>/told/<candidate_id>")
@requires("call.tell", load=call_at)
def told_of_call(found: Call) -> Response:
    """Note who told a member and how, by one tap; the first word counts."""
    handing_over.check(db.session, found.inquiry, signed_in())
    candidate = _candidate(found)
    try:
        telling.told(db.session, candidate, _how(), by=signed_in(), at=now())
    except ToldBefore:
        words = told_words(candidate)
        db.session.rollback()
        flash(_("Somebody was a moment before you. %(told)s", told=words), "error")
    return _back(found, f"told-{candidate.public_id}")


@blueprint.post("/<slug>/calls/<number>/close")
@requires("call.close", load=call_at)
def close_call(found: Call) -> Any:
    """Close it before its time, with a reason that all members read."""
    form = ReasonForm(prefix="close")
    if not form.validate_on_submit():
        return _page(found, Forms(close=form), 422)
    try:
        closing.close_early(db.session, found, form.reason.data or "", by=signed_in(), at=now())
    except ClosedBefore:
        db.session.rollback()
        flash(_("It was closed a moment ago."), "error")
    else:
        flash(_("Closed. Members read your reason."), "success")
    return _back(found)


@blueprint.post("/<slug>/calls/<number>/give-up")
@requires("call.cancel", load=call_at)
def give_up_call(found: Call) -> Any:
    """Nothing comes of it: those who were asked are told, and what they answered stays sealed."""
    form = ReasonForm(prefix="give-up")
    if not form.validate_on_submit():
        return _page(found, Forms(give_up=form), 422)
    try:
        closing.give_up(db.session, found, form.reason.data or "", by=signed_in(), at=now())
    except CannotBeGivenUp:
        db.session.rollback()
        flash(_("It was divided or given up a moment ago."), "error")
    else:
        flash(_("Given up. Those who were asked are told."), "success")
    return _back(found)


@blueprint.get("/<slug>/calls/<number>/slips")
@requires("call.tell", load=call_at)
def call_slips(found: Call) -> Any:
    """A slip of paper for each member that was asked, or for the one that `member` names, in Lao."""
    handing_over.check(db.session, found.inquiry, signed_in())
    named = request.args.get("member")
    meant = [each for each in called_of(found) if named in (None, each.public_id)] or abort(404)
    bar = {"language": language(), "back": _("Back"), "print": _("Print")}
    with speaking("lo"):
        return render_template(
            "desk/call_slips.html",
            consortium=found.consortium,
            is_demo=found.consortium.is_demo,
            person=signed_in(),
            call=found,
            asked=asked_in_words(found, version_of(found)),
            slips=[(each, qr_svg(link_of(each))) for each in meant],
            bar=bar,
        )


def told_words(candidate: Candidate) -> str:
    """Who told this member, when and how; empty while nobody noted it."""
    if not candidate.told_at or not candidate.told_by or not candidate.told_how:
        return ""
    how = str(TOLD_HOW[candidate.told_how])
    name = candidate.told_by.name
    return _("Told by %(name)s, %(moment)s, %(how)s.", name=name, moment=moment(candidate.told_at), how=how)


def _how() -> ToldBy:
    named = request.form.get("how", "")
    return ToldBy(named) if named in set(ToldBy) else abort(400)


def _candidate(found: Call) -> Candidate:
    named = (request.view_args or {})["candidate_id"]
    return next((each for each in called_of(found) if each.public_id == named), None) or abort(404)


def _back(found: Call, anchor: str | None = None) -> Response:
    address = url_for("desk.call", slug=found.consortium.slug, number=found.number, _anchor=anchor)
    return redirect(address, 303)


def _page(found: Call, forms: Forms | None = None, status: int = 200) -> Any:
    at, forms = now(), forms or Forms()
    state = state_of(found, at)
    called = called_of(found)
    page = desk_page(
        "desk/call.html",
        found.consortium,
        "calls",
        call=found,
        state=state,
        is_open=state is CallState.OPEN,
        states=CALL_STATES,
        closed_how=CLOSED_HOW,
        wanted=asked_in_words(found, version_of(found)),
        called=_asked(found, called),
        answered=sum(each.answered_at is not None for each in called),
        left_out=[each for each in found.candidates if each.left_out_reason],
        others=_others(found),
        close_form=forms.close or ReasonForm(formdata=None, prefix="close"),
        give_up_form=forms.give_up or ReasonForm(formdata=None, prefix="give-up"),
        closing_words=closing_words,
        quantity_words=quantity_words,
        country_name=country_name,
        ways=TOLD_HOW,
    )
    return page, status


def _others(found: Call) -> list[tuple[str, list[str]]]:
    """Who could not be asked, and why."""
    return [
        (each.member.name.in_(language()), [reason_words(found.consortium, reason) for reason in each.reasons])
        for each in found.candidates
        if each.reasons
    ]


def _asked(found: Call, called: Sequence[Candidate]) -> list[Asked]:
    letters, phones = letters_of(db.session, found), _phones(found, called)
    return [_one_asked(each, letters.get(each.id), phones.get(each.member_id, "")) for each in called]


def _one_asked(candidate: Candidate, letter: Due | None, phone: str) -> Asked:
    message = message_of(candidate)
    number = international(phone, LAOS) or ""
    return Asked(
        candidate=candidate,
        letter=letter,
        phone=phone,
        whatsapp=f"https://wa.me/{number}?text={quote(message)}",
        message=message,
        script=script_of(candidate),
        told=told_words(candidate),
    )


def _phones(found: Call, called: Sequence[Candidate]) -> dict[int, str]:
    """How the office reaches those it asked: read for this page of the office alone."""
    keys = [each.member_id for each in called]
    query = select(MemberContact.member_id, MemberContact.phone)
    query = query.where(MemberContact.consortium_id == found.consortium_id, MemberContact.member_id.in_(keys))
    return {row.member_id: row.phone for row in db.session.execute(query)}
