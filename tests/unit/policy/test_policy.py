"""Who may do what: every action against everybody of the cast, stated as one table."""

from dataclasses import dataclass, field

import pytest

from catalogue import policy
from catalogue.consortia.models import Consortium, Role, RoleName
from catalogue.policy import Actor
from catalogue.products.models import ListingStatus

HERE, ELSEWHERE = 1, 2
FIRM_A, FIRM_B, FIRM_ELSEWHERE = 11, 12, 21

PEOPLE = {
    "manager": Role(name=RoleName.MANAGER, consortium_id=HERE),
    "manager elsewhere": Role(name=RoleName.MANAGER, consortium_id=ELSEWHERE),
    "deputy": Role(name=RoleName.DEPUTY, consortium_id=HERE),
    "deputy elsewhere": Role(name=RoleName.DEPUTY, consortium_id=ELSEWHERE),
    "observer": Role(name=RoleName.OBSERVER, consortium_id=HERE),
    "observer elsewhere": Role(name=RoleName.OBSERVER, consortium_id=ELSEWHERE),
    "maker": Role(name=RoleName.MEMBER, consortium_id=HERE, member_id=FIRM_A),
    "other maker": Role(name=RoleName.MEMBER, consortium_id=HERE, member_id=FIRM_B),
    "maker elsewhere": Role(name=RoleName.MEMBER, consortium_id=ELSEWHERE, member_id=FIRM_ELSEWHERE),
    "operator": Role(name=RoleName.OPERATOR),
}
EVERYBODY = {*PEOPLE, "nobody in particular"}


@dataclass
class Thing:
    """Something of firm A in the consortium `HERE`."""

    id: int = FIRM_A
    consortium_id: int = HERE
    member_id: int | None = None
    stage: ListingStatus | None = None


@dataclass
class Case:
    """Who alone may do these things to this subject."""

    actions: set[str]
    subject: object
    allowed: set[str] = field(default_factory=set)


def product(stage):
    return Thing(id=99, member_id=FIRM_A, stage=stage)


OFFICE = {
    "buyer.erase", "buyer.export",
    "inquiry.ask", "inquiry.assign",
    "inquiry.answer", "inquiry.close", "inquiry.enter", "inquiry.let_pass", "inquiry.list", "inquiry.read",
    "inquiry.merge", "inquiry.put_off", "inquiry.release", "reply.keep",
    "mail.handle",
    "letter.list", "letter.retry", "listing.decide", "listing.discard", "listing.publish", "listing.restore",
    "message.tell",
    "listing.review", "listing.revise", "listing.withdraw",
    "maker_page.review", "member.act_for", "member.admit", "member.cut_off", "member.invite", "member.list",
    "member.reach", "member.read", "member.release",
}  # fmt: skip
ROUTING = {
    "allocation.award", "allocation.confirm", "allocation.override", "allocation.read",
    "call.cancel", "call.close", "call.list", "call.read", "call.send", "call.tell",
    "capacity.read", "interest.declare", "offer.record", "routing.take_over",
}  # fmt: skip
MAKERS_HERE = {"maker", "other maker"}
BEGUN = [ListingStatus.DRAFT, ListingStatus.RETURNED]
IN_REVIEW = ListingStatus.SUBMITTED

