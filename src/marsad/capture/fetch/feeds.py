"""Feeds: the file that lists them, and what one holds, as addresses of pages with their dates."""

import io
import re
import tomllib
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import msgspec

from marsad.capture.fetch.content import charset, plain
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError, missing_extra
from marsad.errors import InputError
from marsad.model import Captured

_EARLIEST = 1990
_LONGEST_TITLE = 500
_HALVES = re.compile(  # half characters as references, over which feedparser stumbles
    rb"&#(?:[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2}|0*(?:5529[6-9]|55[3-9]\d\d|56\d{3}|57[0-2]\d\d|573[0-3]\d|5734[0-3]));"
)
_NOT_TEXT = re.compile("[\0-\x1f\x7f\ud800-\udfff]")  # what no database and no line of text takes


class Feed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed as FEEDS.toml names it; ``source`` and ``lang``, where given, go before what its pages say."""

    url: str
    source: str = ""
    lang: str = ""


class Feeds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A FEEDS.toml: ``[[feeds]]``, each with its ``url``, and ``[limits]``."""

    feeds: tuple[Feed, ...]
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page that a feed tells of; ``updated`` is when it says that the page was changed, in UTC."""

    url: str
    title: str = ""
    published: date | None = None
    updated: str = ""


def load(path: str | Path) -> Feeds:
    """The feeds of a TOML file; InputError that names the key which is wrong."""
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        found = msgspec.convert(table, Feeds)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}") from None
    except (msgspec.ValidationError, InputError) as error:
        raise InputError(f"{path}: {error}; docs/watch.md shows such a file") from None
    seen: set[str] = set()
    for feed in found.feeds:
        if not feed.url.startswith(("http://", "https://")):
            raise InputError(f"{path}: {feed.url!r} is no address of a feed; it begins with http:// or https://")
        if feed.url in seen:
            raise InputError(f"{path}: {feed.url} stands here twice")
        seen.add(feed.url)
    if not found.feeds:
        raise InputError(f"{path}: no feeds here; write one as [[feeds]] with its url")
    return found


def entries(captured: Captured, limits: Limits | None = None) -> list[Entry]:
    """The pages that an RSS or Atom feed tells of, each once, in its order; FetchError for what is no feed."""
    try:
        import feedparser
    except ImportError as error:
        raise missing_extra(error.name) from None
    content = _HALVES.sub(b"&#xFFFD;", plain(captured, limits))
    encoding = charset(captured)  # where none is declared, what the feed says of itself counts, whatever it is called
    told = {
        "content-type": f"application/xml; charset={encoding}" if encoding else "application/xml",
        "content-location": captured.url,
    }
    try:
        # As a stream: bytes themselves would be tried as the name of a file.
        parsed = feedparser.parse(
            io.BytesIO(content), response_headers=told, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:  # a parser that stumbles over a hostile feed must not end the run
        raise FetchError(f"{captured.url}: its feed cannot be read: {type(error).__name__}", again=True) from None
    if not parsed.get("version") and not parsed.entries:
        raise FetchError(f"{captured.url}: no RSS or Atom feed", again=True)
    found = (_entry(raw, captured.url) for raw in parsed.entries)
    return list({entry.url: entry for entry in reversed([e for e in found if e])}.values())[::-1]


def _entry(raw: Any, base: str) -> Entry | None:
    """One entry; ``None`` where it leads to no page."""
    link = str(raw.get("link") or "").strip()
    try:
        url = urldefrag(urljoin(base, link)).url if link else ""
    except ValueError:
        return None
    if not url.startswith(("http://", "https://")) or _NOT_TEXT.search(url):
        return None
    return Entry(
        url=url,
        title=" ".join(_NOT_TEXT.sub(" ", str(raw.get("title") or "")).split())[:_LONGEST_TITLE],
        published=_day(raw.get("published_parsed") or raw.get("updated_parsed")),
        updated=_moment(raw.get("updated_parsed") if "updated_parsed" in raw else None),
    )


def _moment(parsed: Any) -> str:
    """A moment as feedparser gives it, in a form that sorts; empty where there is none."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC).isoformat(timespec="seconds") if parsed else ""
    except (ValueError, OverflowError, OSError, TypeError):
        return ""


def _day(parsed: Any) -> date | None:
    """The day of such a moment; ``None`` where there is none, or none that can be."""
    moment = _moment(parsed)
    if not moment or not _EARLIEST <= int(moment[:4]) <= datetime.now(UTC).year + 1:
        return None
    return date.fromisoformat(moment[:10])
