"""Deciding over proposals, the office's own hand, and bringing earlier versions back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from catalogue.activity.models import Entry
from catalogue.products import deciding, editing, history, listing, restoring, revising
from catalogue.products.history import Written
from catalogue.products.listing import ContactInText, NotReady, Reason, SomebodyWasFirst
from catalogue.products.models import ListingStatus, MakingRight, Product, ProductVersion
from catalogue.products.steps import hold
from catalogue.text import Bilingual

LEAK = Bilingual("ໂທ 020 5555 1234", "Made with care")


@pytest.fixture
def noy(cast):
    return cast.noy


@pytest.fixture
def change(session, cast, make):
    """A change to a product, saved by its maker; sent to the office unless said otherwise."""

    def change(product, *, is_sent=True, **said):
        content = replace(editing.content_of(product.working), **said)
        editing.edit(session, product, content, opened_version=product.version, by=cast.bounmy, at=make.later())
        if is_sent:
            listing.submit(session, product, by=cast.bounmy, at=make.later())
        session.commit()
        return product

    return change


@pytest.fixture
def shown(make, cast):
    return make.product(member=cast.firm_a, care=Bilingual("ເຊັດ", "Wipe"))


def decide(session, product, by, at, **reasons):
    words = [Reason(part, text) for part, text in reasons.items()]
    return deciding.decide(session, product, words, opened_version=product.version, by=by, at=at)


def actions(session, product):
    return list(session.scalars(select(Entry.action).filter_by(subject=f"product:{product.id}").order_by(Entry.id)))


def test_taken_parts_are_published_over_what_was_there(session, shown, change, noy, at):
    before, mine = shown.published_id, change(shown, minimum_order=99, lead_time_days=3).working_id

    decided = decide(session, shown, noy, at, minimum_order="ຫຼາຍໂພດ")
    session.commit()

    assert (decided.published, decided.returned) == (1, 1)
    assert shown.published_id not in (before, mine)
    assert (shown.published.minimum_order, shown.published.lead_time_days) == (10, 3)
    assert (shown.working_id, shown.proposal) == (mine, ListingStatus.RETURNED)
    assert actions(session, shown)[-2:] == ["listing.published_partly", "listing.returned"]


def test_what_went_back_is_mended_and_only_that_is_left_to_decide(session, shown, change, noy, at):
    change(shown, minimum_order=99, lead_time_days=3)
    decide(session, shown, noy, at, minimum_order="ຫຼາຍໂພດ")
    change(shown, minimum_order=20)

    decided = decide(session, shown, noy, at)

    assert (decided.published, decided.returned) == (1, 0)
    assert (shown.published.minimum_order, shown.published.lead_time_days) == (20, 3)
    assert (shown.proposal, shown.returned_reasons) == (None, [])


def test_photographs_are_taken_without_the_words(session, make, shown, change, noy, cast, at):
    editing.add_photo(session, shown, make.stored_file(cast.silver), by=cast.bounmy, at=at)
    change(shown, name=Bilingual("ໃໝ່", "Other"))

    decide(session, shown, noy, at, name="ບໍ່ຖືກ")
    session.commit()

    assert [len(version.photos) for version in (shown.published, shown.working)] == [1, 1]
    assert shown.published.photos[0].id != shown.working.photos[0].id
    assert shown.published.name.en == "Silver bowl"


def test_a_mark_of_a_machine_goes_with_its_text(session, shown, change, noy, at):
    change(shown, summary=Bilingual("ສັ້ນ", "Short"), care=Bilingual("ເຊັດແຫ້ງ", "Wipe dry"))
    shown.working.machine_languages, shown.working.machine_texts = ["en"], ["summary_en", "care_en"]

    decide(session, shown, noy, at, care="ບໍ່ຖືກ")

    assert (shown.published.machine_languages, shown.published.machine_texts) == (["en"], ["summary_en"])


def test_a_contact_that_is_sent_back_stops_nothing(session, shown, change, noy, at):
    change(shown, description=LEAK, lead_time_days=3)

    decide(session, shown, noy, at, description="ເອົາເບີໂທອອກ")

    assert shown.published.lead_time_days == 3
    assert "5555" not in shown.published.description.lo


def test_a_contact_that_is_taken_stops_everything(session, shown, change, noy, at):
    change(shown, description=LEAK, lead_time_days=3)

    with pytest.raises(ContactInText):
        decide(session, shown, noy, at, lead_time_days="ໄວໂພດ")


def test_nothing_taken_returns_the_proposal_whole(session, shown, change, noy, at):
    before = shown.published_id
    change(shown, minimum_order=99)

    decided = decide(session, shown, noy, at, minimum_order="ຫຼາຍໂພດ")

    assert (decided.published, shown.published_id, shown.proposal) == (0, before, ListingStatus.RETURNED)


@pytest.mark.parametrize("right", [MakingRight.BUYER])
def test_what_is_made_for_one_buyer_is_never_shown(session, make, right, at):
    product = make.submitted_product(making_right=right)

    with pytest.raises(NotReady) as refusal:
        listing.publish(session, product, by=None, at=at)
    assert "making_right" in refusal.value.missing


# -- the member thinks again --


def test_what_was_sent_is_taken_back_and_may_be_changed(session, shown, change, cast, at):
    change(shown, minimum_order=99)

    listing.take_back(session, shown, by=cast.bounmy, at=at)
    change(shown, minimum_order=5)

    assert (shown.stage, shown.working.minimum_order) == (ListingStatus.SUBMITTED, 5)


def test_a_decided_listing_is_not_taken_back(session, shown, cast, at):
    with pytest.raises(SomebodyWasFirst):
        listing.take_back(session, shown, by=cast.bounmy, at=at)


def test_a_discarded_proposal_leaves_what_the_public_sees_and_stays_in_the_history(session, shown, change, cast, at):
    change(shown, is_sent=False, minimum_order=99)

    listing.discard(session, shown, by=cast.bounmy, at=at)
    session.commit()

    assert (shown.stage, shown.working_id) == (ListingStatus.PUBLISHED, shown.published_id)
    assert [each.minimum_order for each in history.versions_of(session, shown)] == [10, 99]


@pytest.mark.parametrize("is_sent", [True, False])
def test_only_an_open_proposal_is_discarded(session, make, shown, change, cast, at, is_sent):
    product = change(shown, minimum_order=99) if is_sent else make.draft_product(member=cast.firm_a)

    with pytest.raises(SomebodyWasFirst):
        listing.discard(session, product, by=cast.bounmy, at=at)


# -- the office's own hand --


def revise(session, product, by, at, **said):
    content = replace(editing.content_of(product.working), **said)
    revising.revise(session, product, content, opened_version=product.version, by=by, at=at)


def test_the_office_changes_what_waits_and_the_members_words_stay(session, make, cast, noy, at):
    sent = make.submitted_product(member=cast.firm_a)
    before = sent.working_id

    revise(session, sent, noy, at, minimum_order=12)

    assert (sent.stage, sent.working.minimum_order, sent.working.created_by) == (ListingStatus.SUBMITTED, 12, noy.id)
    assert session.get(ProductVersion, before).minimum_order == 10


def test_the_office_writes_beside_a_draft_of_the_members(session, make, cast, noy, at):
    draft = make.draft_product(member=cast.firm_a)
    mine = draft.working_id

    revise(session, draft, noy, at, minimum_order=12)

    assert session.get(ProductVersion, mine).minimum_order == 10
    assert draft.working_id != mine


def test_what_is_public_stays_until_the_office_publishes(session, shown, noy, at):
    revise(session, shown, noy, at, minimum_order=12)
    assert (shown.published.minimum_order, shown.proposal) == (10, ListingStatus.DRAFT)

    listing.publish(session, shown, by=noy, at=at)

    assert (shown.published.minimum_order, shown.proposal) == (12, None)


def test_saving_the_same_words_changes_nothing(session, shown, noy, at):
    before = (shown.version, shown.working_id)

    revise(session, shown, noy, at)

    assert (shown.version, shown.working_id) == before


# -- history --


def test_history_tells_who_changed_what(session, shown, change, noy, cast, at):
    change(shown, minimum_order=99, lead_time_days=3)
    decide(session, shown, noy, at, minimum_order="ຫຼາຍໂພດ")
    session.commit()

    steps = history.history_of(session, shown)

    written = {step.version.number: (step.author, step.changed) for step in steps if isinstance(step, Written)}
    assert written[2] == (cast.bounmy, ("minimum_order", "lead_time_days"))
    assert written[3][0] == noy
    returned = next(step for step in steps if not isinstance(step, Written) and step.entry.action == "listing.returned")
    assert (returned.actor, returned.entry.said.text) == (noy, "minimum_order: ຫຼາຍໂພດ")


def test_an_earlier_version_waits_for_review_again(session, shown, change, noy, at):
    first = shown.published
    change(shown, minimum_order=99)
    decide(session, shown, noy, at)
    session.commit()

    restoring.propose_again(session, shown, first, opened_version=shown.version, by=noy, at=at)
    session.commit()

    assert (shown.stage, shown.published.minimum_order, shown.working.minimum_order) == (
        ListingStatus.SUBMITTED,
        99,
        10,
    )
    assert shown.working.number == 3


def test_an_earlier_version_is_published_at_once_beside_an_open_proposal(session, shown, change, noy, at):
    first = shown.published
    change(shown, minimum_order=99)
    decide(session, shown, noy, at)
    mine = change(shown, minimum_order=55, is_sent=False).working_id

    restoring.publish_again(session, shown, first, opened_version=shown.version, by=noy, at=at)
    session.commit()

    assert shown.published.minimum_order == 10
    assert (shown.working_id, shown.proposal) == (mine, ListingStatus.DRAFT)


def test_an_open_proposal_is_not_put_aside(session, shown, change, noy, at):
    first = shown.published
    change(shown, minimum_order=55)

    with pytest.raises(restoring.ProposalIsOpen):
        restoring.propose_again(session, shown, first, opened_version=shown.version, by=noy, at=at)


def test_an_earlier_version_with_a_contact_is_not_published(session, make, noy, cast, at):
    product = make.draft_product(member=cast.firm_a, description=LEAK)
    leaky = product.working
    revise(session, product, noy, at, description=Bilingual())
    listing.publish(session, product, by=noy, at=at)
    session.commit()

    with pytest.raises(ContactInText):
        restoring.publish_again(session, product, leaky, opened_version=product.version, by=noy, at=at)


def test_a_page_that_is_no_longer_true_decides_nothing(session, shown, change, noy, at):
    opened = change(shown, minimum_order=99).version
    revise(session, shown, noy, at, minimum_order=98)

    with pytest.raises(SomebodyWasFirst):
        hold(session, shown, opened)
    assert session.scalar(select(Product.published_id)) == shown.published_id
