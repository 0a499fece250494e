"""What a site asks of programs: robots.txt, as RFC 9309 has it."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.pace import Pace
from marsad.capture.fetch.problems import FetchError

MOST = 512_000
_A_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class _Rules:
    parsed: Protego
    until: float


class Robots:
    """The rules of each site, asked for once a day; ``read`` gives the text at an address, or nothing."""

    def __init__(self, limits: Limits, pace: Pace, *, read: Callable[[httpx.URL], bytes]) -> None:
        self._limits, self._pace, self._read = limits, pace, read
        self._known: dict[str, _Rules] = {}

    def check(self, url: httpx.URL) -> None:
        """FetchError where the site asks programs not to fetch this address, or where its rules cannot be had."""
        if not self._limits.robots:
            return
        site = f"{url.scheme}://{url.netloc.decode('ascii')}"
        rules = self._known.get(site)
        if rules is None or rules.until < time.monotonic():
            rules = self._known[site] = self._rules(url)
        if not rules.parsed.can_fetch(str(url), self._limits.robot):
            raise FetchError(
                f"{url}: the robots.txt of {url.host} asks programs not to fetch it; save the page in a browser and "
                "add the file",
                again=True,
                after=_A_DAY,
            )

    def _rules(self, url: httpx.URL) -> _Rules:
        text = self._read(url.copy_with(raw_path=b"/robots.txt", fragment=None)).decode("utf-8", "replace")
        parsed = Protego.parse(text)
        delay = parsed.crawl_delay(self._limits.robot)
        if delay is not None:
            self._pace.slow(url.host, float(delay))
        return _Rules(parsed, time.monotonic() + _A_DAY)
