"""One request over the wire and its answer, within the limits, whatever the server does."""

import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import httpcore
import httpx

from marsad.capture.fetch.guard import Deadline, Guard
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.pace import Pace
from marsad.capture.fetch.problems import FetchError

MOVED = frozenset((301, 302, 303, 307, 308))
_LONGEST = 4_000
_HOST = re.compile(rb"[A-Za-z0-9._-]+|[0-9A-Fa-f:.]+")  # a name or number, or IPv6
_NOT_PLAIN = re.compile(r"[^\x20-\x7e]+")
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one request: headers in their order, the content as it was sent."""

    status: int
    request: Headers
    response: Headers
    content: bytes = b""

    def header(self, name: str) -> str:
        """The first of a name in lower case; empty where there is none."""
        return next((value for key, value in self.response if key.lower() == name), "")

    @property
    def moved(self) -> str:
        """Where it sends to."""
        return self.header("location") if self.status in MOVED else ""


def address(url: str, *, base: httpx.URL | None = None) -> httpx.URL:
    """An address that can be fetched, without its fragment; FetchError for one that cannot."""
    try:
        url = url.strip().encode("latin-1").decode("utf-8") if base else url.strip()
    except UnicodeError:
        url = url.strip()
    shown = _NOT_PLAIN.sub("?", url[:200])
    try:
        if len(url) > _LONGEST:
            raise FetchError(f"{shown}...: an address of {len(url):,} characters; refused")
        found = (base.join(url) if base else httpx.URL(url)).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(f"{shown}: no address of a page: {error}") from None
    if found.scheme not in ("http", "https") or not found.host:
        raise FetchError(f"{shown}: only addresses that begin with http:// or https:// are fetched")
    if not _HOST.fullmatch(found.raw_host) or not 0 < (found.port or 80) < 65_536:
        raise FetchError(f"{shown}: no address of a page: no such host or port can be")
    if found.userinfo:
        raise FetchError(
            f"{found.host}: the address holds a name or password, which would be kept in the record; refused"
        )
    return found


class Wire:
    """The connections of one run; threads may share it."""

    def __init__(self, limits: Limits, pace: Pace) -> None:
        self._limits, self._pace = limits, pace
        self._deadline = Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=4 * limits.at_once,
            max_keepalive_connections=2 * limits.at_once,
            keepalive_expiry=30.0,
            network_backend=Guard(limits, self._deadline),
        )

    def close(self) -> None:
        """Close what connections are open."""
        self._pool.close()

    def ask(self, url: httpx.URL, headers: Headers, *, seconds: float, most: int, cut: bool = False) -> Answer:
        """One GET in at most so many ``seconds``; of more than ``most`` bytes the rest is ``cut``, else FetchError."""
        headers = (("Host", url.netloc.decode("ascii")), ("User-Agent", self._limits.agent), *headers)
        self._deadline.at = time.monotonic() + seconds
        steps = dict.fromkeys(("connect", "read", "write", "pool"), min(self._limits.silence, max(seconds, 0.001)))
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        sent = [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers]
        with (
            self._explained(url),
            self._pool.stream("GET", target, headers=sent, extensions={"timeout": steps}) as response,
        ):
            self._pace.up(url.host)
            received = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers)
            answer = Answer(response.status, headers, received)
            if answer.moved or response.status == 304:
                return answer
            return replace(answer, content=_body(url, response, answer, most=most, cut=cut))

    @contextmanager
    def _explained(self, url: httpx.URL) -> Iterator[None]:
        """What goes wrong with a connection, as a FetchError in plain words; a host that is down is left alone."""
        rest = self._limits.rest
        try:
            yield
        except httpcore.ConnectTimeout:
            self._pace.put_off(url.host, rest)
            raise FetchError(f"{url}: {url.host} does not answer", again=True, after=rest) from None
        except httpcore.TimeoutException:
            if time.monotonic() >= self._deadline.at:
                raise FetchError(f"{url}: not all there when its time was up", again=True, after=rest) from None
            raise FetchError(f"{url}: nothing came for {self._limits.silence:g} s", again=True) from None
        except httpcore.ConnectError as error:
            if isinstance(error.__context__, ssl.SSLError):
                self._pace.put_off(url.host, rest)
                raise FetchError(f"{url}: no safe connection: {_tls(error)}", again=True, after=rest) from None
            self._pace.down(url.host)
            raise FetchError(f"{url}: cannot be reached: {error}", again=True) from None
        except httpcore.ProtocolError as error:
            raise FetchError(f"{url}: its answer is no sound HTTP: {error}", again=True) from None
        except (httpcore.NetworkError, OSError) as error:
            raise FetchError(f"{url}: the connection broke: {error}", again=True) from None


def _body(url: httpx.URL, response: httpcore.Response, answer: Answer, *, most: int, cut: bool) -> bytes:
    """The content, chunks put together and nothing else undone."""
    said = answer.header("content-length")
    large = FetchError(f"{url}: more than {most / 1_000_000:g} MB; if that is meant, raise the limits size or feed")
    if said.isdecimal() and int(said) > most and not cut:
        raise large
    parts, size = [], 0
    for part in response.iter_stream():
        parts.append(part)
        size += len(part)
        if size > most:
            if cut:
                break
            raise large
    return b"".join(parts)[:most]


def _tls(error: Exception) -> str:
    """The reason in the words of OpenSSL, without its ciphers."""
    if found := re.search(r"certificate verify failed: (.+?)(?: \(_ssl|$)", str(error)):
        return found[1]
    found = re.search(r"\[SSL: (\w+)\]", str(error))
    return found[1].replace("_", " ").lower() if found else str(error)
