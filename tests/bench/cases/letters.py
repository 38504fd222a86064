"""Letters on an idle machine: how long after their cause they leave, by the running worker over a real relay."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from tests.bench.asking import WrongAnswer
from tests.bench.bench import Bench, first_product
from tests.bench.cases.inquiries import opened, send_all
from tests.bench.figures import Budget, Figure, median, part
from tests.bench.made.catalogues import DATABASE
from tests.bench.servers import SITE, environment_of, serving, working
from tests.unit.mail.hostile import HostileRelay

FULL, QUICK = 50, 10
BETWEEN_SECONDS = 0.3
SOON = Budget(10)
PATIENCE = 60
CASE = "letter"
LEFT = "SELECT created_at, done_at, state FROM due WHERE lane = 'letter' ORDER BY id"


def letters(bench: Bench) -> Iterator[Figure]:
    """Two letters an inquiry, sent as buyers send them; seconds from each one's cause to the relay's "250"."""
    catalogue, folder, many = bench.smallest, bench.new_folder(), bench.times(FULL, QUICK)
    folder.mkdir(parents=True)
    with HostileRelay() as relay:
        environment = environment_of(catalogue.copied(folder), folder)
        environment["MAIL_URL"] = f"smtp://127.0.0.1:{relay.port}"
        with serving(SITE, environment) as server, working(environment):
            # The worker takes a while to begin, longest on a busy machine: the first two letters are not counted.
            send_all(server, [opened(server, first_product(catalogue), many)])
            _seconds_of_all(folder / DATABASE, 2)
            for number in range(many):
                send_all(server, [opened(server, first_product(catalogue), number)])
                time.sleep(BETWEEN_SECONDS)
            seconds = _seconds_of_all(folder / DATABASE, 2 + 2 * many)[2:]
        if len(relay.taken) != 2 + 2 * many:
            raise WrongAnswer(f"{len(relay.taken)} letters arrived, not {2 + 2 * many}")
    yield Figure(CASE, "from its cause to the relay, median", median(seconds), "s", catalogue.size)
    yield Figure(CASE, "from its cause to the relay, 95th percentile", part(seconds, 0.95), "s", catalogue.size, SOON)


def _seconds_of_all(database: Path, many: int) -> list[float]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute(LEFT).fetchall()
        done = [(begun, ended) for begun, ended, state in rows if state == "done"]
        if len(done) == many:
            return [
                (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds() for begun, ended in done
            ]
        time.sleep(0.1)
    raise WrongAnswer(f"{len(done)} of {many} letters left within {PATIENCE} seconds")
