"""``marsad decisions``: what people decided, and why."""

import click

from marsad.cli.options import format_option, output_option, record_option
from marsad.cli.output import as_table, opened
from marsad.export.pages.decisions import record as decision_record
from marsad.export.pages.decisions import told
from marsad.export.record import encode


@click.command()
@click.argument("identity", metavar="[ID]", required=False)
@record_option
@format_option(("table", "jsonl"))
@output_option
def command(identity: str | None, url: str, form: str | None, output: str | None) -> None:
    """Show what people decided, and why.

    All of it in order, or with ID only what concerns it. ID is an incident, a claim, a document or the name
    of a source. What was taken back is shown too: nothing is ever deleted. A decision about claims of a document that
    has changed since may have no effect any more, and says so.

    \b
      marsad decisions
      marsad decisions i3f0c1b2a4d5e
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record, opened(output) as stream:
        found = record.decisions(identity)
        table = as_table(form, output, stream)
        effects = record.effects(found)
        for one in found:
            effect = effects[one.seq]
            stream.write((told(one, effect) if table else encode(decision_record(one, effect))) + "\n")
        if table and not found:
            stream.write("no decisions\n")
