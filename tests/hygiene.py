"""What every page must keep, whatever it is about; each failure says where."""

import gettext
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.builder._html5lib import HTML5TreeBuilder, TreeBuilderForHtml5lib
from html5lib.constants import E

TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"
UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}
POINTERS = {"for", "aria-describedby", "aria-labelledby", "aria-controls", "list"}
DATA_BLOCK = "application/ld+json"
LOADED = {"script": "src", "img": "src", "source": "srcset", "iframe": "src"}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


@dataclass(frozen=True)
class Page:
    """A page as it was parsed: its tags in order, and what the HTML standard's parser had to mend."""

    soup: BeautifulSoup
    tags: list[Tag]
    mended: list[tuple[tuple[int, int], str, dict[str, object]]]

    def named(self, *names: str) -> list[Tag]:
        """Its tags of these names."""
        return [tag for tag in self.tags if tag.name in names]


class Keeping(HTML5TreeBuilder):
    """Keeps the parser, which knows what it had to mend: no page is parsed twice."""

    def create_treebuilder(self, namespaceHTMLElements: bool) -> Any:  # noqa: N803 - called by this name
        self.underlying_builder = Tree(namespaceHTMLElements, self.soup, store_line_numbers=self.store_line_numbers)
        self.underlying_builder.keeping = self
        return self.underlying_builder


class Tree(TreeBuilderForHtml5lib):
    """The tree that the parser builds; told of the parser, it tells whoever keeps it."""

    keeping: Keeping

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "parser" and value is not None:
            self.keeping.parser = value
        super().__setattr__(name, value)


def check_page(html: str) -> BeautifulSoup:
    """Parse a whole page and check it. Raises `AssertionError` with all that is wrong with it."""
    page = parsed(html)
    problems = [problem for check in CHECKS for problem in check(page)] + markup_problems(page, html)
    assert not problems, "a page is not as every page must be:\n- " + "\n- ".join(problems)
    return page.soup


def parsed(html: str) -> Page:
    """A page, parsed once as browsers do."""
    keeping = Keeping()
    soup = BeautifulSoup(html, builder=keeping)
    return Page(soup, soup.find_all(True), keeping.parser.errors)


def markup_problems(page: Page, html: str) -> list[str]:
    """What the HTML standard's parser had to mend."""
    lines = html.splitlines()
    return [
        f"line {line}: {E[code] % data} in: {lines[min(line, len(lines)) - 1].strip()[:120]}"
        for (line, _column), code, data in page.mended
    ]


def head_problems(page: Page) -> list[str]:
    """A page says what it is, and in which language."""
    problems = []
    title, root = page.soup.title, page.soup.html
    if not title or not title.get_text(strip=True):
        problems.append("it has no title")
    if root.get("lang") not in {"en", "lo"}:
        problems.append(f"its lang is {root.get('lang')!r}")
    if len(page.named("h1")) != 1:
        problems.append(f"it has {len(page.named('h1'))} h1 instead of one")
    if len(page.named("main")) != 1:
        problems.append("it has not exactly one main")
    return problems


def id_problems(page: Page) -> list[str]:
    """Ids are unique, and what points to one finds it."""
    ids = Counter(str(tag["id"]) for tag in page.tags if "id" in tag.attrs)
    problems = [f"the id {name!r} occurs {times} times" for name, times in ids.items() if times > 1]
    for tag in page.tags:
        for attribute in POINTERS & tag.attrs.keys():
            problems += [
                f"{attribute}={name!r} points to nothing" for name in str(tag[attribute]).split() if name not in ids
            ]
    return problems


def form_problems(page: Page) -> list[str]:
    """Every form names its action, every control has a label, every button a name."""
    problems = [f"a form without action: {_shown(form)}" for form in page.named("form") if "action" not in form.attrs]
    labelled = {label.get("for") for label in page.named("label")} - {None}
    for control in page.named("input", "select", "textarea"):
        if control.get("type") not in UNLABELLED_TYPES and not _has_label(control, labelled):
            problems.append(f"a control without label: {_shown(control)}")
    for button in page.named("button", "a"):
        if (button.name == "button" or "href" in button.attrs) and not _name_of(button):
            problems.append(f"a {button.name} without words: {_shown(button)}")
    return problems


def picture_problems(page: Page) -> list[str]:
    """Every picture has an alternative, and keeps its place before it comes."""
    problems = []
    for picture in page.named("img"):
        if "alt" not in picture.attrs:
            problems.append(f"a picture without alt: {_shown(picture)}")
        if not {"width", "height"} <= picture.attrs.keys():
            problems.append(f"a picture without width and height: {_shown(picture)}")
    return problems


def safety_problems(page: Page) -> list[str]:
    """Nothing inline, nothing from elsewhere (design, rule 15)."""
    problems = []
    for tag in page.tags:
        if tag.name == "style" or "style" in tag.attrs:
            problems.append(f"an inline style: {_shown(tag)}")
        if tag.name == "script" and "src" not in tag.attrs and tag.get("type") != DATA_BLOCK:
            problems.append(f"an inline script: {_shown(tag)}")
        problems += [f"a handler in an attribute: {_shown(tag)}" for name in tag.attrs if name.startswith("on")]
        address = _loaded_by(tag)
        if (address and not address.startswith(("/", "data:", "blob:"))) or address.startswith("//"):
            problems.append(f"something loaded from elsewhere: {_shown(tag)}")
        if str(tag.get("href", "")).lower().startswith("javascript:"):
            problems.append(f"a script as an address: {_shown(tag)}")
    return problems


def language_problems(page: Page) -> list[str]:
    """No English words of ours on a Lao page."""
    if page.soup.html.get("lang") != "lo":
        return []
    known = _translated()
    left = [text for text in page.soup.find_all(string=True) if text.strip() in known and _is_lao_text(text)]
    return [f"English on a Lao page: {text!r}" for text in sorted({text.strip() for text in left})]


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
    said = tag.get("aria-label") or tag.get("aria-labelledby") or tag.get("title") or tag.get_text(strip=True)
    pictures = [] if said else tag.find_all(["img", "svg"])
    return str(said) or "".join(str(each.get("alt") or each.get("aria-label") or "") for each in pictures)


def _loaded_by(tag: Tag) -> str:
    if tag.name == "link" and not LOADING_LINKS.isdisjoint(tag.get("rel") or ()):
        return str(tag.get("href", ""))
    return str(tag.get(LOADED.get(tag.name, ""), ""))


def _shown(tag: Tag) -> str:
    return str(tag)[:140]
