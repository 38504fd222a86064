"""Every kind of letter there is, made with known contacts on each side, and searched for those of the other sides."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.accounts.links import ask_for_link
from catalogue.inquiries import conversation, reminders
from catalogue.inquiries.intake import Asked, Buyer, Wanted
from catalogue.inquiries.new_address import ask_for_change
from catalogue.inquiries.renewing import renew
from catalogue.inquiries.sending import send_to_each
from catalogue.notices.letters import LETTERS
from catalogue.routing import calls, closing, dividing, handing_over, shares
from catalogue.routing.call_terms import Terms
from catalogue.routing.division_models import Share
from catalogue.routing.models import Answer
from catalogue.routing.offers import Said, take_offer
from catalogue.text import Bilingual
from tests.areas.notices.test_letters import Post, html, plain, post  # noqa: F401 - a fixture
from tests.areas.notices.test_reminders import MORNING
from tests.factories import NOW
from tests.one_door.private import Private

MEMBERS = Private(frozenset({"hidden@firm.example", "hidden owner", "secret workshop"}), frozenset({"59998888"}))
MANAGERS = Private(frozenset({"private@mail.example", "nang private"}), frozenset({"57776666"}))
BUYERS = Private(frozenset({"ana example", "example gifts", "ana@buyer.example"}), frozenset({"305550123"}))
OTHERS = Private(frozenset({"other@firm.example", "other owner", "quiet workshop"}), frozenset({"51112222"}))
NEW = Private(frozenset({"new@buyer.example"}), frozenset())
TO_MANAGERS = {"digest", "answer_late", "handed_over", "sign_in_link"}
TO_OFFICE = {"inquiry_received", "buyer_wrote", "mail_not_sent", "shares_complete"}
TO_MEMBERS = {"call_sent", "call_closing", "call_given_up", "share_told", "share_changed"}


@pytest.fixture
def everything_said(make, session):
    """One letter at least of every kind."""
    shared = make.consortium(shared_contact_email="office@sala.example")
    manager = make.person(name="Nang Private", email="private@mail.example")
    make.role(manager, "manager", consortium=shared)
    contact = {"name": "Hidden Owner", "email": "hidden@firm.example", "phone": "+856 20 5999 8888"}
    firm = make.member(consortium=shared, name=Bilingual("ໂຮງຊ່າງລັບ", "Secret Workshop"), contact=contact)
    buyer = Buyer("Ana Example", "ana@buyer.example", "DE", company="Example Gifts", phone="+49 30 5550123")
    bowl = make.product(member=firm)
    inquiry = make.inquiry(consortium=shared, buyer=buyer, products=[bowl])
    late = make.inquiry(consortium=shared, buyer=buyer)
    late.created_at = MORNING - timedelta(hours=10)
    asked = Asked(buyer, "Hello", [Wanted(product=bowl)])
    send_to_each(session, [(shared, asked)], at=NOW, submission="one")
    conversation.write_as_buyer(session, inquiry, "One more thing", at=NOW)
    conversation.answer(session, inquiry, "We can", by=manager, at=NOW)
    conversation.note_by_mail(session, inquiry, "We can, said the office by mail", at=NOW)
    ask_for_change(session, inquiry, "new@buyer.example", at=NOW)
    renew(session, inquiry, at=NOW)
    ask_for_link(session, "private@mail.example", at=NOW)
    handing_over.hand_over(session, inquiry, by=make.manager(shared, name="Vone"), at=NOW)
    beside = {"name": "Other Owner", "email": "other@firm.example", "phone": "+856 20 5111 2222"}
    other = make.member(consortium=shared, name=Bilingual("ໂຮງຊ່າງງຽບ", "Quiet Workshop"), contact=beside)
    make.product(member=other, category=bowl.published.category)
    at = make.later()
    settle(session, divide(session, inquiry.lines[0], [firm, other], by=manager, at=at), by=manager, at=at)
    waiting = make.inquiry(consortium=shared, buyer=buyer, products=[bowl]).lines[0]
    divide(session, waiting, [firm, other], by=manager, at=at)
    ask(
        session,
        make.inquiry(consortium=shared, buyer=buyer, products=[bowl]).lines[0],
        [firm, other],
        by=manager,
        at=at,
    )
    given_up = make.inquiry(consortium=shared, buyer=buyer, products=[bowl]).lines[0]
    call = ask(session, given_up, [firm, other], by=manager, at=at)
    closing.give_up(session, call, "No longer", by=manager, at=at)
    reminders.plan_digests(session, at=MORNING)
    reminders.plan_escalations(session, at=MORNING + timedelta(days=2))
    session.commit()


def ask(session, line, firms, *, by, at):
    """A call of a line to two firms."""
    terms = Terms(wanted=Bilingual("ຂັນ", "Bowls"), quantity=60, category=line.product_version.category)
    return calls.send_call(session, line, terms, asked=[each.id for each in firms], left_out={}, by=by, at=at)


def divide(session, line, firms, *, by, at):
    """The shares of a call that both firms answered."""
    call = ask(session, line, firms, by=by, at=at)
    for candidate in call.candidates:
        take_offer(session, candidate, Said(answer=Answer.PART, quantity=30, days=20), at=at)
    allocation = dividing.confirm(session, call, by=by, at=at)
    return session.scalars(select(Share).where(Share.allocation_id == allocation.id)).all()


def settle(session, told, *, by, at):
    """Shares that both take, and one does not agree to."""
    for share in told:
        shares.take(session, share, at=at, by=None)
    shares.object_to(session, told[0], "Too little", at=at, by=None)
    shares.answer_objection(session, told[0], "The rule gave it", by=by, at=at)


def kind_of(outbox, letter):
    return next(due.kind for due in outbox.letters() if str(due.message_id) in letter["Message-ID"])


@pytest.mark.only("sqlite")
def test_no_contact_crosses_in_any_letter(post, everything_said, outbox):  # noqa: F811
    sent = post.sent()  # links to sign in last a quarter of an hour
    post.at = MORNING + timedelta(days=2)
    sent = {str(letter["Message-ID"]): letter for letter in [*sent, *post.sent()]}.values()
    by_kind = {kind_of(outbox, letter): letter for letter in sent}

    assert set(by_kind) == set(LETTERS)
    for kind, letter in by_kind.items():
        to = letter["To"].addresses[0]
        headers = "\n".join(f"{name}: {value}" for name, value in letter.items() if name not in {"To", "Delivered-To"})
        whole = "\n".join([headers, plain(letter), html(letter)])
        if kind in TO_MEMBERS:
            assert (OTHERS if to.addr_spec == "hidden@firm.example" else MEMBERS).found_in(whole) == [], kind
        else:
            assert MEMBERS.found_in(whole) == OTHERS.found_in(whole) == [], kind
        assert MANAGERS.found_in(whole) == [], kind
        assert to.addr_spec.endswith("@mail.example") == (kind in TO_MANAGERS), kind
        assert (to.addr_spec == "office@sala.example") == (kind in TO_OFFICE)
        if kind not in TO_OFFICE:
            assert BUYERS.found_in(whole) == [], kind
            assert NEW.found_in(whole) == [], kind
