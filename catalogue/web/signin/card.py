"""Joining by a card: one big button on the phone that is to be signed in, and whom to call when the card is over."""

from typing import Any

from flask import g, make_response, redirect, render_template, request, session, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug.wrappers import Response

from catalogue.accounts.models import SignIn
from catalogue.consortia import cards, joining
from catalogue.consortia.card_models import Card
from catalogue.consortia.cards import CardState
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.notices.addresses import token_maker
from catalogue.text import Bilingual
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.devices import is_inside_another
from catalogue.web.language import LANGUAGES
from catalogue.web.signed_in import JOINED, acted_for, sign_in_row
from catalogue.web.signin import blueprint
from catalogue.web.signin.coming_in import device, hold
from catalogue.web.signin.tries import too_many_cards

WHY_OVER = {
    CardState.USED: _l("This card was used already. Each card opens one phone only."),
    CardState.TOO_OLD: _l("This card is more than 14 days old."),
    CardState.REVOKED: _l("The office made this card void, or made a newer one."),
    CardState.CLOSED: _l("This card belongs to nobody who works here today."),
}


@blueprint.get("/sign-in/card")
@public
def ask_for_card() -> Any:
    """Whom to call for a card: every office with its telephone."""
    _speak("lo")
    return render_template("signin/ask_for_card.html", found=_offices(), other_language_url=_other())


@blueprint.route("/sign-in/card/<token>", methods=["GET", "POST"])
@public
def use_card(token: str) -> Response:
    """Opening the card shows a button and spends nothing; the button binds it to this phone."""
    is_over = request.method == "POST" and too_many_cards()
    card = cards.card_of(db.session, token, token_maker())
    _speak(card.person.language if card else "lo")
    if card is None:
        return _unknown()
    if is_over:
        return _answer("signin/card_is_over.html", card, 429, why=_l("Too many tries. Wait five minutes."))
    state, row = cards.state_of(db.session, card, at=now()), sign_in_row()
    if row and card.sign_in_id == row.id and state is CardState.USED:
        return _answer("signin/card_is_yours.html", card)
    if state is not CardState.OPEN:
        return _over(card, state)
    if row and (acted_for() or joining.manages(db.session, row.person, card.consortium_id)):
        return _answer("signin/card_of_others.html", card, 403)
    form = FlaskForm()
    if not form.validate_on_submit():
        return _button(card, row, token, form)
    return _join(card, row)


def _join(card: Card, row: SignIn | None) -> Response:
    as_well = row is not None and request.form.get("how") == "as_well"
    try:
        if row is not None and as_well:
            joining.join_as_well(db.session, card, row, at=now())
            session[JOINED] = card.consortium.public_id
        else:
            joined = joining.join(db.session, card, device=device(), at=now(), instead_of=row)
            hold(joined.key, card.consortium.public_id)
    except joining.SomebodyWasFirst:
        card_id = card.id
        db.session.rollback()
        again = db.session.get_one(Card, card_id)
        return _over(again, cards.state_of(db.session, again, at=now()))
    return redirect(url_for("studio.today"), 303)


def _button(card: Card, row: SignIn | None, token: str, form: FlaskForm) -> Response:
    return _answer(
        "signin/use_card.html",
        card,
        422 if form.errors else 200,
        form=form,
        token=token,
        somebody=row.person if row and row.person_id != card.person_id else None,
        is_inside_another=is_inside_another(device()),
    )


def _over(card: Card, state: CardState) -> Response:
    return _answer("signin/card_is_over.html", card, 410, why=WHY_OVER.get(state, WHY_OVER[CardState.USED]))


def _unknown() -> Response:
    """A card that was never ours, or one half read: nothing tells whether anything like it exists."""
    found = _offices()
    db.session.rollback()
    status = 429 if request.method == "GET" and too_many_cards() else 410
    page = render_template("signin/card_unknown.html", found=found, is_over=status == 429, other_language_url=_other())
    return _private(make_response(page, status))


def _answer(template: str, card: Card, status: int = 200, **values: Any) -> Response:
    page = render_template(
        template,
        card=card,
        consortium=card.consortium,
        is_demo=card.consortium.is_demo,
        other_language_url=_other(),
        **values,
    )
    return _private(make_response(page, status))


def _private(answer: Response) -> Response:
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _speak(language: str) -> None:
    asked = request.args.get("lang")
    g.language = asked if asked in LANGUAGES else language


def _other() -> str:
    return url_for(
        request.endpoint or "", **(request.view_args or {}), lang="en" if g.get("language") == "lo" else "lo"
    )


def _offices() -> list[tuple[Bilingual, str]]:
    """Every office by name, with its telephone."""
    found = db.session.scalars(select(Consortium).order_by(Consortium.id))
    return [(each.name, each.shared_contact_phone) for each in found]
