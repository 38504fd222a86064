"""What a deputy may open: the pages about the work of inquiries that were handed over and that they took, no others."""

from typing import Any

from catalogue.accounts.models import Person
from catalogue.consortia.models import Consortium, RoleName
from catalogue.extensions import db
from catalogue.inquiries.models import Inquiry
from catalogue.policy import Actor, manages_its_consortium
from catalogue.routing.handing_over import inquiries_taken_by

TO_TAKE = "routing.take_over"


def is_closed_to(actor: Actor, action: str, subject: Any) -> bool:
    """Whether a deputy asks for something of an inquiry that they did not take over."""
    if action == TO_TAKE or not hasattr(subject, "consortium_id") or not _is_only_deputy(actor, subject):
        return False
    inquiry_id = inquiry_of(subject)
    return inquiry_id is not None and inquiry_id not in _taken(subject.consortium_id, actor)


def inquiry_of(subject: Any) -> int | None:
    """The key of the inquiry that a thing belongs to, through its call where need be; None where it belongs to none."""
    if isinstance(subject, Inquiry):
        return subject.id
    for step in ("call", "allocation"):
        if (owner := getattr(subject, step, None)) is not None:
            return inquiry_of(owner)
    found: int | None = getattr(subject, "inquiry_id", None)
    return found


def _is_only_deputy(actor: Actor, subject: Any) -> bool:
    if manages_its_consortium(actor, subject):
        return False
    here = (role for role in actor.roles if role.consortium_id == subject.consortium_id)
    return any(role.name is RoleName.DEPUTY for role in here)


def _taken(consortium_id: int, actor: Actor) -> list[int]:
    consortium = db.session.get_one(Consortium, consortium_id)
    return inquiries_taken_by(db.session, consortium, db.session.get_one(Person, actor.person_id))
