"""Templates: nothing lies unused, no word escapes translation, no macro or block style is forgotten."""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString
from jinja2 import Environment

from tests.checks.sources import CATALOGUE, strings, templates

NAMED = re.compile(r"""["']([\w/.-]+\.(?:html|txt|xml))["']""")
NO_WORDS = re.compile(r"\{%-?\s*block (?:\w+_class|stylesheet|wide_sheet)\s*-?%\}[^{]*(?=\{)")
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\s*\(")
WORD = re.compile(r"[A-Za-z]{2,}")
# Pieces of markup that a macro writes: an attribute by itself, the sizes of a picture.
MARKUP = re.compile(r"""[\w-]+="[^"]*"?|\(max-width: \d+px\)|\b\d+vw\b""")
SPOKEN = ("aria-label", "alt", "title", "placeholder", "content")
NAMES = {"Sala", "English", "WhatsApp", "LINE", "Facebook", "WeChat"}
MACHINE_CONTENT = {"viewport", "theme-color", "color-scheme", "robots", "referrer"}
PAGES = sorted(name for name in templates() if name.endswith(".html"))


def test_every_macro_is_used():
    everything = "\n".join(templates().values())
    macros = {name for text in templates().values() for name in MACRO.findall(text)}
    assert sorted(name for name in macros if len(re.findall(rf"\b{name}\b", everything)) < 2) == []


def test_every_macro_that_is_imported_is_called():
    unused = []
    for name, text in templates().items():
        for imported in re.findall(r"\{%-?\s*from\s+\S+\s+import\s+([^%]+?)(?:\s+with context)?\s*-?%\}", text):
            local = [part.split(" as ")[-1].strip() for part in imported.split(",")]
            unused += [f"{name}: {each}" for each in local if len(re.findall(rf"\b{each}\b", text)) < 2]
    assert unused == []


def test_every_template_is_shown_by_something():
    """Templates are named in full: by a view, or by another template."""
    named = strings(CATALOGUE) | set(NAMED.findall("\n".join(templates().values())))
    letters = {name for name in templates() if name.startswith("mail/") and name.count("/") == 2}
    assert sorted(set(templates()) - named - letters) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_word_is_translated(name):
    assert list(_bare_words(templates()[name])) == []


def test_every_template_compiles(app):
    for name in templates():
        app.jinja_env.get_template(name)


def _bare_words(text):
    """English that stands in a template outside `_()`."""
    lexed = Environment().lex(NO_WORDS.sub("{% block none %}", text))
    page = BeautifulSoup(" ".join(value for _line, kind, value in lexed if kind == "data"), "html.parser")
    for tag in page.find_all(True):
        if tag.get("name") in MACHINE_CONTENT or tag.name == "link":
            continue
        yield from (said for name in SPOKEN for said in _english(tag.get(name)))
    for node in page.find_all(string=True):
        if type(node) is NavigableString and node.parent.name not in {"script", "style", "code", "kbd"}:
            yield from _english(node)


def _english(said):
    return [word for word in WORD.findall(MARKUP.sub("", str(said or ""))) if word not in NAMES]
