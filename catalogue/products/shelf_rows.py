"""Reading a shelf from the database: the keys of its products, and which of them each choice of a filter holds."""

import json
import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Float, Integer, Select, Text, cast, select, type_coerce
from sqlalchemy.orm import Session

from catalogue.consortia.sector import Sector
from catalogue.products.models import ListingStatus, Product, ProductVersion

FACETS = ("category", "material", "technique", "lead", "fineness", "weight", "minimum", "sample", "certificate")
LEAD_TIMES = (15, 30, 45, 60, 90)
MINIMUMS = (1, 5, 10, 20, 50, 100)
UP_TO = {"lead": LEAD_TIMES, "minimum": MINIMUMS}
SAMPLE = "yes"
LONGEST = 2**31
PORTION = 2000
PARTS_OF_A_GRAM = {"sqlite": 1000}  # as `Exact` keeps a weight


def read_rows(session: Session, trades: Mapping[int, Sector]) -> "dict[int, Rows]":
    """What consortia show, by their ids, in one query.

    Values are taken as the database's driver gives them, a portion at a time: a hundred thousand in about a second.
    """
    connection = session.connection()
    parts = PARTS_OF_A_GRAM.get(connection.dialect.name, 1)
    found = {consortium_id: Rows(trade, parts) for consortium_id, trade in trades.items()}
    for consortium_id, *row in connection.execute(_columns_of(found), execution_options={"yield_per": PORTION}):
        found[consortium_id].put(*row)
    return found


def _columns_of(consortium_ids: Iterable[int]) -> Select[Any]:
    plain = [
        type_coerce(Product.published_at, Text),
        *(ProductVersion.category, ProductVersion.lead_time_days, ProductVersion.minimum_order),
        *(cast(each, Text) for each in (ProductVersion.materials, ProductVersion.techniques, ProductVersion.details)),
        *(ProductVersion.fineness, cast(ProductVersion.sample_available, Integer)),
        cast(ProductVersion.net_weight_g, Float),
    ]
    return (
        select(Product.consortium_id, Product.id, Product.member_id, *plain)
        .join(ProductVersion, ProductVersion.id == Product.published_id)
        .where(Product.consortium_id.in_(list(consortium_ids)), Product.status == ListingStatus.PUBLISHED)
        .order_by(Product.id)
    )


Columns = dict[str, defaultdict[Any, "array[int]"]]


class Rows:
    """The products of one consortium in the order of their ids: for each column, which positions hold each value."""

    def __init__(self, trade: Sector, parts: int) -> None:
        self.ids, self.members, self.published = array("q"), array("q"), array("q")
        self.lead_times, self.minimums = array("I"), array("I")
        self.columns: Columns = {facet: defaultdict(lambda: array("I")) for facet in FACETS}
        self.bounds = [bound * parts for bound in trade.weights]
        self.papers = [
            (paper.key, re.compile(rf'"{paper.proof}"\s*:\s*(?!null|""|false)')) for paper in trade.certificates
        ]
        self.trade = trade

    def put(
        self,
        product_id: int,
        member_id: int,
        published: str | datetime | None,
        category: str,
        lead_time: int | None,
        minimum: int | None,
        materials: str,
        techniques: str,
        details: str,
        fineness: int | None,
        has_sample: float,
        weight: float | None,
    ) -> None:
        """The next product, in the order of ids."""
        position, columns = len(self.ids), self.columns
        self.ids.append(product_id)
        self.members.append(member_id)
        self.published.append(_moment(published))
        self.lead_times.append(lead_time or LONGEST)
        self.minimums.append(minimum or LONGEST)
        columns["category"][category].append(position)
        columns["material"][materials].append(position)
        columns["technique"][techniques].append(position)
        columns["lead"][lead_time].append(position)
        columns["minimum"][minimum].append(position)
        columns["fineness"][fineness].append(position)
        columns["sample"][has_sample].append(position)
        if weight is not None:
            columns["weight"][bisect_left(self.bounds, weight)].append(position)
        if len(details) > len("{}"):
            columns["certificate"][self._papers_in(details)].append(position)

    def _papers_in(self, details: str) -> tuple[str, ...]:
        """The certificates whose proof is said, looked up in the text: to decode each takes longer than all else."""
        return tuple(key for key, proof in self.papers if proof.search(details))

    def sets(self) -> Iterator[tuple[tuple[str, str], int]]:
        """Each facet and key with the set of its products."""
        for facet, values in self.columns.items():
            found: dict[str, int] = {}
            for value, positions in values.items():
                bits = bits_of(positions, len(self.ids))
                for key in self._keys_of(facet, value):
                    found[key] = found.get(key, 0) | bits
            yield from (((facet, key), bits) for key, bits in found.items())

    def _keys_of(self, facet: str, value: Any) -> Iterable[str]:
        """The keys of a facet that a value of its column answers to."""
        if not value and facet != "weight":
            return ()
        if facet in {"material", "technique"}:
            keys: list[str] = json.loads(value)
            return keys
        if facet in UP_TO:
            return [str(bound) for bound in UP_TO[facet] if value <= bound]
        if facet == "weight":
            return [self.trade.weight_bands[value]] if self.bounds else []
        if facet == "sample":
            return [SAMPLE]
        return value if facet == "certificate" else [str(value)]


def _moment(published: str | datetime | None) -> int:
    """Microseconds since 1970."""
    if isinstance(published, str):
        published = datetime.fromisoformat(published)
    if published is None:
        return 0
    return round((published if published.tzinfo else published.replace(tzinfo=UTC)).timestamp() * 1_000_000)


def bits_of(positions: Iterable[int], length: int) -> int:
    """The set of these positions among so many."""
    bits = bytearray(length // 8 + 1)
    for position in positions:
        bits[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(bits, "little")
