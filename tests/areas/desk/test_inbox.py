"""The inbox of the desk."""

from catalogue.inquiries import conversation
from catalogue.inquiries.intake import Buyer


def headings(page):
    return [heading.text.split("\n")[0].strip() for heading in page.select(".inbox-group h2")]


def test_inquiries_stand_under_whom_they_wait_for(visitor, make, cast, session, at):
    make.inquiry(consortium=cast.silver, buyer=Buyer("New One", "new@x.example", "FR"))
    answered = make.inquiry(consortium=cast.silver, buyer=Buyer("Old One", "old@x.example", "FR"))
    conversation.answer(session, answered, "Yes.", by=cast.noy, at=at)
    session.commit()

    page = visitor.signed_in_as(cast.noy).get("desk.inbox", slug=cast.silver.slug)

    assert "New One" in page.select_one(".inbox-office").text
    assert "Old One" in page.select_one(".inbox-buyer").text


def test_other_consortia_are_not_in_it(visitor, make, cast):
    make.inquiry(consortium=cast.silk, buyer=Buyer("Silk Buyer", "silk@x.example", "FR"))

    page = visitor.signed_in_as(cast.noy).get("desk.inbox", slug=cast.silver.slug)

    assert "Silk Buyer" not in page.text


def test_search_finds_number_and_name(visitor, make, cast):
    wanted = make.inquiry(consortium=cast.silver, buyer=Buyer("Wanted Buyer", "w@x.example", "FR"))
    make.inquiry(consortium=cast.silver, buyer=Buyer("Other Person", "o@x.example", "FR"))
    noy = visitor.signed_in_as(cast.noy)

    for words in ("wanted", wanted.number, "%"):
        page = noy.get("desk.inbox", slug=cast.silver.slug, q=words)
        assert ("Wanted Buyer" in page.text, "Other Person" in page.text) == (words != "%", False)


def test_closed_inquiries_have_their_own_list(visitor, make, cast, session, at):
    done = make.inquiry(consortium=cast.silver, buyer=Buyer("Done Buyer", "d@x.example", "FR"))
    conversation.close(session, done, conversation.ClosedReason.ANSWERED, by=cast.noy, at=at)
    session.commit()
    noy = visitor.signed_in_as(cast.noy)

    assert "Done Buyer" not in noy.get("desk.inbox", slug=cast.silver.slug).text
    assert "Done Buyer" in noy.get("desk.inbox", slug=cast.silver.slug, view="closed").text
