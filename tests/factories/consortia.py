"""Consortia, members, roles, prices of metal."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from catalogue.accounts.models import Person
from catalogue.consortia.by_laws import found_by_laws
from catalogue.consortia.card_models import Card
from catalogue.consortia.cards import make_card
from catalogue.consortia.models import Consortium, Member, MemberContact, MetalReference, Role, RoleName
from catalogue.consortia.roles import grant
from catalogue.text import Bilingual
from catalogue.tokens import new_key
from tests.factories.accounts import AccountFactories
from tests.factories.base import at_once


class ConsortiumFactories(AccountFactories):
    """Consortia and who is what in them."""

    @at_once
    def consortium(self, **given: Any) -> Consortium:
        """A consortium of silversmiths without members."""
        number = self.number()
        columns = {
            "slug": f"consortium-{number}",
            "code": f"C{number:03}",
            "sector_key": "silver",
            "name": Bilingual(f"ກຸ່ມຕົວຢ່າງ {number}", f"Example Consortium {number}"),
            "tagline": Bilingual("ເຄື່ອງທີ່ເຮັດດ້ວຍມື", "Made by hand"),
            "about": Bilingual("ກຸ່ມຂອງໂຮງຊ່າງນ້ອຍ", "A group of small workshops"),
            "place": Bilingual("ນະຄອນຫຼວງວຽງຈັນ", "Vientiane"),
            "shared_contact_email": f"office-{number}@consortium.example",
            "shared_contact_phone": "+856 21 555 0100",
            "rotation_key": new_key() * 2,
            "created_at": self.later(),
        }
        consortium = self.save(Consortium(**{**columns, **given}))
        found_by_laws(self.session, consortium, at=consortium.created_at)
        return self.keep(consortium)

    @at_once
    def member(self, *, consortium: Consortium | None = None, contact: dict[str, str] | None = None, **given) -> Member:
        """A firm, with contacts that nobody outside the office may see."""
        consortium, number = consortium or self.consortium(), self.number()
        columns = {
            "consortium": consortium,
            "slug": f"workshop-{number}",
            "name": Bilingual(f"ໂຮງຊ່າງ {number}", f"Workshop {number}"),
            "village": Bilingual("ບ້ານຕົວຢ່າງ", "Example Village"),
            "created_at": self.later(),
        }
        member = self.save(Member(**{**columns, **given}))
        reached_at = {
            "name": f"Owner {number}",
            "email": f"owner-{number}@firm.example",
            "phone": f"+856 20 5555 {number % 10000:04}",
        }
        self.save(MemberContact(consortium_id=consortium.id, member_id=member.id, **{**reached_at, **(contact or {})}))
        return member

    def role(self, person: Person, name: RoleName, **given: Any) -> Role:
        """A role, granted as the operator grants it; `consortium=` or `member=` says where."""
        return self.keep(grant(self.session, person, name, at=self.later(), **given))

    def manager(self, consortium: Consortium, **given: Any) -> Person:
        """The person of the shared contact."""
        return self._someone(RoleName.MANAGER, given, consortium=consortium)

    def observer(self, consortium: Consortium, **given: Any) -> Person:
        """Somebody who reads figures."""
        return self._someone(RoleName.OBSERVER, given, consortium=consortium)

    def maker(self, member: Member, **given: Any) -> Person:
        """One of the people of a firm."""
        return self._someone(RoleName.MEMBER, given, member=member)

    def card(self, member: Member, person: Person, **given: Any) -> Card:
        """A joining card, as a manager makes it."""
        card = make_card(self.session, member, person, by=None, at=datetime.now(UTC))
        for column, value in given.items():
            setattr(card, column, value)
        return self.keep(card)

    def operator(self, **given: Any) -> Person:
        """Somebody who runs the machine."""
        return self._someone(RoleName.OPERATOR, given)

    def metal_reference(self, consortium: Consortium, **given: Any) -> MetalReference:
        """The price of fine silver on one day."""
        columns = {
            "consortium_id": consortium.id,
            "metal": "silver",
            "on": date(2026, 11, 2),
            "price_per_gram": Decimal("1.05"),
            "currency": "USD",
            "source": Bilingual("ລາຄາຕົວຢ່າງ", "Example fixing"),
        }
        return self.save(MetalReference(**{**columns, **given}))

    @at_once
    def _someone(self, name: RoleName, given: dict[str, Any], **where: Any) -> Person:
        person = self.person(**given)
        self.role(person, name, **where)
        return person
