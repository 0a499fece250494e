"""How often a host is asked: one request at a time, with a rest between, and not while it asks to be left alone."""

import threading
import time

from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError

_SLOWEST = 60.0  # a longer Crawl-delay is not waited for: a feed of fifty pages would take an hour


class Pace:
    """The turns of every host, shared by all threads."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._free: dict[str, float] = {}  # when a host may be asked next, by the monotonic clock
        self._delays: dict[str, float] = {}
        self._failed: dict[str, int] = {}  # how often in a row it could not be reached

    def wait(self, host: str) -> None:
        """Wait for the turn of a request to ``host``; FetchError when it is too far off."""
        with self._lock:
            now = time.monotonic()
            start = self._start(host, now)
            self._free[host] = start + self._delay(host)
        if start > now:
            time.sleep(start - now)

    def check(self, host: str) -> None:
        """FetchError when its turn is too far off."""
        with self._lock:
            self._start(host, time.monotonic())

    def down(self, host: str) -> None:
        """Note that it could not be reached; if it never can, it is left alone for a while."""
        with self._lock:
            self._failed[host] = self._failed.get(host, 0) + 1
            failed = self._failed[host]
        if failed >= self._limits.tries:
            self.put_off(host, self._limits.rest)

    def done(self, host: str) -> None:
        """Count the rest from the end of a request, so that a slow host gets it as well."""
        with self._lock:
            self._free[host] = max(self._free.get(host, 0.0), time.monotonic() + self._delay(host))

    def slow(self, host: str, delay: float) -> None:
        """Keep to the Crawl-delay of a host where it is longer than our own."""
        with self._lock:
            self._delays[host] = min(delay, _SLOWEST)

    def up(self, host: str) -> None:
        """Note that it could be reached."""
        with self._lock:
            self._failed.pop(host, None)

    def put_off(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        with self._lock:
            self._free[host] = max(self._free.get(host, 0.0), time.monotonic() + seconds)

    def _start(self, host: str, now: float) -> float:
        start = max(now, self._free.get(host, now))
        if start - now > max(self._limits.patience, self._delay(host) * self._limits.at_once):
            raise FetchError(f"{host}: to be left alone for {_told(start - now)} more", again=True, after=start - now)
        return start

    def _delay(self, host: str) -> float:
        return max(self._limits.delay, self._delays.get(host, 0.0))


def _told(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"
