"""``marsad add``: documents into the record, where they are read, linked and weighed."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

import click

from marsad.batch.local import Order, Reading, Result, read_all, settled
from marsad.capture import Notice, read_paths
from marsad.capture.base import Item
from marsad.capture.language import supported
from marsad.cli.options import by_option, columns_option, day, decider, record_option
from marsad.cli.output import counted, first_interrupt, progress, say
from marsad.errors import InputError, MarsadError
from marsad.model import Document

if TYPE_CHECKING:
    from marsad.record import Added, Record

_BATCH = 50
_STOPPING = "stopping when what was read is in the record; Ctrl-C again to stop at once"


@dataclass(slots=True)
class _Tally:
    """What came of the documents so far."""

    new: int = 0
    changed: int = 0
    same: int = 0
    claims: int = 0
    problems: int = 0
    undated: int = 0

    def add(self, added: "Added") -> None:
        self.new += added.new
        self.changed += added.changed
        self.same += added.same
        self.claims += added.claims

    def told(self) -> str:
        """``3 documents: 2 new, 0 changed, 1 same; 7 claims``."""
        documents = counted(self.new + self.changed + self.same, "document")
        became = f"{self.new} new, {self.changed} changed, {self.same} same"
        failed = f"; {self.problems} not read" if self.problems else ""
        return f"{documents}: {became}; {counted(self.claims, 'claim')}{failed}"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH... | -")
@record_option
@click.option("--published", type=day, metavar="YYYY-MM-DD", help="Day of publication. [default: the document's]")
@click.option("--lang", type=click.Choice(supported()), help="Language. [default: the document's, else detected]")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read at once.")
@columns_option
@by_option
def command(
    paths: tuple[str, ...],
    url: str,
    published: date | None,
    lang: str | None,
    jobs: int,
    columns: dict[str, str] | None,
    by: str | None,
) -> None:
    """Put documents into the record.

    They are read, their claims joined with those of the record into incidents, and these weighed.

    PATH is what "marsad read" takes: files, folders of them, or addresses (https://...); - is standard input. What is
    received is kept as it is in the evidence folder beside the record, before it is read ("marsad verify").

    A document that is in the record already changes nothing; one whose text, title, date or source has changed becomes
    its new version, and the old one is kept. So the same command again goes on where it was stopped. Ctrl-C stops when
    what was read so far is in the record; a second Ctrl-C stops at once, and no document is left half in.

    What cannot be read is named on standard error, the rest is added all the same, and the exit code is then 1.

    \b
      marsad add news/
      marsad add news.jsonl --jobs 4 --db aleppo.db
      curl -s https://example.org/article.txt | marsad add - --published 2016-06-21
    """
    from marsad.record import Record  # the database opens here, not for --help

    if "-" in paths and sys.stdin.isatty():
        say("reading from the keyboard; end with Ctrl-D")
    order, tally, who = Order(published=published, lang=lang), _Tally(), decider(by)
    with Record.open(url) as record:
        before = record.effects(record.decisions())
        try:
            with first_interrupt(_STOPPING) as stopped, progress("documents") as advance:
                keep = partial(record.received, who=who)
                found = read_paths(paths, stdin=sys.stdin.buffer, columns=columns, keep=keep)
                items = _Unread(record, order, tally, advance).of(found, stopped)
                results = read_all(items, order, jobs=jobs)
                _add(record, _readings(results, tally, stopped, advance), tally, who=who)
        except KeyboardInterrupt:
            _end(tally, stopped=True)
        except MarsadError:
            click.echo(f"{tally.told()}; then it could not go on")
            raise
        _tell_lost(before, record.effects(record.decisions()))
        _end(tally, stopped=stopped())


class _Unread:
    """Leaves out what is in the record as it is, so that a run that was stopped goes on quickly."""

    def __init__(self, record: "Record", order: Order, tally: _Tally, advance: Callable[[int], None]) -> None:
        self._record, self._order, self._tally, self._advance = record, order, tally, advance
        self._passed: set[str] = set()

    def of(self, items: Iterable[Item], stopped: Callable[[], bool]) -> Iterator[Item]:
        """The items that are to be read, in their order; what is left out is counted as the same."""
        left = iter(items)
        while not stopped() and (batch := list(islice(left, _BATCH))):
            held = self._record.documents(item.id for item in batch if isinstance(item, Document))
            for item in batch:
                if isinstance(item, Document) and self._is_held(item, held):
                    self._tally.same += 1
                    self._tally.undated += item.published is None and self._order.published is None
                    self._advance(1)
                else:
                    yield item

    def _is_held(self, document: Document, held: dict[str, Document]) -> bool:
        """Whether this is the record's version; not where another version of it came before it in this run."""
        if document.id in held and document.id not in self._passed:
            with suppress(InputError):
                if settled(document, self._order) == held[document.id]:
                    return True
        self._passed.add(document.id)
        return False


def _add(record: "Record", readings: Iterable[Reading], tally: _Tally, *, who: str) -> None:
    """Add the readings, each batch whole or not at all."""
    left = iter(readings)
    while batch := list(islice(left, _BATCH)):
        tally.add(record.add(batch, who=who))


def _readings(
    results: Iterator[Result], tally: _Tally, stopped: Callable[[], bool], advance: Callable[[int], None]
) -> Iterator[Reading]:
    """What was read, until someone stops it; what was not is told."""
    for result in results:
        if isinstance(result, Reading):
            tally.undated += result.document.published is None
            advance(1)
            yield result
        elif isinstance(result, Notice):
            say(f"note: {result.message}")
        else:
            tally.problems += 1
            say(f"error: {result}")
        if stopped():
            return


def _tell_lost(before: dict[int, str], after: dict[int, str]) -> None:
    """Name the decisions that bear on less than they did, as documents came in new versions."""
    lost = [str(seq) for seq, effect in before.items() if effect != "none" and after[seq] not in (effect, "all")]
    if lost:
        say(
            f"note: decision {', '.join(lost)}: some of the claims went with an older version of their document; see "
            "marsad decisions, and decide again where need be"
        )


def _end(tally: _Tally, *, stopped: bool) -> None:
    """The summary, and the exit code."""
    if tally.undated:
        say(
            f"note: {counted(tally.undated, 'document')} without a day of publication: their relative dates are left "
            "open; give the day with --published, or in the files"
        )
    click.echo(tally.told())
    if stopped:
        say("stopped; this is in the record. The same command again goes on from there")
        sys.exit(130)
    if tally.problems:
        sys.exit(1)
