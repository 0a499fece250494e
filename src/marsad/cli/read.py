"""``marsad read``: articles in, claims out."""

import sys
from collections.abc import Iterator
from datetime import date

import click

from marsad.batch.local import Order, Reading, Result, read_all
from marsad.capture import Notice, read_paths
from marsad.capture.language import supported
from marsad.cli.options import columns_option, day
from marsad.cli.output import for_people, has_colour, opened, progress, say
from marsad.export.base import Writer, exporters

_OPEN = "relative dates such as «yesterday» or «أمس» are left open; give the day with --published"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH... | -")
@click.option(
    "--format", "form", type=click.Choice(list(exporters())), help="[default: table on a terminal, else jsonl]"
)
@click.option("--published", type=day, metavar="YYYY-MM-DD", help="Day of publication. [default: the document's]")
@click.option("--lang", type=click.Choice(supported()), help="Language. [default: the document's, else detected]")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read at once.")
@columns_option
@click.option("--explain", is_flag=True, help="Also say why each field has its value: the rule or entry, by name.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file, whole or not at all.")
def command(
    paths: tuple[str, ...],
    form: str | None,
    published: date | None,
    lang: str | None,
    jobs: int,
    columns: dict[str, str] | None,
    explain: bool,
    output: str | None,
) -> None:
    """Read articles and print their claims.

    PATH is a .txt file (one article), a .jsonl file (a document a line: id, lang, published, title, text, source; only
    text is required), a .json file (a document or a list of them), a .csv table, a page (.html), PDF, DOCX, web archive
    (.warc, .wacz), a Telegram or WhatsApp export, a folder of such files, or an address (https://...); - is standard
    input. Pages, documents and addresses need pip install 'marsad[web]'.

    What cannot be read is named on standard error, the rest is read all the same, and the exit code is then 1.

    \b
      marsad read article.txt --published 2016-06-21
      marsad read news.jsonl --jobs 4 --format jsonl --output claims.jsonl
      marsad read articles/ --format json | less
    """
    order = Order(published=published, lang=lang, explain=explain)
    if "-" in paths and sys.stdin.isatty():
        say("reading from the keyboard; end with Ctrl-D")
    results = read_all(read_paths(paths, stdin=sys.stdin.buffer, columns=columns), order, jobs=jobs)
    try:
        with opened(output) as stream:
            colour = has_colour(output, stream)
            form = form or ("table" if for_people(output, stream) else "jsonl")
            writer = exporters()[form].open_writer(stream, explain=explain, colour=colour)
            problems = _write(results, writer, quiet=for_people(output, stream), dated=form == "table")
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
    if problems:
        sys.exit(1)


def _write(results: Iterator[Result], writer: Writer, *, quiet: bool, dated: bool) -> int:
    """Write what was read, say what was not; returns the number of problems. ``dated``: the writer tells of dates."""
    problems = documents = claims = undated = 0
    with progress("documents read", quiet=quiet) as advance:
        for result in results:
            if isinstance(result, Reading):
                writer.write(result.document, result.claims)
                documents, claims = documents + 1, claims + len(result.claims)
                undated += result.document.published is None
                advance(1)
            elif isinstance(result, Notice):
                say(f"note: {result.message}")
            else:
                problems += 1
                say(f"error: {result}")
        writer.close()
    if undated and not dated:
        say(f"note: {undated} of {documents} documents without a day of publication: {_OPEN}")
    if sys.stderr.isatty() or problems:
        say(f"{documents} documents read, {claims} claims, {problems} not read")
    return problems
