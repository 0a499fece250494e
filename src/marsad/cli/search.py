"""``marsad search``: documents of the record by their words."""

import click

from marsad.cli.options import format_option, output_option, record_option
from marsad.cli.output import as_table, counted, for_people, has_colour, opened, say
from marsad.export.page import Page
from marsad.export.record import encode


@click.command()
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@record_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many documents at most.")
@format_option(("table", "jsonl"))
@output_option
def command(words: tuple[str, ...], url: str, limit: int, form: str | None, output: str | None) -> None:
    """Find documents by their words.

    You see those that hold all of WORDS, the best first, with the passage. Arabic words are found in every spelling
    and with what is attached to them: ادلب finds إدلب and وبإدلب, with or without vowel signs; English words in
    singular and plural. Words in quotes are found as they follow each other.

    \b
      marsad search ادلب
      marsad search مستشفى حلب --limit 5
      marsad search '"barrel bombs" market'
    """
    from marsad.export.pages.hits import write_hits  # the database opens here, not for --help
    from marsad.record import Record

    with Record.open(url) as record, opened(output) as stream:
        found = record.search(" ".join(words), limit=limit)
        if as_table(form, output, stream):
            write_hits(Page(stream, colour=has_colour(output, stream)), found)
        else:
            stream.writelines(encode(hit) + "\n" for hit in found)
        if for_people(output, stream):
            say(counted(len(found), "document"))
