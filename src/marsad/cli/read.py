"""``marsad read``: articles in, claims out."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TextIO

import click

from marsad.capture import Notice, read_paths
from marsad.capture.base import parse_date
from marsad.capture.language import supported
from marsad.cli.work import Order, Reading, Result, read_all
from marsad.errors import InputError
from marsad.export.base import Writer, exporters
from marsad.export.screen import plain

_OPEN = "relative dates such as «yesterday» or «أمس» are left open; give the day with --published"


def _day(value: str) -> date:
    try:
        return parse_date(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a day; write it as YYYY-MM-DD") from None


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH... | -")
@click.option(
    "--format", "form", type=click.Choice(list(exporters())), help="[default: table on a terminal, else jsonl]"
)
@click.option("--published", type=_day, metavar="YYYY-MM-DD", help="Day of publication. [default: the document's]")
@click.option("--lang", type=click.Choice(supported()), help="Language. [default: the document's, else detected]")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read at once.")
@click.option("--explain", is_flag=True, help="Also say why each field has its value: the rule or entry, by name.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all.")
def command(
    paths: tuple[str, ...],
    form: str | None,
    published: date | None,
    lang: str | None,
    jobs: int,
    explain: bool,
    output: str | None,
) -> None:
    """Read articles and print their claims.

    PATH is a .txt file (one article), a .jsonl file (a document a line: id, lang, published, title, text, source; only
    text is required), a .json file (a document or a list of them), or a folder of such files; - is standard input.

    What cannot be read is named on standard error, the rest is read all the same, and the exit code is then 1.

    \b
      marsad read article.txt --published 2016-06-21
      marsad read news.jsonl --jobs 4 --format jsonl --output claims.jsonl
      marsad read articles/ --format json | less
    """
    order = Order(published=published, lang=lang, explain=explain)
    if "-" in paths and sys.stdin.isatty():
        _say("reading from the keyboard; end with Ctrl-D")
    results = read_all(read_paths(paths, stdin=sys.stdin.buffer), order, jobs=jobs)
    try:
        with _opened(output) as stream:
            colour = output is None and stream.isatty() and not os.environ.get("NO_COLOR")
            form = form or ("table" if output is None and stream.isatty() else "jsonl")
            writer = exporters()[form].open_writer(stream, explain=explain, colour=colour)
            problems = _write(results, writer, quiet=output is None and stream.isatty(), dated=form == "table")
    except KeyboardInterrupt:
        _say("stopped")
        sys.exit(130)
    if problems:
        sys.exit(1)


def _write(results: Iterator[Result], writer: Writer, *, quiet: bool, dated: bool) -> int:
    """Write what was read, say what was not; returns the number of problems. ``dated``: the writer tells of dates."""
    problems = documents = claims = undated = 0
    with _progress(quiet=quiet) as advance:
        for result in results:
            if isinstance(result, Reading):
                writer.write(result.document, result.claims)
                documents, claims = documents + 1, claims + len(result.claims)
                undated += result.document.published is None
                advance()
            elif isinstance(result, Notice):
                _say(f"note: {result.message}")
            else:
                problems += 1
                _say(f"error: {result}")
        writer.close()
    if undated and not dated:
        _say(f"note: {undated} of {documents} documents without a day of publication: {_OPEN}")
    if sys.stderr.isatty() or problems:
        _say(f"{documents} documents read, {claims} claims, {problems} not read")
    return problems


def _say(message: str) -> None:
    click.echo(f"marsad: {plain(message)}", err=True)


@contextmanager
def _opened(output: str | None) -> Iterator[TextIO]:
    """Standard output as UTF-8, or a file that takes its name only when all is written."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        try:
            yield sys.stdout
            sys.stdout.flush()
        except BrokenPipeError:
            raise  # whoever was reading has had enough; click ends quietly
        except OSError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is still in the buffer has nowhere to go
            raise InputError(f"standard output: cannot be written: {error.strerror or error}") from error
        return
    part = Path(f"{output}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        part.replace(output)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[], None]]:
    """A function that counts a document, shown on standard error where that is a terminal and claims go elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} documents read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda: progress.advance(task)
