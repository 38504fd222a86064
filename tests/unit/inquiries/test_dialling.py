"""Numbers as they are dialled from abroad."""

import pytest

from catalogue.inquiries.dialling import international


@pytest.mark.parametrize(
    ("number", "country", "dialled"),
    [
        ("020 5555 1234", "LA", "8562055551234"),
        ("໐໒໐ ໕໕໕໕ ໑໒໓໔", "LA", "8562055551234"),
        ("+856 20 5555 1234", "FR", "8562055551234"),
        ("00856 20 5555 1234", "LA", "8562055551234"),
        ("8562055551234", "LA", "8562055551234"),
        ("+44 (0)20 7946 0321", "GB", "442079460321"),
        ("06 12 34 56 78", "FR", "33612345678"),
        ("06 1234 5678", "IT", "390612345678"),
        ("(202) 555-0143", "US", "12025550143"),
        ("555", "US", None),
        ("020 5555 1234", "XK", None),
        ("", "LA", None),
    ],
)
def test_number_gets_the_code_of_its_country(number, country, dialled):
    assert international(number, country) == dialled
