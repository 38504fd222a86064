"""What was probably meant by a query that finds little or nothing: another spelling, as a link with its count."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for

from catalogue import lao
from catalogue.consortia.models import Consortium
from catalogue.extensions import db
from catalogue.products.search import MOST_RANKED, Hit
from catalogue.products.shelf import Choice
from catalogue.products.spelling import did_you_mean
from catalogue.products.vocabulary import vocabulary
from catalogue.web.storefront.choosing import Asked

VERY_LITTLE = 2


@dataclass(frozen=True)
class OtherSpelling:
    """A query that finds something, its address, and how many products it finds: `is_more` than those counted."""

    words: str
    href: str
    count: int
    is_more: bool
    hits: list[Hit]

    @property
    def language(self) -> str:
        """For the `lang` of the words."""
        return "lo" if lao.has_lao(self.words) else "en"


def meant_in(asked: Asked, found: int = 0) -> OtherSpelling | None:
    """What was meant in one consortium where `found` products fit. A link leaves the filters out."""
    if not asked.query or (found and asked.choice.all):
        return None
    return _meant(
        [asked.consortium], asked.query, found, lambda words: asked.url(query=words, choice=Choice(), sort="")
    )


def meant_anywhere(consortia: list[Consortium], query: str, found: int = 0) -> OtherSpelling | None:
    """What was meant in a search over all consortia."""
    return _meant(consortia, query, found, lambda words: url_for("storefront.network", q=words))


def _meant(consortia: list[Consortium], query: str, found: int, address: Callable[[str], str]) -> OtherSpelling | None:
    other = did_you_mean(db.session, consortia, vocabulary(db.session, consortia), query, found)
    if other is None:
        return None
    count = min(len(other.hits), MOST_RANKED)
    return OtherSpelling(other.query, address(other.query), count, len(other.hits) > MOST_RANKED, other.hits)
