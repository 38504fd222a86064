"""The Jinja of the site is its own, however early something asks for it."""

from catalogue.web.templates import Templates


def test_all_templates_share_the_globals_of_the_site(app):
    assert isinstance(app.jinja_env, Templates)
    assert app.jinja_env.get_template("layouts/base.html").globals is app.jinja_env.globals
