"""What search engines read beside a page, in the words of schema.org; the consortium is the one contact and brand."""

from decimal import Decimal
from typing import Any

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.notices.addresses import site_address
from catalogue.products.certificates import Paper, certificates_of
from catalogue.products.models import ProductVersion
from catalogue.products.pricing import Price
from catalogue.products.shown import Photo
from catalogue.products.translation import is_machine
from catalogue.web.content import term, whole_address
from catalogue.web.language import language
from catalogue.web.photographs import photo_sources

CONTEXT = "https://schema.org"
MADE_TO_ORDER = "https://schema.org/MadeToOrder"


def organization(consortium: Consortium) -> dict[str, Any]:
    """The consortium, with its shared contact and no other."""
    contact = {
        "@type": "ContactPoint",
        "contactType": "sales",
        "email": consortium.shared_contact_email,
        "telephone": consortium.shared_contact_phone,
        "availableLanguage": ["en", "lo"],
    }
    return {
        "@context": CONTEXT,
        "@type": "Organization",
        "@id": home_of(consortium),
        "name": consortium.name.in_(language()),
        "url": home_of(consortium),
        "description": consortium.tagline.in_(language()),
        "contactPoint": without_empty(contact),
    }


def home_of(consortium: Consortium) -> str:
    """The whole address of the consortium's home."""
    return site_address("storefront.home", slug=consortium.slug, lang=language())


def product(
    consortium: Consortium,
    reference: str,
    version: ProductVersion,
    prices: tuple[Price, ...],
    photos: list[Photo],
    url: str,
) -> list[dict[str, Any]]:
    """The product, the way to it, and the consortium that answers for it."""
    trade, lang = sector(consortium.sector_key), language()
    other = getattr(version.name, "en" if lang == "lo" else "lo")
    thing = {
        "@context": CONTEXT,
        "@type": "Product",
        "@id": f"{url}#product",
        "name": version.name.in_(lang),
        "alternateName": other if other != version.name.in_(lang) else "",
        "description": ""
        if is_machine(version, "summary", version.summary.language_of(lang))
        else version.summary.in_(lang),
        "sku": reference,
        "url": url,
        "image": [whole_address(shown.large) for shown in map(photo_sources, photos) if shown],
        "material": [term(consortium.sector_key, "material", key) for key in version.materials],
        "category": term(consortium.sector_key, "category", version.category),
        "brand": {"@type": "Brand", "name": consortium.name.in_(lang)},
        "countryOfOrigin": {"@type": "Country", "name": version.origin} if version.origin else None,
        "weight": quantity(version.net_weight_g, "GRM"),
        "width": quantity(version.width_mm or version.diameter_mm, "MMT"),
        "height": quantity(version.height_mm, "MMT"),
        "depth": quantity(version.depth_mm or version.length_mm, "MMT"),
        "additionalProperty": properties(version),
        "hasCertification": [certification(paper) for paper in certificates_of(trade, version.details)],
        "offers": offers(consortium, version, prices, url),
    }
    return [without_empty(thing), way_to(consortium, version), organization(consortium)]


def quantity(value: Decimal | None, unit: str) -> dict[str, Any] | None:
    """A measure with its unit of UN/ECE Recommendation 20."""
    return None if value is None else {"@type": "QuantitativeValue", "value": plain(value), "unitCode": unit}


def plain(value: Decimal) -> int | float:
    """A measure as a JSON number; at most three decimals, which binary fractions hold."""
    return int(value) if value == value.to_integral_value() else float(value)


def properties(version: ProductVersion) -> list[dict[str, Any]]:
    """What schema.org has no word for: fineness in parts in a thousand, and the customs code."""
    known = [("fineness", version.fineness), ("HS code", version.hs_code)]
    return [{"@type": "PropertyValue", "name": name, "value": value} for name, value in known if value]


def certification(paper: Paper) -> dict[str, Any]:
    """A paper on the product: who issued it, its number and its days."""
    said = {detail.key: value for detail, value in paper.said}

    def ending(*ends: str) -> Any:
        return next((value for key, value in said.items() if key.endswith(ends)), None)

    issuer = ending("_laboratory", "_certifier", "_authority")
    known = {
        "@type": "Certification",
        "name": paper.kind.name.in_(language()),
        "issuedBy": {"@type": "Organization", "name": issuer} if issuer else None,
        "certificationIdentification": ending("_document", "_number"),
        "auditDate": ending("assay_on", "tested_on", "test_on", "issued_on"),
        "expires": ending("expires_on"),
    }
    return without_empty(known)


def offers(
    consortium: Consortium, version: ProductVersion, prices: tuple[Price, ...], url: str
) -> dict[str, Any] | None:
    """The lowest and the highest price of one unit, and each step; None where the price is on request."""
    if not prices:
        return None
    each = [price.each.rounded().amount for price in prices]
    whole = {
        "@type": "AggregateOffer",
        "lowPrice": str(min(each)),
        "highPrice": str(max(each)),
        "priceCurrency": prices[0].each.currency,
        "offerCount": len(each),
        "availability": MADE_TO_ORDER,
        "url": url,
        "seller": {"@id": home_of(consortium)},
        "offers": [offer(price, version) for price in prices],
    }
    return without_empty(whole)


def offer(price: Price, version: ProductVersion) -> dict[str, Any]:
    """One step of the prices, for so many units."""
    eligible = {
        "@type": "QuantitativeValue",
        "minValue": price.quantity,
        "maxValue": price.until,
        "unitCode": version.unit,
    }
    return {
        "@type": "Offer",
        "price": str(price.each.rounded().amount),
        "priceCurrency": price.each.currency,
        "availability": MADE_TO_ORDER,
        "eligibleQuantity": without_empty(eligible),
    }


def way_to(consortium: Consortium, version: ProductVersion) -> dict[str, Any]:
    """Home, catalogue, category: as the line above the page says it."""
    slug, lang = consortium.slug, language()
    steps = [
        (sector(consortium.sector_key).name.in_(lang), home_of(consortium)),
        (
            term(consortium.sector_key, "category", version.category),
            site_address("storefront.products", slug=slug, lang=lang, category=version.category),
        ),
        (version.name.in_(lang), None),
    ]
    items = [
        without_empty({"@type": "ListItem", "position": place, "name": name, "item": url})
        for place, (name, url) in enumerate(steps, start=1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """What is known; an empty value would say something false."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}
