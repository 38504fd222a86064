"""A phone on a slow line that can be cut: every target of the browser is slowed, the service worker as well."""

import json
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, Request

# Slow 3G: latency in ms, bits a second down and up.
LATENCY, DOWN, UP = 300, 700_000, 700_000


@dataclass
class SlowLine:
    """The line of one window; counts what leaves the phone."""

    browser: Browser
    context: BrowserContext
    page: Page
    sent: int = 0
    received: int = 0
    requests: int = 0
    workers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wire = self.context.new_cdp_session(self.page)
        self.wire.send("Network.enable")
        self.everything = self.browser.new_browser_cdp_session()
        self.context.on("requestfinished", self._count)
        self.slow()

    def slow(self) -> None:
        """The line is there, and slow."""
        self.context.set_offline(False)
        self._emulate(is_cut=False)

    def cut(self) -> None:
        """No signal."""
        self._emulate(is_cut=True)
        self.context.set_offline(True)

    def said(self) -> str:
        """What went over it."""
        return f"{self.sent / 1000:.0f} KB sent, {self.received / 1000:.0f} KB received, {self.requests} requests"

    def _emulate(self, *, is_cut: bool) -> None:
        speed = {"offline": is_cut, "latency": LATENCY, "downloadThroughput": DOWN / 8, "uploadThroughput": UP / 8}
        self.wire.send("Network.emulateNetworkConditions", speed)
        for target in self.everything.send("Target.getTargets")["targetInfos"]:
            if target["type"] == "service_worker":
                self._say_to(target["targetId"], "Network.emulateNetworkConditions", speed)

    def _say_to(self, target: str, method: str, given: dict[str, object]) -> None:
        """A word to a target that Playwright has no session for."""
        if target not in self.workers:
            attached = self.everything.send("Target.attachToTarget", {"targetId": target, "flatten": False})
            self.workers[target] = attached["sessionId"]
        session = self.workers[target]
        for number, (verb, params) in enumerate([("Network.enable", {}), (method, given)]):
            message = json.dumps({"id": number, "method": verb, "params": params})
            self.everything.send("Target.sendMessageToTarget", {"sessionId": session, "message": message})

    def _count(self, request: Request) -> None:
        sizes = request.sizes()
        self.sent += sizes["requestHeadersSize"] + sizes["requestBodySize"]
        self.received += sizes["responseHeadersSize"] + sizes["responseBodySize"]
        self.requests += 1
