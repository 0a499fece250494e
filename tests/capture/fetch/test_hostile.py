"""Whatever a server does, it ends in one error, soon and in little memory."""

import gzip
import resource
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress

import brotli
import pytest

from marsad.capture.fetch.client import Client
from marsad.capture.fetch.problems import FetchError
from tests.web import Request, Web, reply, serving

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
ZEROS = bytes(1_000_000)


def refused(client: Client, url: str, reason: str) -> FetchError:
    """The error for ``url``, which comes before long."""
    start = time.monotonic()
    with pytest.raises(FetchError, match=reason) as found:
        client.get(url)
    assert time.monotonic() - start < 10
    return found.value


def test_a_large_body_is_refused_by_what_it_says_of_itself(web: Web, client: Client) -> None:
    web.raw("/a", OK + b"Content-Length: 2000000000\r\n\r\n")
    refused(client, web.url("/a"), r"more than 0\.2 MB")


@pytest.mark.parametrize("chunked", [True, False])
def test_a_body_of_two_gigabytes_is_not_read(web: Web, client: Client, chunked: bool) -> None:
    sent = 0

    def send(connection: socket.socket, request: Request) -> None:
        nonlocal sent
        connection.sendall(OK + (b"Transfer-Encoding: chunked\r\n\r\n" if chunked else b"\r\n"))
        part = b"f4240\r\n" + ZEROS + b"\r\n" if chunked else ZEROS
        with suppress(OSError):
            while sent < 2_000_000_000:
                connection.sendall(part)
                sent += len(part)
        connection.close()

    web.routes["/a"] = send
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused(client, web.url("/a"), r"more than 0\.2 MB")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000
    assert sent < 100_000_000


def gzipped() -> Iterator[bytes]:
    """A hundred megabytes of noughts as gzip, in parts."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield from (packer.compress(ZEROS) for _ in range(100))
    yield packer.flush()


def deflated() -> Iterator[bytes]:
    """The same, without a header."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    yield from (packer.compress(ZEROS) for _ in range(100))
    yield packer.flush()


def squeezed() -> Iterator[bytes]:
    """The same as brotli."""
    packer = brotli.Compressor(quality=5)
    yield from (packer.process(ZEROS) for _ in range(100))
    yield packer.finish()


def packed_twice() -> Iterator[bytes]:
    """The same as gzip in gzip."""
    yield gzip.compress(b"".join(gzipped()), 9)


@pytest.mark.parametrize(
    ("encoding", "parts"),
    [("gzip", gzipped), ("deflate", deflated), ("br", squeezed), ("gzip, gzip", packed_twice)],
    ids=["gzip", "deflate", "br", "twice"],
)
def test_a_bomb_is_not_unpacked(web: Web, client: Client, encoding: str, parts: Callable[[], Iterator[bytes]]) -> None:
    bomb = b"".join(parts())
    assert len(bomb) < 200_000, "the bomb itself is small"
    web.page("/a", bomb, content_encoding=encoding)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused(client, web.url("/a"), "refused as a bomb")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_many_small_gzip_files_in_one_are_a_bomb_too(web: Web, client: Client) -> None:
    web.page("/a", gzip.compress(b"") * 5_000, content_encoding="gzip")
    refused(client, web.url("/a"), "refused as a bomb")


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("gzip", b"no gzip at all", "broken or cut off"),
        ("gzip", gzip.compress(b"<p>cut off</p>" * 100)[:-12], "broken or cut off"),
        ("br", b"no brotli at all", "broken or cut off"),
        ("br", brotli.compress(b"<p>cut off</p>" * 1000)[:-3], "broken or cut off"),
        ("deflate", b"\xff\xff\xff", "broken or cut off"),
        ("zstd", b"(\xb5/\xfd", "packed in a way that is not known here"),
        ("gzip, gzip, gzip, gzip", b"x", "packed 4 times over"),
        ("identity", b"  \r\n ", "an empty page"),
        ("gzip", b"", "an empty page"),
    ],
)
def test_what_cannot_be_unpacked_is_told(web: Web, client: Client, encoding: str, body: bytes, reason: str) -> None:
    web.page("/a", body, content_encoding=encoding)
    refused(client, web.url("/a"), reason)


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", OK + b"\r\n<html>"], ids=["first", "header", "body"]
)
def test_a_slow_drip_ends_when_its_time_is_up(web: Web, client: Client, start: bytes) -> None:
    def drip(connection: socket.socket, request: Request) -> None:
        connection.sendall(start)
        with suppress(OSError):
            for _ in range(200):
                connection.sendall(b"H")
                time.sleep(0.1)

    web.routes["/a"] = drip
    assert refused(client, web.url("/a"), "not all there when its time was up|no sound HTTP").again


def test_answers_that_announce_an_answer_without_end_end_as_well(web: Web, client: Client) -> None:
    def announce(connection: socket.socket, request: Request) -> None:
        with suppress(OSError):
            for _ in range(200):
                connection.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n")
                time.sleep(0.05)

    web.routes["/a"] = announce
    refused(client, web.url("/a"), "not all there")


