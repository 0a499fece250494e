"""What a feed holds, and the file that lists feeds."""

import time
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from marsad.capture.fetch.feeds import Entry, entries, load
from marsad.capture.fetch.problems import FetchError
from marsad.errors import InputError
from marsad.model import Captured

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>وكالة</title><link>https://agency.example/</link>
<item><title>قصف على  سوق</title><link>https://agency.example/1?a=1&amp;b=2#top</link>
<pubDate>Tue, 21 Jun 2016 22:30:00 +0300</pubDate></item>
<item><title>خبر</title><link>/2</link></item>
<item><title>again</title><link>https://agency.example/2</link></item>
<item><title>no page</title><link>mailto:desk@agency.example</link></item>
<item><title>broken</title><link>http://[</link></item>
<item><title>none</title></item>
<item><title>year</title><link>https://agency.example/3</link><pubDate>Tue, 21 Jun 0016 22:30:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Agency</title>
<entry><title>A</title><link rel="alternate" href="https://agency.example/a"/><link rel="self" href="/feed"/>
<published>2016-06-20T10:00:00Z</published><updated>2016-06-21T01:30:00+03:00</updated></entry>
<entry><title>B</title><link href="b"/><updated>2016-06-22T10:00:00Z</updated></entry></feed>"""


def feed(body: str | bytes, *, kind: str = "application/rss+xml") -> Captured:
    """A feed as it was received."""
    content = body.encode() if isinstance(body, str) else body
    return Captured(
        url="https://agency.example/feeds/all", at="", content=content, response_headers=(("Content-Type", kind),)
    )


def test_the_pages_of_an_rss_feed() -> None:
    assert entries(feed(RSS.format(encoding="utf-8"))) == [
        Entry(url="https://agency.example/1?a=1&b=2", title="قصف على سوق", published=date(2016, 6, 21)),
        Entry(url="https://agency.example/2", title="خبر"),
        Entry(url="https://agency.example/3", title="year"),
    ]


def test_the_pages_of_an_atom_feed() -> None:
    assert entries(feed(ATOM, kind="application/atom+xml")) == [
        Entry(
            url="https://agency.example/a", title="A", published=date(2016, 6, 20), updated="2016-06-20T22:30:00+00:00"
        ),
        Entry(
            url="https://agency.example/feeds/b",
            title="B",
            published=date(2016, 6, 22),
            updated="2016-06-22T10:00:00+00:00",
        ),
    ]


@pytest.mark.parametrize("encoding", ["windows-1256", "iso-8859-6", "utf-16"])
def test_a_feed_in_another_encoding(encoding: str) -> None:
    found = entries(feed(RSS.format(encoding=encoding).encode(encoding), kind="text/xml"))
    assert found[0].title == "قصف على سوق"


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes() -> None:
    broken = RSS.format(encoding="utf-8").replace("</channel></rss>", "<p>&nbsp;<br>").replace("السوق", "&bad;")
    assert [entry.url for entry in entries(feed(broken))][:2] == [
        "https://agency.example/1?a=1&b=2",
        "https://agency.example/2",
    ]


def test_what_is_no_text_is_left_out_of_titles_and_addresses() -> None:
    items = "<item><title>a&#0;b&#xD800;c&#10;d</title><link>https://agency.example/1</link></item>" + "".join(
        f"<item><link>https://agency.example/&#{number};x</link></item>" for number in (0, 7, 0xD800, 0xDFFF)
    )
    found = entries(feed(f"<rss version='2.0'><channel>{items}</channel></rss>"))
    for entry in found:
        (entry.url + entry.title).encode()
    assert "\0" not in "".join(entry.url + entry.title for entry in found)


@pytest.mark.parametrize("body", ["<html><p>Not found</p></html>", "{}", "", "/etc/hostname", "https://other.example/"])
def test_what_is_no_feed_is_told(body: str) -> None:
    with pytest.raises(FetchError, match="no RSS or Atom feed"):
        entries(feed(body, kind="text/html"))


def test_a_feed_reads_no_file_and_asks_no_server() -> None:
    outer = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/hostname">
    <!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]><rss version="2.0"><channel><item><title>a&f;b</title>
    <link>https://agency.example/1</link></item></channel></rss>"""
    assert [entry.title for entry in entries(feed(outer))] in (["ab"], ["a&f;b"])


@pytest.mark.parametrize(
    "body",
    [
        b"<" * 400_000,
        b"<rss><channel><item>" + b"<div>" * 100_000,
        b"<rss version='2.0'><channel>" + b"<item>" * 60_000,
        b"<a " * 130_000,
        b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>"
        + b"".join(b"<!ENTITY %c '%s'>" % (c, b"&%c;" % (c - 1) * 10) for c in range(98, 110))
        + b"]><rss version='2.0'><channel><title>&m;</title></channel></rss>",
    ],
    ids=["brackets", "nested", "items", "open", "laughs"],
)
def test_a_hostile_feed_ends_before_long(body: bytes) -> None:
    start = time.monotonic()
    with suppress(FetchError):
        entries(feed(body))
    assert time.monotonic() - start < 20


def test_a_file_of_feeds(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        '[limits]\ndelay = 5\nallow_private = ["10.0.0.0/8"]\n\n'
        '[[feeds]]\nurl = "https://agency.example/rss"\nsource = "وكالة"\nlang = "ar"\n\n'
        '[[feeds]]\nurl = "https://other.example/atom"\n',
        encoding="utf-8",
    )
    found = load(path)
    assert [(one.url, one.source, one.lang) for one in found.feeds] == [
        ("https://agency.example/rss", "وكالة", "ar"),
        ("https://other.example/atom", "", ""),
    ]
    assert (found.limits.delay, found.limits.total) == (5.0, 60.0)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "required field `feeds`"),
        ("feeds = []", "no feeds here"),
        ("[[feeds]\n", "not TOML: .*line 1"),
        ('[[feeds]]\nsource = "a"', r"required field `url` - at `\$\.feeds\[0\]`"),
        ('[[feeds]]\nurl = "agency.example"', "no address of a feed"),
        ('[[feeds]]\nurl = "http://a.example/"\n[[feeds]]\nurl = "http://a.example/"', "stands here twice"),
        ('[[feeds]]\nurl = "http://a.example/"\nlag = "ar"', "unknown field `lag`"),
        ('[[feeds]]\nurl = "http://a.example/"\n[limits]\ndelay = -1', r"`\$\.limits\.delay`"),
        ('[[feeds]]\nurl = "http://a.example/"\n[limits]\nallow_private = ["router"]', "'router' is no address"),
        ("\udcff", "not UTF-8"),
    ],
)
def test_what_is_wrong_with_a_file_of_feeds_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(InputError, match=f"feeds.toml: .*{reason}"):
        load(path)


def test_a_file_of_feeds_that_is_not_there() -> None:
    with pytest.raises(InputError, match=r"none\.toml: cannot be read: No such file"):
        load("none.toml")
