"""What follows for the public when a file that came was checked: pages that show it are shown anew."""

from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from catalogue.consortia.maker_models import MakerPage, MakerPhoto, PageState
from catalogue.consortia.models import Consortium, Member
from catalogue.consortia.showing import bump
from catalogue.media.models import StoredFile
from catalogue.products.arranging import show_in_place
from catalogue.products.models import ListingStatus, Product, ProductPhoto, ProductVersion

UNSEEN = (ListingStatus.DRAFT, ListingStatus.RETURNED)


def show_anew(session: Session, file: StoredFile) -> None:
    """A file became ready or was refused: it takes its place, and public pages that show it are made anew."""
    show_in_place(session, file)
    if session.scalar(select(_may_be_public(file))):
        bump(session, file.consortium_id)


def _may_be_public(file: StoredFile) -> Any:
    """Whether pages show the file, or soon may: a listing that waits could be published in this very moment."""
    on_product = (
        select(ProductPhoto.id)
        .join(ProductVersion, ProductVersion.id == ProductPhoto.version_id)
        .join(Product, Product.id == ProductVersion.product_id)
        .where(ProductPhoto.file_id == file.id, Product.status.not_in(UNSEEN))
    )
    on_page = (
        select(MakerPhoto.id)
        .join(MakerPage, MakerPage.id == MakerPhoto.page_id)
        .where(MakerPhoto.file_id == file.id, MakerPage.state.in_([PageState.SUBMITTED, PageState.PUBLISHED]))
    )
    return (
        exists(on_product)
        | exists(on_page)
        | exists().where(Member.photo_id == file.id)
        | exists().where(Consortium.hero_id == file.id)
    )
