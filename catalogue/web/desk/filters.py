"""Filters and pages of a list at the desk, as plain links: whoever keeps the address keeps the view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request, url_for

from catalogue.web.figures import number


@dataclass(frozen=True)
class Filter:
    """One thing to choose by: its name in the address, and its choices in words."""

    name: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Pages:
    """Where one stands in a list: the ways on and back, and "51–100 of 512"."""

    next_url: str | None
    previous_url: str | None
    text: str


@dataclass(frozen=True)
class Filters:
    """The filters of one page, as its address has them; what it does not know counts as not chosen.

    `more` is what the address says beside them (words looked for), and keeps saying.
    """

    endpoint: str
    slug: str
    filters: tuple[Filter, ...]
    more: Mapping[str, str] = field(default_factory=dict)

    def chosen(self, name: str) -> str:
        """What is chosen in a filter, "" for nothing."""
        asked = request.args.get(name, "")
        return asked if asked in self._named(name).choices else ""

    def choices(self, name: str) -> Mapping[str, str]:
        """The choices of a filter in words."""
        return self._named(name).choices

    def url(self, **changed: Any) -> str:
        """This page with other choices, from its beginning; None takes a choice away."""
        return url_for(self.endpoint, slug=self.slug, **{**self.args(), **changed})

    def args(self) -> dict[str, Any]:
        """What is chosen, as an address says it."""
        return {each.name: self.chosen(each.name) for each in self.filters if self.chosen(each.name)} | dict(self.more)

    def chips(self) -> list[tuple[str, str]]:
        """What is chosen in words, each with the way to be without it."""
        return [
            (each.choices[self.chosen(each.name)], self.url(**{each.name: None}))
            for each in self.filters
            if self.chosen(each.name)
        ]

    def hidden(self, *but: str) -> dict[str, str]:
        """What is chosen elsewhere than in these filters: hidden fields of a form that goes on from here."""
        return {name: words for name, words in self.args().items() if name not in but}

    def start(self, total: int, page: int) -> int:
        """Where the asked page of a list of so many begins."""
        asked = request.args.get("page", "1")[:6]
        wanted = (int(asked) - 1) * page if asked.isascii() and asked.isdecimal() else 0
        return wanted if 0 <= wanted < total else 0

    def pages(self, start: int, total: int, page: int) -> Pages | None:
        """The ways on and back from a page; None where all is on one."""
        if total <= page:
            return None
        at, last = start // page + 1, min(start + page, total)
        return Pages(
            next_url=self.url(page=at + 1) if last < total else None,
            previous_url=self.url(page=at - 1 if at > 2 else None) if start else None,
            text=f"{number(start + 1)}–{number(last)} / {number(total)}",
        )

    def _named(self, name: str) -> Filter:
        return next(each for each in self.filters if each.name == name)
