"""What may be said of a product, as plain values: without a database, for whoever reads sheets apart."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from catalogue.text import Bilingual

MOST_PHOTOS = 12


@dataclass(frozen=True)
class Tier:
    """From `quantity` units up, one unit costs `amount`: the making charge where metal is priced apart."""

    quantity: int
    amount: Decimal


@dataclass(frozen=True)
class Content:
    """Everything a person or a sheet may say of a product: lengths in mm, weight in g, prices a unit in `currency`."""

    name: Bilingual = Bilingual()
    summary: Bilingual = Bilingual()
    description: Bilingual = Bilingual()
    care: Bilingual = Bilingual()
    category: str = ""
    materials: list[str] = field(default_factory=list)
    techniques: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)
    unit: str = "C62"
    net_weight_g: Decimal | None = None
    weight_tolerance_percent: Decimal | None = None
    fineness: int | None = None
    length_mm: Decimal | None = None
    width_mm: Decimal | None = None
    height_mm: Decimal | None = None
    depth_mm: Decimal | None = None
    diameter_mm: Decimal | None = None
    minimum_order: int | None = None
    lead_time_days: int | None = None
    lead_time_for: int | None = None
    monthly_capacity: int | None = None
    sample_available: bool = False
    sample_price: Decimal | None = None
    sample_days: int | None = None
    office_price: Decimal | None = None
    office_currency: str = "LAK"
    hs_code: str = ""
    origin: str = "LA"
    tiers: tuple[Tier, ...] = ()
    currency: str = "USD"
    carton_pieces: int | None = None
    carton_length_mm: int | None = None
    carton_width_mm: int | None = None
    carton_height_mm: int | None = None
    carton_gross_kg: Decimal | None = None
