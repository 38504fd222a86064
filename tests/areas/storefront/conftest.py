"""Pieces of two consortia, which most tests of gathering ask for."""

import pytest

from tests.factories import Make


@pytest.fixture
def bowl(make: Make, cast):
    return make.product(consortium=cast.silver, minimum_order=12)


@pytest.fixture
def scarf(make: Make, cast):
    return make.product(consortium=cast.silk, minimum_order=5)
