"""``marsad copies``: which documents repeat one, and in what words."""

import click

from marsad.cli.options import format_option, output_option, record_option
from marsad.cli.output import as_table, has_colour, opened


@click.command()
@click.argument("document", metavar="DOC")
@record_option
@format_option(("table", "jsonl"))
@output_option
def command(document: str, url: str, form: str | None, output: str | None) -> None:
    """Show what repeats DOC, and in what words.

    You see the documents that repeat it or that it repeats, wholly or in part, and the passages they share. Reports
    that repeat each other are one lineage and count once, however many pages carry them. Those that only share a
    passage are shown too, and count each by itself.

    \b
      marsad copies syria-2016-06-21-12
    """
    from marsad.export.page import Page
    from marsad.export.pages import copies  # the database opens here, not for --help
    from marsad.export.record import encode
    from marsad.record import Record

    with Record.open(url) as record, opened(output) as stream:
        found = record.copies(document)
        documents = record.documents([document, *(one for copy in found for one in (copy.a, copy.b))])
        if as_table(form, output, stream):
            page = Page(stream, colour=has_colour(output, stream))
            copies.write_copies(page, found, documents, of=document)
        else:
            for one in copies.records(found, documents, of=document):
                stream.write(encode(one) + "\n")
