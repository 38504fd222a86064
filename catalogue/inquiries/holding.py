"""Held texts: what a buyer wrote goes on to members only once no contact stands in it, or a manager decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from catalogue.accounts.models import Person
from catalogue.activity import log
from catalogue.inquiries.holding_models import Decision, Found, Passing
from catalogue.inquiries.models import Inquiry, MessageKind
from catalogue.leaks import Kind, Leak, find_leaks, mask

CONTACT = "contact"
ACTS = {Decision.PASS: "message.let_pass", Decision.MASK: "message.masked"}


class DecidedBefore(Exception):
    """Somebody else decided on this text a moment before."""

    def __init__(self, passing: Passing) -> None:
        super().__init__(passing.part)
        self.passing = passing


class NothingHeld(Exception):
    """The inquiry has no such text, or nothing in it waits."""


@dataclass(frozen=True)
class HeldText:
    """One text of an inquiry, the contacts found in it, and what was decided of it."""

    part: str
    text: str
    leaks: Sequence[Leak] = ()
    held_reason: str | None = None
    passing: Passing | None = None

    @property
    def is_held(self) -> bool:
        """Whether it waits for a manager."""
        return self.passing is None and bool(self.leaks or self.held_reason)

    @property
    def goes_on(self) -> str | None:
        """What members may read of it: nothing while it is held, then as it was written or masked."""
        if self.is_held:
            return None
        is_masked = self.passing is not None and self.passing.decision is Decision.MASK
        return mask(self.text, self.leaks) if is_masked else self.text


def held_reason_for(inquiry: Inquiry, text: str) -> str | None:
    """Why a message of the buyer waits: "contact" when one was found in it, the consortium's own being none."""
    return CONTACT if find_leaks(text, inquiry.consortium.public_contacts) else None


def texts_of(session: Session, inquiry: Inquiry) -> dict[str, HeldText]:
    """Every text that the buyer wrote in this inquiry, by its part."""
    query = select(Passing).where(Passing.inquiry_id == inquiry.id).options(joinedload(Passing.by))
    decided = {passing.part: passing for passing in session.scalars(query)}
    written = _texts(inquiry)
    return {part: _read(inquiry, part, text, reason, decided) for part, text, reason in written}


def decide(
    session: Session,
    inquiry: Inquiry,
    part: str,
    decision: Decision,
    *,
    by: Person,
    at: datetime,
    was: Decision | None = None,
) -> None:
    """Let a text pass as it stands, or masked. The log keeps who, when and which kinds, never the words.

    `was` is what the manager saw decided before. Raises `DecidedBefore` when that is no longer so, `NothingHeld` for a
    text in which nothing was found.
    """
    text = texts_of(session, inquiry).get(part)
    if text is None or not (text.leaks or text.held_reason or text.passing):
        raise NothingHeld(part)
    if (text.passing.decision if text.passing else None) is not was:
        raise DecidedBefore(text.passing) if text.passing else NothingHeld(part)
    if was is decision:
        return
    _keep(session, inquiry, text, decision, was=was, by=by, at=at)
    _let_go(session, inquiry, part)
    kinds = sorted({leak.kind for leak in text.leaks})
    data = {"part": part, "kinds": kinds, **({"was": was} if was else {})}
    actor = log.actor_name(by)
    log.record(session, ACTS[decision], inquiry, at=at, chain=inquiry.consortium_id, actor=actor, data=data)


def _texts(inquiry: Inquiry) -> Iterator[tuple[str, str, str | None]]:
    yield "inquiry", inquiry.message, None
    yield "inquiry.translation", inquiry.translation, None
    for line in inquiry.lines:
        yield f"line:{line.id}.description", line.description, None
        yield f"line:{line.id}.note", line.note, None
    for message in inquiry.messages:
        if message.kind is MessageKind.BUYER:
            yield f"message:{message.id}", message.text, message.held_reason
            yield f"message:{message.id}.translation", message.translation, None


def _read(inquiry: Inquiry, part: str, text: str, held_reason: str | None, decided: Mapping[str, Passing]) -> HeldText:
    passing = decided.get(part)
    leaks = _as_leaks(text, passing.found) if passing else find_leaks(text, inquiry.consortium.public_contacts)
    return HeldText(part, text, leaks, held_reason, passing)


def _as_leaks(text: str, found: Sequence[Found]) -> list[Leak]:
    """What stood in the text when it was decided: a detector that learned since changes no decision."""
    return [Leak(cast(Kind, one["kind"]), one["start"], one["end"], text[one["start"] : one["end"]]) for one in found]


def _keep(
    session: Session,
    inquiry: Inquiry,
    text: HeldText,
    decision: Decision,
    *,
    was: Decision | None,
    by: Person,
    at: datetime,
) -> None:
    """Write the decision where it is still as it was seen: of two managers one is first."""
    if was is None:
        found: list[Found] = [{"kind": leak.kind, "start": leak.start, "end": leak.end} for leak in text.leaks]
        passing = Passing(
            consortium_id=inquiry.consortium_id,
            inquiry_id=inquiry.id,
            part=text.part,
            decision=decision,
            found=found,
            by=by,
            at=at,
        )
        try:
            with session.begin_nested():
                session.add(passing)
        except IntegrityError:
            raise DecidedBefore(_passing(session, inquiry, text.part)) from None
        return
    here = (Passing.inquiry_id == inquiry.id, Passing.part == text.part)
    step = update(Passing).where(*here, Passing.decision == was).values(decision=decision, by_id=by.id, at=at)
    if session.connection().execute(step).rowcount != 1:
        raise DecidedBefore(_passing(session, inquiry, text.part))
    session.refresh(_passing(session, inquiry, text.part))


def _passing(session: Session, inquiry: Inquiry, part: str) -> Passing:
    query = select(Passing).where(Passing.inquiry_id == inquiry.id, Passing.part == part)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _let_go(session: Session, inquiry: Inquiry, part: str) -> None:
    """The message itself no longer says that it is held."""
    for message in inquiry.messages:
        if part == f"message:{message.id}":
            message.held_reason = None
    session.flush()
