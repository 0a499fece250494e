"""What was received is made plain again years later, from what was kept."""

import gzip
import zlib

import brotli
import pytest

from marsad.capture.fetch.content import charset, header, plain
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError
from marsad.model import Captured

TEXT = "<p>قصف على سوق</p>".encode() * 50


def answer(content: bytes = b"", **headers: str) -> Captured:
    """An answer with these headers."""
    named = tuple((name.replace("_", "-").title(), value) for name, value in headers.items())
    return Captured(url="https://agency.example/1", at="", content=content, response_headers=named)


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("X-GZIP", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT[:90]) + gzip.compress(TEXT[90:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0\0 what follows is no gzip"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", zlib.compress(TEXT)[2:-4]),
        ("br", brotli.compress(TEXT)),
        ("br, gzip", gzip.compress(brotli.compress(TEXT))),
    ],
)
def test_every_encoding_of_content_is_undone(encoding: str, content: bytes) -> None:
    assert plain(answer(content, content_encoding=encoding)) == TEXT


def test_a_large_page_that_packs_well_is_unpacked_within_the_limits() -> None:
    page = b"".join(b"<p>%d</p>" % number for number in range(200_000))
    assert plain(answer(gzip.compress(page), content_encoding="gzip")) == page
    with pytest.raises(FetchError, match="refused as a bomb"):
        plain(answer(gzip.compress(page), content_encoding="gzip"), Limits(decoded=len(page) - 1))


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        ("text/html; charset=windows-1256", "windows-1256"),
        ('text/html;charset="UTF-8"', "UTF-8"),
        ("text/html; charset='utf-8'; x=y", "utf-8"),
        ("text/html", None),
        ("text/html; charset=", None),
        (";;;=", None),
        ("", None),
    ],
)
def test_the_declared_charset(kind: str, known: str | None) -> None:
    assert charset(answer(content_type=kind)) == known


def test_repeated_headers_are_joined() -> None:
    found = Captured(url="", at="", content=b"", response_headers=(("Vary", "a"), ("vary", "b")))
    assert header(found, "vary") == "a, b"


@pytest.mark.parametrize(("agent", "robot"), [("Marsad/1.0", "Marsad"), ("OurArchive (+mail)", "OurArchive")])
def test_the_name_for_robots_txt_is_the_first_word_of_the_agent(agent: str, robot: str) -> None:
    assert Limits(agent=agent).robot == robot
