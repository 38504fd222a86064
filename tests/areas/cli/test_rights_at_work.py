"""The worker lets a claim to a design stand on its last day."""

from datetime import timedelta

import pytest

from catalogue.products import rights
from catalogue.products.models import MakingRight
from catalogue.web.clock import now


@pytest.mark.parametrize(("days_ago", "expected"), [(15, MakingRight.OWN), (13, MakingRight.SHARED)])
def test_claim_stands_when_its_time_is_over(runner, session, make, cast, days_ago, expected):
    bowl = make.product(member=cast.firm_a)
    rights.claim(session, bowl, by=cast.bounmy, at=now() - timedelta(days=days_ago))
    make.keep(bowl)

    runner.invoke(args=["work", "--once"])

    assert bowl.making_right is expected
    assert runner.invoke(args=["verify-log"]).exit_code == 0
