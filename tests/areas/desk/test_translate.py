"""Translating listings: the queue, and source and translation side by side."""

import pytest
from sqlalchemy import select

from catalogue.products import editing
from catalogue.products.models import ListingStatus, Product, ProductVersion
from catalogue.products.translation import mark_of
from catalogue.text import Bilingual

BOWL = Bilingual(lo="ຂັນເງິນ")


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


@pytest.fixture
def half(make, cast):
    """Sent by its maker in Lao alone."""
    return make.submitted_product(member=cast.firm_a, name=BOWL, summary=Bilingual(lo="ຕີດ້ວຍມື"))


def of(product):
    return {"slug": product.consortium.slug, "product_id": product.public_id}


def save(visitor, product, typed, *, then="stay", **options):
    page = visitor.get("desk.translate_product", **of(product))
    return visitor.submit(page, "form[data-translate]", {"then": then, **typed}, **options)


def working(session):
    return session.scalar(select(Product)).working


def test_queue_shows_what_has_no_translation_first(noy, make, cast, half):
    make.product(member=cast.firm_a)
    behind = make.product(member=cast.firm_b, reference="A-0", translated_from={"name_en": "of other words"})

    page = noy.get("desk.translate", slug=half.consortium.slug)

    rows = page.select(".translations li")
    assert [half.reference in rows[0].text, behind.reference in rows[1].text, len(rows)] == [True, True, 2]


def test_queue_is_narrowed_by_its_address(noy, make, cast, half):
    make.product(member=cast.firm_b, translated_from={"name_en": "of other words"})

    page = noy.get("desk.translate", slug=half.consortium.slug, standing="changed", member=cast.firm_b.public_id)

    assert len(page.select(".translations li")) == 1
    assert half.reference not in page.text


def test_what_a_member_still_works_on_and_what_one_buyer_ordered_is_not_in_the_queue(noy, make, cast):
    draft = make.draft_product(member=cast.firm_a, name=BOWL)
    ordered = make.submitted_product(member=cast.firm_a, name=BOWL, making_right="buyer")

    page = noy.get("desk.translate", slug=cast.silver.slug)

    assert draft.reference not in page.text
    assert ordered.reference not in page.text


def test_source_stands_left_with_the_words_of_the_glossary(noy, half):
    page = noy.get("desk.translate_product", **of(half))

    source = page.select_one("#text-name .translate-source")
    assert [mark.text for mark in source.select("mark")] == ["ຂັນ", "ເງິນ"]
    assert "bowl" in source.select_one("dl").text
    assert page.select_one("input#name_en")["lang"] == "en"


def test_english_written_first_is_translated_into_lao(noy, make, cast):
    made = make.submitted_product(member=cast.firm_a, name=Bilingual(en="Silver bowl"))

    page = noy.get("desk.translate_product", **of(made))

    assert page.select_one("input#name_lo")["lang"] == "lo"
    assert [mark.text for mark in page.select("#text-name mark")] == ["Silver", "bowl"]


def test_translation_of_what_waits_for_review_keeps_it_waiting(noy, half, session):
    before = half.working_id

    save(noy, half, {"name_en": "Silver bowl"})

    product = session.scalar(select(Product))
    assert product.working.name == Bilingual("ຂັນເງິນ", "Silver bowl")
    assert product.working.translated_from == {"name_en": mark_of("ຂັນເງິນ")}
    assert product.status is ListingStatus.SUBMITTED
    assert session.get(ProductVersion, before).name == BOWL, "what the member sent stays as it was"


def test_translation_of_what_is_public_waits_as_a_proposal(noy, make, cast, session):
    shown = make.product(member=cast.firm_a, description=Bilingual(lo="ຕີ"))

    page = noy.get("desk.translate_product", **of(shown))
    noy.submit(page, "form[data-translate]", {"description_en": "Beaten", "show": []})

    product = session.scalar(select(Product))
    assert product.published.description == Bilingual(lo="ຕີ")
    assert product.working.description == Bilingual("ຕີ", "Beaten")
    assert product.proposal is ListingStatus.DRAFT


def test_translation_of_what_is_public_is_shown_at_once_where_nothing_else_waits(noy, visitor, make, cast):
    shown = make.product(member=cast.firm_a, description=Bilingual(lo="ຕີ"))

    save(noy, shown, {"description_en": "Beaten with small hammers"})

    page = visitor.get("storefront.product", **of(shown))
    assert "Beaten with small hammers" in page.text


def test_what_a_member_proposes_is_never_shown_along_with_a_translation(noy, make, cast, session):
    shown = make.product(member=cast.firm_a, description=Bilingual(lo="ຕີ"))
    more = editing.content_of(shown.working)
    editing.edit(session, shown, more, opened_version=shown.version, by=cast.bounmy, at=make.later())
    make.keep(shown)

    page = noy.get("desk.translate_product", **of(shown))

    assert page.select_one("input[name=show]") is None


def test_changed_source_is_flagged_with_what_changed(noy, make, cast, session):
    shown = make.product(member=cast.firm_a, translated_from={"summary_en": mark_of("ຂັນເງິນຕີດ້ວຍມື")})
    changed = Bilingual("ຂັນເງິນຕີດ້ວຍຄ້ອນ", shown.working.summary.en)
    with_change = {**vars(editing.content_of(shown.working)), "summary": changed}
    editing.edit(
        session, shown, editing.Content(**with_change), opened_version=shown.version, by=cast.bounmy, at=make.later()
    )
    make.keep(shown)

    page = noy.get("desk.translate_product", **of(shown))

    text = page.select_one("#text-summary")
    assert [text.select_one("del").text, text.select_one("ins").text] == ["ມື", "ຄ້ອນ"]

    noy.submit(page, "form[data-translate]", {"summary_en-fits": "y"})

    page = noy.get("desk.translate_product", **of(shown))
    assert page.select_one("#text-summary del") is None
    assert page.select_one("#text-summary .status") is None


