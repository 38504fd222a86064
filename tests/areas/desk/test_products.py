"""The readiness grid: percent by language, what lacks in words, and filters that live in the address."""

from dataclasses import replace

import pytest
from sqlalchemy import event

from catalogue.products import editing
from catalogue.text import Bilingual


@pytest.fixture
def noy(visitor, cast):
    return visitor.signed_in_as(cast.noy)


def shown(page):
    return [row.select_one("p.num").text.split(" · ")[0] for row in page.select(".grid > li")]


def test_grid_says_how_far_each_language_is_and_what_lacks(noy, make, cast):
    make.draft_product(member=cast.firm_a, name=Bilingual(lo="ຂັນເງິນ"), minimum_order=None)

    page = noy.get("desk.products", slug=cast.silver.slug)

    lao, english = (int(each.text.strip("\xa0%")) for each in page.select(".readiness b"))
    assert 0 < english < lao < 100
    lacks = page.select_one(".grid-lacks").text
    assert "Name, in English" in lacks
    assert "Minimum order" in lacks


@pytest.fixture
def three(make, cast):
    return [
        make.product(member=cast.firm_a, reference="A-1"),
        make.draft_product(member=cast.firm_b, reference="B-2", name=Bilingual(lo="ກຳໄລ")),
        make.submitted_product(member=cast.firm_b, reference="C-3", materials=[]),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["A-1", "B-2", "C-3"]),
        ({"status": "draft"}, ["B-2"]),
        ({"member": "b"}, ["B-2", "C-3"]),
        ({"missing": "name"}, ["B-2"]),
        ({"missing": "materials", "status": "submitted"}, ["C-3"]),
        ({"q": "ກຳໄລ"}, ["B-2"]),
        ({"q": "a-1"}, ["A-1"]),
        ({"sort": "least"}, ["C-3", "B-2", "A-1"]),
        ({"status": "nonsense", "sort": "nonsense", "page": "9999999999"}, ["A-1", "B-2", "C-3"]),
    ],
)
def test_address_narrows_and_orders(noy, three, cast, asked, expected):
    if "member" in asked:
        asked = {"member": cast.firm_b.public_id}

    page = noy.get("desk.products", slug=cast.silver.slug, **asked)

    assert shown(page) == expected


def test_tabs_count_and_keep_the_other_filters(noy, three, cast):
    page = noy.get("desk.products", slug=cast.silver.slug, member=cast.firm_b.public_id)

    counts = {tab.text.split()[0]: tab.select_one(".num").text for tab in page.select(".tabs a")}
    assert (counts["All"], counts["Draft"]) == ("2", "1")
    assert all(f"member={cast.firm_b.public_id}" in tab["href"] for tab in page.select(".tabs a"))


def test_what_is_in_the_catalogue_counts_there_while_a_change_to_it_waits(noy, make, cast, session):
    product = make.product(member=cast.firm_a, reference="A-1")
    changed = replace(editing.content_of(product.working), minimum_order=7)
    editing.edit(session, product, changed, opened_version=product.version, by=cast.bounmy, at=make.later())
    session.commit()

    page = noy.get("desk.products", slug=cast.silver.slug, status="published")

    counts = {tab.text.strip(): tab.select_one(".num").text for tab in page.select(".tabs a")}
    assert shown(page) == ["A-1"]
    assert [count for name, count in counts.items() if name.startswith("In the catalogue")] == ["1"]


@pytest.mark.parametrize(("kind", "above"), [("product", "Products"), ("submitted_product", "Listings to review")])
@pytest.mark.parametrize("endpoint", ["review_product", "history", "revise", "right"])
def test_a_product_says_in_which_list_it_is_found(noy, make, cast, kind, above, endpoint):
    product = getattr(make, kind)(member=cast.firm_a)

    page = noy.get(f"desk.{endpoint}", slug=cast.silver.slug, product_id=product.public_id)

    assert page.select_one(".crumb a").text == above
    if endpoint != "right":
        assert above.split()[-1].lower() in page.select_one(".rail [aria-current]").text.lower()


def test_more_products_cost_no_more_queries_and_fit_pages(noy, make, cast, statements):
    make.draft_product(member=cast.firm_a, reference="N-000")
    few = statements(lambda: noy.get("desk.products", slug=cast.silver.slug))
    for number in range(1, 60):
        make.draft_product(member=cast.firm_a, reference=f"N-{number:03}")

    assert statements(lambda: noy.get("desk.products", slug=cast.silver.slug)) == few

    assert len(shown(noy.page)) == 50
    page = noy.open(noy.page.select_one("a[rel=next]")["href"])
    assert shown(page) == [f"N-{number:03}" for number in range(50, 60)]


@pytest.fixture
def statements(engine):
    """How many statements an act sends to the database."""

    def count(act):
        sent = []

        def note(_connection, _cursor, statement, *_more):
            sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        act()
        event.remove(engine, "before_cursor_execute", note)
        return len(sent)

    return count


def test_products_of_another_consortium_are_not_in_it(noy, make, cast):
    make.draft_product(member=make.member(consortium=cast.silk), reference="SILK-1")

    assert shown(noy.get("desk.products", slug=cast.silver.slug)) == []