CASES = [
    Case(OFFICE, Thing(), {"manager"}),
    Case(OFFICE, Consortium(id=HERE), {"manager"}),
    Case({"desk.read"}, Consortium(id=HERE), {"manager", "observer"}),
    Case(ROUTING, Consortium(id=HERE), {"manager", "deputy"}),
    Case(ROUTING, Thing(id=99, member_id=FIRM_A), {"manager", "deputy"}),
    Case({"by_laws.adopt", "rest.keep", "routing.hand_over", "sample.pass", "share.made"}, Thing(), {"manager"}),
    Case({"deputy.name"}, Consortium(id=HERE), {"manager", "operator"}),
    Case({"by_laws.read", "interest.read"}, Consortium(id=HERE), {"manager", "deputy", "observer", *MAKERS_HERE}),
    Case({"fairness.read"}, Consortium(id=HERE), {"manager", "observer", "operator"}),
    Case({"fairness.try_rule"}, Consortium(id=HERE), {"manager"}),
    Case({"ledger.read"}, Consortium(id=HERE), {"manager", "deputy", "observer", "operator"}),
    Case({"capacity.keep", "fairness.own", "offer.list"}, Thing(id=FIRM_A), {"maker"}),
    Case({"offer.make", "share.answer", "share.read"}, Thing(id=99, member_id=FIRM_A), {"maker"}),
    Case({"maker_page.edit", "product.list", "product.create"}, Thing(id=FIRM_A), {"maker"}),
    Case({"photo.send"}, Thing(id=99, member_id=FIRM_A), {"maker"}),
    Case({"claim.list"}, Thing(id=FIRM_A), {"maker"}),
    Case({"claim.take_back", "right.claim"}, Thing(id=99, member_id=FIRM_A), {"maker"}),
    Case({"claim.object"}, Thing(id=99, member_id=FIRM_A), {"other maker"}),
    Case({"product.translate", "right.decide", "right.set"}, Thing(id=99, member_id=FIRM_A), {"manager"}),
    Case({"sheet.handle"}, Consortium(id=HERE), {"manager"}),
    Case({"sheet.handle"}, Thing(id=99, member_id=FIRM_A), {"manager"}),
    Case({"sheet.own"}, Thing(id=FIRM_A), {"maker"}),
    Case({"sheet.own"}, Thing(id=99, member_id=FIRM_A), {"maker"}),
    Case({"network.operate"}, Consortium(id=HERE), {"operator"}),
    Case({"account.keep", "account.speak", "on_behalf.end"}, Thing(), EVERYBODY),
    Case({"firm.choose"}, Thing(id=FIRM_A), {"maker"}),
    *(Case({"product.read"}, product(status), {"maker", "manager"}) for status in ListingStatus),
    *(
        Case({"product.edit"}, product(status), {"maker", "manager"})
        for status in ListingStatus
        if status is not IN_REVIEW
    ),
    Case({"product.edit"}, product(IN_REVIEW)),
    *(Case({"product.take_back", "product.discard"}, product(status), {"maker"}) for status in ListingStatus),
    *(Case({"product.submit"}, product(status), {"maker"}) for status in BEGUN),
    *(Case({"product.submit"}, product(status)) for status in ListingStatus if status not in BEGUN),
]


def actor(name):
    return Actor(1, tuple(filter(None, [PEOPLE.get(name)])))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{min(case.actions)} {getattr(case.subject, 'stage', '')}")
def test_only_these_people_may(case):
    for action in case.actions:
        assert {name for name in EVERYBODY if policy.allows(actor(name), action, case.subject)} == case.allowed, action


def test_table_names_every_action():
    assert set().union(*(case.actions for case in CASES)) == set(policy.RULES)


def test_roles_add_up():
    both = Actor(1, (PEOPLE["observer"], PEOPLE["maker elsewhere"]))
    assert policy.allows(both, "desk.read", Consortium(id=HERE))
    assert policy.allows(both, "product.create", Thing(id=FIRM_ELSEWHERE, consortium_id=ELSEWHERE))
    assert not policy.allows(both, "inquiry.read", Thing())


ON_BEHALF = Actor(1, (PEOPLE["manager"], PEOPLE["operator"]), on_behalf_of=FIRM_A)
OPEN_ON_BEHALF = {"account.speak", "on_behalf.end"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{min(case.actions)} {getattr(case.subject, 'stage', '')}")
def test_on_behalf_of_a_firm_a_manager_may_what_its_people_may_and_nothing_else(case):
    for action in case.actions:
        may = policy.allows(ON_BEHALF, action, case.subject)
        assert not may or action in OPEN_ON_BEHALF or "maker" in case.allowed, action


def test_what_members_alone_may_is_closed_to_whoever_stands_in():
    mine = Thing(id=FIRM_A)
    assert policy.works_for_its_member(ON_BEHALF, mine)
    assert not policy.not_on_behalf(ON_BEHALF, mine)
    assert not policy.allows(ON_BEHALF, "firm.choose", mine)
    assert not policy.allows(ON_BEHALF, "offer.make", mine)
    assert policy.not_on_behalf(actor("maker"), mine)


def test_on_behalf_of_one_firm_is_not_of_another():
    assert policy.allows(ON_BEHALF, "product.create", Thing(id=FIRM_A))
    assert not policy.allows(ON_BEHALF, "product.create", Thing(id=FIRM_B))


def test_unknown_action_is_a_fault_of_the_program():
    with pytest.raises(KeyError):
        policy.allows(actor("operator"), "inquiry.forward", Thing())
