"""What every page must keep, whatever it is about; each failure says where."""

import gettext
from collections import Counter
from functools import cache
from pathlib import Path

import html5lib
from bs4 import BeautifulSoup, NavigableString, Tag
from html5lib.constants import E

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
DATA_BLOCK = "application/ld+json"
LOADED = {"script": "src", "img": "src", "source": "srcset", "iframe": "src"}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


def check_page(html: str) -> BeautifulSoup:
    """Parse a whole page and check it. Raises `AssertionError` with all that is wrong with it."""
    page = BeautifulSoup(html, "html5lib")
    problems = [problem for check in CHECKS for problem in check(page)] + markup_problems(html)
    assert not problems, "a page is not as every page must be:\n- " + "\n- ".join(problems)
    return page


def markup_problems(html: str) -> list[str]:
    """What the HTML standard's parser had to mend."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    lines = html.splitlines()
    return [
        f"line {line}: {E[code] % data} in: {lines[min(line, len(lines)) - 1].strip()[:120]}"
        for (line, _column), code, data in parser.errors
    ]


def head_problems(page: BeautifulSoup) -> list[str]:
    """A page says what it is, and in which language."""
    problems = []
    if not page.title or not page.title.get_text(strip=True):
        problems.append("it has no title")
    if page.html.get("lang") not in {"en", "lo"}:
        problems.append(f"its lang is {page.html.get('lang')!r}")
    if len(page.select("h1")) != 1:
        problems.append(f"it has {len(page.select('h1'))} h1 instead of one")
    if len(page.select("main")) != 1:
        problems.append("it has not exactly one main")
    return problems


def id_problems(page: BeautifulSoup) -> list[str]:
    """Ids are unique, and what points to one finds it."""
    ids = Counter(str(tag["id"]) for tag in page.select("[id]"))
    problems = [f"the id {name!r} occurs {times} times" for name, times in ids.items() if times > 1]
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list"):
        for tag in page.select(f"[{attribute}]"):
            problems += [
                f"{attribute}={name!r} points to nothing" for name in str(tag[attribute]).split() if name not in ids
            ]
    return problems


def form_problems(page: BeautifulSoup) -> list[str]:
    """Every form names its action, every control has a label, every button a name."""
    problems = [f"a form without action: {_shown(form)}" for form in page.select("form:not([action])")]
    labelled = {label.get("for") for label in page.select("label[for]")}
    for control in page.select("input, select, textarea"):
        if control.get("type") not in UNLABELLED_TYPES and not _has_label(control, labelled):
            problems.append(f"a control without label: {_shown(control)}")
    for button in page.select("button, a[href]"):
        if not _name_of(button):
            problems.append(f"a {button.name} without words: {_shown(button)}")
    return problems


def picture_problems(page: BeautifulSoup) -> list[str]:
    """Every picture has an alternative, and keeps its place before it comes."""
    problems = [f"a picture without alt: {_shown(each)}" for each in page.select("img:not([alt])")]
    return problems + [
        f"a picture without width and height: {_shown(each)}"
        for each in page.select("img:not([width]), img:not([height])")
    ]


def safety_problems(page: BeautifulSoup) -> list[str]:
    """Nothing inline, nothing from elsewhere (design, rule 15)."""
    problems = [f"an inline style: {_shown(tag)}" for tag in page.select("style, [style]")]
    problems += [
        f"an inline script: {_shown(tag)}" for tag in page.select("script:not([src])") if tag.get("type") != DATA_BLOCK
    ]
    for tag in page.find_all(True):
        problems += [f"a handler in an attribute: {_shown(tag)}" for name in tag.attrs if name.startswith("on")]
        address = _loaded_by(tag)
        if (address and not address.startswith(("/", "data:", "blob:"))) or address.startswith("//"):
            problems.append(f"something loaded from elsewhere: {_shown(tag)}")
        if str(tag.get("href", "")).lower().startswith("javascript:"):
            problems.append(f"a script as an address: {_shown(tag)}")
    return problems


def language_problems(page: BeautifulSoup) -> list[str]:
    """No English words of ours on a Lao page."""
    if page.html.get("lang") != "lo":
        return []
    known = _translated()
    texts = {text.strip() for text in page.find_all(string=True) if _is_lao_text(text)}
    return [f"English on a Lao page: {text!r}" for text in sorted(texts & known)]


CHECKS = (head_problems, id_problems, form_problems, picture_problems, safety_problems, language_problems)


@cache
def _translated() -> frozenset[str]:
    """The English words that have another Lao."""
    compiled = TRANSLATIONS / "lo" / "LC_MESSAGES" / "messages.mo"
    if not compiled.exists():
        return frozenset()
    with compiled.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return frozenset(str(said) for said, lao in catalogue.items() if isinstance(said, str) and said not in {"", lao})


def _is_lao_text(text: NavigableString) -> bool:
    if type(text) is not NavigableString or text.parent.name in {"script", "style", "template"}:
        return False
    spoken = next((tag["lang"] for tag in [text.parent, *text.parents] if tag.get("lang")), "lo")
    return spoken == "lo"


def _has_label(control: Tag, labelled: set[object]) -> bool:
    return bool(
        control.get("id") in labelled
        or control.get("aria-label")
        or control.get("aria-labelledby")
        or control.find_parent("label")
    )


def _name_of(tag: Tag) -> str:
    pictures = "".join(str(each.get("alt") or each.get("aria-label") or "") for each in tag.select("img, svg"))
    said = tag.get("aria-label") or tag.get("aria-labelledby") or tag.get("title") or ""
    return f"{tag.get_text(strip=True)}{pictures}{said}"


def _loaded_by(tag: Tag) -> str:
    if tag.name == "link" and not LOADING_LINKS.isdisjoint(tag.get("rel") or ()):
        return str(tag.get("href", ""))
    return str(tag.get(LOADED.get(tag.name, ""), ""))


def _shown(tag: Tag) -> str:
    return str(tag)[:140]
