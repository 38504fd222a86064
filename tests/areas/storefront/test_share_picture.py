"""The pictures that links to pages show: made by the worker, at an address that changes with what they show."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from catalogue.cli.work import worker_of
from catalogue.media.stores import store_for
from catalogue.outbox.models import Lane
from catalogue.printing import sharing
from catalogue.printing.models import SharePicture
from catalogue.products import listing
from catalogue.text import Bilingual
from catalogue.web.clock import now
from tests.unit.media import hostile


@pytest.fixture
def house(make):
    return make.consortium(slug="silver")


@pytest.fixture
def bowl(make, session, settings, house):
    """A published product with a photograph."""
    product = make.submitted_product(consortium=house)
    photo = make.photo(product)
    store_for(settings.media_url).put(f"{photo.file.key}/1280.jpg", hostile.photograph(1280, 960))
    listing.publish(session, product, by=None, at=now())
    session.commit()
    return product


@pytest.fixture
def drawn(app, runner, session):
    """Has the worker look for what lacks, and do it."""

    def draw():
        session.commit()
        with app.app_context():
            worker_of(app).watch()
        runner.invoke(args=["work", "--once"])

    return draw


def picture_of(page):
    return page.select_one("meta[property='og:image']")["content"]


def opened(visitor, address, settings, **options):
    return visitor.open(address.removeprefix(settings.SITE_URL), **options)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_a_link_to_a_product_shows_its_picture(visitor, bowl, drawn, settings, lang):
    drawn()
    page = visitor.speaking(lang).get("storefront.product", slug="silver", product_id=bowl.public_id)
    response = opened(visitor, picture_of(page), settings)
    assert response.mimetype == "image/jpeg"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(BytesIO(response.data)).size == (1200, 630)
    assert page.select_one("meta[property='og:image:width']")["content"] == "1200"
    assert page.select_one("meta[name='twitter:card']")["content"] == "summary_large_image"


@pytest.mark.parametrize("endpoint", ["storefront.home", "storefront.products", "storefront.network"])
def test_other_pages_show_the_consortium_or_the_hall(visitor, house, drawn, settings, endpoint):
    drawn()
    page = visitor.get(endpoint, **({} if endpoint.endswith("network") else {"slug": "silver"}))
    assert Image.open(BytesIO(opened(visitor, picture_of(page), settings).data)).size == (1200, 630)


def test_until_it_is_made_the_photograph_stands_in(visitor, bowl, settings):
    page = visitor.get("storefront.product", slug="silver", product_id=bowl.public_id)
    response = opened(visitor, picture_of(page), settings, expect=302, follow=False)
    assert response.location.startswith("/media/")
    assert response.headers["Cache-Control"] == "no-store"


def test_an_old_address_gets_the_new_picture_for_a_while(visitor, bowl, drawn, settings):
    drawn()
    page = visitor.get("storefront.product", slug="silver", product_id=bowl.public_id)
    old = f"{picture_of(page).rpartition('-')[0]}-{'0' * 12}.jpg"
    assert opened(visitor, old, settings).headers["Cache-Control"] == "public, max-age=300"


def test_what_is_withdrawn_has_no_picture(visitor, session, bowl, drawn, settings):
    drawn()
    address = picture_of(visitor.get("storefront.product", slug="silver", product_id=bowl.public_id))
    listing.withdraw(session, bowl, by=None, at=now())
    session.commit()
    opened(visitor, address, settings, expect=404)
    drawn()
    assert session.scalar(select(SharePicture).where(SharePicture.about == bowl.public_id)) is None
    assert [key for key in store_for(settings.media_url).names("share") if bowl.public_id in key] == []


def test_drafts_get_none(make, session, house, drawn):
    draft = make.submitted_product(consortium=house)
    drawn()
    assert session.scalar(select(SharePicture).where(SharePicture.about == draft.public_id)) is None


def test_made_once_nothing_is_made_again(session, bowl, drawn):
    drawn()
    made = {each.id: each.made_at for each in session.scalars(select(SharePicture))}
    drawn()
    assert {each.id: each.made_at for each in session.scalars(select(SharePicture))} == made
    assert len(made) == 6


def test_a_new_name_of_the_house_makes_a_new_picture(session, house, bowl, drawn):
    drawn()
    before = set(session.scalars(select(SharePicture.mark)))
    house.name = Bilingual("ກຸ່ມໃໝ່", "New name")
    drawn()
    assert len(before & set(session.scalars(select(SharePicture.mark)))) == 1


def test_many_are_made_a_few_at_a_time(session, make, house, outbox, app, runner, monkeypatch):
    monkeypatch.setattr(sharing, "AT_ONCE", 2)
    for _each in range(4):
        make.product(consortium=house)
    with app.app_context():
        worker_of(app).watch()
    runner.invoke(args=["work", "--once"])
    rounds = [due for due in outbox.jobs(sharing.KIND) if due.consortium_id]
    assert len(rounds) == 3
    assert {due.lane for due in rounds} == {Lane.HEAVY}
    assert len(session.scalars(select(SharePicture)).all()) == 12


def test_one_look_for_what_lacks_waits_at_a_time(app, house, outbox):
    for _time in range(2):
        with app.app_context():
            worker_of(app).watch()
    assert len(outbox.jobs(sharing.KIND)) == 2
