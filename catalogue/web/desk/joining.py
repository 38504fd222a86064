"""Inviting people of a firm: cards made, printed and made void; lost phones cut off; people let go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, get_template_attribute, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from catalogue.consortia import cards, people
from catalogue.consortia.card_models import Card
from catalogue.consortia.models import Consortium, Member
from catalogue.extensions import db
from catalogue.notices.addresses import site_address, token_maker
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.codes import qr_svg
from catalogue.web.desk import blueprint
from catalogue.web.desk.member import PersonForm, back_to, member_page, refused
from catalogue.web.language import speaking
from catalogue.web.loaders import consortium_at, member_at
from catalogue.web.signed_in import signed_in


@dataclass(frozen=True)
class ShownCard:
    """A card as its page shows it: drawn in the language of whom it is for, with the address and words to send."""

    card: Card
    paper: Markup
    address: str
    message: str


# -- making and printing --


@blueprint.post("/<slug>/members/<member_id>/people")
@requires("member.invite", load=member_at)
def add_person(member: Member) -> Any:
    """Somebody new at the firm, and the card at once."""
    form = PersonForm()
    if not form.validate_on_submit():
        return member_page(member, person_form=form, status=422)
    try:
        person = people.add_to_firm(
            db.session, member, form.name.data or "", language=form.language.data, by=signed_in(), at=now()
        )
    except cards.NotOfThisFirm:
        return refused(member, _("This firm has left."))
    return _to(cards.make_card(db.session, member, person, by=signed_in(), at=now()))


@blueprint.post("/<slug>/members/<member_id>/people/<person_id>/card")
@requires("member.invite", load=member_at)
def make_card(member: Member) -> Response:
    """A new card for one of the firm's people."""
    role = people.person_at(db.session, member, _named("person_id"))
    if role is None:
        abort(404)
    try:
        return _to(cards.make_card(db.session, member, role.person, by=signed_in(), at=now()))
    except cards.NotOfThisFirm:
        return refused(member, _("This firm has left."))


@blueprint.get("/<slug>/members/<member_id>/cards/<card_id>")
@requires("member.invite", load=member_at)
def card(member: Member) -> Any:
    """One card, to print on A6 or to send as a link; only while it can be opened."""
    found = [each for each in cards.open_cards(db.session, member, at=now()) if each.public_id == _named("card_id")]
    if not found:
        abort(404)
    back = url_for("desk.member", slug=member.consortium.slug, member_id=member.public_id)
    return _paper(member.consortium, found, back, is_alone=True)


@blueprint.get("/<slug>/members/<member_id>/cards")
@requires("member.invite", load=member_at)
def cards_of_member(member: Member) -> Any:
    """All open cards of a firm, four on a sheet."""
    back = url_for("desk.member", slug=member.consortium.slug, member_id=member.public_id)
    return _paper(member.consortium, cards.open_cards(db.session, member, at=now()), back)


@blueprint.get("/<slug>/cards", endpoint="cards")
@requires("member.invite", load=consortium_at)
def show_cards(consortium: Consortium) -> Any:
    """All open cards of the consortium, four on a sheet, firm by firm."""
    found = cards.open_cards_of_all(db.session, consortium, at=now())
    return _paper(consortium, found, url_for("desk.members", slug=consortium.slug))


@blueprint.post("/<slug>/cards")
@requires("member.invite", load=consortium_at)
def make_cards(consortium: Consortium) -> Response:
    """A card for everybody who has neither phone nor card yet, as before a meeting of the members."""
    found = people.without_phone(db.session, consortium, at=now())
    for role in found:
        if role.member:
            cards.make_card(db.session, role.member, role.person, by=signed_in(), at=now())
    flash(ngettext("One card was made.", "%(num)s cards were made.", len(found)), "success")
    return redirect(url_for("desk.cards", slug=consortium.slug), 303)


# -- taking back --


@blueprint.post("/<slug>/members/<member_id>/cards/<card_id>/revoke")
@requires("member.invite", load=member_at)
def revoke_card(member: Member) -> Response:
    """Make a lost card void."""
    for each in cards.open_cards(db.session, member, at=now()):
        if each.public_id == _named("card_id"):
            cards.revoke(db.session, each, by=signed_in(), at=now())
            flash(_("The card is void. Nobody can use it any more."), "success")
    return back_to(member)


@blueprint.post("/<slug>/members/<member_id>/people/<person_id>/phones/<int:phone_id>/cut-off")
@requires("member.cut_off", load=member_at)
def cut_off_phone(member: Member) -> Response:
    """A phone is lost: it opens nothing from now on."""
    role = people.person_at(db.session, member, _named("person_id"))
    phone_id = (request.view_args or {})["phone_id"]
    if role and people.cut_off(db.session, member, role.person, phone_id, by=signed_in(), at=now()):
        flash(_("The phone is cut off. Make a new card for the next one."), "success")
    return back_to(member)


@blueprint.post("/<slug>/members/<member_id>/people/<person_id>/leave")
@requires("member.cut_off", load=member_at)
def let_go(member: Member) -> Response:
    """Somebody no longer works for the firm."""
    role = people.person_at(db.session, member, _named("person_id"))
    if role is None:
        abort(404)
    name = role.person.name
    people.let_go(db.session, member, role, by=signed_in(), at=now())
    flash(_("%(name)s no longer works for this firm.", name=name), "success")
    return back_to(member)


# -- as they are shown --


def _paper(consortium: Consortium, found: Sequence[Card], back: str, *, is_alone: bool = False) -> Any:
    return render_template(
        "desk/cards.html",
        consortium=consortium,
        is_demo=consortium.is_demo,
        person=signed_in(),
        shown=[_shown(each) for each in found],
        back=back,
        is_alone=is_alone,
    )


def _shown(card: Card) -> ShownCard:
    """Composed in the language of its reader, whoever prints it."""
    address = site_address("signin.use_card", token=cards.token_of(card, token_maker()))
    spoken = card.person.language
    draw = get_template_attribute("macros/joining.html", "joining_card")
    with speaking(spoken):
        said = _("%(name)s, open this link on your phone and press the button:", name=card.person.name)
        return ShownCard(card, Markup(draw(card, qr_svg(address), spoken)), address, f"{said} {address}")  # noqa: S704


def _to(card: Card) -> Response:
    address = url_for("desk.card", slug=card.consortium.slug, member_id=card.member.public_id, card_id=card.public_id)
    return redirect(address, 303)


def _named(part: str) -> str:
    return str((request.view_args or {})[part])
