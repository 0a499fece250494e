"""``marsad watch``: what feeds tell of that is new, into the record."""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.options import decider, record_option
from marsad.cli.output import counted, first_interrupt, progress, say
from marsad.errors import InputError
from marsad.model import Captured, Document

if TYPE_CHECKING:
    from marsad.capture.fetch.feeds import Feed, Feeds
    from marsad.capture.fetch.state import Page, State
    from marsad.capture.fetch.watch import Outcome, Sink
    from marsad.record import Record

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def _seconds(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
    """The seconds of ``15m``; click.BadParameter where it is no such time."""
    if value is None:
        return None
    found = re.fullmatch(r"([1-9]\d{0,5})([smhd])", value.strip().lower())
    if not found:
        raise click.BadParameter(f"{value!r} is no time; write it as 30s, 15m, 2h or 1d")
    return int(found[1]) * _UNITS[found[2]]


@dataclass(slots=True)
class _Tally:
    """What came of one round."""

    feeds: int = 0
    kept: int = 0
    same: int = 0
    failed: int = 0

    def told(self, waiting: int) -> str:
        """``2 feeds: 12 pages kept, 1 not``, and how many wait."""
        failed = f", {self.failed} not" if self.failed else ""
        same = f", {self.same} the same" if self.same else ""
        left = f"; {counted(waiting, 'page')} left for later" if waiting else ""
        return f"{counted(self.feeds, 'feed')}: {counted(self.kept, 'page')} kept{same}{failed}{left}"


@click.command()
@click.argument("file", metavar="FEEDS.toml", type=click.Path(dir_okay=False))
@record_option
@click.option("--every", metavar="TIME", callback=_seconds, help="Go on: a round every 30s, 15m, 2h or 1d.")
@click.option(
    "--state", "state_path", metavar="PATH", help="What was seen so far. [default: beside the record, .watch]"
)
def command(file: str, url: str, every: int | None, state_path: str | None) -> None:
    """Put what feeds tell of into the record.

    FEEDS.toml names RSS and Atom feeds. Each is read, and every page it tells of that is new is fetched, kept and added
    to the record: politely, a request every other second to a host at most, several hosts at once, and never what
    robots.txt asks not to fetch.

    \b
      [[feeds]]
      url = "https://example.org/rss.xml"
      source = "Local agency"

    One page that fails does not stop the others; it is named, and asked for again in a later round. The same command
    again goes on where it was stopped, by Ctrl-C or by a power cut, and what is in the record is not fetched again.

    \b
      marsad watch feeds.toml
      marsad watch feeds.toml --every 15m --db aleppo.db
    """
    from marsad.capture.fetch.feeds import load
    from marsad.capture.fetch.state import State
    from marsad.record import Record

    feeds = load(file)
    with Record.open(url) as record, State(state_path or _beside(url)) as state:
        sink = _keeper(record, who=decider(None))
        try:
            failed = _round(feeds, sink, state, every)
            while every:
                failed = _round(feeds, sink, state, every)
        except KeyboardInterrupt:
            say("stopped; what was kept is in the record. The same command again goes on from there")
            sys.exit(130)
    if failed:
        sys.exit(1)


def _round(feeds: "Feeds", sink: "Sink", state: "State", every: int | None) -> bool:
    """One round, and the rest of its time where others follow; returns whether something failed."""
    from marsad.capture.fetch.watch import watch

    start, tally = time.monotonic(), _Tally(feeds=len(feeds.feeds))

    def held(captured: Captured, page: "Page", feed: "Feed") -> InputError | None:
        with _uninterrupted():
            return sink(captured, page, feed)

    try:
        with progress("pages") as advance:
            for outcome in watch(feeds.feeds, sink=held, limits=feeds.limits, state=state):
                advance(_count(outcome, tally))
    finally:
        told = tally.told(state.waiting(feed.url for feed in feeds.feeds))
        click.echo(f"{time.strftime('%Y-%m-%d %H:%M')}  {told}" if every else told)
    if every:
        time.sleep(max(0.0, start + every - time.monotonic()))
    return tally.failed > 0


def _count(outcome: "Outcome", tally: _Tally) -> int:
    """Count an outcome and tell a failure; returns the number of pages that are done with it."""
    from marsad.capture.fetch.watch import Failed, Kept, Told

    if isinstance(outcome, Told):
        return 0
    if isinstance(outcome, Failed):
        tally.failed += 1
        say(f"error: {outcome.problem}{'; tried again in a later round' if outcome.again else ''}")
    elif isinstance(outcome, Kept):
        tally.kept += 1
    elif outcome.page:
        tally.same += 1
    return 1


def _keeper(record: "Record", *, who: str) -> "Sink":
    """Puts a page into the archive and its ledger as it was received, then its text into the record."""
    from marsad.batch.local import Order, read_one

    def keep(captured: Captured, page: "Page", feed: "Feed") -> InputError | None:
        content = record.received(captured, who=who)
        try:
            document = _document(captured, page, feed)
        except InputError as error:
            return error
        reading = read_one(replace(document, captured=content), Order())
        if isinstance(reading, InputError):
            return reading
        record.add([reading], who=who)
        return None

    return keep


def _document(captured: Captured, page: "Page", feed: "Feed") -> Document:
    """The text of a page, with what the feed and FEEDS.toml know of it where the page does not say; InputError."""
    from marsad.capture.fetch.document import document_from

    document = document_from(captured)
    return replace(
        document,
        published=document.published or page.published,
        title=document.title or page.title,
        source=feed.source or document.source,
        lang=feed.lang or document.lang,
    )


def _beside(url: str) -> Path:
    """Where the state of a record is: ``marsad.watch`` for ``marsad.db``; InputError for a database on a server."""
    path = url.removeprefix("sqlite:///")
    if "://" in path:
        raise InputError("this record is no file; say with --state where to keep what was seen so far")
    return Path(path).with_suffix(".watch")


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the page at hand is in the record; pressed again, it does not."""
    with first_interrupt() as pressed:
        yield
    if pressed():
        raise KeyboardInterrupt
