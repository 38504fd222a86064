"""The demonstration's inquiries: sent by buyers or entered by hand, and what was said and done after them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from catalogue.accounts.models import Person
from catalogue.demo.asked import DemoInquiry, Line, Step, StepKind
from catalogue.demo.days import Days
from catalogue.demo.firms import manager_of
from catalogue.demo.stage import Act, Picture, Stage
from catalogue.inquiries import conversation, defences, disowning, intake
from catalogue.inquiries.conversation import ClosedReason
from catalogue.inquiries.intake import Asked, Terms, Wanted
from catalogue.inquiries.models import Channel, Inquiry, InquiryLine
from catalogue.inquiries.terms import DEFAULT_UNIT


class NotListedThen(Exception):
    """A data file has a product asked for that was not in the catalogue at that time."""


class Asking:
    """One inquiry to the consortium `slug`, the `number`th of its data file, from its arrival to where it stands."""

    def __init__(self, slug: str, number: int, told: DemoInquiry, days: Days) -> None:
        self.slug = slug
        self.number = number
        self.told = told
        self.days = days
        self.made: Inquiry | None = None

    @property
    def pictures(self) -> list[Picture]:
        """What came with it."""
        return [(f"{self.slug} inquiry {self.number}", name) for name in self.told.files]

    def acts(self) -> Iterator[Act]:
        """Its arrival, and each step after it; the office works in office hours."""
        moment = self.days.at(self.told.days_ago, self.told.time.hour, self.told.time.minute)
        if self.told.channel in {Channel.TELEPHONE, Channel.VISIT, Channel.WHATSAPP}:
            moment = self.days.later(moment, timedelta(0), in_office=True)
        yield Act(moment, self.arrive)
        for step in self.told.steps:
            moment = self.days.later(moment, step.after, in_office=step.kind.is_of_office)
            yield Act(moment, partial(self.go_on, step))

    def arrive(self, stage: Stage, at: datetime) -> None:
        """The buyer sends it, or the manager enters it."""
        self.made = intake.send_inquiry(
            stage.session,
            stage.consortia[self.slug],
            self._asked(stage),
            at=at,
            submission=sha256(f"demonstration|{self.slug}|{self.number}".encode()).hexdigest(),
            held_reason=self._held_reason(),
            entered_by=self._manager(stage) if self.told.is_by_hand else None,
        )

    def go_on(self, step: Step, stage: Stage, at: datetime) -> None:
        """What happens next, by the buyer or by the manager."""
        session, inquiry, manager = stage.session, self._made(), self._manager(stage)
        text = self.told.said(step.text, self.days)
        match step.kind:
            case StepKind.ANSWER:
                conversation.answer(session, inquiry, text, by=manager, at=at)
            case StepKind.NOTE:
                conversation.note(session, inquiry, text, by=manager, at=at)
            case StepKind.BUYER:
                conversation.write_as_buyer(session, inquiry, text, at=at)
            case StepKind.RELEASE:
                intake.release(session, inquiry, by=manager, at=at)
            case StepKind.CLOSE:
                conversation.close(session, inquiry, step.reason or ClosedReason.ANSWERED, text, by=manager, at=at)
            case StepKind.NOT_ME:
                disowning.disown(session, [inquiry], at=at)

    def line(self, number: int) -> InquiryLine:
        """One of its lines, the first is 1. Raises `LookupError` before it came."""
        return self._made().lines[number - 1]

    def _asked(self, stage: Stage) -> Asked:
        told = self.told
        return Asked(
            buyer=told.buyer,
            message=told.said(told.message, self.days),
            wanted=[self._wanted(line, stage) for line in told.lines],
            terms=Terms(
                needed_by=told.needed_by(self.days),
                incoterm=told.incoterm,
                named_place=told.named_place,
                currency=told.currency,
                wants_sample=told.wants_sample,
                order_type=told.order_type,
            ),
            language=told.language,
            channel=told.channel,
            files=[stage.parked[picture] for picture in self.pictures if picture in stage.parked],
        )

    def _wanted(self, line: Line, stage: Stage) -> Wanted:
        product = stage.products[self.slug, line.product] if line.product else None
        version = product.published if product else None
        if line.product and version is None:
            raise NotListedThen(f"{self.slug}: {line.product}, asked for {self.told.days_ago} days ago")
        return Wanted(
            product=product,
            description=line.description,
            quantity=line.quantity,
            unit=line.unit or (version.unit if version else DEFAULT_UNIT),
            target_price=line.target_price,
            wants_sample=line.wants_sample,
            note=line.note,
        )

    def _held_reason(self) -> str | None:
        """What the site's own defences say of it."""
        if self.told.channel is not Channel.WEB:
            return None
        words = [self.told.message, *(f"{line.description} {line.note}" for line in self.told.lines)]
        return defences.held_reason(defences.Signs(text="\n".join(words), trap_filled=self.told.trap_filled))

    def _made(self) -> Inquiry:
        if self.made is None:
            raise LookupError("nothing follows an inquiry that did not come")
        return self.made

    def _manager(self, stage: Stage) -> Person:
        return stage.people[manager_of(self.slug).email]
