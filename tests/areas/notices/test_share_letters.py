"""The letters about shares: to each firm its own and a link, to the office that all have answered. No buyer in any."""

import email
from datetime import timedelta
from email.policy import default
from pathlib import Path

import pytest

from catalogue.routing import shares
from catalogue.routing.dividing import confirm
from catalogue.web.clock import now


@pytest.fixture
def division(make, cast):
    """600 bowls: firm A offered 350, firm B all it could, firm C nothing; each can be written to."""
    make.at = now() - timedelta(hours=2)
    none = make.member(consortium=cast.silver, contact={"email": "c@firm.example"})
    call = make.closed_call({cast.firm_a: 350, cast.firm_b: 400, none: 0}, quantity=600, lot=10)
    found = confirm(make.session, call, by=cast.noy, at=now())
    make.session.commit()
    return found


@pytest.fixture
def sent(runner, settings):
    """Sends what is due; the letters that left until now, by their Message-IDs."""

    def sent():
        assert runner.invoke(args=["work", "--once"]).exit_code == 0
        folder = Path(settings.mail_url.removeprefix("outtray:"))
        found = [email.message_from_bytes(each.read_bytes(), policy=default) for each in folder.glob("*.eml")]
        return {str(letter["Message-ID"]): letter.get_body(("plain",)).get_content() for letter in found}

    return sent


def test_each_firm_is_told_its_own_share_and_the_office_that_all_answered(session, cast, division, sent):
    told = sent()
    texts = [text for text in told.values() if "/lo/o/" in text]
    assert len(texts) == 3
    assert sum("300" in text for text in texts) == 2
    assert not any(cast.ana.name in text or cast.ana.email in text for text in texts)
    for share in division.shares:
        if share.quantity:
            shares.take(session, share, at=now(), by=None)
    session.commit()
    (office,) = [text for message_id, text in sent().items() if message_id not in told]
    assert f"/desk/{division.call.consortium.slug}/calls/{division.call.number}/shares" in office
