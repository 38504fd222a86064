"""Reviewing what members sent: the queue, the difference, the decisions, and the contact detector in between."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.media.models import FileState
from catalogue.products import editing, listing
from catalogue.products.clearing_models import ClearedContact
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.text import Bilingual

PHONE = "020 5555 1234"


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def sent(make, cast):
    return make.submitted_product(member=cast.firm_a)


@pytest.fixture
def propose(session, cast, make):
    """A proposal for what is published, sent to the office: only what is named changes."""

    def propose(product, **changed):
        before = editing.content_of(product.working)
        content = editing.Content(**{**before.__dict__, **changed})
        editing.edit(session, product, content, opened_version=product.version, by=cast.bounmy, at=make.later())
        listing.submit(session, product, by=cast.bounmy, at=make.later())
        session.commit()
        return product

    return propose


def of(product):
    return {"slug": product.consortium.slug, "product_id": product.public_id}


def decide(who, product, expect=303, **verdicts):
    """Press the button, with these reasons; every other part is taken."""
    page = who.get("desk.review_product", **of(product))
    typed = {}
    for radio in page.select("input[type=radio][value=take]"):
        part = radio["name"].removeprefix("verdict-")
        reason = verdicts.get(part.replace(".", "_"))
        typed |= {f"verdict-{part}": "return" if reason is not None else "take", f"reason-{part}": reason or ""}
    typed["opened_version"] = page.select_one("#decide [name=opened_version]")["value"]
    return who.post("desk.decide", typed, **of(product), **({} if expect == 303 else {"expect": expect}))


def row(page, part):
    return page.select_one(f"#part-{part}")


# -- the queue --


def test_the_queue_has_new_and_changed_the_longest_wait_first(noy, make, cast, propose):
    shown = make.product(member=cast.firm_a)
    first = make.submitted_product(member=cast.firm_b)
    propose(shown, minimum_order=99)

    page = noy.get("desk.review", slug=cast.silver.slug)

    items = [
        (item.select_one(".num").text.split(" ")[0], item.select_one(".status").text)
        for item in page.select(".inbox li")
    ]
    assert items == [(first.reference, "New listing"), (shown.reference, "Change to a listing")]


@pytest.mark.parametrize(
    ("narrowed", "seen"), [({"kind": "new"}, "b"), ({"kind": "changed"}, "a"), ({"member": "b"}, "b")]
)
def test_the_queue_is_narrowed_by_firm_and_kind(noy, make, cast, propose, narrowed, seen):
    changed = propose(make.product(member=cast.firm_a), minimum_order=99)
    new = make.submitted_product(member=cast.firm_b)
    if "member" in narrowed:
        narrowed = {"member": cast.firm_b.slug}

    page = noy.get("desk.review", slug=cast.silver.slug, **narrowed)

    assert [each.reference in page.text for each in (changed, new)] == [seen == "a", seen == "b"]


def test_nothing_is_shown_while_a_photograph_is_still_being_made_ready(noy, make, cast, session):
    product = make.submitted_product(member=cast.firm_a)
    coming = make.photo(product, file=make.stored_file(cast.silver, state=FileState.WAITING))

    page = noy.get("desk.review_product", **of(product))
    assert "A photograph that is still being made ready" in page.text

    decide(noy, product, expect=422)
    session.refresh(product)
    assert product.status is ListingStatus.SUBMITTED

    coming.file.state = FileState.READY
    decide(noy, product)
    session.refresh(product)
    assert product.status is ListingStatus.PUBLISHED


def test_each_page_says_which_of_how_many_it_is_and_leads_on(noy, make, cast):
    one, two, three = (make.submitted_product(member=cast.firm_a) for _each in range(3))

    page = noy.get("desk.review_product", **of(two))

    assert "2 of 3" in page.select_one(".crumb").text
    assert one.public_id in page.select_one("a[rel=prev]")["href"]
    assert three.public_id in page.select_one("a[rel=next]")["href"]


def test_deciding_leads_to_what_waits_next(noy, make, cast):
    one, two = (make.submitted_product(member=cast.firm_a) for _each in range(2))

    decide(noy, one)

    assert noy.address.startswith(f"/desk/{cast.silver.slug}/review/{two.public_id}")


# -- the difference --


def test_changed_words_are_marked_in_both_languages(noy, make, cast, propose):
    shown = make.product(member=cast.firm_a, name=Bilingual("ແອບໝາກເງິນ", "Betel box"))
    propose(shown, name=Bilingual("ແອບໝາກເງິນ ຝາດອກບົວ", "Betel box, lotus-bud lid"))

    name = row(noy.get("desk.review_product", **of(shown)), "name")

    assert [(mark.name, mark.text) for mark in name.select("ins, del")] == [
        ("ins", "ຝາດອກບົວ"),
        ("ins", ", lotus-bud lid"),
    ]


def test_a_number_is_compared_with_its_unit(noy, make, cast, propose):
    shown = propose(make.product(member=cast.firm_a, net_weight_g=Decimal(250)), net_weight_g=Decimal(264))

    weight = row(noy.get("desk.review_product", **of(shown)), "net_weight_g")

    assert weight.select_one("del").text == "250"
    assert weight.select_one("ins").text == "264"
    assert weight.select_one("p").text.endswith("\u00a0g")


def test_only_what_changed_is_shown(noy, make, cast, propose):
    shown = propose(make.product(member=cast.firm_a), minimum_order=99)

    page = noy.get("desk.review_product", **of(shown))

    assert [part["id"] for part in page.select(".diff-row[id]")] == ["part-minimum_order"]


def test_everything_of_a_new_listing_is_new(noy, sent):
    page = noy.get("desk.review_product", **of(sent))

    assert {small.text for small in page.select(".diff-name small")} == {"new"}
    assert row(page, "name").select_one("ins").text == "ຂັນເງິນ"


def test_photographs_stand_before_and_after(noy, make, cast, session):
    shown = make.draft_product(member=cast.firm_a)
    first, _second = make.photo(shown), make.photo(shown)
    listing.publish(session, shown, by=None, at=make.later())
    session.commit()
    editing.remove_photo(session, shown, first.file.public_id, by=cast.bounmy, at=make.later())
    editing.add_photo(session, shown, make.stored_file(cast.silver), by=cast.bounmy, at=make.later())
    listing.submit(session, shown, by=cast.bounmy, at=make.later())
    session.commit()

    photos = row(noy.get("desk.review_product", **of(shown)), "photos")

    assert [figure["class"] for figure in photos.select("figure")] == [
        ["pic-gone"],
        ["pic-same"],
        ["pic-moved"],
        ["pic-new"],
    ]


def test_what_was_typed_and_not_understood_is_shown(noy, make, cast):
    sent = make.submitted_product(member=cast.firm_a, typed={"office_price": "1.250"})

    assert "1.250" in row(noy.get("desk.review_product", **of(sent)), "office_price").text


# -- deciding --


def test_taking_everything_publishes_it(noy, sent, session):
    page = decide(noy, sent)

    product = session.scalar(select(Product))
    assert product.status is ListingStatus.PUBLISHED
    assert product.published_id == product.working_id
    assert "Published." in page.text


def test_what_is_taken_is_published_and_the_rest_goes_back(noy, make, cast, propose, session):
    shown = make.product(member=cast.firm_a, care=Bilingual("ເຊັດ", "Wipe"))
    propose(shown, name=Bilingual("ຂັນໃຫຍ່", "Large bowl"), minimum_order=99)

    page = decide(noy, shown, minimum_order="ຈຳນວນຫຼາຍໂພດ")

    product = session.scalar(select(Product))
    assert (product.published.name.en, product.published.minimum_order) == ("Large bowl", 10)
    assert product.working.minimum_order == 99
    assert product.proposal is ListingStatus.RETURNED
    assert product.returned_reasons == [{"field": "minimum_order", "text": "ຈຳນວນຫຼາຍໂພດ"}]
    assert "Published 1, sent back 1." in page.text


def test_one_part_sent_back_returns_a_new_listing_whole(noy, sent, session):
    decide(noy, sent, name="ຂຽນຊື່ໃຫ້ເຕັມ")

    product = session.scalar(select(Product))
    assert (product.status, product.published_id) == (ListingStatus.RETURNED, None)


def test_the_member_reads_the_reason_beside_its_field(noy, visitor, sent, cast):
    decide(noy, sent, name="ຂຽນຊື່ໃຫ້ເຕັມ")

    page = visitor.signed_in_as(cast.bounmy).get("studio.product", product_id=sent.public_id)

    assert "ຂຽນຊື່ໃຫ້ເຕັມ" in page.text


def test_sending_back_without_a_reason_is_explained_and_nothing_is_lost(noy, sent, session):
    typed = {"opened_version": sent.version, "verdict-name": "return", "reason-name": "", "verdict-tiers": "return"}

    page = noy.post("desk.decide", typed | {"reason-tiers": "ແພງໂພດ"}, expect=422, **of(sent))

    assert page.select_one("#reason-name-error")
    assert page.select_one("#reason-tiers").text == "ແພງໂພດ"
    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


def test_what_is_missing_stops_publication_and_is_named(noy, make, cast, session):
    half = make.submitted_product(member=cast.firm_a, name=Bilingual(lo="ຂັນເງິນ"))

    page = decide(noy, half, expect=422)

    assert "Name, in English" in page.select_one(".error-summary").text
    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


def test_a_reason_that_was_given_before_is_shown_again(noy, visitor, sent, cast, session, make):
    decide(noy, sent, name="ຂຽນຊື່ໃຫ້ເຕັມ")
    listing.submit(session, session.scalar(select(Product)), by=cast.bounmy, at=make.later())
    session.commit()

    assert "ຂຽນຊື່ໃຫ້ເຕັມ" in row(noy.get("desk.review_product", **of(sent)), "name").text


# -- contacts --


@pytest.fixture
def leaky(make, cast):
    return make.submitted_product(member=cast.firm_a, description=Bilingual(f"ສວຍງາມ. ໂທ {PHONE} ໄດ້", "Made with care"))


def test_a_contact_is_marked_in_place_and_sending_back_suggested_in_lao(noy, leaky):
    description = row(noy.get("desk.review_product", **of(leaky)), "description")

    assert description.select_one("p[lang=lo] mark").text == PHONE
    assert description.select_one("input[value=return]").has_attr("checked")
    assert "ເບີໂທ" in description.select_one("textarea").text or "telephone" in description.select_one("textarea").text


def test_a_contact_stops_publication(noy, leaky, session):
    page = decide(noy, leaky, expect=422)

    assert page.select_one(".error-summary a")["href"] == "#part-description"
    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


def clear(who, product, text=PHONE, **typed):
    typed = {"clear": f"description_lo|{text}", "opened_version": product.version, **typed}
    return who.post("desk.decide", typed, expect=200, **of(product))


def test_what_is_no_contact_is_recorded_and_lets_it_be_published(noy, leaky, cast, session):
    page = clear(noy, leaky, **{"verdict-name": "return", "reason-name": "ຂຽນຊື່ໃຫ້ເຕັມ"})

    assert not page.select("mark.contact")
    assert page.select_one("#reason-name").text == "ຂຽນຊື່ໃຫ້ເຕັມ", "what was typed stays"
    cleared = session.scalar(select(ClearedContact))
    assert (cleared.text, cleared.field, cleared.cleared_by) == (PHONE, "description_lo", cast.noy.id)
    assert session.scalar(select(Entry).filter_by(action="leak.cleared")).said.text == PHONE
    decide(noy, leaky)
    assert session.scalar(select(Product)).status is ListingStatus.PUBLISHED


def test_it_clears_no_other_text_and_no_other_listing(noy, leaky, make, cast, session):
    clear(noy, leaky)
    other = make.submitted_product(member=cast.firm_a, description=Bilingual(f"ໂທ {PHONE}", ""))
    longer = make.submitted_product(member=cast.firm_a, description=Bilingual("ໂທ 020 5555 12345", ""))

    for each in (other, longer):
        assert row(noy.get("desk.review_product", **of(each)), "description").select("mark.contact")


def test_only_what_was_found_can_be_cleared(noy, leaky, session):
    noy.post(
        "desk.decide", {"clear": "description_lo|ສວຍງາມ", "opened_version": leaky.version}, expect=409, **of(leaky)
    )

    assert session.scalar(select(ClearedContact)) is None


def test_words_of_a_photograph_are_read_too(noy, make, cast, session):
    product = make.draft_product(member=cast.firm_a)
    make.photo(product, alt=Bilingual(f"ໂທ {PHONE}", "A bowl"))
    listing.submit(session, product, by=None, at=make.later())
    session.commit()

    page = decide(noy, product, expect=422)

    assert row(page, "photos").select_one("mark.contact").text == PHONE


@pytest.mark.parametrize("told", [f"ໂທ {PHONE}", {"lo": "", "en": f"Call {PHONE}"}])
def test_details_in_one_or_both_languages_are_read_too(noy, make, cast, told):
    product = make.submitted_product(member=cast.firm_a, details={"assay_method": told})

    page = decide(noy, product, expect=422)

    assert row(page, "details-assay_method").select_one("mark.contact").text == PHONE


# -- two at once, and who may --


def test_the_second_of_two_managers_sees_how_it_stands_and_keeps_the_words(noy, visitor, make, cast, sent, session):
    second = make.person(name="Vone", language="en")
    make.role(second, "manager", consortium=cast.silver)
    vone = visitor.signed_in_as(second)
    opened = sent.version
    decide(noy, sent)

    typed = {"opened_version": opened, "verdict-name": "return", "reason-name": "ບໍ່ດີ"}
    page = vone.post("desk.decide", typed, expect=409, **of(sent))

    assert f"{cast.noy.name} was a moment before you" in page.text
    assert "ບໍ່ດີ" in page.select_one("main").text
    assert session.scalar(select(Product)).status is ListingStatus.PUBLISHED


def test_nothing_is_decided_over_words_that_were_not_seen(noy, cast, make, propose, session):
    shown = propose(make.product(member=cast.firm_a), minimum_order=99)
    opened = shown.version
    listing.take_back(session, shown, by=cast.bounmy, at=make.later())
    session.commit()
    propose(shown, minimum_order=5)

    noy.post("desk.decide", {"opened_version": opened, "verdict-minimum_order": "take"}, expect=409, **of(shown))

    assert session.scalar(select(Product)).published.minimum_order == 10


def test_withdrawing_takes_it_out_and_showing_again_brings_it_back(noy, make, cast, session):
    shown = make.product(member=cast.firm_a)

    noy.post("desk.withdraw", {"opened_version": shown.version}, **of(shown))
    assert session.scalar(select(Product)).status is ListingStatus.WITHDRAWN
    noy.post("desk.show_again", {}, **of(shown))

    assert session.scalar(select(Product)).status is ListingStatus.PUBLISHED


def test_a_listing_with_a_contact_is_not_shown_again(noy, make, cast, session):
    shown = make.product(member=cast.firm_a)
    listing.withdraw(session, shown, by=None, at=make.later())
    session.get(ProductVersion, shown.published_id).care = Bilingual(f"ໂທ {PHONE}", "")
    session.commit()

    page = noy.post("desk.show_again", {}, **of(shown))

    assert "A contact stands in the text" in page.text
    assert session.scalar(select(Product)).status is ListingStatus.WITHDRAWN


def test_the_office_discards_a_proposal_that_nobody_sent(noy, make, cast, session):
    shown = make.product(member=cast.firm_a)
    editing.edit(session, shown, editing.Content(), opened_version=shown.version, by=cast.bounmy, at=make.later())
    session.commit()

    noy.post("desk.discard", {}, **of(shown))

    product = session.scalar(select(Product))
    assert (product.proposal, product.working_id) == (None, product.published_id)


@pytest.mark.parametrize("act", ["decide", "publish", "withdraw", "show_again", "discard"])
@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_decides(visitor, cast, sent, session, who, act):
    visitor.signed_in_as(getattr(cast, who)).post(f"desk.{act}", {}, expect=403, **of(sent))

    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


@pytest.mark.parametrize("place", ["review", "review_product", "history", "revise"])
def test_the_observer_sees_nothing_of_this(visitor, cast, sent, place):
    values = {"slug": cast.silver.slug} if place == "review" else of(sent)
    visitor.signed_in_as(cast.observer).get(f"desk.{place}", expect=403, **values)
