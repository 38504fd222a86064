"""A part that is away for a while: said once, left alone for some seconds, and said once when it is back."""

import logging
import time
from dataclasses import dataclass

REST_SECONDS = 3.0


@dataclass
class Outage:
    """Whether a part is away. `what` names it in the log; `now` is a clock that only goes forward."""

    what: str
    rest_seconds: float = REST_SECONDS
    is_on: bool = False
    until: float = 0.0

    @property
    def is_resting(self) -> bool:
        """Whether it is too early to try again: every try costs a visitor the time-out."""
        return self.is_on and time.monotonic() < self.until

    def begin(self, fault: Exception) -> None:
        """It did not answer."""
        self.until = time.monotonic() + self.rest_seconds
        if not self.is_on:
            self.is_on = True
            logging.getLogger("sala.pagecache").warning("%s is away, pages are rendered: %s", self.what, fault)

    def end(self) -> None:
        """It answered."""
        if self.is_on:
            self.is_on = False
            logging.getLogger("sala.pagecache").warning("%s is back", self.what)
