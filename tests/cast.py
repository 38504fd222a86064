"""A small fixed cast, plainly made up: who works where. Each is made when a test first names them."""

from functools import cached_property

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium, Member
from catalogue.inquiries.intake import Buyer
from catalogue.text import Bilingual
from tests.factories import Make
from tests.factories.accounts import PASSWORD

__all__ = ["PASSWORD", "Cast"]


class Cast:
    """Two consortia, two firms of the first, and the people around them."""

    ana = Buyer(
        name="Ana Example",
        email="ana@buyer.example",
        country="DE",
        company="Example Gifts",
        city="Berlin",
        phone="+49 30 5550123",
    )

    def __init__(self, make: Make) -> None:
        self.make = make

    @cached_property
    def silver(self) -> Consortium:
        """The consortium where most tests take place."""
        name = Bilingual("ກຸ່ມຊ່າງເງິນຕົວຢ່າງ", "Example Silversmiths")
        return self.make.consortium(name=name, sector_key="silver")

    @cached_property
    def silk(self) -> Consortium:
        """Another consortium, whose people must see nothing of the first."""
        name = Bilingual("ກຸ່ມທໍຜ້າໄໝຕົວຢ່າງ", "Example Weavers")
        return self.make.consortium(name=name, sector_key="silk")

    @cached_property
    def noy(self) -> Person:
        """The manager of the silver consortium."""
        return self.make.manager(self.silver, name="Noy", language="en")

    @cached_property
    def keo(self) -> Person:
        """The manager of the silk consortium."""
        return self.make.manager(self.silk, name="Keo", language="en")

    @cached_property
    def firm_a(self) -> Member:
        """A workshop of the silver consortium."""
        return self.make.member(consortium=self.silver, name=Bilingual("ໂຮງຊ່າງ ກ", "Workshop A"))

    @cached_property
    def firm_b(self) -> Member:
        """Another workshop of the silver consortium."""
        return self.make.member(consortium=self.silver, name=Bilingual("ໂຮງຊ່າງ ຂ", "Workshop B"))

    @cached_property
    def bounmy(self) -> Person:
        """Works for firm A."""
        return self.make.maker(self.firm_a, name="Bounmy")

    @cached_property
    def somchan(self) -> Person:
        """Works for firm B."""
        return self.make.maker(self.firm_b, name="Somchan")

    @cached_property
    def observer(self) -> Person:
        """May look at figures of the silver consortium, and at nothing else."""
        return self.make.observer(self.silver, name="Observer", language="en")

    @cached_property
    def operator(self) -> Person:
        """Runs the machine."""
        return self.make.operator(name="Operator", language="en")