def test_machine_text_is_marked_until_a_person_has_read_it(noy, visitor, make, cast, session):
    shown = make.product(member=cast.firm_a, description=Bilingual(lo="ຕີ"))

    save(noy, shown, {"description_en": "Hit", "description_en-machine": "y"})

    assert working(session).machine_languages == ["en"]
    assert "machine translation, not checked" in visitor.get("storefront.product", **of(shown)).text
    assert "machine translation" not in visitor.get("storefront.product", lang="lo", **of(shown)).text

    page = noy.get("desk.translate_product", **of(shown))
    noy.submit(page, "form[data-translate]", {"description_en-machine": []})

    assert working(session).machine_languages == []
    assert "machine translation" not in visitor.get("storefront.product", **of(shown)).text


def test_a_name_by_machine_is_not_published_unread(noy, half, session):
    save(noy, half, {"name_en": "Silver pot", "name_en-machine": "y", "summary_en": "Beaten by hand"})

    opened = {"opened_version": str(session.scalar(select(Product)).version)}
    page = noy.post("desk.publish", opened, expect=422, **of(half))

    assert "read it first" in page.text
    assert session.scalar(select(Product)).status is ListingStatus.SUBMITTED


def test_contact_in_a_translation_is_saved_and_warned_of(noy, half, session):
    page = save(noy, half, {"summary_en": "Call 020 5555 1234"}, then="next")

    assert working(session).summary.en == "Call 020 5555 1234"
    assert "020 5555 1234" in page.select_one("#summary_en-leak mark").text
    assert noy.address == noy.address_of("desk.translate_product", **of(half)), "the page is not left"


def test_too_long_a_translation_is_explained_beside_its_field(noy, half, session):
    page = save(noy, half, {"name_en": "b" * 121}, expect=422)

    assert "120" in page.select_one("#name_en-error").text
    assert page.select_one("#name_en")["value"] == "b" * 121
    assert working(session).name.en == ""


def test_saving_goes_on_to_the_next_without_translation(noy, make, cast, half):
    other = make.submitted_product(member=cast.firm_b, name=BOWL)

    save(noy, half, {"name_en": "Silver bowl", "summary_en": "Beaten by hand"}, then="next")

    assert noy.address == noy.address_of("desk.translate_product", **of(other))


def test_neighbours_in_the_queue_are_a_link_away(noy, make, cast, half):
    make.submitted_product(member=cast.firm_b, name=BOWL)

    page = noy.get("desk.translate_product", **of(half))
    assert "1 of 2" in page.select_one(".translate-place").text

    page = noy.open(page.select_one("a[rel=next]")["href"])
    assert noy.open(page.select_one("a[rel=prev]")["href"]).select_one("h1").text == "ຂັນເງິນ in Lao only"


def test_after_the_last_comes_the_queue(noy, half):
    page = save(noy, half, {"name_en": "Silver bowl", "summary_en": "Beaten by hand"}, then="next")

    assert "Nothing waits for a translator" in page.text


def test_two_translators_never_overwrite_one_another(visitor, make, cast, half, session):
    noy, other = visitor.signed_in_as(cast.noy), visitor.signed_in_as(make.manager(cast.silver, language="en"))
    pages = [each.get("desk.translate_product", **of(half)) for each in (noy, other)]
    other.submit(pages[1], "form[data-translate]", {"name_en": "Footed bowl"})

    page = noy.submit(pages[0], "form[data-translate]", {"name_en": "Silver bowl"}, expect=409)

    assert page.select_one("#name_en")["value"] == "Silver bowl"
    assert "Footed bowl" in page.select_one("#name_en-saved").text
    assert working(session).name.en == "Footed bowl"

    noy.submit(page, "form[data-translate]", {})

    assert working(session).name.en == "Silver bowl", "a second press is meant"


def test_direction_can_be_turned_round(noy, make, cast, session):
    made = make.submitted_product(member=cast.firm_a, name=Bilingual("ຂັນ", "Silver bowl"))

    page = noy.get("desk.translate_product", from_en="name", **of(made))
    noy.submit(page, "form[data-translate]", {"name_lo": "ຂັນເງິນ"})

    assert working(session).name == Bilingual("ຂັນເງິນ", "Silver bowl")
    assert working(session).translated_from == {"name_lo": mark_of("Silver bowl")}
    assert noy.get("desk.translate_product", **of(made)).select_one("#name_lo") is not None


def test_words_of_a_photograph_are_translated_too(noy, make, cast, session):
    made = make.draft_product(member=cast.firm_a)
    photo = make.photo(made, alt=Bilingual(lo="ຂັນເທິງໂຕະ"))
    field = f"alt-{photo.file.public_id}_en"

    save(noy, made, {field: "A bowl on a table"})

    assert working(session).photos[0].alt == Bilingual("ຂັນເທິງໂຕະ", "A bowl on a table")


def test_same_words_again_change_nothing(noy, half, session):
    version = half.version

    page = save(noy, half, {})

    assert "Nothing was changed" in page.text
    assert session.scalar(select(Product)).version == version


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_translates(visitor, cast, half, who):
    stranger = visitor.signed_in_as(getattr(cast, who))
    stranger.get("desk.translate", expect=403, slug=half.consortium.slug)
    stranger.post("desk.save_translation", {"name_en": "x"}, expect=403, **of(half))


def test_product_of_another_consortium_is_not_there(noy, make, cast):
    other = make.submitted_product(member=make.member(consortium=cast.silk))
    noy.get("desk.translate_product", expect=404, slug=cast.silver.slug, product_id=other.public_id)
