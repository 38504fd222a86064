"""Sending an inquiry: the form opened and sent to the running site, stored durably with its letters queued."""

import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests.bench.asking import Answer, Connection, WrongAnswer, request_for
from tests.bench.bench import Bench, first_product
from tests.bench.figures import Budget, Figure, median, part
from tests.bench.made.catalogues import DATABASE
from tests.bench.made.network import SLUG
from tests.bench.servers import Server, site

FULL, QUICK = 150, 30
WARM = 5
CPU = Budget(8)
FORM = f"/en/{SLUG}/inquiry"
COUNTED = "SELECT (SELECT count(*) FROM inquiry), (SELECT count(*) FROM due WHERE lane = 'letter')"
CASE = "inquiry"


def inquiries(bench: Bench) -> Iterator[Figure]:
    """CPU and time of a form, and of its sending; how many were stored is counted in the database."""
    catalogue, folder = bench.smallest, bench.new_folder()
    many, product = bench.times(FULL, QUICK), first_product(catalogue)
    with site(catalogue, folder) as server:
        send_all(server, [opened(server, product, number) for number in range(WARM)])
        cpu, began = server.cpu_seconds(), time.perf_counter()
        forms = [opened(server, product, number) for number in range(WARM, WARM + many)]
        form_cpu, form_seconds = server.cpu_seconds() - cpu, time.perf_counter() - began
        cpu, times = server.cpu_seconds(), send_all(server, forms)
        sent_cpu = server.cpu_seconds() - cpu
    _refuse_lost(folder / DATABASE, WARM + many)
    yield Figure(CASE, "opening the form: CPU", 1000 * form_cpu / many, "ms", catalogue.size)
    yield Figure(CASE, "opening the form: time", 1000 * form_seconds / many, "ms", catalogue.size)
    yield Figure(CASE, "sending it: CPU", 1000 * sent_cpu / many, "ms", catalogue.size, CPU)
    yield Figure(CASE, "sending it: time, median", median(times), "ms", catalogue.size)
    yield Figure(CASE, "sending it: time, 95th percentile", part(times, 0.95), "ms", catalogue.size)


def opened(server: Server, product: str, number: int) -> bytes:
    """The request that sends a form: opened by a new visitor, from a network of its own, and filled in."""
    network = {"X-Forwarded-For": f"10.{number // 250}.{number % 250}.7"}
    with Connection(server.port) as connection:
        page = connection.ask(request_for(FORM, {**network, "Accept-Encoding": "identity"}))
    if page.status != 200:
        raise WrongAnswer(f"the form answers {page.status}")
    written = page.body.decode()
    fields = {name: _hidden(written, name) for name in ("csrf_token", "submission")} | {
        "name": f"Buyer {number}",
        "email": f"buyer-{number}@buyer.example",
        "country": "FR",
        "message": f"For a shop in a small town, please. Our number is {number}.",
        "lines-0-product": product,
        "lines-0-quantity": "120",
        "lines-0-unit": "C62",
    }
    said = {**network, "Cookie": _cookies(page), "Content-Type": "application/x-www-form-urlencoded"}
    return request_for(FORM, {**said, "Referer": f"{server.url}{FORM}"}, urlencode(fields).encode())


def send_all(server: Server, forms: list[bytes]) -> list[float]:
    """Send them one after another; the milliseconds of each. Raises `WrongAnswer` for what is not taken."""
    times = []
    with Connection(server.port) as connection:
        for form in forms:
            began = time.perf_counter()
            answer = connection.ask(form)
            times.append(1000 * (time.perf_counter() - began))
            if answer.status != 303:
                raise WrongAnswer(f"an inquiry was answered by {answer.status}")
    return times


def _refuse_lost(database: Path, sent: int) -> None:
    """Raises `WrongAnswer` unless all that was sent is stored, each with its letters."""
    with closing(sqlite3.connect(database)) as connection:
        stored, letters = connection.execute(COUNTED).fetchone()
    if stored != sent or letters < 2 * sent:
        raise WrongAnswer(f"{sent} were sent, {stored} are stored with {letters} letters")


def _hidden(page: str, name: str) -> str:
    field = next(tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag)
    found = re.search(r'value="([^"]*)"', field)
    return found[1] if found else ""


def _cookies(page: Answer) -> str:
    return "; ".join(value.partition(";")[0] for name, value in page.headers if name == "set-cookie")
