"""The language of a page: from its address on the storefront, from the person where somebody is signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Flask, abort, g, request, url_for
from flask_babel import force_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from catalogue.extensions import babel
from catalogue.web.signed_in import person

LANGUAGES = ("en", "lo")


def language() -> str:
    """The language that this page is written in: its address's, its reader's, the one asked for, or the browser's."""
    spoken: str | None = g.get("language")
    if spoken:
        return spoken
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "en"


def other_language() -> str:
    """The language that it could be written in instead."""
    return "lo" if language() == "en" else "en"


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """For as long as a part of a page is written that others read: a card on paper, a message to copy."""
    before = g.get("language")
    g.language = lang
    try:
        with force_locale(lang):
            yield
    finally:
        g.language = before


def speak_by_address(blueprint: Blueprint) -> None:
    """Take `<lang>` out of the addresses of a blueprint, and put it into the links to it."""

    @blueprint.url_value_preprocessor
    def take(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and "lang" in values:
            if values["lang"] not in LANGUAGES:
                abort(404)
            g.language = values.pop("lang")
            g.language_in_address = True

    @blueprint.url_defaults
    def give(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values:
            values["lang"] = language()


def speak_to_reader(blueprint: Blueprint) -> None:
    """Write the pages of a blueprint in the language of the person who is signed in."""

    @blueprint.before_request
    def choose() -> None:
        if someone := person():
            g.language = someone.language


def url_in(lang: str) -> str | None:
    """This page's address in another language; None where the address carries no language.

    What a visitor adds to an address never reaches the options of `url_for` (`_scheme`, `endpoint`) or its own parts.
    """
    if not request.endpoint or not g.get("language_in_address"):
        return None
    asked = {name: values for name, values in request.args.lists() if name != "endpoint" and name[:1] != "_"}
    return url_for(request.endpoint, **{**asked, **(request.view_args or {}), "lang": lang})


@pass_eval_context
def phrase(context: EvalContext, words: str, /, **given: Any) -> str:
    """A phrase in the language of the page; on a page of HTML, what is put into it is escaped.

    As Jinja's own `_` does it, in one step instead of three: a list of products says a hundred phrases.
    """
    said = babel.domain_instance.get_translations().gettext(words)
    return (Markup(said) if context.autoescape else said) % given  # noqa: S704 - our own words, given ones are escaped


@pass_eval_context
def counted(context: EvalContext, one: str, many: str, num: int, /, **given: Any) -> str:
    """A phrase that goes with a number, which it may name as %(num)s."""
    said = babel.domain_instance.get_translations().ngettext(one, many, num)
    return (Markup(said) if context.autoescape else said) % {"num": num, **given}  # noqa: S704


def init_app(app: Flask) -> None:
    """Have Flask-Babel and templates speak the language of the page."""
    babel.init_app(app, locale_selector=language, default_translation_directories=app.config["TRANSLATIONS"])
    app.jinja_env.globals.update({"_": phrase, "gettext": phrase, "ngettext": counted})
    app.jinja_env.globals.update(language=language, other_language=other_language, url_in=url_in)
