"""Answers that a phone sends by script: kept once, never over somebody else's, and never for another person."""

import pytest
from sqlalchemy import func, select

from catalogue.products.models import ListingStatus, Product

DRAFT = "draft-of-the-phone"


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy).speaking("lo")


@pytest.fixture
def say(bounmy):
    """Sends an answer as the studio's script does; the site's own answer."""

    def say(address="/studio/answers", *, headers=None, **fields):
        sent = {"X-CSRFToken": bounmy._fresh_token(), "Sec-Fetch-Site": "same-origin", **(headers or {})}
        return bounmy._request("POST", address, data=fields, headers=sent)

    return say


def only(session):
    return session.scalars(select(Product)).one()


def test_the_first_answer_begins_the_product_and_twice_is_once(say, session, cast):
    for _time in range(2):
        answer = say(draft_key=DRAFT, question="weight", net_weight_g="412,5", **{"base-net_weight_g": ""})
        assert answer.json["state"] == "saved"

    product = only(session)
    assert (product.member, product.public_id, str(product.working.net_weight_g)) == (
        cast.firm_a,
        answer.json["product"],
        "412.5",
    )
    assert answer.json["fields"] == {"net_weight_g": "412.5"}


def test_somebody_elses_answer_is_shown_and_not_overwritten(say, make, cast, session):
    draft = make.draft_product(member=cast.firm_a, minimum_order=10)

    answer = say(product=draft.public_id, question="least", minimum_order="25", **{"base-minimum_order": "12"})

    assert (answer.status_code, answer.json["state"]) == (409, "conflict")
    both = answer.json["fields"]["minimum_order"]
    assert (both["mine"].split()[0], both["base"]) == ("25", "10")
    session.refresh(draft)
    assert draft.working.minimum_order == 10

    again = say(product=draft.public_id, question="least", minimum_order="25", **{"base-minimum_order": both["base"]})
    session.refresh(draft.working)
    assert (again.json["state"], draft.working.minimum_order) == ("saved", 25)


def test_what_is_not_understood_is_kept_as_it_was_typed(say, session):
    answer = say(draft_key=DRAFT, question="price", office_price="1.250", **{"base-office_price": ""})

    assert (answer.json["state"], answer.json["unclear"]) == ("saved", ["office_price"])
    said = only(session).working
    assert (said.office_price, said.typed) == (None, {"office_price": "1.250"})


def test_a_product_in_review_takes_no_answer(say, make, cast):
    sent = make.submitted_product(member=cast.firm_a)
    answer = say(product=sent.public_id, question="least", minimum_order="25")
    assert (answer.status_code, answer.json["reason"]) == (422, "in review")
    assert answer.json["words"]


@pytest.mark.parametrize("given", [{"question": "nothing"}, {"product": "0000000000"}, {"draft_key": "a b"}])
def test_what_is_not_there_is_said_calmly(say, make, cast, given):
    draft = make.draft_product(member=cast.firm_a)
    answer = say(**{"product": draft.public_id, "question": "least", "minimum_order": "5", **given})
    assert (answer.status_code, answer.json["state"]) == (422, "refused")


def test_anothers_product_is_not_found(say, make, cast):
    theirs = make.draft_product(member=cast.firm_b)
    assert say(product=theirs.public_id, question="least", minimum_order="5").json["reason"] == "gone"


def test_what_somebody_else_made_on_this_phone_is_not_sent(say, cast, session):
    for address in ("/studio/answers", "/studio/answers/send", "/studio/uploads"):
        answer = say(address, draft_key=DRAFT, question="weight", who=f"{cast.somchan.public_id}.x", net_weight_g="5")
        assert (answer.status_code, answer.json["state"]) == (409, "other")
    assert session.scalar(select(func.count()).select_from(Product)) == 0


@pytest.mark.parametrize("headers", [{"X-CSRFToken": ""}, {"Sec-Fetch-Site": "cross-site"}])
@pytest.mark.parametrize("address", ["/studio/answers", "/studio/answers/send"])
def test_another_site_sends_nothing(say, session, address, headers):
    assert say(address, draft_key=DRAFT, question="weight", net_weight_g="5", headers=headers).status_code in {400, 403}
    assert session.scalar(select(Product)) is None


def test_sending_to_the_office_twice_is_once(say, make, cast, session):
    draft = make.draft_product(member=cast.firm_a)
    draft.draft_key = DRAFT
    make.keep(draft)
    for _time in range(2):
        assert say("/studio/answers/send", draft_key=DRAFT).json["state"] == "saved"
    session.refresh(draft)
    assert draft.status is ListingStatus.SUBMITTED


def test_what_lacks_is_said_and_nothing_is_sent(say, make, cast, session):
    draft = make.draft_product(member=cast.firm_a, category="")
    answer = say("/studio/answers/send", product=draft.public_id)
    assert (answer.status_code, answer.json["reason"]) == (422, "missing")
    session.refresh(draft)
    assert draft.status is ListingStatus.DRAFT
