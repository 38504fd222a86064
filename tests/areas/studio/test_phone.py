"""What the studio's scripts read, and the page that opens without signal."""

import pytest

from tests.visitor import Visitor


@pytest.fixture
def bounmy(visitor, cast):
    return visitor.signed_in_as(cast.bounmy).speaking("lo")


def mark_of(page):
    return page.select_one("#phone")["data-mark"]


def test_a_page_says_whose_it_is(bounmy, cast):
    known = bounmy.get("studio.choose_firm").select_one("#phone")
    assert known["data-who"] == f"{cast.bounmy.public_id}.{cast.firm_a.public_id}"
    assert bounmy.open("/studio/phone").json["who"] == known["data-who"]


def test_the_page_without_signal_asks_the_first_questions_and_tells_of_nobody(bounmy, make, cast):
    draft = make.draft_product(member=cast.firm_a)
    page = bounmy.get("studio.on_this_phone")

    assert [part["data-question"] for part in page.select("[data-part=question]")] == [
        "what",
        "weight",
        "price",
        "least",
    ]
    assert len(page.select("[data-shot]")) == 4
    known = page.select_one("#phone")
    assert not {"data-who", "data-token", "data-mark"} & set(known.attrs)
    for private in (cast.bounmy.name, cast.bounmy.public_id, cast.bounmy.email, draft.reference, draft.public_id):
        assert private not in str(page)
    assert not page.select("input[name=csrf_token]")


def test_its_mark_changes_with_the_person_the_firm_and_the_language(visitor, make, cast, bounmy):
    marks = {mark_of(bounmy.get("studio.choose_firm"))}
    assert marks == {mark_of(bounmy.get("studio.choose_firm"))}
    for somebody in (make.maker(cast.firm_a), cast.somchan, make.maker(cast.firm_a, language="en")):
        marks.add(mark_of(visitor.signed_in_as(somebody).speaking(somebody.language).get("studio.choose_firm")))
    assert len(marks) == 4


def test_the_worker_reaches_the_studio_alone(visitor: Visitor):
    answer = visitor.open("/studio/worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer.headers
    assert "importScripts" in answer.text


def test_no_page_of_a_person_may_be_kept_on_the_way(bounmy):
    for address in ("/studio/firm", "/studio/phone", "/studio/on-this-phone"):
        bounmy.open(address)
        assert bounmy.response.headers["Cache-Control"] == "no-store"


def test_nobody_is_told_anything(visitor):
    for address in ("/studio/phone", "/studio/on-this-phone"):
        assert "/sign-in" in visitor.open(address, expect=303, follow=False).location
