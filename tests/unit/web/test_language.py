"""Phrases of templates: in the language of the page or of a letter, escaped on pages and bare in plain text."""

import pytest
from flask_babel import force_locale, gettext
from markupsafe import Markup

NUMBERED = "{{ ngettext('%(num)s product', '%(num)s products', count) }}"
ESCAPING = "{% autoescape true %}{{ _('In the inquiry list: %(product)s', product=name) }}{% endautoescape %}"
BARE = "{% autoescape false %}{{ _('In the inquiry list: %(product)s', product=name) }}{% endautoescape %}"


@pytest.fixture
def written(app):
    """Writes a template on a page in a language."""

    def write(template, lang="en", **values):
        with app.test_request_context(f"/{lang}/"):
            app.preprocess_request()
            return app.jinja_env.from_string(template).render(**values)

    return write


@pytest.mark.parametrize(("lang", "said"), [("en", "Makers"), ("lo", "ຜູ້ຜະລິດ")])
def test_a_phrase_follows_the_page(written, lang, said):
    assert written("{{ _('Makers') }}", lang) == said


@pytest.mark.parametrize(("count", "said"), [(1, "1 product"), (2, "2 products")])
def test_a_phrase_follows_its_number(written, count, said):
    assert written(NUMBERED, count=count) == said


def test_what_is_put_into_a_phrase_is_escaped(written):
    assert written(ESCAPING, name="<b>").endswith(": &lt;b&gt;")
    assert written(ESCAPING, name=Markup("<b>")).endswith(": <b>")
    assert written(BARE, name="<b>").endswith(": <b>")


def test_a_letter_speaks_its_own_language(app):
    template = app.jinja_env.from_string("{{ _('Makers') }}")
    with app.app_context():
        for lang, said in [("lo", "ຜູ້ຜະລິດ"), ("en", "Makers"), ("lo", "ຜູ້ຜະລິດ")]:
            with force_locale(lang):
                assert (template.render(), gettext("Makers")) == (said, said)


@pytest.mark.parametrize("name", ["words", "context", "given"])
def test_a_phrase_may_name_its_parts_as_it_likes(written, name):
    assert written(f"{{{{ _('Search: “%({name})s”', {name}='bowl') }}}}") == "Search: “bowl”"
