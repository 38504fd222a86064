"""`verify-log`: a row a chain, and a fault found."""

from sqlalchemy import update

from catalogue.activity import log
from catalogue.activity.models import Entry
from catalogue.web.clock import now


def logged(session, make):
    consortium = make.consortium(slug="silversmiths")
    for action in ("listing.submitted", "listing.published"):
        log.record(session, action, consortium, at=now(), chain=consortium.id)
        session.commit()
    return consortium


def test_a_chain_that_holds_is_printed_with_its_head(runner, session, make):
    logged(session, make)
    result = runner.invoke(args=["verify-log"])
    assert result.exit_code == 0
    (row,) = [row for row in result.output.splitlines() if row.startswith("silversmiths:")]
    assert "2 entries hold, head " in row
    assert len(row.rpartition(" ")[2]) == 64


def test_a_chain_that_was_changed_is_named(runner, session, make):
    consortium = logged(session, make)
    session.execute(update(Entry).where(Entry.chain == consortium.id, Entry.seq == 1).values(actor="person:9"))
    result = runner.invoke(args=["verify-log"])
    assert result.exit_code == 1
    assert "silversmiths: entry 1 was changed" in result.output
