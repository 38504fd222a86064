"""Products in every state of their listing, and their photographs."""

from decimal import Decimal
from typing import Any

from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.sector import sector
from catalogue.consortia.trade import DETAILS, Detail
from catalogue.media.models import FileKind, FileState, StoredFile
from catalogue.products import listing
from catalogue.products.content import Tier
from catalogue.products.models import Product, ProductPhoto, ProductVersion
from catalogue.products.versions import first_version
from catalogue.text import Bilingual
from catalogue.tokens import new_key
from tests.factories.base import at_once
from tests.factories.consortia import ConsortiumFactories


class ProductFactories(ConsortiumFactories):
    """Products. Columns of the product and of its version are given alike; unsaid, nothing is missing to publish."""

    @at_once
    def draft_product(
        self, *, member: Member | None = None, consortium: Consortium | None = None, **given: Any
    ) -> Product:
        """A product that its maker still works on."""
        member = member or self.member(consortium=consortium)
        of_product, of_version = self.split(given, Product)
        columns = {
            "consortium": member.consortium,
            "member": member,
            "reference": f"S-{self.number()}",
            "created_at": self.later(),
        }
        product = self.save(Product(**{**columns, **of_product}))
        version = first_version(self.session, product, by=None, at=self.at)
        said = self._said_of(member.consortium)
        for name, value in {**said, **of_version, "details": said["details"] | of_version.get("details", {})}.items():
            setattr(version, name, value)
        return self.keep(product)

    @at_once
    def submitted_product(self, **given: Any) -> Product:
        """A product that waits for the office."""
        product = self.draft_product(**given)
        listing.submit(self.session, product, by=None, at=self.later())
        return self.keep(product)

    @at_once
    def returned_product(self, *, reasons: tuple[listing.Reason, ...] = (), **given: Any) -> Product:
        """A product that the office sent back."""
        product = self.submitted_product(**given)
        said = reasons or (listing.Reason("name", "ຂຽນຊື່ໃຫ້ຄົບ"),)
        listing.return_to_member(self.session, product, said, by=None, at=self.later())
        return self.keep(product)

    @at_once
    def product(self, **given: Any) -> Product:
        """A product that the public sees."""
        product = self.submitted_product(**given)
        listing.publish(self.session, product, by=None, at=self.later())
        return self.keep(product)

    @at_once
    def withdrawn_product(self, **given: Any) -> Product:
        """A product that the public saw once."""
        product = self.product(**given)
        listing.withdraw(self.session, product, by=None, at=self.later())
        return self.keep(product)

    def stored_file(self, consortium: Consortium, **given: Any) -> StoredFile:
        """A photograph that is ready; only its row, no bytes in the store."""
        columns = {
            "consortium_id": consortium.id,
            "key": f"{consortium.id}/{new_key()}",
            "kind": FileKind.PHOTO,
            "state": FileState.READY,
            "sha256": f"{self.number():064x}",
            "media_type": "image/jpeg",
            "size": 120_000,
            "width": 1600,
            "height": 1200,
            "widths": [320, 640, 1280],
            "colour": "#8a8178",
            "created_at": self.later(),
        }
        return self.save(StoredFile(**{**columns, **given}))

    @at_once
    def photo(self, product: Product, *, file: StoredFile | None = None, **given: Any) -> ProductPhoto:
        """A photograph in the working version of a product."""
        version: ProductVersion = product.working
        columns = {
            "consortium_id": product.consortium_id,
            "version": version,
            "file": file or self.stored_file(product.consortium),
            "position": len(version.photos),
            "alt": Bilingual("ຂັນເງິນ", "A silver bowl"),
        }
        return self.save(ProductPhoto(**{**columns, **given}))

    def _said_of(self, consortium: Consortium) -> dict[str, Any]:
        kind = sector(consortium.sector_key)
        said = {
            "name": Bilingual("ຂັນເງິນ", "Silver bowl"),
            "summary": Bilingual("ຂັນເງິນຕີດ້ວຍມື", "A bowl beaten by hand"),
            "category": kind.categories[0].key,
            "materials": [kind.materials[0].key],
            "techniques": [kind.techniques[0].key],
            "minimum_order": 10,
            "lead_time_days": 30,
            "monthly_capacity": 40,
            "tiers": (Tier(10, Decimal("25.00")), Tier(50, Decimal("22.50"))),
            "details": {
                key.removeprefix(DETAILS): self._answer_to(kind.asked[key])
                for key in kind.publishing
                if key.startswith(DETAILS)
            },
        }
        return said | ({"net_weight_g": Decimal("350"), "fineness": 925} if kind.priced_by_metal else {})

    @staticmethod
    def _answer_to(asked: Detail) -> Any:
        """Some answer to what a sector needs."""
        if asked.must is not None:
            return asked.must
        return {"choice": lambda: asked.choices[0].key, "number": lambda: 100, "yes-no": lambda: True}.get(
            asked.kind, lambda: "Demonstration"
        )()
