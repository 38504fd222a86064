"""Made catalogues are the same each time, and what they were loaded with is what the real operations leave."""

import pytest
from sqlalchemy import text

from catalogue.database import engine_for
from tests.bench.made import loading, proof
from tests.bench.made.products import made_product
from tests.bench.queries import KINDS, queries

SIZE = 24
# What a mistake in loading would leave, by what the proof says of it.
SPOILT = {
    "search_entry.words": "UPDATE search_entry SET words = 'x'",
    "product.version": "UPDATE product SET version = 1",
    "product_version.minimum_order": "UPDATE product_version SET minimum_order = 7",
    "is not found by its reference": "INSERT INTO search_fts (search_fts) VALUES ('delete-all')",
}


@pytest.fixture(scope="module")
def real(shelf, tmp_path_factory):
    """The same products, published one by one."""
    with proof.really_published(SIZE, shelf.network(), tmp_path_factory.mktemp("real")) as engine:
        yield engine


@pytest.fixture
def loaded(shelf, tmp_path):
    """A loaded catalogue, to be written to."""
    engine = engine_for(shelf.catalogue(SIZE).copied(tmp_path).url)
    yield engine
    engine.dispose()


def test_a_product_is_the_same_in_every_run():
    assert made_product(17) == made_product(17)
    assert made_product(17).content != made_product(18).content


def test_bulk_loading_leaves_what_the_real_operations_leave(real, loaded):
    assert proof.compared(real, loaded) == []


def test_proof_finds_what_differs(real, loaded):
    with loaded.begin() as connection:
        for spoilt in SPOILT.values():
            connection.execute(text(spoilt))

    found = " ".join(proof.compared(real, loaded))

    assert [told for told in SPOILT if told not in found] == []


def test_catalogue_is_made_once(shelf, monkeypatch):
    kept = shelf.catalogue(SIZE)
    monkeypatch.setattr(loading, "load", None)
    assert shelf.catalogue(SIZE) == kept


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_a_hundred_different_queries_of_each_kind(kind):
    found = queries(kind, 100)
    assert len(set(found)) == 100
    assert found == queries(kind, 100)
