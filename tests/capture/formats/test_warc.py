"""Web archives: the article of each page, whatever its transfer; bombs and damage are errors."""

import gzip
import io
import zipfile
import zlib
from uuid import uuid4

import pytest

from marsad.capture.base import Item, Notice, Source
from marsad.capture.formats import wacz, warc
from marsad.errors import InputError
from marsad.model import Document
from tests.pages.render import Page, pages

Entry = tuple[str, str, bytes, dict[str, str]]


def record(kind: str, url: str, media: str, body: bytes) -> bytes:
    """One WARC record."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\nWARC-Date: 2015-06-05T04:03:02Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def archive(*entries: Entry, gzipped: bool = True) -> bytes:
    """A WARC of responses: address, media type, body, further headers."""
    records = [record("warcinfo", "", "application/warc-fields", b"software: tests\r\n")]
    for url, media, body, headers in entries:
        lines = [f"Content-Type: {media}", *(f"{name}: {value}" for name, value in headers.items())]
        http = "\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode()
        records.append(record("response", url, "application/http; msgtype=response", http + body))
    return b"".join(map(gzip.compress, records) if gzipped else records)


def items(data: bytes, name: str = "a.warc.gz") -> list[Item]:
    return list(warc.read(Source(name, io.BytesIO(data))))


def page(start: str) -> Page:
    return next(page for page in pages() if page.name.startswith(start))


def entry(found: Page, body: bytes | None = None, **headers: str) -> Entry:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ("http://example.org/2015/a", "text/html", found.html if body is None else body, named)


AGENCY, OLD = page("agency"), page("oldtables")


@pytest.mark.parametrize("gzipped", [True, False])
def test_pages_are_read_and_the_rest_is_counted(gzipped: bool) -> None:
    picture = ("http://example.org/a.png", "image/png", b"\x89PNG", {})
    empty = ("http://example.org/", "text/html", b"<html><body><nav>x</nav></body></html>", {})
    first, second, *notices = items(archive(entry(AGENCY), picture, entry(OLD), empty, gzipped=gzipped))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.title, first.published) == (AGENCY.title, AGENCY.published)
    assert (second.title, second.published) == (OLD.title, OLD.published)
    assert first.about["url"] == "http://example.org/2015/a"
    assert first.about["archived"] == "2015-06-05T04:03:02Z"
    assert first.origin == "a.warc.gz, record 2 (http://example.org/2015/a)"
    assert [notice.message for notice in notices if isinstance(notice, Notice)] == [
        "a.warc.gz: 1 pages without an article left out; the first: record 5 (http://example.org/): "
        "no article found in this page; save its text as .txt",
        "a.warc.gz: 1 records that are no pages left out (pictures, styles, errors)",
    ]


@pytest.mark.parametrize(
    "response",
    [
        entry(AGENCY, gzip.compress(AGENCY.html), Content_Encoding="gzip"),
        entry(AGENCY, zlib.compress(AGENCY.html), Content_Encoding="deflate"),
        entry(AGENCY, AGENCY.html, Content_Encoding="gzip"),
        entry(
            AGENCY,
            b"%x\r\n%s\r\n%x;x=1\r\n%s\r\n0\r\n\r\n"
            % (100, AGENCY.html[:100], len(AGENCY.html) - 100, AGENCY.html[100:]),
            Transfer_Encoding="chunked",
        ),
    ],
    ids=["gzip", "deflate", "said to be gzip", "chunked"],
)
def test_transfers_are_undone(response: Entry) -> None:
    (document,) = items(archive(response))
    assert isinstance(document, Document)
    assert document.title == AGENCY.title


def test_bombs_in_a_page_lose_that_page_only() -> None:
    bomb = gzip.compress(b"<p>" + b" " * 300_000_000)
    document, notice = items(archive(entry(AGENCY, bomb, Content_Encoding="gzip"), entry(AGENCY)))
    assert isinstance(document, Document)
    assert isinstance(notice, Notice)
    assert "unpacks to more than 8 MB" in notice.message


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no records"),
        (b"no archive\n" * 20, "damaged web archive"),
        (gzip.compress(b"WARC/1.0\r\nWARC-Type: " + b"a" * 60_000_000), "unpacks to more than"),
        (gzip.compress(b"\0" * 60_000_000), "a.warc.gz"),
        (b"\x1f\x8bnot gzip at all", "damaged gzip"),
    ],
    ids=["empty", "text", "endless header", "zeros", "no gzip"],
)
def test_what_cannot_be_read_is_named(data: bytes, words: str) -> None:
    with pytest.raises(InputError) as raised:
        items(data)
    assert words in str(raised.value)


def test_a_record_of_another_length_than_it_says_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    good = archive(entry(AGENCY), gzipped=False)
    found = items(good.replace(b"software: tests\r\n", b"software: tests of another length\r\n"))
    assert any(isinstance(item, Notice) and "longer or shorter than they say" in item.message for item in found)
    assert capsys.readouterr().err == ""


def test_a_cut_archive_gives_what_it_has() -> None:
    data = archive(entry(AGENCY), entry(OLD))
    found: list[Item] = []
    try:
        for item in warc.read(Source("a.warc.gz", io.BytesIO(data[:-200]))):
            found.append(item)
    except InputError:
        pass
    assert isinstance(found[0], Document)


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as collection:
        for name, data in members:
            collection.writestr(name, data)
    return out.getvalue()


def test_wacz() -> None:
    data = zipped(("datapackage.json", b"{}"), ("archive/data.warc.gz", archive(entry(AGENCY))))
    (document,) = list(wacz.read(Source("a.wacz", io.BytesIO(data))))
    assert isinstance(document, Document)
    assert document.title == AGENCY.title
    assert document.origin.startswith("a.wacz, archive/data.warc.gz, record 2")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged archive"),
        (zipped(("a.txt", b"x")), "no WARC file in it"),
        (zipped(("archive/a.warc", b"a" * 60_000_000)), "unpacks to more than Marsad reads"),
        (zipped(*((f"archive/{n}", b"") for n in range(20_001))), "20,001 files in one archive"),
    ],
    ids=["empty", "no archive", "bomb", "many"],
)
def test_a_wacz_that_cannot_be_read_is_named(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=r"^a\.wacz") as raised:
        list(wacz.read(Source("a.wacz", io.BytesIO(data))))
    assert words in str(raised.value)
