"""Another e-mail address for letters: confirmed where it leads, told to the one before, and refused from there."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from catalogue.inquiries import new_address as changing
from catalogue.inquiries.address_models import AddressChange
from catalogue.inquiries.links import token_of
from catalogue.inquiries.models import BuyerContact, Inquiry
from catalogue.inquiries.new_address import CONFIRM, REFUSE
from catalogue.inquiries.renewing import renew
from catalogue.notices.addresses import token_maker
from catalogue.privacy.erasing import erase_buyer
from catalogue.privacy.trail import trail_of_inquiries
from catalogue.web.clock import now
from tests.areas.notices.test_letters import Post, plain

NEW = "ana.new@buyer.example"


@pytest.fixture
def asked(visitor, inquiry, link, session) -> AddressChange:
    """The buyer gave another address on the private page."""
    page = visitor.get("storefront.buyer", token=link(inquiry))
    visitor.submit(page, ".own-act form[action$=address]", {"new-email": NEW})
    return session.scalars(select(AddressChange)).one()


@pytest.fixture
def pages(app, asked):
    """The tokens of the two links that went out."""
    with app.app_context():
        return {purpose: token_of(asked, token_maker(), purpose) for purpose in (CONFIRM, REFUSE)}


@pytest.fixture
def post(app, engine, settings, session) -> Post:
    """The letters as they leave now."""
    post = Post(app, engine, settings, session)
    post.at = now() + timedelta(seconds=1)
    return post


def email_of(session, inquiry: Inquiry) -> str:
    session.expire_all()
    return session.get(BuyerContact, inquiry.id).email


def test_nothing_changes_until_the_new_address_confirms(visitor, inquiry, asked, pages, session, cast):
    assert email_of(session, inquiry) == cast.ana.email
    session.execute(update(BuyerContact).values(hard_bounces=3))

    page = visitor.get("storefront.new_address", token=pages[CONFIRM])
    assert email_of(session, inquiry) == cast.ana.email
    assert inquiry.number not in page.text
    assert cast.ana.name not in page.text
    visitor.send(f"/en/i/{pages[CONFIRM]}/confirm-address", {}, expect=200)

    assert email_of(session, inquiry) == NEW
    assert session.get(BuyerContact, inquiry.id).hard_bounces == 0
    assert visitor.response.headers["Cache-Control"] == "no-store"


def test_each_address_gets_its_own_letter_and_neither_reads_the_other(asked, post, cast, inquiry, link):
    new, old = post.one("address_to_confirm"), post.one("address_may_change")

    assert (new["To"], old["To"]) == (NEW, cast.ana.email)
    assert cast.ana.email not in plain(new)
    assert NEW not in plain(old)
    for letter in (new, old):
        assert link(inquiry) not in plain(letter)
        assert letter["Auto-Submitted"] == "auto-generated"
    assert inquiry.number not in plain(new)


def test_the_link_of_one_address_does_nothing_in_the_others_place(visitor, pages, inquiry, session, cast):
    visitor.send(f"/en/i/{pages[REFUSE]}/confirm-address", {}, expect=404)
    visitor.send(f"/en/i/{pages[CONFIRM]}/keep-address", {}, expect=404)
    visitor.get("storefront.buyer", token=pages[CONFIRM], expect=404)

    assert email_of(session, inquiry) == cast.ana.email


@pytest.mark.parametrize("was_confirmed", [False, True])
def test_the_old_address_says_no_and_whoever_had_the_link_is_out(
    visitor, pages, inquiry, link, session, cast, was_confirmed
):
    known = link(inquiry)
    if was_confirmed:
        visitor.send(f"/en/i/{pages[CONFIRM]}/confirm-address", {}, expect=200)

    visitor.send(f"/en/i/{pages[REFUSE]}/keep-address", {}, expect=200)

    assert email_of(session, inquiry) == cast.ana.email
    visitor.get("storefront.buyer", token=known, expect=410)
    visitor.send(f"/en/i/{pages[CONFIRM]}/confirm-address", {}, expect=200)
    assert email_of(session, inquiry) == cast.ana.email


@pytest.mark.parametrize(("days", "confirms"), [(2, True), (4, False)])
def test_a_link_that_lay_too_long_confirms_nothing(visitor, asked, pages, inquiry, session, cast, days, confirms):
    asked.asked_at -= timedelta(days=days)
    session.commit()

    visitor.send(f"/en/i/{pages[CONFIRM]}/confirm-address", {}, expect=200)

    assert email_of(session, inquiry) == (NEW if confirms else cast.ana.email)


@pytest.mark.parametrize("typed", ["", "ana", "a@b.example, c@d.example", "ana@buyer.example"])
def test_what_is_no_other_address_is_said_beside_the_field(visitor, inquiry, link, session, typed):
    page = visitor.get("storefront.buyer", token=link(inquiry))

    page = visitor.submit(page, ".own-act form[action$=address]", {"new-email": typed}, expect=422)

    assert page.select_one("#new-email-error")
    assert session.scalar(select(AddressChange)) is None


def test_so_many_addresses_are_no_way_to_send_letters(visitor, inquiry, link, session, monkeypatch):
    from catalogue.web.storefront import buyer_acts

    monkeypatch.setattr(buyer_acts, "MOST_ADDRESSES_A_DAY", 1)
    token = link(inquiry)
    for number, expect in enumerate((303, 429)):
        page = visitor.get("storefront.buyer", token=token)
        given = {"new-email": f"someone-{number}@victim.example"}
        visitor.submit(page, ".own-act form[action$=address]", given, expect=expect)

    assert len(session.scalars(select(AddressChange)).all()) == 1


def test_for_a_sending_the_address_changes_everywhere(visitor, sending, link, session, app):
    page = visitor.get("storefront.buyer", token=link(sending))
    visitor.submit(page, ".own-act form[action$=address]", {"new-email": NEW})
    change = session.scalars(select(AddressChange)).one()
    with app.app_context():
        token = token_of(change, token_maker(), CONFIRM)

    visitor.send(f"/en/i/{token}/confirm-address", {}, expect=200)

    session.expire_all()
    assert {contact.email for contact in session.scalars(select(BuyerContact))} == {NEW}


def test_a_stranger_with_the_link_takes_nothing_back_by_a_second_change(visitor, inquiry, session, cast, app):
    """Two changes, both confirmed: the address of the first is the old one of the second, and could refuse it."""
    changes = []
    for email in ("stranger@evil.example", "stranger.2@evil.example"):
        changes += changing.ask_for_change(session, inquiry, email, at=now())
        changing.confirm(session, changes[-1], at=now())
    session.commit()
    with app.app_context():
        of_ana, of_stranger = (token_of(each, token_maker(), REFUSE) for each in changes)

    visitor.send(f"/en/i/{of_ana}/keep-address", {}, expect=200)
    visitor.send(f"/en/i/{of_stranger}/keep-address", {}, expect=200)

    assert email_of(session, inquiry) == cast.ana.email


def test_a_part_of_a_sending_gives_no_say_over_the_rest(sending, session, cast, outbox):
    """Whoever got the page of one inquiry, and had its address changed, neither refuses nor reads the other one."""
    one, other = sending.inquiries
    (change,) = changing.ask_for_change(session, one, "stranger@evil.example", at=now())
    changing.confirm(session, change, at=now())

    changes = changing.ask_for_change(session, sending, NEW, at=now())

    assert {(each.inquiry_id, each.sending_id, each.old_email) for each in changes} == {
        (one.id, None, "stranger@evil.example"),
        (other.id, None, cast.ana.email),
    }
    renew(session, sending, at=now())
    session.commit()
    renewed = [letter.payload for letter in outbox.letters() if letter.kind == "link_renewed"]
    assert [(each["inquiry_id"], each.get("sending_id")) for each in renewed] == [(one.id, None), (other.id, None)]


def test_what_was_erased_meanwhile_gets_no_address_again(sending, session):
    (change,) = changing.ask_for_change(session, sending, NEW, at=now())
    erase_buyer(session, trail_of_inquiries(session, [sending.inquiries[1].id]), by=None, at=now())
    session.commit()

    changing.confirm(session, change, at=now())
    session.commit()

    assert [email_of(session, each) for each in sending.inquiries] == [NEW, ""]
