"""Who may do what, on one page: an action is allowed when every test of one of its clauses holds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalogue.consortia.models import Consortium, Role, RoleName
from catalogue.products.models import ListingStatus


@dataclass(frozen=True)
class Actor:
    """A person who is signed in, with the roles that hold today.

    A manager who acts on behalf of a firm (`on_behalf_of`, its key) may what its people may, and nothing else then.
    """

    person_id: int
    roles: tuple[Role, ...]
    on_behalf_of: int | None = None


Test = Callable[[Actor, Any], bool]


def _consortium_id(subject: Any) -> int:
    return subject.id if isinstance(subject, Consortium) else subject.consortium_id


def manages_its_consortium(actor: Actor, subject: Any) -> bool:
    """A manager of the consortium that the subject is, or belongs to."""
    return _has(actor, RoleName.MANAGER, _consortium_id(subject))


def deputises_in_its_consortium(actor: Actor, subject: Any) -> bool:
    """The deputy of the consortium's managers. What was handed over to them is asked by the operations themselves."""
    return _has(actor, RoleName.DEPUTY, _consortium_id(subject))


def belongs_to_its_consortium(actor: Actor, subject: Any) -> bool:
    """One of the people of a firm of that consortium."""
    return _has(actor, RoleName.MEMBER, _consortium_id(subject))


def observes_its_consortium(actor: Actor, subject: Any) -> bool:
    """An observer of that consortium."""
    return _has(actor, RoleName.OBSERVER, _consortium_id(subject))


def works_for_its_member(actor: Actor, subject: Any) -> bool:
    """One of the people of the firm that the subject is, or belongs to."""
    member_id = getattr(subject, "member_id", None) or subject.id
    if actor.on_behalf_of is not None:
        return bool(member_id == actor.on_behalf_of)
    return any(role.name is RoleName.MEMBER and role.member_id == member_id for role in actor.roles)


def works_for_another_member(actor: Actor, claim: Any) -> bool:
    """One of the people of another firm of the same consortium than the one whose claim it is."""
    return any(
        role.name is RoleName.MEMBER and role.consortium_id == claim.consortium_id and role.member_id != claim.member_id
        for role in actor.roles
    )


def operates(actor: Actor, _subject: Any) -> bool:
    """Runs the machine, for all consortia."""
    return actor.on_behalf_of is None and any(role.name is RoleName.OPERATOR for role in actor.roles)


def anybody_signed_in(_actor: Actor, _subject: Any) -> bool:
    """Everybody with a session."""
    return True


def not_on_behalf(actor: Actor, _subject: Any) -> bool:
    """Somebody who acts for themselves: what members alone may see or decide is closed to whoever stands in."""
    return actor.on_behalf_of is None


def is_not_in_review(_actor: Actor, product: Any) -> bool:
    """The working text does not wait for the office: nobody else works on it now."""
    return product.stage is not ListingStatus.SUBMITTED


def is_begun(_actor: Actor, product: Any) -> bool:
    """There is a draft, or a proposal for what is published, that can be sent to the office."""
    return product.stage in {ListingStatus.DRAFT, ListingStatus.RETURNED}


def _has(actor: Actor, name: RoleName, consortium_id: int) -> bool:
    holds = any(role.name is name and role.consortium_id == consortium_id for role in actor.roles)
    return holds and actor.on_behalf_of is None


