"""Pages are fetched as they are, politely, and with what is needed to show later what was received."""

import re
import socket
import ssl
import threading
import time
from email.utils import formatdate
from pathlib import Path

import msgspec
import pytest
import trustme
from msgspec.structs import replace

from marsad.capture.fetch.client import Client, Validators, get
from marsad.capture.fetch.content import charset, plain
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError
from marsad.errors import InputError
from tests.web import Web, reply, serving

PAGE = "<html><p>قصفت طائرة سوقا في البلدة</p></html>"


def test_a_page_is_kept_as_it_was_received(web: Web, limits: Limits) -> None:
    web.page("/a", PAGE, etag='"v1"')
    found = get(web.url("/a"), limits=limits)
    assert (found.url, found.status, found.media_type) == (web.url("/a"), 200, "text/html")
    assert found.content == PAGE.encode()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found.at)
    assert ("Content-Type", "text/html; charset=utf-8") in found.response_headers
    assert dict(found.request_headers)["User-Agent"] == web.asked[-1].headers["user-agent"] == limits.agent
    assert "httpx" in found.software
    assert charset(found) == "utf-8"


def test_the_headers_that_are_kept_are_those_that_were_sent(web: Web, client: Client) -> None:
    web.page("/a", PAGE)
    found = client.get(web.url("/a"))
    assert {name.lower(): value for name, value in found.request_headers} == web.asked[-1].headers


def test_an_address_in_arabic_is_asked_for_in_ascii(web: Web, client: Client) -> None:
    web.page("/%D8%AE%D8%A8%D8%B1", PAGE)
    assert client.get(web.url("/خبر")).url.endswith("/%D8%AE%D8%A8%D8%B1")


def test_a_redirect_is_followed_and_no_cookie_is_kept(web: Web, client: Client) -> None:
    web.moved("/old", "/new?b=1")
    web.page("/new?b=1", PAGE, set_cookie="id=1")
    assert client.get(web.url("/old#part")).url == web.url("/new?b=1")
    client.get(web.url("/new?b=1"))
    assert "cookie" not in web.asked[-1].headers


def test_a_redirect_to_an_address_in_raw_letters_is_followed(web: Web, client: Client) -> None:
    web.raw("/old", "HTTP/1.1 301 Moved\r\nLocation: /خبر\r\nContent-Length: 0\r\n\r\n".encode())
    web.page("/%D8%AE%D8%A8%D8%B1", PAGE)
    assert client.get(web.url("/old")).content == PAGE.encode()


def test_what_has_not_changed_is_not_sent_again(web: Web, client: Client) -> None:
    def answer(connection: object, request: object) -> None:
        same = request.headers.get("if-none-match") == '"v1"'  # type: ignore[attr-defined]
        status = "304 Not Modified" if same else "200 OK"
        reply(connection, b"" if same else PAGE, status=status, etag='"v1"', last_modified="yes")  # type: ignore[arg-type]

    web.routes["/a"] = answer
    first = client.get(web.url("/a"))
    again = client.get(web.url("/a"), conditional=Validators.of(first))
    assert (again.status, again.content) == (304, b"")
    assert web.asked[-1].headers["if-modified-since"] == "yes"


def test_robots_txt_is_kept_to_and_asked_for_once(web: Web, client: Client) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: marsad\nDisallow: /private\n", kind="text/plain")
    web.page("/open", PAGE)
    web.page("/private/a", PAGE)
    web.moved("/door", "/private/a")
    client.get(web.url("/open"))
    for path in ("/private/a", "/door"):
        with pytest.raises(FetchError, match=r"robots\.txt .* add the file"):
            client.get(web.url(path))
    assert web.paths() == ["/open", "/door"]
    assert [request.path for request in web.asked].count("/robots.txt") == 1


def test_robots_txt_may_be_set_aside_by_a_setting(web: Web, limits: Limits) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /\n", kind="text/plain")
    web.page("/a", PAGE)
    assert get(web.url("/a"), limits=replace(limits, robots=False)).content == PAGE.encode()


def test_where_robots_txt_cannot_be_had_nothing_is_fetched(web: Web, client: Client) -> None:
    web.fails("/robots.txt", "503 Service Unavailable")
    web.page("/a", PAGE)
    with pytest.raises(FetchError, match="not known what it allows") as found:
        client.get(web.url("/a"))
    assert found.value.again
    assert web.paths() == []


@pytest.mark.parametrize("size", [10_000, 3_000_000])
def test_a_robots_txt_without_end_is_cut(web: Web, client: Client, size: int) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /x\n" + "#" * size, kind="text/plain")
    web.page("/a", PAGE)
    assert client.get(web.url("/a")).status == 200


def test_a_robots_txt_full_of_stars_costs_no_time(web: Web, client: Client) -> None:
    web.page("/robots.txt", "User-agent: *\nDisallow: /" + "*a" * 60 + "b\n", kind="text/plain")
    web.page("/" + "a" * 2_000, PAGE)
    assert client.get(web.url("/" + "a" * 2_000)).status == 200


