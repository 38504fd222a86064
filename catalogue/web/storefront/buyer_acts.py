"""What a buyer does on the private page: answer questions, close the inquiry, renew the link, give an address."""

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from catalogue.database import apart
from catalogue.extensions import csrf, db
from catalogue.inquiries import defences, giving_up, new_address, questions, renewing, terms
from catalogue.inquiries.models import Inquiry, Sending
from catalogue.web import attachments
from catalogue.web.access import public
from catalogue.web.clock import now
from catalogue.web.storefront import blueprint
from catalogue.web.storefront.answer_form import answers_form
from catalogue.web.storefront.buyer_files import files_of, kept, taken_in
from catalogue.web.storefront.buyer_forms import AddressForm, ClosingForm, PressedForm
from catalogue.web.storefront.buyer_link import back_to, found_by, inquiries_of, named_in, too_many
from catalogue.web.storefront.buyer_page import Sent, page, prefix_of
from catalogue.web.storefront.private_notice import notice_page

DAY = defences.DAY
MOST_ANSWERS_AN_HOUR = 30
MOST_RENEWED_A_DAY = 5
MOST_ADDRESSES_A_DAY = 5


@blueprint.post("/<lang>/i/<token>/answers")
@csrf.exempt
@public
def answer_questions(token: str) -> Response:
    """Answers to the office's questions; whatever is left empty stays open."""
    request.max_content_length = attachments.MOST_REQUEST_BYTES
    is_too_much = too_many("buyer wrote", token, MOST_ANSWERS_AN_HOUR)
    taken = taken_in(token)
    found = found_by(token)
    inquiry = named_in(found)
    asked = questions.open_questions(db.session, inquiry, now())
    form = answers_form(asked, prefix_of(found, inquiry, "answer"))
    files = {each.question.public_id: files_of(taken, token, each.field.name) for each in form.photos}
    sent = Sent(inquiry, form, {each.field.name: files[each.question.public_id] for each in form.photos})
    if not asked:
        return _again(found, token, _("These questions are answered already. Thank you."), "info")
    if is_too_much:
        form.form_errors.append(_("So many messages came in this hour that we ask you to wait a little."))
        return page(found, token, sent, 429)
    if not form.is_right_with(files):
        return page(found, token, sent, 422)
    parked = [each for of_question in files.values() for each in of_question.parked]
    submission = form.submission.data
    try:
        questions.record_answers(
            db.session, inquiry, form.values, kept(inquiry, parked), at=now(), submission=submission
        )
    except questions.AnsweredBefore:
        return _again(found, token, _("These questions are answered already. Thank you."), "info")
    flash(_("Thank you. The office has your answers."), "success")
    return back_to(found, token)


@blueprint.post("/<lang>/i/<token>/close")
@csrf.exempt
@public
def close_as_buyer(token: str) -> Response:
    """The buyer no longer wants it."""
    found = found_by(token)
    inquiry = named_in(found)
    form = ClosingForm(prefix=prefix_of(found, inquiry, "close"))
    if not giving_up.may_be_given_up(inquiry):
        return _again(found, token, _("This inquiry cannot be closed here any more. Write to the office."))
    if not form.is_right():
        return page(found, token, Sent(inquiry, form), 422)
    words, why = form.words.data or "", terms.leavings()[form.reason.data]
    try:
        giving_up.give_up(db.session, inquiry, why, words, at=now())
    except giving_up.CannotBeGivenUp:
        return _again(found, token, _("This inquiry cannot be closed here any more. Write to the office."))
    flash(_("The inquiry is closed, and the office knows."), "success")
    return back_to(found, token)


@blueprint.post("/<lang>/i/<token>/renew")
@csrf.exempt
@public
def renew_link(token: str) -> Response:
    """A new link in place of this one, by letter to the known address."""
    is_too_much = too_many("link renewed", token, MOST_RENEWED_A_DAY, DAY)
    found = found_by(token)
    form = PressedForm(prefix="renew")
    if not form.is_right() or not renewing.can_be_renewed(found):
        return page(found, token, Sent(inquiries_of(found)[0], form), 422)
    if is_too_much:
        return _again(found, token, _("The link was renewed several times today. Please wait until tomorrow."))
    try:
        renewing.renew(db.session, found, at=now())
    except renewing.RenewedBefore:
        db.session.rollback()
    return notice_page("link renewed")


@blueprint.post("/<lang>/i/<token>/address")
@csrf.exempt
@public
def give_address(token: str) -> Response:
    """Another e-mail address: a letter goes to it, and one to the address that is known; nothing changes yet."""
    is_too_much = too_many("address given", token, MOST_ADDRESSES_A_DAY, DAY)
    form = AddressForm(prefix="new")
    is_right = form.is_right()
    may_go = is_right and not is_too_much and _may_go_to(form.email.data or "")
    found = found_by(token)
    sent = Sent(inquiries_of(found)[0], form)
    if not is_right:
        return page(found, token, sent, 422)
    if not may_go or not new_address.may_be_changed(found):
        form.email.errors = [_("No more letters can go to this address today. Please try again tomorrow.")]
        return page(found, token, sent, 429)
    try:
        new_address.ask_for_change(db.session, found, form.email.data or "", at=now())
    except new_address.SameAddress:
        form.email.errors = [_("Our letters go to this address already.")]
        return page(found, token, sent, 422)
    words = _("We sent a letter to %(email)s. Open the link in it within three days.", email=form.email.data)
    flash(words, "success")
    return back_to(found, token)


def _may_go_to(email: str) -> bool:
    """Count one letter to somebody who may not have asked for it."""
    with apart(db.engine) as session:
        return defences.may_confirm(session, email, at=now())


def _again(found: Inquiry | Sending, token: str, words: str, kind: str = "error") -> Response:
    db.session.rollback()
    flash(words, kind)
    return back_to(found, token)
