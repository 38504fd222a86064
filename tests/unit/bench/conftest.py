"""Small made catalogues, made once for all tests of the bench."""

import pytest

from tests.bench.made.catalogues import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory):
    """Catalogues without photographs."""
    return Shelf(tmp_path_factory.mktemp("kept"), photographs=0)
