"""Letters at the desk."""

import pytest
from sqlalchemy import select

from catalogue.outbox.models import Due, DueState


@pytest.fixture
def failed(make, cast, session):
    make.inquiry(consortium=cast.silver)
    letter = session.scalars(select(Due)).first()
    letter.state, letter.last_error, letter.attempts = DueState.FAILED, "550 no such mailbox", 7
    session.commit()
    return letter


def test_a_failed_letter_asks_for_help_and_is_tried_again(visitor, cast, failed, session):
    noy = visitor.signed_in_as(cast.noy)
    page = noy.get("desk.letters", slug=cast.silver.slug)
    assert "550 no such mailbox" in page.text

    noy.post("desk.retry_letter", {}, slug=cast.silver.slug, letter_id=failed.id)

    session.refresh(failed)
    assert failed.state is DueState.WAITING


def test_letters_of_another_consortium_are_not_found(visitor, cast, failed):
    keo = visitor.signed_in_as(cast.keo)
    keo.post("desk.retry_letter", {}, expect=404, slug=cast.silk.slug, letter_id=failed.id)
