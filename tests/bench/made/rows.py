"""The table rows of made products, as the real operations would have left them; `proof` checks that they are."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

from catalogue.consortia.models import Consortium, Member
from catalogue.products import search
from catalogue.products.content import Content
from catalogue.products.editing import say
from catalogue.products.models import ListingStatus, Product, ProductVersion
from tests.bench.made.network import created_at, firm
from tests.bench.made.products import SECTOR, Made, made_product

# A draft is version 1 of its row; naming its working version, sending it in and publishing it each count one on.
ROW_VERSION = 4

Row = dict[str, Any]


@dataclass(frozen=True)
class Rows:
    """The rows of some products, by table. Ids are counted from 1 in the order of their numbers."""

    products: list[Row]
    versions: list[Row]
    entries: list[Row]


def remember_analyses() -> None:
    """For a process that does nothing but make rows: most texts of a made catalogue come again and again."""
    search.analyse = lru_cache(maxsize=50_000)(search.analyse)


def rows_of(numbers: Iterable[int]) -> Rows:
    """The rows of these products, without the ids of consortium and member, which only the database knows."""
    made = [made_product(number) for number in numbers]
    return Rows([_product(each) for each in made], [_version(each) for each in made], [_entry(each) for each in made])


def _product(made: Made) -> Row:
    at = created_at(made.number)
    return {
        "member": made.member,
        "reference": made.reference,
        "status": ListingStatus.PUBLISHED,
        "created_at": at,
        "submitted_at": at,
        "published_at": at,
        "version": ROW_VERSION,
    }


def _version(made: Made) -> Row:
    at = created_at(made.number)
    said = _spoken(made.content)
    columns = {name: getattr(said, name) for name in _content_columns()}
    return {"number": 1, "created_at": at, "frozen_at": at, **columns}


def _entry(made: Made) -> Row:
    member = Member(name=firm(made.member).name, province=firm(made.member).province)
    product = Product(reference=made.reference, consortium=Consortium(sector_key=SECTOR), member=member)
    return dict(search._columns(product, _spoken(made.content)))


def _spoken(content: Content) -> ProductVersion:
    version = ProductVersion()
    say(version, content)
    return version


@cache
def _content_columns() -> list[str]:
    """The columns of a version that its content fills: a text in two languages is two columns, prices are rows."""
    names = {each.name for each in fields(Content)} | {"tier_rows"}
    pairs = {f"{name}_{language}" for name in names for language in ("lo", "en")}
    return [each.key for each in ProductVersion.__mapper__.column_attrs if each.key in names | pairs]
