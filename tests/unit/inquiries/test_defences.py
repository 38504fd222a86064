"""What makes an inquiry look like no person wrote it."""

import pytest

from catalogue.inquiries.defences import Reason, Signs, held_reason, mailbox, network_of, points

HONEST = "We run three hotels in Sweden. See https://hotels.example and www.hotels.example for our style."


def test_an_honest_inquiry_has_nothing_against_it():
    assert points(Signs(text=HONEST, seconds=45)) == {}


@pytest.mark.parametrize(
    ("signs", "reason"),
    [
        (Signs(trap_filled=True), Reason.TRAP),
        (Signs(text="https://a.example " * 5), Reason.LINKS),
        (Signs(text="Cheap backlinks, first page of Google"), Reason.WORDS),
        (Signs(from_email_today=11), Reason.EMAIL),
        (Signs(from_network_this_hour=61), Reason.NETWORK),
        (Signs(seconds=0.3, form_is_ours=True, text="a casino"), Reason.WORDS),
    ],
)
def test_what_looks_like_spam_is_held_for_a_named_reason(signs, reason):
    assert held_reason(signs) is reason


@pytest.mark.parametrize(
    "signs",
    [
        Signs(seconds=0.1),
        Signs(form_is_ours=False),
        Signs(text="https://a.example " * 3),
        Signs(text="For the lobby of our casino"),
        Signs(from_email_today=10),
        Signs(from_network_this_hour=60),
    ],
    ids=["fast", "no seal", "three links", "one word", "fifth of a day", "twentieth of an hour"],
)
def test_one_weak_sign_holds_nothing(signs):
    assert held_reason(signs) is None


def test_the_weightiest_reason_is_named():
    assert held_reason(Signs(trap_filled=True, seconds=0.1, text="casino")) is Reason.TRAP


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("not an address", "not an address"),
        (None, "unknown"),
    ],
)
def test_neighbours_count_as_one_network(address, network):
    assert network_of(address) == network


@pytest.mark.parametrize("spelled", ["ana@buyer.example", "ANA@Buyer.Example", " ana+shop@buyer.example "])
def test_one_mailbox_counts_once_however_it_is_spelled(spelled):
    assert mailbox(spelled) == "ana@buyer.example"
