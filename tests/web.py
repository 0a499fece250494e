"""A web server of our own on loopback, that behaves as well or as badly as a test asks for."""

import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
Handler = Callable[[socket.socket, "Request"], None]


@dataclass(frozen=True)
class Request:
    """What a client asked."""

    path: str
    headers: dict[str, str]


@dataclass
class Web:
    """A running server: ``routes`` by path, and what was asked so far."""

    port: int
    scheme: str = "http"
    host: str = LOOPBACK
    routes: dict[str, Handler] = field(default_factory=dict)
    asked: deque[Request] = field(default_factory=deque)

    def url(self, path: str) -> str:
        """The address of a path."""
        return f"{self.scheme}://{self.host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, less robots.txt."""
        return [request.path for request in self.asked if request.path != "/robots.txt"]

    def page(self, path: str, body: str | bytes, *, kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        """Serve this at a path."""
        self.routes[path] = lambda connection, request: reply(connection, body, kind=kind, **headers)

    def moved(self, path: str, target: str, *, status: str = "302 Found") -> None:
        """Send from a path to another address."""
        self.routes[path] = lambda connection, request: reply(connection, b"", status=status, location=target)

    def fails(self, path: str, status: str, **headers: str) -> None:
        """Answer with an error."""
        self.routes[path] = lambda connection, request: reply(connection, b"no", status=status, **headers)

    def raw(self, path: str, *parts: bytes) -> None:
        """Send these bytes and close the connection."""

        def send(connection: socket.socket, request: Request) -> None:
            for part in parts:
                connection.sendall(part)
            connection.shutdown(socket.SHUT_RDWR)

        self.routes[path] = send


def reply(
    connection: socket.socket, body: str | bytes, *, status: str = "200 OK", kind: str = "text/html", **headers: str
) -> None:
    """An answer as HTTP/1.1 has it; headers with ``_`` for ``-``."""
    content = body.encode() if isinstance(body, str) else body
    named = {"content_type": kind, "content_length": str(len(content)), **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-').title()}: {value}" for name, value in named.items())]
    connection.sendall("\r\n".join([*lines, "", ""]).encode() + content)


@contextmanager
def serving(*, host: str = LOOPBACK, tls: ssl.SSLContext | None = None) -> Iterator[Web]:
    """A server on a free port, with a thread for each connection."""
    with socket.create_server((host, 0)) as listening:
        web = Web(listening.getsockname()[1], "https" if tls else "http", host)
        threading.Thread(target=_accept, args=(listening, web, tls), daemon=True).start()
        try:
            yield web
        finally:
            listening.shutdown(socket.SHUT_RDWR)  # or the thread would accept one more


def _accept(listening: socket.socket, web: Web, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listening.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_talk, args=(connection, web, tls), daemon=True).start()


def _talk(connection: socket.socket, web: Web, tls: ssl.SSLContext | None) -> None:
    with suppress(OSError, ValueError), connection:
        talking = tls.wrap_socket(connection, server_side=True) if tls else connection
        with talking, talking.makefile("rb") as received:
            while request := _request(received.readline):
                web.asked.append(request)
                web.routes.get(request.path, _not_there)(talking, request)


def _request(line: Callable[[], bytes]) -> Request | None:
    first = line().split()
    if not first:
        return None
    headers = {}
    while read := line().strip():
        name, _, value = read.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return Request(first[1].decode("latin-1"), headers)


def _not_there(connection: socket.socket, request: Request) -> None:
    reply(connection, b"none here", status="404 Not Found", kind="text/plain")
