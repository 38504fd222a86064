"""Texts of a buyer in which a contact was found: marked where it stands, let pass or masked by a manager."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, flash, redirect, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from catalogue.extensions import db
from catalogue.inquiries import holding
from catalogue.inquiries.holding import DecidedBefore, HeldText, NothingHeld
from catalogue.inquiries.holding_models import Decision, Passing
from catalogue.inquiries.models import Inquiry
from catalogue.web.access import requires
from catalogue.web.clock import now
from catalogue.web.contact_marks import cut_at_contacts
from catalogue.web.desk import blueprint
from catalogue.web.loaders import inquiry_at
from catalogue.web.moments import moment
from catalogue.web.signed_in import signed_in

KINDS: dict[str, LazyString] = {
    "phone": _l("a telephone number"),
    "email": _l("an e-mail address"),
    "address": _l("a web address"),
    "handle": _l("a name on WhatsApp, LINE, WeChat or the like"),
}


@dataclass(frozen=True)
class ShownHeld:
    """One text of the buyer as the desk shows it."""

    part: str
    pieces: Sequence[tuple[str, bool]]
    is_held: bool
    found: str
    decided: str
    decision: str
    goes_on: str

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return "held-" + self.part.replace(":", "-").replace(".", "-")


def held_texts(found: Inquiry) -> Mapping[str, ShownHeld]:
    """Every text of the buyer by its part: "inquiry", "message:12", "message:12.translation", "line:5.note"."""
    return {part: _shown(text) for part, text in holding.texts_of(db.session, found).items()}


@blueprint.post("/<slug>/inquiries/<inquiry_id>/held")
@requires("inquiry.let_pass", load=inquiry_at)
def decide_held(found: Inquiry) -> Response:
    """Let a text pass, or hide the contacts in it; the form says what it showed, so that nothing is decided unseen."""
    part, was = request.form.get("part", ""), request.form.get("was", "")
    if request.form.get("decision") not in set(Decision) or was not in {"", *Decision}:
        abort(400)
    decision = Decision(request.form["decision"])
    try:
        holding.decide(db.session, found, part, decision, by=signed_in(), at=now(), was=Decision(was) if was else None)
    except DecidedBefore as earlier:
        words = _decided(earlier.passing)
        db.session.rollback()
        flash(_("Somebody was a moment before you. %(decided)s", decided=words), "error")
    except NothingHeld:
        db.session.rollback()
        flash(_("Nothing waits there any more."), "error")
    else:
        flash(_("It goes on as it stands.") if decision is Decision.PASS else _("It goes on with ••• in its place."))
    anchor = "held-" + part.replace(":", "-").replace(".", "-") if part else None
    address = url_for("desk.inquiry", slug=found.consortium.slug, inquiry_id=found.public_id, _anchor=anchor)
    return redirect(address, 303)


def _shown(text: HeldText) -> ShownHeld:
    kinds = dict.fromkeys(leak.kind for leak in text.leaks)
    return ShownHeld(
        part=text.part,
        pieces=list(cut_at_contacts(text.text, text.leaks)),
        is_held=text.is_held,
        found=", ".join(str(KINDS[kind]) for kind in kinds),
        decided=_decided(text.passing) if text.passing else "",
        decision=text.passing.decision if text.passing else "",
        goes_on=text.goes_on or "",
    )


def _decided(passing: Passing) -> str:
    if passing.decision is Decision.PASS:
        return _("%(name)s let it pass, %(moment)s.", name=passing.by.name, moment=moment(passing.at))
    return _("%(name)s masked it, %(moment)s.", name=passing.by.name, moment=moment(passing.at))
