"""Cards kept at hand for one catalogue version, with what pages wrote of them: most pages show what others just did."""

from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.products import shown
from catalogue.products.shown import Card

# A card with what is written of it takes some 8 KB.
MOST_KEPT = 400

_kept: WeakKeyDictionary[Pool, dict[int, tuple[int, Card]]] = WeakKeyDictionary()


def cards(session: Session, product_ids: Sequence[int], consortia: Iterable[Consortium]) -> list[Card]:
    """The cards of these products, in this order; two queries where one is not at hand, else none.

    Those of `consortia` are kept: whatever a card shows raises its consortium's version when it changes.
    """
    kept = _kept.setdefault(session.get_bind().engine.pool, {})
    versions = {each.id: each.catalogue_version for each in consortia}
    known = [each for key in product_ids if (each := kept.get(key))]
    found = {card.id: card for version, card in known if versions.get(card.consortium_id) == version}
    read = {card.id: card for card in shown.cards(session, [key for key in product_ids if key not in found])}
    if len(kept) + len(read) > MOST_KEPT:
        kept.clear()
    for key, card in read.items():
        if card.consortium_id in versions:
            kept[key] = (versions[card.consortium_id], card)
    found |= read
    return [found[key] for key in product_ids if key in found]