def test_a_host_gets_its_rest_between_two_requests(web: Web, limits: Limits) -> None:
    web.page("/a", PAGE)
    with Client(replace(limits, delay=0.2)) as client:
        start = time.monotonic()
        for _ in range(3):
            client.get(web.url("/a"))
        assert time.monotonic() - start >= 0.4


def test_a_crawl_delay_is_kept_to(web: Web, client: Client) -> None:
    web.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", kind="text/plain")
    web.page("/a", PAGE)
    start = time.monotonic()
    client.get(web.url("/a"))
    client.get(web.url("/a"))
    assert time.monotonic() - start >= 0.3


def test_a_busy_server_is_asked_again_when_it_says(web: Web, limits: Limits) -> None:
    def busy_once(connection: object, request: object) -> None:
        first = web.paths().count("/a") == 1
        status = "429 Too Many Requests" if first else "200 OK"
        reply(connection, PAGE, status=status, retry_after="1")  # type: ignore[arg-type]

    web.routes["/a"] = busy_once
    start = time.monotonic()
    assert get(web.url("/a"), limits=replace(limits, tries=2)).status == 200
    assert time.monotonic() - start >= 1


@pytest.mark.parametrize("value", ["120", formatdate(time.time() + 3_600, usegmt=True)])
def test_a_server_that_wants_a_long_rest_gets_it(web: Web, limits: Limits, value: str) -> None:
    web.fails("/a", "503 Service Unavailable", retry_after=value)
    web.page("/b", PAGE)
    with Client(replace(limits, tries=3)) as client:
        with pytest.raises(FetchError, match="503 Service Unavailable") as found:
            client.get(web.url("/a"))
        assert found.value.again
        assert found.value.after is not None
        assert found.value.after >= 119
        with pytest.raises(FetchError, match=r"left alone for .* more"):
            client.get(web.url("/b"))
    assert web.paths() == ["/a"]


def test_a_fault_of_the_server_is_tried_again_and_a_missing_page_is_not(web: Web, limits: Limits) -> None:
    web.fails("/fault", "500 Internal Server Error")
    with Client(replace(limits, tries=3)) as client:
        for path, tries, again in (("/fault", 3, True), ("/none", 1, False)):
            with pytest.raises(FetchError, match="the server answers") as found:
                client.get(web.url(path))
            assert (web.paths().count(path), found.value.again) == (tries, again)


def test_a_host_that_is_down_is_left_alone(limits: Limits) -> None:
    with serving() as web:
        gone = web.url("/a")
    with Client(replace(limits, tries=2, robots=False)) as client:
        with pytest.raises(FetchError, match="cannot be reached"):
            client.get(gone)
        with pytest.raises(FetchError, match="left alone"):
            client.get(gone)


def test_tls_is_checked(limits: Limits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    for named, reason in (("127.0.0.1", ""), ("elsewhere.example", "IP address mismatch")):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(named).configure_cert(context)
        with serving(tls=context) as web:
            web.page("/a", PAGE)
            if not reason:
                assert get(web.url("/a"), limits=limits).content == PAGE.encode()
                continue
            with pytest.raises(FetchError, match=f"no safe connection: .*{reason}"):
                get(web.url("/a"), limits=limits)


def test_a_server_that_speaks_no_tls_is_told_as_such(limits: Limits) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(
            FetchError, match=r"no safe connection: wrong version number|no safe connection: record layer"
        ):
            get(f"https://127.0.0.1:{listening.getsockname()[1]}/", limits=limits)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.org/a", "only addresses that begin with http"),
        ("file:///etc/passwd", "only addresses that begin with http"),
        ("http://", "only addresses that begin with http"),
        ("javascript:alert(1)", "only addresses that begin with http"),
        ("http://me:secret@example.org/", "name or password"),
        ("http://[::1", "no address of a page"),
        ("http://example.org:99999/", "no address of a page"),
        ("http://example.org/\0", "no address of a page"),
        ("http://" + "a" * 5_000, "characters; refused"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as found:
        get(url)
    assert "secret" not in str(found.value)


@pytest.mark.parametrize(
    "wrong", [{"size": 0}, {"delay": -1}, {"agent": "two\nlines"}, {"allow_private": ["localhost"]}, {"sise": 5}]
)
def test_settings_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises((msgspec.ValidationError, InputError)):
        msgspec.convert(wrong, Limits)


def test_text_is_derived_from_what_was_received(web: Web, client: Client) -> None:
    import gzip

    web.page("/a", gzip.compress(PAGE.encode()), content_encoding="gzip")
    found = client.get(web.url("/a"))
    assert found.content == gzip.compress(PAGE.encode())
    assert plain(found) == PAGE.encode()
