"""The operator's page."""

import pytest


def test_operator_sees_every_consortium_in_figures(visitor, cast, make):
    make.inquiry(consortium=cast.silver, message="A private question")

    page = visitor.signed_in_as(cast.operator).get("operator.consortia")

    assert cast.silver.name.en in page.text or cast.silver.name.lo in page.text
    assert "A private question" not in page.text


@pytest.mark.parametrize("who", ["noy", "bounmy", "observer"])
def test_nobody_else_does(visitor, cast, who):
    visitor.signed_in_as(getattr(cast, who)).get("operator.consortia", expect=403)
