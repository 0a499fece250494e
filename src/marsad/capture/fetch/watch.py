"""Going through feeds: what they tell of that is new is fetched, handed over, and only then counted as kept."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from marsad.capture.fetch.client import FEED, Client, Validators
from marsad.capture.fetch.feeds import Entry, Feed, entries
from marsad.capture.fetch.lanes import in_lanes
from marsad.capture.fetch.limits import Limits
from marsad.capture.fetch.problems import FetchError
from marsad.capture.fetch.state import Page, State
from marsad.errors import InputError, MarsadError
from marsad.model import Captured

Sink = Callable[[Captured, Page, Feed], InputError | None]
"""Keeps a page. It returns when what was received is safely kept, with what stands against reading it, if anything;
what it raises ends the watch, and the page is fetched again next time."""

_GROWTH = 4.0


@dataclass(frozen=True, slots=True)
class Told:
    """A feed was read: so many pages in it are new, or have changed."""

    feed: str
    new: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A page is safely kept."""

    url: str


@dataclass(frozen=True, slots=True)
class Same:
    """A page, or else a feed, that has not changed."""

    url: str
    page: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A page or feed that could not be had, or a page kept that cannot be read; ``again``: it is tried later."""

    url: str
    problem: str
    again: bool


Outcome = Told | Kept | Same | Failed


def watch(feeds: Sequence[Feed], *, sink: Sink, limits: Limits | None = None, state: State) -> Iterator[Outcome]:
    """One round through ``feeds``: each is read, then every page whose turn it is; what comes of each, as it comes.

    ``sink`` is called in this thread, a page at a time. Whoever stops iterating loses nothing: what was not kept waits.
    """
    limits = limits or Limits()
    with Client(limits) as client:
        for feed, answer in in_lanes(
            [(feed, *state.feed(feed.url)) for feed in feeds],
            lane=lambda one: _host(one[0].url),
            work=partial(_read_feed, client),
            at_once=limits.at_once,
        ):
            yield _note(feed[0].url, answer, state)
        known = {feed.url: feed for feed in feeds}
        for page, found in in_lanes(
            state.due(known, now=time.time(), most=limits.pages),
            lane=lambda page: _host(page.url),
            work=partial(_read_page, client),
            at_once=limits.at_once,
        ):
            yield _settle(page, found, limits, state, lambda captured, page: sink(captured, page, known[page.feed]))


_Noted = tuple[Captured, list[Entry]]


def _read_feed(client: Client, asked: tuple[Feed, str, str, float]) -> _Noted:
    """A feed and what it tells of, nothing where it is the same as before."""
    feed, etag, modified, until = asked
    if until > time.time():
        raise FetchError(f"{feed.url}: to be left alone until {_clock(until)}", again=True, after=until - time.time())
    captured = client.get(feed.url, conditional=Validators(etag, modified), wanted=FEED)
    return captured, [] if captured.status == 304 else entries(captured, client.limits)


def _read_page(client: Client, page: Page) -> Captured:
    return client.get(page.url, conditional=Validators(page.etag, page.modified))


def _note(url: str, answer: _Noted | MarsadError, state: State) -> Outcome:
    """Keep what a feed told of, or when it may be asked again."""
    if isinstance(answer, MarsadError):
        if isinstance(answer, FetchError) and answer.after:
            state.put_off(url, time.time() + answer.after)
        return Failed(url, str(answer), again=True)
    captured, found = answer
    if captured.status == 304:
        return Same(url, page=False)
    pages = [Page(url=e.url, feed=url, title=e.title, published=e.published, updated=e.updated) for e in found]
    return Told(url, state.note(url, pages, **Validators.of(captured)._asdict()))


def _settle(
    page: Page,
    found: Captured | MarsadError,
    limits: Limits,
    state: State,
    sink: Callable[[Captured, Page], InputError | None],
) -> Outcome:
    """Hand a page over and count it as kept, or say when it is to be asked for again."""
    if isinstance(found, MarsadError):
        until = _until(page, found, limits)
        state.failed(page.url, str(found), until=until)
        return Failed(page.url, str(found), again=until is not None)
    if found.status == 304:
        state.kept(page.url, etag=page.etag, modified=page.modified)
        return Same(page.url, page=True)
    problem = sink(found, page)
    state.kept(page.url, **Validators.of(found)._asdict(), problem=str(problem or ""))
    return Failed(page.url, str(problem), again=False) if problem else Kept(page.url)


def _until(page: Page, error: MarsadError, limits: Limits) -> float | None:
    """When a page is to be asked for again: later after each failure, until it is given up."""
    if not isinstance(error, FetchError) or not error.again or page.failures + 1 >= limits.failures:
        return None
    return time.time() + max(error.after or 0.0, limits.rest * _GROWTH**page.failures)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _clock(moment: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(moment))
