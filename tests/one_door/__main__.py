"""Crawl a running site and read its out-tray.

python -m tests.one_door http://127.0.0.1:8000 [--var var]
"""

import argparse
import sys
from pathlib import Path

from tests.one_door.crawler import crawl
from tests.one_door.letters import found_in_letters
from tests.one_door.private import contacts_of_members


def main() -> None:
    """Print what was read and found; exit 1 when a member's contact was found, a page failed or set a cookie."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site")
    parser.add_argument("--var", type=Path, default=Path("var"))
    given = parser.parse_args()
    private = contacts_of_members(given.var / "sala.db")
    seen = crawl(given.site, private)
    letters, in_letters = found_in_letters(given.var / "outtray", private)
    print(f"looked for {len(private.emails)} addresses and {len(private.numbers)} numbers of members")
    print(f"read {sum(seen.read.values())} answers ({dict(seen.read)}) and {letters} letters")
    problems = [*seen.found, *in_letters, *(f"failed: {each}" for each in seen.failed)]
    problems += [f"cookie set by {each}" for each in seen.cookies]
    print(f"{len(problems)} problems")
    for problem in problems[:50]:
        print(f"  {problem}")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
