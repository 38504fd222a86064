"""The worker: `flask --app wsgi work` does what the outbox holds, one loop a lane, and maps its kinds to functions."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import click
from flask import Flask, current_app, g
from flask.cli import with_appcontext
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from catalogue import limits
from catalogue.activity import log
from catalogue.cli.mail_doors import open_doors, rules_of
from catalogue.database import writing
from catalogue.extensions import db
from catalogue.inquiries import lists, placing, reminders
from catalogue.inquiries.mail_room import MailRoom, adopt_orphans, handle_waiting
from catalogue.inquiries.new_address import forget_old_changes
from catalogue.mail.transport import Transport, transport_for
from catalogue.media.keeping import check_file, sweep_incoming
from catalogue.media.stores import Store, store_for
from catalogue.media.uploads import sweep_uploads
from catalogue.outbox.models import Due, Lane
from catalogue.outbox.worker import ANY, Handler, Leased, work_off
from catalogue.printing import ordering, recording, sharing
from catalogue.printing.contents import Picture, Sheet
from catalogue.printing.making import make_sheet, sweep_sheets
from catalogue.printing.models import LineSheet
from catalogue.printing.record_contents import RecordPage
from catalogue.printing.record_models import RecordPaper
from catalogue.printing.sharing import Page, catalogue_versions, make_pictures, order_pictures
from catalogue.privacy.clearing import handlers as privacy_handlers
from catalogue.products import leaving, rights
from catalogue.products.photographed import show_anew
from catalogue.products.sheets.clearing import sweep as sweep_members_sheets
from catalogue.products.sheets.working import handlers as sheet_handlers
from catalogue.routing import closing, shares
from catalogue.web.clock import now

IDLE_SECONDS = 0.5
AFTER_FAULT_SECONDS = 5
END_SECONDS = 1.5
SWEEP_SECONDS = 3600
WATCH_SECONDS = 15

logger = logging.getLogger("sala.work")


@dataclass(frozen=True)
class Worker:
    """The site as the worker needs it."""

    app: Flask
    engine: Engine
    store: Store
    transport: Transport
    seen: dict[int | None, int] = field(default_factory=dict)

    def handlers(self, lane: Lane) -> Mapping[str, Handler]:
        """What does each kind of a lane. Every letter is composed and sent by `catalogue.notices`."""
        if lane is Lane.LETTER:
            return {ANY: self.deliver}
        return {
            "file.check": self.check_file,
            ordering.KIND: self.make_line_sheet,
            recording.KIND: self.make_record_paper,
            sharing.KIND: self.make_share_pictures,
            **sheet_handlers(self.store),
            rights.KIND: self.let_claim_stand,
            placing.KIND: self.place_mail,
            **privacy_handlers(self.store, self.transport),
        }

    def deliver(self, engine: Engine, due: Leased, at: datetime) -> None:
        """Compose a letter and hand it over."""
        from catalogue.notices import deliver  # only the worker composes letters

        with self.app.app_context():
            deliver(engine, due, self.transport, at, self.store)

    def check_file(self, engine: Engine, due: Leased, _at: datetime) -> None:
        """Check a file that came, and make its sizes."""
        check_file(engine, self.store, due.payload["file_id"], changed=show_anew)

    def make_line_sheet(self, engine: Engine, due: Leased, _at: datetime) -> None:
        """Set a line sheet and store it."""
        make_sheet(engine, self.store, due.payload["sheet_id"], self.compose_sheet, now)

    def compose_sheet(self, sheet_id: int) -> Sheet:
        """What stands on a line sheet, in its own language."""
        from catalogue.web.storefront.sheet_content import sheet_content  # only the worker composes papers

        with self.app.app_context():
            wanted = db.session.get_one(LineSheet, sheet_id)
            g.language = wanted.language
            return sheet_content(wanted)

    def make_record_paper(self, engine: Engine, due: Leased, _at: datetime) -> None:
        """Set the record of a quarter and store it."""
        recording.make_paper(engine, self.store, due.payload["paper_id"], self.compose_record, now)

    def compose_record(self, paper_id: int) -> RecordPage:
        """What stands on the record of a quarter, in its own language."""
        from catalogue.web.record_content import record_content  # only the worker composes papers

        with self.app.app_context():
            wanted = db.session.get_one(RecordPaper, paper_id)
            g.language = wanted.language
            return record_content(wanted)

    def make_share_pictures(self, engine: Engine, due: Leased, _at: datetime) -> None:
        """Make the pictures that links to pages show, a few at a time."""
        make_pictures(engine, self.store, due.payload, self.compose_share_picture, now)

    def compose_share_picture(self, page: Page, language: str) -> Picture | None:
        """What the picture of a page says."""
        from catalogue.web.storefront.share_content import share_content  # only the worker composes pictures

        with self.app.app_context():
            g.language = language
            return share_content(page)

    def place_mail(self, _engine: Engine, due: Leased, at: datetime) -> None:
        """Have a received mail do what a manager said of it."""
        placing.carry_out(self.mail_room, due.payload, at)

    def let_claim_stand(self, engine: Engine, due: Leased, at: datetime) -> None:
        """A claim to a design stands when nobody objected to it in time."""
        with writing(engine) as session:
            rights.stand(session, due.payload["claim_id"], at=at)
            log.seal(session)

    @property
    def mail_room(self) -> MailRoom:
        """Where mail is taken in."""
        return MailRoom(self.engine, self.store, rules_of(self.app), now)

    def watch(self) -> None:
        """Have pictures made for links to pages where a catalogue changed; handle mail that was left lying."""
        handle_waiting(self.mail_room)
        with Session(self.engine) as session:
            versions = catalogue_versions(session)
        if changed := [each for each, version in versions.items() if self.seen.get(each) != version]:
            with writing(self.engine) as session:
                for each in changed:
                    order_pictures(session, each, at=now())
            self.seen.update(versions)

    def close_calls(self) -> None:
        """Close calls whose time is past, so that their offers can be read; give up those whose inquiry has ended."""
        with Session(self.engine) as session:
            if not closing.some_are_due(session, at=now()):
                return
        with writing(self.engine) as session:
            ended = closing.give_up_all_without_inquiry(session, at=now())
            closed = closing.close_all_due(session, at=now())
        logger.info("closed", extra={"facts": {"calls": closed, "given up": ended}})

    def lapse_shares(self) -> int:
        """Let go of shares that nobody answered until their day; how many there were."""
        with writing(self.engine) as session:
            return shares.lapse_due(session, at=now())

    def remind(self) -> None:
        """Have managers written to of the morning, and of answers that are late."""
        with writing(self.engine) as session:
            planned = reminders.plan_digests(session, at=now()) + reminders.plan_escalations(session, at=now())
        if planned:
            logger.info("reminded", extra={"facts": {"letters": planned}})

    def work_off(self, lane: Lane, should_stop: threading.Event) -> int:
        """Do all that is due in a lane; how many there were."""
        return work_off(
            self.engine, lane, self.handlers(lane), now, on_failed=log_failure, should_stop=should_stop.is_set
        )

    def sweep(self) -> None:
        """Forget limits of the past, inquiry lists that nobody touched, and files that were sent and never kept."""
        with writing(self.engine) as session:
            limits.forget_past(session, at=now())
            lists.forget_old(session, at=now())
            forget_old_changes(session, at=now())
        swept = {
            "uploads": sweep_uploads(self.engine, self.store, at=now()),
            "incoming": sweep_incoming(self.engine, self.store, at=now()),
            "line sheets": sweep_sheets(self.engine, self.store, at=now()),
            "members' sheets": sweep_members_sheets(self.engine, self.store, at=now()),
            "mail": adopt_orphans(self.mail_room),
            "shares": self.lapse_shares(),
            "firms that left": leaving.erase_taken(self.engine, self.store, at=now()),
        }
        if any(swept.values()):
            logger.info("swept", extra={"facts": swept})


def worker_of(app: Flask) -> Worker:
    """The worker of a site. Call it inside its application context."""
    settings = app.config["SETTINGS"]
    return Worker(app, db.engine, store_for(settings.media_url), transport_for(settings.mail_url))


def log_failure(session: Session, due: Due, at: datetime) -> None:
    """Have the log say that something came to nothing, so that a manager sees it."""
    action = "letter.failed" if due.is_letter else "job.failed"
    chain = due.consortium_id or log.NETWORK
    log.record(session, action, due, at=at, chain=chain, data={"kind": due.kind, "about": due.about})


@click.command("work")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@with_appcontext
def work(once: bool) -> None:
    """Send letters and do jobs, until it is ended (SIGTERM or Ctrl-C)."""
    worker = worker_of(current_app._get_current_object())  # type: ignore[attr-defined]
    if once:
        click.echo(f"{work_once(worker)} done.")
    else:
        work_on(worker)


def work_once(worker: Worker) -> int:
    """Do what is due, and what that makes due, in every lane; how many there were."""
    never, total = threading.Event(), 0
    worker.close_calls()
    while count := sum(worker.work_off(lane, never) for lane in Lane):
        total += count
    worker.sweep()
    return total


def work_on(worker: Worker) -> None:
    """One thread a lane until a signal comes; then within two seconds.

    What is in hand at that moment and takes longer is left to its lease, and done again by the next worker.
    """
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    threads = [threading.Thread(target=_loop, args=(worker, lane, stop), daemon=True) for lane in Lane]
    for thread in threads:
        thread.start()
    logger.info("the worker began")
    with open_doors(worker.mail_room, worker.app.config["SETTINGS"].MAIL_IN, stop):
        _watch_on(worker, stop)
    until = time.monotonic() + END_SECONDS
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    logger.info("the worker ended")
    if any(thread.is_alive() for thread in threads):
        logging.shutdown()
        os._exit(0)


def _watch_on(worker: Worker, stop: threading.Event) -> None:
    """Look at what has no row in the outbox, until the end."""
    swept_at = -float(SWEEP_SECONDS)
    while not stop.is_set():
        _safely(worker.watch)
        _safely(worker.close_calls)
        _safely(worker.remind)
        if time.monotonic() - swept_at >= SWEEP_SECONDS:
            _safely(worker.sweep)
            swept_at = time.monotonic()
        stop.wait(WATCH_SECONDS)


def _loop(worker: Worker, lane: Lane, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            worker.work_off(lane, stop)
            stop.wait(IDLE_SECONDS)
        except Exception:
            # A database that is away comes back; the loop of a lane must outlive it.
            logger.exception("lane", extra={"facts": {"lane": lane.value}})
            stop.wait(AFTER_FAULT_SECONDS)


def _safely(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:
        # A database that is away comes back; the next round does it.
        logger.exception(act.__name__)


def init_app(app: Flask) -> None:
    """Add the verb."""
    app.cli.add_command(work)
