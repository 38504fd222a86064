"""A member reads its share by a private link: how much and why, of nobody else, and says what it does with it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from catalogue.notices.addresses import token_maker
from catalogue.outbox.models import Due
from catalogue.routing import answer_links
from catalogue.routing.dividing import confirm
from catalogue.routing.division_models import Share, ShareState
from catalogue.routing.share_links import token_of
from catalogue.web.clock import now


@pytest.fixture
def divided(make, cast):
    """600 bowls in lots of 10, divided by the rule: firm A offered 350, firm B 400."""
    make.at = now() - timedelta(hours=2)
    call = make.closed_call({cast.firm_a: 350, cast.firm_b: 400}, quantity=600, lot=10)
    allocation = confirm(make.session, call, by=cast.noy, at=now())
    make.session.commit()
    return allocation


@pytest.fixture
def share(divided, cast):
    """Firm A's."""
    return next(each for each in divided.shares if each.member_id == cast.firm_a.id)


@pytest.fixture
def token(app, share):
    with app.app_context():
        return token_of(share, token_maker())


def act(visitor, page, name, values=None, **given):
    return visitor.submit(page, f"form:has([name=act][value={name}])", {"act": name, **(values or {})}, **given)


@pytest.mark.parametrize("lang", ["en", "lo"])
def test_the_page_says_how_much_and_why_and_nothing_of_others(visitor, token, cast, lang):
    page = visitor.speaking(lang).get("storefront.offer", token=token)
    text = page.get_text()
    assert page.select_one(".bigshare").text.strip().startswith("300")
    assert len(page.select("ol.plain li")) == 4
    assert page.select_one("section.mine svg rect.f-new")
    assert cast.firm_b.name.in_(lang) not in text
    assert not {"400", "750"} & set(text.split())


def test_it_is_taken_with_one_button(visitor, session, token, share):
    page = act(visitor, visitor.get("storefront.offer", token=token), "take")
    assert "You have taken 300" in page.get_text().replace("\u00a0", " ")
    assert session.get(Share, share.id).state is ShareState.TAKEN
    assert visitor.response.headers["Cache-Control"] == "no-store"


def test_some_is_given_back_in_whole_lots(visitor, session, token, share):
    page = visitor.get("storefront.offer", token=token)
    wrong = act(visitor, page, "back", {"quantity": "35", "reason": "ill"}, expect=422)
    assert wrong.select_one("#quantity-error")
    assert wrong.select_one("details[open]")
    act(visitor, wrong, "back", {"quantity": "40", "reason": "ill"})
    found = session.get(Share, share.id)
    assert (found.state, found.quantity, found.handed_back) == (ShareState.TAKEN, 260, 40)


def test_a_reason_is_pressed(visitor, token):
    wrong = act(visitor, visitor.get("storefront.offer", token=token), "back", {"quantity": "40"}, expect=422)
    assert wrong.select_one("#reason-error")


def test_who_does_not_agree_asks_the_office(visitor, session, token, share):
    page = act(visitor, visitor.get("storefront.offer", token=token), "object", {"words": "We had no work all year."})
    assert "We had no work all year." in page.get_text()
    assert session.get(Share, share.id).objected_at


def test_who_answers_twice_reads_how_it_stands(visitor, session, token, share):
    page = visitor.get("storefront.offer", token=token)
    share = session.get(Share, share.id)
    share.state = ShareState.LAPSED
    session.commit()
    after = act(visitor, page, "take")
    assert "its time is over" in after.get_text()
    assert not after.select("[name=act][value=take]")


def test_the_link_of_the_answer_leads_to_the_share(app, visitor, make, divided, cast, token):
    with app.app_context():
        answered = answer_links.token_of(make.candidate(divided.call, cast.firm_a), token_maker())
    page = visitor.get("storefront.offer", token=answered)
    assert page.select_one(f"a[href$='/o/{token}']")


def test_a_link_that_was_replaced_is_gone(visitor, session, token, share):
    session.get(Share, share.id).link_generation += 1
    session.commit()
    visitor.get("storefront.offer", token=token, expect=410)


def test_many_answers_in_an_hour_are_slowed(visitor, token, monkeypatch):
    monkeypatch.setattr("catalogue.web.storefront.share.MOST_ANSWERS_AN_HOUR", 1)
    page = visitor.get("storefront.offer", token=token)
    act(visitor, page, "object", {"words": "One"})
    act(visitor, page, "object", {"words": "Two"}, expect=429)


def test_the_firm_reads_it_in_its_studio_too(visitor, session, cast, share):
    page = visitor.signed_in_as(cast.bounmy).get("studio.today")
    own = page.select_one("#shares a")
    studio = visitor.signed_in_as(cast.bounmy)
    studio.get("studio.shares")
    page = act(studio, studio.open(own["href"]), "take")
    assert session.get(Share, share.id).state is ShareState.TAKEN
    assert not studio.get("studio.today").select("#shares")


def test_another_firm_does_not_find_it(visitor, cast, share):
    visitor.signed_in_as(cast.somchan).get("studio.share", share_id=share.public_id, expect=404)


def test_the_letter_goes_to_each_firm(session, divided):
    told = [due for due in session.scalars(select(Due)) if due.kind == "share_told"]
    assert len(told) == 2


def test_the_office_gives_nothing_back_by_a_members_link(visitor, cast, session, share, token):
    noy = visitor.signed_in_as(cast.noy)

    told = noy.post("storefront.answer_share", {"act": "take"}, token=token)

    assert "This link is the member's own" in told.text
    session.expire_all()
    assert share.answered_at is None
