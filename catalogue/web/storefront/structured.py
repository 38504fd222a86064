"""What search engines read beside a page, in the words of schema.org; the consortium is the one contact and brand."""

from typing import Any

from catalogue.consortia.models import Consortium
from catalogue.consortia.sector import sector
from catalogue.notices.addresses import site_address
from catalogue.products.models import ProductVersion
from catalogue.products.pricing import Price
from catalogue.products.shown import Photo
from catalogue.web.content import term, whole_address
from catalogue.web.language import language
from catalogue.web.photographs import photo_sources

CONTEXT = "https://schema.org"


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
    """The product, and the way to it."""
    thing = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": version.name.in_(language()),
        "description": version.summary.in_(language()),
        "sku": reference,
        "url": url,
        "image": [whole_address(shown.large) for shown in map(photo_sources, photos) if shown],
        "material": ", ".join(term(consortium.sector_key, "material", key) for key in version.materials),
        "category": term(consortium.sector_key, "category", version.category),
        "brand": {"@type": "Brand", "name": consortium.name.in_(language())},
        "countryOfOrigin": version.origin,
        "offers": offers(consortium, prices),
    }
    return [without_empty(thing), way_to(consortium, version)]


def offers(consortium: Consortium, prices: tuple[Price, ...]) -> dict[str, Any] | None:
    """The lowest and the highest price of one unit; None where the price is on request."""
    if not prices:
        return None
    each = [price.each.rounded().amount for price in prices]
    return {
        "@type": "AggregateOffer",
        "lowPrice": str(min(each)),
        "highPrice": str(max(each)),
        "priceCurrency": prices[0].each.currency,
        "offerCount": len(each),
        "seller": {"@id": home_of(consortium)},
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
