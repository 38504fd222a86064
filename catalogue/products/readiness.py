"""What a product still lacks: computed from its version, never stored."""

from catalogue.consortia.sector import Sector
from catalogue.leaks import Leak, find_leaks
from catalogue.products.models import ProductVersion

PUBLIC_TEXTS = ("name", "summary", "description", "care")
LANGUAGES = ("lo", "en")


def missing_for_submission(version: ProductVersion, sector: Sector) -> list[str]:
    """The fields without which a member cannot send a product to the office."""
    missing = [] if version.name else ["name"]
    if sector.category(version.category) is None:
        missing.append("category")
    if not version.minimum_order:
        missing.append("minimum_order")
    return missing


def missing_for_publication(version: ProductVersion, sector: Sector) -> list[str]:
    """The fields without which it cannot be shown: "name_en" and the like name one language of a text."""
    missing = [f"{field}_{language}" for field in ("name", "summary") for language in getattr(version, field).missing]
    for field in ("category", "materials", "minimum_order", "lead_time_days", "tier_rows"):
        if not getattr(version, field):
            missing.append("tiers" if field == "tier_rows" else field)
    if sector.priced_by_metal:
        missing += [field for field in ("net_weight_g", "fineness") if getattr(version, field) is None]
    return missing


def leaks_in(version: ProductVersion, allowed: tuple[str, ...]) -> dict[str, list[Leak]]:
    """Contacts found in what the public would read, by field ("description_lo", "photo 2 alt_en", "details.finish")."""
    found = {name: find_leaks(text, allowed) for name, text in public_texts(version).items()}
    return {name: leaks for name, leaks in found.items() if leaks}


def public_texts(version: ProductVersion) -> dict[str, str]:
    """Every free text of a version that the public would read, by field."""
    texts = {
        f"{field}_{language}": getattr(getattr(version, field), language)
        for field in PUBLIC_TEXTS
        for language in LANGUAGES
    }
    texts |= {f"details.{key}": str(value) for key, value in version.details.items() if isinstance(value, str)}
    for photo in version.photos:
        texts |= {f"photo {photo.position} alt_{language}": getattr(photo.alt, language) for language in LANGUAGES}
    return texts
