"""A photograph for each category of a consortium: what one of its published pieces looks like."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalogue.consortia.models import Consortium
from catalogue.consortia.trade import Sector
from catalogue.media.models import FileState, StoredFile
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductPhoto, ProductVersion
from catalogue.products.shown import Photo


def example_photos(session: Session, consortium: Consortium, sector: Sector) -> dict[str, Photo]:
    """By category the photograph of the piece that was published first; none for a category without one."""
    found = {term.key: _first_in(session, consortium, term.key) for term in sector.categories}
    return {key: photo for key, photo in found.items() if photo}


def _first_in(session: Session, consortium: Consortium, category: str) -> Photo | None:
    query = (
        select(StoredFile)
        .join(ProductPhoto, ProductPhoto.file_id == StoredFile.id)
        .join(ProductVersion, ProductVersion.id == ProductPhoto.version_id)
        .join(Product, Product.published_id == ProductVersion.id)
        .where(
            ProductVersion.consortium_id == consortium.id,
            ProductVersion.category == category,
            Product.status == ListingStatus.PUBLISHED,
            Product.making_right != MakingRight.BUYER,
            StoredFile.state == FileState.READY,
        )
        .order_by(Product.id, ProductPhoto.position)
        .limit(1)
    )
    return Photo.of(session.scalar(query))
