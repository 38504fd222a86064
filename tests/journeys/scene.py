"""A consortium as visitors find it: two makers with contacts, products with photographs that the worker prepared."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from PIL import Image
from sqlalchemy.orm import Session

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium, Member
from catalogue.demo.content import PHOTOS
from catalogue.inquiries.models import Inquiry
from catalogue.media.keeping import keep, park
from catalogue.media.models import FileKind, StoredFile
from catalogue.media.stores import Store, store_for
from catalogue.products import listing
from catalogue.products.models import Product
from catalogue.text import Bilingual
from tests.cast import Cast
from tests.factories import Make
from tests.live import Live, wait_for

PICTURE_SECONDS = 90


@dataclass(frozen=True)
class Scene:
    """Who and what stands there, by language where it matters; everything is loaded and needs no session.

    `unseen` are a draft, one that waits for review, and one that was sent back.
    """

    consortium: Consortium
    firm: Member
    manager: dict[str, Person]
    maker: dict[str, Person]
    bowl: Product
    belt: Product
    unseen: list[Product]
    asked: Inquiry

    @property
    def slug(self) -> str:
        """The consortium in addresses."""
        return self.consortium.slug

    @property
    def office(self) -> str:
        """Where the shared contact's letters go."""
        return self.consortium.shared_contact_email


def furnish(make: Make, live: Live) -> Scene:
    """Found it, and wait until every photograph is ready."""
    cast = Cast(make)
    offered = [
        offer(make, live, cast.firm_a, Bilingual("ຂັນເງິນຕີມື", "Hammered silver bowl"), "silver-khan-1.jpg", "bowls"),
        offer(make, live, cast.firm_b, Bilingual("ສາຍແອວເງິນ", "Woven silver belt"), "silver-belt-1.jpg", "dress"),
        offer(make, live, cast.firm_b, Bilingual("ກັບໝາກ", "Betel box"), "silver-betel-box-1.jpg", "boxes"),
    ]
    bowl, belt, _box = (publish(make, live, draft) for draft in offered)
    return Scene(
        consortium=cast.silver,
        firm=cast.firm_a,
        manager={"en": cast.noy, "lo": make.manager(cast.silver, name="ນ້ອຍ", language="lo")},
        maker={"lo": cast.bounmy, "en": make.maker(cast.firm_a, language="en")},
        bowl=bowl,
        belt=belt,
        unseen=[
            each(member=cast.firm_a) for each in (make.draft_product, make.submitted_product, make.returned_product)
        ],
        asked=make.inquiry(products=[bowl, belt]),
    )


def offer(make: Make, live: Live, member: Member, name: Bilingual, picture: str, category: str) -> Product:
    """A draft with one photograph, which the worker begins to prepare."""
    summary = Bilingual("ຕີດ້ວຍມື", "Made by hand")
    draft = make.draft_product(member=member, name=name, summary=summary, category=category, sample_available=True)
    parked = park(store_of(live), photograph(picture), picture, photo_only=True)
    moment = datetime.now(UTC)
    file = keep(make.session, parked, consortium_id=member.consortium_id, kind=FileKind.PHOTO, at=moment)
    make.photo(draft, file=file, alt=name)
    return draft


def publish(make: Make, live: Live, draft: Product) -> Product:
    """Shown to the public as soon as its photograph is ready."""
    wait_until_ready(make.session, draft.working.photos[0].file)
    listing.submit(make.session, draft, by=None, at=make.later())
    listing.publish(make.session, draft, by=None, at=make.later())
    return make.keep(draft)


def wait_until_ready(session: Session, file: StoredFile) -> StoredFile:
    """The file when the worker has made its sizes."""

    def ready() -> StoredFile | None:
        session.refresh(file)
        session.commit()
        return file if file.is_ready else None

    return wait_for(ready, PICTURE_SECONDS)


def photograph(name: str = "silver-khan-2.jpg", *, width: int = 900, said: str = "") -> bytes:
    """A photograph as a phone sends it; `said` stands in its metadata, in three places."""
    written = io.BytesIO()
    with Image.open(PHOTOS / name) as picture:
        picture.thumbnail((width, 2 * width))
        exif = picture.getexif()
        if said:
            exif[0x010E] = said  # ImageDescription
            exif[0x8298] = said  # Copyright
        picture.save(written, "JPEG", quality=85, exif=exif, comment=said.encode())
    return written.getvalue()


def store_of(live: Live) -> Store:
    """Where the running site keeps its files."""
    return store_for(live.settings.media_url)