def test_a_server_that_says_nothing_is_left(web: Web, client: Client) -> None:
    web.routes["/a"] = lambda connection, request: time.sleep(3)
    assert refused(client, web.url("/a"), "nothing came for 1 s").again


def test_a_server_that_takes_no_tls_handshake_is_left(client: Client) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        refused(client, f"https://127.0.0.1:{silent.getsockname()[1]}/", "does not answer|nothing came")


@pytest.mark.parametrize(
    "answer",
    [
        b"this is no HTTP\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",
        OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n",
        OK + b"Content-Length: 500\r\n\r\ntoo short",
        OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
        OK + b"Content-Length: -5\r\n\r\nabc",
        OK + b"X: " + b"a" * 500_000 + b"\r\n\r\n",
        OK + b"X\x00: a\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50_000 + b"\r\n",
        b"",
    ],
    ids=["words", "chunks", "cut", "size", "short", "twice", "negative", "header", "nul", "headers", "nothing"],
)
def test_a_broken_answer_is_told_as_such(web: Web, client: Client, answer: bytes) -> None:
    web.raw("/a", answer)
    refused(client, web.url("/a"), "no sound HTTP|the connection broke")


def test_redirects_in_a_circle_end(web: Web, client: Client) -> None:
    web.moved("/a", "/b")
    web.moved("/b", "/a")
    web.moved("/self", "/self")
    refused(client, web.url("/a"), "in a circle")
    refused(client, web.url("/self"), "in a circle")


def test_redirects_without_end_end(web: Web, client: Client) -> None:
    for number in range(10):
        web.moved(f"/{number}", f"/{number + 1}")
    refused(client, web.url("/0"), "more than 3 redirects")
    assert len(web.paths()) == 4


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "http://[", "http://a:b@127.0.0.1/"])
def test_a_redirect_to_no_page_is_refused(web: Web, client: Client, target: str) -> None:
    web.moved("/a", target)
    refused(client, web.url("/a"), "no address of a page|only addresses that begin|name or password")


@pytest.mark.parametrize(
    "host", ["127.0.0.2", "[::ffff:127.0.0.2]", "127.0.2", "2130706434", "0x7f000002", "0177.0.0.2"]
)
def test_a_redirect_into_a_private_network_is_refused(web: Web, client: Client, host: str) -> None:
    with serving(host="127.0.0.2") as inner:
        inner.page("/secret", "secret")
        web.moved("/a", f"http://{host}:{inner.port}/secret")
        refused(client, web.url("/a"), "is no address of the public internet|no address of a page")
        assert not inner.asked


def test_a_robots_txt_does_not_lead_into_a_private_network_either(web: Web, client: Client) -> None:
    with serving(host="127.0.0.2") as inner:
        web.moved("/robots.txt", inner.url("/secret"))
        web.page("/a", "<p>page</p>")
        refused(client, web.url("/a"), "is no address of the public internet")
        assert not inner.asked


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("video/mp4", b"\0\0\0\x20ftyp", "this is video/mp4"),
        ("application/octet-stream", b"\0\1\2", "this is application/octet-stream"),
        ("text/html", b"\x89PNG\r\n\x1a\n", "it is no text"),
        ("text/plain", b"PK\x03\x04", "it is no text"),
        ("application/json", b"{}", "this is application/json"),
        ("", b"\x7fELF", "this is application/octet-stream"),
    ],
)
def test_what_is_no_page_is_refused(web: Web, client: Client, kind: str, body: bytes, reason: str) -> None:
    web.page("/a", body, kind=kind)
    assert not refused(client, web.url("/a"), reason).again


@pytest.mark.parametrize(
    ("kind", "body", "known"),
    [
        ("", b"<!doctype html><p>a", "text/html"),
        ("application/octet-stream", b"\xef\xbb\xbf <html>", "text/html"),
        ("text/html", b"%PDF-1.7 ...", "application/pdf"),
        ("TEXT/HTML ; charset=x", b"<p>a", "text/html"),
        ("application/xhtml+xml", b"<html/>", "application/xhtml+xml"),
    ],
)
def test_a_page_is_known_by_what_it_is(web: Web, client: Client, kind: str, body: bytes, known: str) -> None:
    web.page("/a", body, kind=kind)
    assert client.get(web.url("/a")).media_type == known


@pytest.mark.parametrize(
    "status", ["100 Continue", "204 No Content", "206 Partial", "300 Many", "304 Same", "999 What"]
)
def test_a_status_that_brings_no_page_is_told(web: Web, client: Client, status: str) -> None:
    web.routes["/a"] = lambda connection, request: reply(connection, b"", status=status)
    refused(client, web.url("/a"), "the server answers|nothing came|no sound HTTP|not all there")


def test_the_connection_is_as_good_as_new_after_each_of_these(web: Web, client: Client) -> None:
    web.raw("/broken", OK + b"Content-Length: 500\r\n\r\ntoo short")
    web.page("/large", bytes(500_000))
    web.page("/a", "<p>page</p>")
    for path in ("/broken", "/large") * 20:
        refused(client, web.url(path), "more than|no sound HTTP")
        assert client.get(web.url("/a")).content == b"<p>page</p>"
