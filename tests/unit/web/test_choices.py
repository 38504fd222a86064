"""Lists of words in forms: written once for a language, and just as WTForms writes them."""

import pytest
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.widgets import Select

from catalogue.inquiries import terms
from catalogue.web.fields import ChoiceField, Needed


class Asked(Form):
    country = ChoiceField("Country", [Needed("?")], words=terms.countries, empty=_l("Choose"), sort=True)
    incoterm = ChoiceField("Terms", words=terms.incoterms, empty="", with_code=True)
    role = ChoiceField("Role", words=terms.roles)


@pytest.mark.parametrize("lang", ["en", "lo"])
@pytest.mark.parametrize(
    "typed", [{}, {"country": "la", "incoterm": "FCA"}, {"country": "", "role": "<b>", "incoterm": "?"}]
)
def test_a_list_is_written_as_before(app, lang, typed):
    with app.test_request_context(f"/{lang}/"):
        app.preprocess_request()
        for field in Asked(MultiDict(typed) if typed else None):
            given = {"class": "field-control", "autocomplete": "off", "aria-invalid": False}
            assert field(**given) == Select()(field, **given)


def test_one_word_is_chosen(app):
    with app.test_request_context("/en/"):
        app.preprocess_request()
        written = Asked(MultiDict({"country": "la"})).country()
    assert written.count(" selected ") == 1
    assert '<option selected value="LA">' in written
