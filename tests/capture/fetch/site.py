"""A news site of our own: a feed, and the pages that it tells of."""

import hashlib
import socket
from dataclasses import dataclass, field

from tests.web import Request, Web, reply


@dataclass
class Site:
    """Pages by path, and their feed at ``/feed``; both answer conditional requests."""

    web: Web
    pages: dict[str, str] = field(default_factory=dict)
    updated: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.web.routes["/feed"] = self._feed

    @property
    def feed(self) -> str:
        """The address of the feed."""
        return self.web.url("/feed")

    def write(self, *paths: str, text: str = "قصفت طائرة سوقا", updated: str = "2016-06-21T10:00:00Z") -> None:
        """Put pages on the site and into the feed."""
        for path in paths:
            self.pages[path] = f"<html><body><h1>خبر {path}</h1><p>{text} {path}</p></body></html>"
            self.updated[path] = updated
            self.web.routes[path] = self._page

    def _page(self, connection: socket.socket, request: Request) -> None:
        _conditional(connection, request, self.pages[request.path], "text/html; charset=utf-8")

    def _feed(self, connection: socket.socket, request: Request) -> None:
        entries = "".join(
            f"<entry><title>خبر {path}</title><link href='{path}'/><published>2016-06-21T08:00:00Z</published>"
            f"<updated>{updated}</updated></entry>"
            for path, updated in self.updated.items()
        )
        feed = f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>{entries}</feed>"
        _conditional(connection, request, feed, "application/atom+xml")


def _conditional(connection: socket.socket, request: Request, body: str, kind: str) -> None:
    etag = f'"{hashlib.sha256(body.encode()).hexdigest()[:12]}"'
    if request.headers.get("if-none-match") == etag:
        reply(connection, b"", status="304 Not Modified", kind=kind, etag=etag)
    else:
        reply(connection, body, kind=kind, etag=etag)
