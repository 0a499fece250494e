"""Where a command writes: what is asked for to standard output or a file, messages and progress to standard error."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO, TypeVar

import click

from marsad.errors import InputError
from marsad.export.base import RowExporter
from marsad.export.screen import plain
from marsad.model import Incident, Total

Row = TypeVar("Row", Incident, Total)


def say(message: str) -> None:
    """A message on standard error, made plain."""
    click.echo(f"marsad: {plain(message)}", err=True)


def counted(number: int, thing: str) -> str:
    """``1 document``, ``2 documents``, with a comma in large numbers."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def has_colour(output: str | None, stream: TextIO) -> bool:
    """Whether ``stream`` is a terminal whose owner has not turned colour off."""
    return output is None and stream.isatty() and not os.environ.get("NO_COLOR")


def for_people(output: str | None, stream: TextIO) -> bool:
    """Whether someone reads along."""
    return output is None and stream.isatty()


def as_table(form: str | None, output: str | None, stream: TextIO) -> bool:
    """Whether ``--format``, or the lack of it, asks for the table."""
    return form == "table" or (form is None and for_people(output, stream))


@contextmanager
def opened(output: str | None) -> Iterator[TextIO]:
    """Standard output as UTF-8, or a file that takes its name only when all is written."""
    if output is None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
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


def write_rows(
    rows: Iterable[Row], exporters: Mapping[str, RowExporter[Row]], *, form: str | None, output: str | None, thing: str
) -> list[str]:
    """Write every row in the format asked for; the ids of what left for a file. Where someone reads along it says how
    many of ``thing`` there were."""
    ids: list[str] = []
    with opened(output) as stream:
        form = form or ("table" if for_people(output, stream) else "jsonl")
        writer = exporters[form].open_writer(stream, colour=has_colour(output, stream))
        for row in rows:
            writer.write(row)
            ids.append(row.id)
        writer.close()
        if for_people(output, stream):
            say(counted(len(ids), thing))
    return ids if output else []


@contextmanager
def progress(text: str, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A function that counts on, shown on standard error where that is a terminal; ``text`` follows the number."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(text, total=None)
        yield lambda done: shown.advance(task, done)


@contextmanager
def first_interrupt(message: str = "") -> Iterator[Callable[[], bool]]:
    """A function that tells whether Ctrl-C was pressed, then with a message; pressed again, it interrupts as ever."""
    pressed = False

    def press(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        if pressed:
            raise KeyboardInterrupt
        pressed = True
        if message:
            say(message)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)
