"""Send inquiries while web server and worker are killed, then have them counted.

python -m tests.endurance [--senders 8] [--inquiries 25] [--kills 10] [--seed 1] [--folder FOLDER] [--hostile 40]

`--hostile` has letters go to a relay that misbehaves at so many connections, each time in another way; what it took
lies in the out-tray all the same.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.endurance.site import ROOT, Site
from tests.unit.mail.hostile import FAULTS, HostileRelay

LETTERS_WITHIN = 900


def main() -> None:
    """Play it once and print the count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--senders", type=int, default=8)
    parser.add_argument("--inquiries", type=int, default=25, help="each sender's")
    parser.add_argument("--kills", type=int, default=10, help="of the web server, and as many of the worker")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hostile", type=int, default=0, help="connections at which the relay misbehaves")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="sala-endurance-"))
    (folder / "outtray").mkdir(parents=True, exist_ok=True)
    faults = random.Random(given.seed).choices(FAULTS, k=given.hostile)
    with HostileRelay(faults, folder / "outtray") as relay:
        mail = {"MAIL_URL": f"smtp://127.0.0.1:{relay.port}"} if faults else {}
        sys.exit(play(folder, given.senders, given.inquiries, given.kills, given.seed, mail))


def play(
    folder: Path, senders: int, inquiries: int, kills: int, seed: int, settings: dict[str, str] | None = None
) -> int:
    """The whole play in an empty folder; the counter's exit code."""
    logs = folder / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    site = Site(folder, settings)
    slug = prepare(site)
    site.start_web()
    site.start_worker()
    try:
        running = [start_sender(site, slug, number, inquiries, logs) for number in range(senders)]
        kill_again_and_again(site, running, kills, random.Random(seed))
        for sender in running:
            sender.wait()
        wait_for_letters(folder)
    finally:
        site.stop()
    counter = [sys.executable, "-m", "tests.endurance.counting", logs, folder / "sala.db", folder / "outtray"]
    return subprocess.run(counter, cwd=ROOT, check=False).returncode


def prepare(site: Site) -> str:
    """Migrate an empty database and found one consortium; its slug."""
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    quiet = {"cwd": ROOT, "env": site.environment, "check": True, "stdout": site.log, "stderr": site.log}
    subprocess.run([*flask, "db", "upgrade"], **quiet)  # type: ignore[call-overload]
    subprocess.run([sys.executable, "-m", "tests.endurance.found", "silver"], **quiet)  # type: ignore[call-overload]
    return "silver"


def start_sender(site: Site, slug: str, number: int, inquiries: int, logs: Path) -> "subprocess.Popen[bytes]":
    """One sender in a process of its own, with a log of its own."""
    command = [sys.executable, "-m", "tests.endurance.sender", site.url, slug, str(number), str(inquiries)]
    return subprocess.Popen([*command, str(logs / f"{number}.jsonl")], cwd=ROOT)


def kill_again_and_again(
    site: Site, running: "list[subprocess.Popen[bytes]]", kills: int, chance: random.Random
) -> None:
    """Kill the web server with requests open, and the worker, each as often as asked, at uneven moments."""
    done = 0
    while done < kills and any(sender.poll() is None for sender in running):
        time.sleep(chance.uniform(0.4, 1.6))
        site.kill_web()
        time.sleep(chance.uniform(0, 0.4))
        site.kill_worker()
        site.start_web()
        site.start_worker()
        done += 1
    print(f"web server and worker were each killed {done} times")


def wait_for_letters(folder: Path) -> None:
    """Until nothing is due any more; leases of killed workers have to run out first."""
    engine = create_engine(f"sqlite:///{folder / 'sala.db'}")
    give_up = time.monotonic() + LETTERS_WITHIN
    while time.monotonic() < give_up:
        with engine.connect() as connection:
            due = connection.execute(text("SELECT count(*) FROM due WHERE lane = 'letter' AND state = 'waiting'"))
            if due.scalar_one() == 0:
                return
        time.sleep(1)


if __name__ == "__main__":
    main()
