"""Members' contacts at the desk."""

import pytest


def test_manager_sees_how_to_reach_a_firm(visitor, make, cast):
    make.member(consortium=cast.silver, contact={"phone": "+856 20 5555 0777"})

    page = visitor.signed_in_as(cast.noy).get("desk.members", slug=cast.silver.slug)

    assert "+856 20 5555 0777" in page.text


@pytest.mark.parametrize("who", ["keo", "bounmy", "observer", "operator"])
def test_nobody_else_does(visitor, cast, who):
    visitor.signed_in_as(getattr(cast, who)).get("desk.members", expect=403, slug=cast.silver.slug)
