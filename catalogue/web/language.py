"""The language of a page: from its address on the storefront, from the person where somebody is signed in."""

from typing import Any

from flask import Blueprint, Flask, abort, g, request, url_for

from catalogue.extensions import babel
from catalogue.web.signed_in import person

LANGUAGES = ("en", "lo")


def language() -> str:
    """The language that this page is written in: its address's, its reader's, the one asked for, or the browser's."""
    if "language" in g:
        return g.language
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or "en"


def other_language() -> str:
    """The language that it could be written in instead."""
    return "lo" if language() == "en" else "en"


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

    What a visitor adds to an address never reaches the options of `url_for` (`_scheme`, `_external`) or its own parts.
    """
    if not request.endpoint or not g.get("language_in_address"):
        return None
    asked = {name: values for name, values in request.args.lists() if not name.startswith("_")}
    return url_for(request.endpoint, **{**asked, **(request.view_args or {}), "lang": lang})


def init_app(app: Flask) -> None:
    """Have Flask-Babel and templates speak the language of the page."""
    babel.init_app(app, locale_selector=language, default_translation_directories=app.config["TRANSLATIONS"])
    app.jinja_env.globals.update(language=language, other_language=other_language, url_in=url_in)
