"""Fetching one page: its turn, its robots.txt, its redirects, within the limits, to what was received."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import NamedTuple, Self

from marsad.capture.base import now
from marsad.capture.fetch.content import header, media_type, plain
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.pace import Pace
from marsad.capture.fetch.problems import FetchError, missing_extra
from marsad.model import Captured
from marsad.version import __version__

try:
    import httpx

    from marsad.capture.fetch.robots import MOST, Robots
    from marsad.capture.fetch.wire import Answer, Headers, Wire, address
except ImportError as error:
    raise missing_extra(error.name) from None

_SOFTWARE = f"marsad {__version__} (httpx {httpx.__version__})"
_LATER = frozenset((403, 408, 425, 429))  # what may go well another time, besides the faults of 500 and above
_BUSY = frozenset((429, 503))
_LONGEST_WAIT = 7 * 86_400.0


class Wanted(NamedTuple):
    """What is asked for: ``kinds`` are the media types that are taken, all where there are none."""

    accept: str
    kinds: tuple[str, ...] = ()
    feed: bool = False


PAGE = Wanted(
    accept="text/html,application/xhtml+xml;q=0.9,application/pdf;q=0.8,text/plain;q=0.7,*/*;q=0.1",
    kinds=(
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
)
FEED = Wanted(
    accept="application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.1", feed=True
)


class Validators(NamedTuple):
    """What a server said of the version that we have: its ``ETag`` and ``Last-Modified``."""

    etag: str = ""
    modified: str = ""

    @classmethod
    def of(cls, captured: Captured) -> Self:
        """Those of an answer."""
        return cls(header(captured, "etag")[:1_000], header(captured, "last-modified")[:100])

    @property
    def headers(self) -> Headers:
        """As a request puts them."""
        named = (("If-None-Match", self.etag), ("If-Modified-Since", self.modified))
        return tuple((name, value) for name, value in named if value)


class Client:
    """Fetches the pages of one run: connections, turns and robots.txt are kept between them; threads may share it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._pace = Pace(self.limits)
        self._wire = Wire(self.limits, self._pace)
        self._robots = Robots(self.limits, self._pace, read=self._robots_txt)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close what connections are open."""
        self._wire.close()

    def get(self, url: str, *, conditional: Validators | None = None, wanted: Wanted = PAGE) -> Captured:
        """The page at ``url``, with status 304 and no content where it is as ``conditional`` says; else FetchError."""
        found = address(url)
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._follow(found, conditional or Validators(), wanted)
            except FetchError as error:
                if not error.again or error.after is not None or attempt >= self.limits.tries:
                    raise
            time.sleep(min(self.limits.backoff * 2 ** (attempt - 1), self.limits.patience))

    def _follow(self, url: httpx.URL, conditional: Validators, wanted: Wanted) -> Captured:
        """The answer at the end of the redirects; the requests together take at most ``limits.total``."""
        left, seen = self.limits.total, {url}
        further = (
            ("Accept", wanted.accept),
            ("Accept-Language", "ar,en;q=0.8,*;q=0.5"),
            ("Accept-Encoding", "gzip"),
            *conditional.headers,
        )
        most = self.limits.feed if wanted.feed else self.limits.size
        while True:
            self._pace.check(url.host)
            self._robots.check(url)
            self._pace.wait(url.host)
            start = time.monotonic()
            try:
                answer = self._wire.ask(url, further, seconds=left, most=most)
            finally:
                self._pace.done(url.host)
            left -= time.monotonic() - start
            if not answer.moved:
                return self._captured(url, answer, wanted)
            url = self._next(url, answer, seen)

    def _next(self, url: httpx.URL, answer: Answer, seen: set[httpx.URL]) -> httpx.URL:
        """Where a redirect leads; FetchError for one that goes in a circle, or on and on."""
        target = address(answer.moved, base=url)
        if target in seen:
            raise FetchError(f"{target}: sends in a circle of redirects")
        if len(seen) > self.limits.redirects:
            raise FetchError(f"{target}: more than {self.limits.redirects} redirects, one after the other")
        seen.add(target)
        return target

    def _captured(self, url: httpx.URL, answer: Answer, wanted: Wanted) -> Captured:
        """What was received, once it is known that it can be used; FetchError."""
        self._refuse(url, answer)
        captured = Captured(
            url=str(url),
            at=now(),
            content=answer.content,
            status=answer.status,
            request_headers=answer.request,
            response_headers=answer.response,
            software=_SOFTWARE,
        )
        if answer.status == 304:
            return captured
        content = plain(captured, self.limits)
        if not content.strip():
            raise FetchError(f"{url}: an empty page", again=True)
        kind = media_type(captured, content)
        if wanted.kinds and kind not in wanted.kinds:
            raise FetchError(f"{url}: this is {kind}; pages, plain text, PDF and Word files are taken")
        return replace(captured, media_type=kind)

    def _refuse(self, url: httpx.URL, answer: Answer) -> None:
        """FetchError for an answer that is no page."""
        status = answer.status
        if status == 200 or (status == 304 and any(name.startswith("If-") for name, _ in answer.request)):
            return
        after = _retry_after(answer.header("retry-after")) if status in _BUSY else None
        if after is not None and after <= self.limits.patience:
            self._pace.put_off(url.host, after)
            after = None  # the wait for its turn is the wait that it asks for
        elif after is not None or status in (403, 429):
            after = after or self.limits.rest
            self._pace.put_off(url.host, after if status in _BUSY else 0.0)
        raise FetchError(
            f"{url}: the server answers {status} {_phrase(status)}".rstrip(),
            again=status in _LATER or status >= 500,
            after=after,
        )

    def _robots_txt(self, url: httpx.URL) -> bytes:
        """The text of a robots.txt: none where the site has none; FetchError where that cannot be told."""
        left = self.limits.total
        for _ in range(6):
            start = time.monotonic()
            answer = self._wire.ask(url, (("Accept", "text/plain,*/*;q=0.1"),), seconds=left, most=MOST, cut=True)
            left -= time.monotonic() - start
            if not answer.moved:
                break
            url = address(answer.moved, base=url)
        if answer.status >= 500 or answer.status == 429:
            raise FetchError(
                f"{url}: the server answers {answer.status} {_phrase(answer.status)}, so that it is not known what it "
                "allows; nothing is fetched from it meanwhile",
                again=True,
                after=_retry_after(answer.header("retry-after")) or self.limits.rest,
            )
        return answer.content if answer.status == 200 else b""


def get(
    url: str, *, limits: Limits | None = None, client: Client | None = None, conditional: Validators | None = None
) -> Captured:
    """The page at ``url``, by a ``client`` kept for several pages, which has limits of its own, or by a new one."""
    if client is not None:
        return client.get(url, conditional=conditional)
    with Client(limits) as one:
        return one.get(url, conditional=conditional)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _retry_after(value: str) -> float | None:
    """The seconds that ``Retry-After`` asks for, as a number or a date, a week at most."""
    value = value.strip()
    if value.isdecimal() and len(value) < 10:
        return min(float(value), _LONGEST_WAIT)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return min(max((then - datetime.now(UTC)).total_seconds(), 0.0), _LONGEST_WAIT)
