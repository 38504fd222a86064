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


def test_what_was_said_is_found_and_shown_with_who_said_it(visitor, make, cast, session, at):
    inquiry = make.inquiry(consortium=cast.silver)
    conversation.answer(session, inquiry, "The rim is hammered by hand.", by=cast.noy, at=at)
    session.commit()

    page = visitor.signed_in_as(cast.noy).get("desk.inbox", slug=cast.silver.slug, q="hammered")

    assert page.select_one(".inbox-found").text.strip() == "Noy: The rim is hammered by hand."
    assert page.select_one(".inbox-found mark").text == "hammered"


def test_a_manager_takes_what_nobody_has_and_stays_in_the_list(visitor, make, cast, session):
    inquiry = make.inquiry(consortium=cast.silver)
    noy = visitor.signed_in_as(cast.noy)

    page = noy.submit(noy.get("desk.inbox", slug=cast.silver.slug, view="unassigned"), ".take")

    assert noy.address == f"/desk/{cast.silver.slug}/?view=unassigned"
    assert "Nothing waits here" in page.text
    session.refresh(inquiry)
    assert inquiry.assigned_to == cast.noy


def test_who_comes_second_is_told_who_was_first(visitor, make, cast, session):
    inquiry, keo = make.inquiry(consortium=cast.silver), make.manager(cast.silver)
    noy = visitor.signed_in_as(cast.noy)
    here = {"slug": cast.silver.slug, "inquiry_id": inquiry.public_id}
    noy.get("desk.inquiry", **here)
    visitor.signed_in_as(keo).post("desk.assign", {"to": keo.public_id}, **here)

    page = noy.post("desk.assign", {"to": cast.noy.public_id, "was": ""}, **here)

    assert f"{keo.name} took it a moment ago." in page.text
    noy.post("desk.assign", {"to": cast.keo.public_id, "was": keo.public_id}, expect=400, **here)


def test_an_inquiry_is_put_off_until_a_day_and_fetched_back(visitor, make, cast):
    inquiry = make.inquiry(consortium=cast.silver)
    noy = visitor.signed_in_as(cast.noy)
    here = {"slug": cast.silver.slug, "inquiry_id": inquiry.public_id}

    assert "Put off until" in noy.post("desk.put_off", {"day": "15 January 2099"}, **here).text
    assert inquiry.number in noy.get("desk.inbox", slug=cast.silver.slug, view="later").text
    assert inquiry.number not in noy.get("desk.inbox", slug=cast.silver.slug).text
    assert "still to come" in noy.post("desk.put_off", {"day": "2001-01-01"}, **here).text
    assert "Write the day like" in noy.post("desk.put_off", {"day": "tomorrow or so"}, **here).text
    assert "Write the day like" in noy.post("desk.put_off", {"day": ""}, **here).text
    assert "back in the list" in noy.post("desk.put_off", {}, **here).text


def test_a_view_is_kept_under_a_name_by_one_person_alone(visitor, make, cast):
    make.inquiry(consortium=cast.silver, buyer=Buyer("French Buyer", "f@x.example", "FR"))
    make.inquiry(consortium=cast.silver, buyer=Buyer("Swedish Buyer", "s@x.example", "SE"))
    noy, other = visitor.signed_in_as(cast.noy), visitor.signed_in_as(make.manager(cast.silver))
    page = noy.get("desk.inbox", slug=cast.silver.slug, country="FR", nonsense="x")

    page = noy.submit(page, ".keep-view", {"name": "From France"})

    kept = page.select_one(".kept-views a")
    assert (kept.text, "nonsense" in kept["href"], kept["aria-current"]) == ("From France", False, "page")
    assert "French Buyer" in noy.open(kept["href"]).text
    assert "Swedish" not in noy.page.text
    assert "From France" not in other.get("desk.inbox", slug=cast.silver.slug).text
    drop = noy.page.select_one(".kept-views form")["action"]
    view_id = drop.split("/")[-2]
    other.post("desk.drop_view", {}, expect=404, slug=cast.silver.slug, view_id=view_id)
    assert not noy.post("desk.drop_view", {}, slug=cast.silver.slug, view_id=view_id).select(".kept-views")


def test_a_cursor_that_is_none_is_the_beginning(visitor, make, cast):
    inquiry = make.inquiry(consortium=cast.silver)
    noy = visitor.signed_in_as(cast.noy)

    for after in ("x", "0.9999999999999999999.1", "0.1.99999999999", "1.2", "-1.2.3", "0.1.1"):
        assert inquiry.number in noy.get("desk.inbox", slug=cast.silver.slug, after=after).text


def test_keys_can_be_switched_off(visitor, cast):
    noy = visitor.signed_in_as(cast.noy)
    assert noy.get("desk.inbox", slug=cast.silver.slug).select_one("body[data-single-keys] dialog.keyboard")

    noy.get("signin.account")
    noy.post("signin.choose_keys", {"keys": "off"})

    assert not noy.get("desk.inbox", slug=cast.silver.slug).select_one("[data-single-keys], dialog.keyboard")