RULES: dict[str, list[list[Test]]] = {
    "account.keep": [[anybody_signed_in, not_on_behalf]],
    "account.speak": [[anybody_signed_in]],
    "buyer.erase": [[manages_its_consortium]],
    "buyer.export": [[manages_its_consortium]],
    "claim.list": [[works_for_its_member]],
    "claim.object": [[works_for_another_member, not_on_behalf]],
    "claim.take_back": [[works_for_its_member]],
    "desk.read": [[manages_its_consortium], [observes_its_consortium]],
    "firm.choose": [[works_for_its_member, not_on_behalf]],
    "inquiry.list": [[manages_its_consortium]],
    "inquiry.read": [[manages_its_consortium]],
    "inquiry.answer": [[manages_its_consortium]],
    "inquiry.ask": [[manages_its_consortium]],
    "inquiry.enter": [[manages_its_consortium]],
    "inquiry.assign": [[manages_its_consortium]],
    "inquiry.close": [[manages_its_consortium]],
    "inquiry.let_pass": [[manages_its_consortium]],
    "inquiry.merge": [[manages_its_consortium]],
    "inquiry.put_off": [[manages_its_consortium]],
    "inquiry.release": [[manages_its_consortium]],
    "letter.list": [[manages_its_consortium]],
    "letter.retry": [[manages_its_consortium]],
    "mail.handle": [[manages_its_consortium]],
    "listing.decide": [[manages_its_consortium]],
    "listing.discard": [[manages_its_consortium]],
    "listing.publish": [[manages_its_consortium]],
    "listing.restore": [[manages_its_consortium]],
    "listing.review": [[manages_its_consortium]],
    "listing.revise": [[manages_its_consortium]],
    "listing.withdraw": [[manages_its_consortium]],
    "maker_page.edit": [[works_for_its_member]],
    "maker_page.review": [[manages_its_consortium]],
    "member.act_for": [[manages_its_consortium]],
    "member.admit": [[manages_its_consortium]],
    "member.cut_off": [[manages_its_consortium]],
    "member.invite": [[manages_its_consortium]],
    "member.list": [[manages_its_consortium]],
    "member.reach": [[manages_its_consortium]],
    "member.read": [[manages_its_consortium]],
    "member.release": [[manages_its_consortium]],
    "photo.send": [[works_for_its_member]],
    "on_behalf.end": [[anybody_signed_in]],
    "product.list": [[works_for_its_member]],
    "product.create": [[works_for_its_member]],
    "product.read": [[works_for_its_member], [manages_its_consortium]],
    "product.edit": [[works_for_its_member, is_not_in_review], [manages_its_consortium, is_not_in_review]],
    "product.discard": [[works_for_its_member]],
    "product.submit": [[works_for_its_member, is_begun]],
    "product.take_back": [[works_for_its_member]],
    "product.translate": [[manages_its_consortium]],
    "reply.keep": [[manages_its_consortium]],
    "right.claim": [[works_for_its_member]],
    "right.decide": [[manages_its_consortium]],
    "right.set": [[manages_its_consortium]],
    "sheet.handle": [[manages_its_consortium]],
    "sheet.own": [[works_for_its_member]],
    "message.tell": [[manages_its_consortium]],
    "allocation.award": [[manages_its_consortium], [deputises_in_its_consortium]],
    "allocation.confirm": [[manages_its_consortium], [deputises_in_its_consortium]],
    "allocation.override": [[manages_its_consortium], [deputises_in_its_consortium]],
    "allocation.read": [[manages_its_consortium], [deputises_in_its_consortium]],
    "by_laws.adopt": [[manages_its_consortium]],
    "by_laws.read": [
        [manages_its_consortium],
        [deputises_in_its_consortium],
        [observes_its_consortium],
        [belongs_to_its_consortium],
    ],
    "call.cancel": [[manages_its_consortium], [deputises_in_its_consortium]],
    "call.close": [[manages_its_consortium], [deputises_in_its_consortium]],
    "call.list": [[manages_its_consortium], [deputises_in_its_consortium]],
    "call.read": [[manages_its_consortium], [deputises_in_its_consortium]],
    "call.send": [[manages_its_consortium], [deputises_in_its_consortium]],
    "call.tell": [[manages_its_consortium], [deputises_in_its_consortium]],
    "capacity.keep": [[works_for_its_member]],
    "capacity.read": [[manages_its_consortium], [deputises_in_its_consortium]],
    "deputy.name": [[manages_its_consortium], [operates]],
    "fairness.own": [[works_for_its_member]],
    "fairness.read": [[manages_its_consortium], [observes_its_consortium], [operates]],
    "fairness.try_rule": [[manages_its_consortium]],
    "interest.declare": [[manages_its_consortium], [deputises_in_its_consortium]],
    "interest.read": [
        [manages_its_consortium],
        [deputises_in_its_consortium],
        [observes_its_consortium],
        [belongs_to_its_consortium],
    ],
    "ledger.read": [[manages_its_consortium], [deputises_in_its_consortium], [observes_its_consortium], [operates]],
    "offer.list": [[works_for_its_member]],
    "offer.make": [[works_for_its_member, not_on_behalf]],
    "offer.record": [[manages_its_consortium], [deputises_in_its_consortium]],
    "rest.keep": [[manages_its_consortium]],
    "routing.hand_over": [[manages_its_consortium]],
    "routing.take_over": [[manages_its_consortium], [deputises_in_its_consortium]],
    "sample.pass": [[manages_its_consortium]],
    "share.answer": [[works_for_its_member]],
    "share.made": [[manages_its_consortium]],
    "share.read": [[works_for_its_member]],
    "network.operate": [[operates]],
}


def allows(actor: Actor, action: str, subject: Any) -> bool:
    """Whether `actor` may do `action` to `subject`. An action that is not in `RULES` raises `KeyError`."""
    return any(all(test(actor, subject) for test in clause) for clause in RULES[action])
