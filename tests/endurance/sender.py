"""One sender of inquiries: repeats each submission until it sees a 303, and writes down what it saw.

python -m tests.endurance.sender URL CONSORTIUM NUMBER HOW_MANY LOG
"""

import http.cookiejar
import json
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

TRIES = 400
PAUSE = 0.25
BETWEEN = 0.3


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """A 303 is what the sender wants to see; it is not followed."""

    def redirect_request(self, *_given: Any) -> None:
        return None


class Sender:
    """A browser of its own for every inquiry, each from a network of its own."""

    def __init__(self, url: str, consortium: str, number: int, log: Path) -> None:
        self.form = f"{url}/en/{consortium}/inquiry"
        self.number = number
        self.log = log.open("a", encoding="utf-8")

    def send(self, count: int) -> None:
        """Ask once: open the form, post it, and post the same again until the site says 303."""
        jar = http.cookiejar.CookieJar()
        browser = urllib.request.build_opener(NoRedirect, urllib.request.HTTPCookieProcessor(jar))
        browser.addheaders = [("X-Forwarded-For", f"10.{self.number}.{count % 250}.{count // 250 + 1}")]
        mark = f"endurance-{self.number}-{count}"
        fields = self._opened(browser) | {
            "name": "Endurance Buyer",
            "email": f"{mark}@buyer.example",
            "country": "FR",
            "message": f"Three bowls, please. {mark}",
        }
        self._note(mark=mark, location=self._posted(browser, fields))

    def _opened(self, browser: urllib.request.OpenerDirector) -> dict[str, str]:
        for _try in range(TRIES):
            try:
                page = browser.open(self.form, timeout=20).read().decode()
                return {name: _hidden(page, name) for name in ("csrf_token", "submission")}
            except OSError:
                time.sleep(PAUSE)
        raise TimeoutError("the form never opened")

    def _posted(self, browser: urllib.request.OpenerDirector, fields: dict[str, str]) -> str:
        body = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.form, body, {"Referer": self.form})
        for _try in range(TRIES):
            try:
                answer = browser.open(request, timeout=20)
                self._note(status=answer.status)
            except urllib.error.HTTPError as answer:
                if answer.code == 303:
                    return answer.headers["Location"]
                self._note(status=answer.code)
            except OSError as problem:
                self._note(problem=type(problem).__name__)
            time.sleep(PAUSE)
        raise TimeoutError("no 303 came")

    def _note(self, **seen: Any) -> None:
        self.log.write(json.dumps(seen) + "\n")
        self.log.flush()


def _hidden(page: str, name: str) -> str:
    field = next(tag for tag in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in tag)
    return re.search(r'value="([^"]*)"', field)[1]  # type: ignore[index]


def main() -> None:
    """Send what the command line says."""
    url, consortium, number, how_many, log = sys.argv[1:]
    sender = Sender(url, consortium, int(number), Path(log))
    for count in range(int(how_many)):
        sender.send(count)
        time.sleep(BETWEEN)


if __name__ == "__main__":
    main()
