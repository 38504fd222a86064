"""Asking for more information: ready questions to tick, about the whole inquiry or one line, and one in own words."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectChoice, SelectField

from catalogue.extensions import db
from catalogue.inquiries.answer_words import answer_words, line_name
from catalogue.inquiries.models import Inquiry
from catalogue.inquiries.questions import ReadyQuestion, ToAsk, ask, options_of, questions_of, ready_questions
from catalogue.leaks import find_leaks
from catalogue.text import Bilingual
from catalogue.tokens import new_key
from catalogue.web.access import requires
from catalogue.web.asked_fields import SeveralField
from catalogue.web.clock import now
from catalogue.web.desk import blueprint
from catalogue.web.desk.beside import desk_page
from catalogue.web.fields import AtMost, WordsField
from catalogue.web.language import language
from catalogue.web.loaders import inquiry_at
from catalogue.web.signed_in import signed_in

WHOLE = ""
LONGEST_OWN = 500


class QuestionsForm(FlaskForm):
    """Which questions, about what; `submission` makes a second click the same asking."""

    topics = SeveralField(_l("What do you need to know?"))
    line = SelectField(_l("About"), default=WHOLE)  # an inquiry without lines shows no such field, and sends none
    own_lo = WordsField(_l("Your own question, in Lao"), [AtMost(LONGEST_OWN)])
    own_en = WordsField(_l("Your own question, in English"), [AtMost(LONGEST_OWN)])
    submission = HiddenField(default=new_key)

    def offer(self, inquiry: Inquiry) -> None:
        """Put in what can be chosen for this inquiry."""
        self.topics.choices = [SelectChoice(each.topic, said(each)) for each in ready_questions().values()]
        lines = [SelectChoice(str(line.position), line_name(line, language())) for line in inquiry.lines]
        self.line.choices = [SelectChoice(WHOLE, _("the whole inquiry")), *lines]

    def is_right(self, inquiry: Inquiry) -> bool:
        """Check it: something is asked, an own question in both languages and without a contact."""
        is_valid = self.validate_on_submit()
        own = Bilingual(lo=self.own_lo.data or "", en=self.own_en.data or "")
        if own and not own.is_complete:
            field = self.own_lo if "lo" in own.missing else self.own_en
            field.errors = [_("Write the question in both languages: the buyer reads one, members the other")]
        for field in (self.own_lo, self.own_en):
            if find_leaks(field.data or "", inquiry.consortium.public_contacts):
                field.errors = [_("A contact stands in the question. Take it out.")]
        if not self.topics.data and not own:
            self.topics.errors = [_("Choose at least one question, or write your own")]
        return is_valid and not self.errors

    def to_ask(self, inquiry: Inquiry) -> list[ToAsk]:
        """The questions as the operation takes them."""
        line = next((each for each in inquiry.lines if str(each.position) == self.line.data), None)
        ready = [each for topic, each in ready_questions().items() if topic in (self.topics.data or ())]
        asked = [ToAsk(each.text, each.kind, each.topic, line if each.about_line else None) for each in ready]
        own = Bilingual(lo=self.own_lo.data or "", en=self.own_en.data or "")
        return [*asked, *([ToAsk(own, line=line)] if own else [])]


@blueprint.route("/<slug>/inquiries/<inquiry_id>/questions", methods=["GET", "POST"])
@requires("inquiry.ask", load=inquiry_at)
def questions(found: Inquiry) -> Any:
    """Choose questions, and send them: the buyer gets a letter and finds a field for each on the private page."""
    if request.method == "GET":
        return _page(found, QuestionsForm(None))
    form = QuestionsForm()
    form.offer(found)
    if not form.is_right(found):
        return _page(found, form, 422)
    if not found.is_open:
        db.session.rollback()
        flash(_("This inquiry is closed. Nothing was asked."), "error")
        return _to(found)
    ask(db.session, found, form.to_ask(found), by=signed_in(), at=now(), submission=form.submission.data)
    flash(_("The questions are on their way to the buyer."), "success")
    return _to(found)


def said(ready: ReadyQuestion) -> str:
    """A ready question in the reader's language."""
    return ready.text.in_(language())


def _to(found: Inquiry) -> Response:
    return redirect(url_for("desk.inquiry", slug=found.consortium.slug, inquiry_id=found.public_id), 303)


def _page(found: Inquiry, form: QuestionsForm, status: int = 200) -> Any:
    form.offer(found)
    asked = [(each, answer_words(each, options_of(each), language())) for each in questions_of(db.session, found)]
    page = desk_page(
        "desk/questions.html",
        found.consortium,
        "inbox",
        inquiry=found,
        form=form,
        ready=ready_questions(),
        asked=asked,
        asks_in=found.language,
    )
    return page, status
