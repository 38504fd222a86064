"""No contact of a member can be read from outside, and the crawler that says so would have seen one."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from sqlalchemy import select

from catalogue.consortia.models import MemberContact
from catalogue.consortia.showing import bump
from catalogue.media.keeping import raw_key
from catalogue.products.models import ProductPhoto
from catalogue.text import Bilingual
from tests.browser import PHONE
from tests.cast import Cast
from tests.databases import Sqlite
from tests.factories import Make
from tests.journeys.scene import furnish, offer, photograph, publish, store_of, wait_until_ready
from tests.live import Live, beside, running, wait_for
from tests.one_door.crawler import crawl
from tests.one_door.letters import found_in_letters
from tests.one_door.private import Private, contacts_of_members

LAO_DIGITS = str.maketrans("0123456789", "໐໑໒໓໔໕໖໗໘໙")


@pytest.fixture(scope="module")
def site(sqlite: Sqlite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A site of its own with two consortia, so that the crawler reads all of it and nothing else."""
    folder = tmp_path_factory.mktemp("crawled")
    with sqlite.empty(folder) as url, running(url, folder) as site:
        with beside(site) as session:
            make = Make(session)
            furnish(make, site)
            weaver = make.member(consortium=Cast(make).silk)
            publish(make, site, offer(make, site, weaver, Bilingual("ຜ້າ", "A shawl"), "silk-shawl-1.jpg", "shawls"))
        yield site


@pytest.fixture
def private(site: Live) -> Private:
    """What must not be found there."""
    return contacts_of_members(site.settings.var / "sala.db")


def test_nothing_that_a_buyer_can_get_names_a_member(site: Live, private: Private):
    wait_for(lambda: len(site.letters()) == 2, 60)

    seen = crawl(site.url, private)

    assert (len(private.emails), len(private.numbers)) == (3, 3)
    assert (seen.found, seen.failed, seen.cookies) == ([], [], [])
    assert seen.read["text/html"] > 50
    assert {"image/avif", "image/webp", "image/jpeg"} <= set(seen.read)
    assert found_in_letters(site.settings.var / "outtray", private) == (2, [])


def test_crawler_finds_a_number_that_was_planted(site: Live, private: Private):
    with beside(site) as session:
        contact = session.scalars(select(MemberContact)).first()
        photo = session.scalars(select(ProductPhoto)).first()
        assert contact
        assert photo
        product = photo.version.product
        said = contact.phone.replace(" ", "-").translate(LAO_DIGITS)
        photo.version.description = Bilingual(f"ຖາມໄດ້ທີ່ {said}", photo.version.description.en)
        bump(session, product.consortium)
        session.commit()
        where = f"/lo/{product.consortium.slug}/products/{product.public_id}"

    seen = crawl(site.url, private)

    assert [found for found in seen.found if f" in {where}" in found]


def test_a_number_in_a_photograph_is_not_stored_and_not_served(browser_page, live: Live, make, cast, session):
    private = Private(frozenset({"bench@smith.example"}), frozenset({"55550101"}))
    sent = photograph(said="Call +856 20 5555 0101, bench@smith.example")
    draft = make.draft_product(member=cast.firm_a)
    phone = browser_page(PHONE, "lo", signed_in_as=cast.bounmy)
    assert private.found_in_bytes(sent), "it stands in the photograph that is sent"

    phone.goto(f"/studio/products/{draft.public_id}/photos")
    phone.locator("#photo").set_input_files({"name": "khan.jpg", "mimeType": "image/jpeg", "buffer": sent})
    with phone.expect_navigation():
        phone.locator("form[action$='/photos'] button").click()
    session.refresh(draft)
    file = wait_until_ready(session, draft.working.photos[0].file)

    store = store_of(live)
    stored = {name: store.get(name) for name in store.names(file.key)}
    wait_for(lambda: not store.has(raw_key(file)))
    assert len(stored) == 1 + 3 * len(file.widths)
    assert [name for name, data in stored.items() if private.found_in_bytes(data)] == []
    served = {ending: phone.request.get(f"/media/{file.public_id}/800.{ending}") for ending in ("avif", "webp", "jpg")}
    assert [ending for ending, answer in served.items() if not answer.ok] == []
    assert [ending for ending, answer in served.items() if private.found_in_bytes(answer.body())] == []
    assert not Image.open(io.BytesIO(served["jpg"].body())).getexif()
