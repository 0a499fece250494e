"""``marsad show``: what an id is, with its evidence."""

from typing import TYPE_CHECKING, TextIO

import click

from marsad.cli.ids import Reported, look_up, version
from marsad.cli.options import format_option, output_option, record_option
from marsad.cli.output import as_table, has_colour, opened
from marsad.export import totals
from marsad.export.incidents.detail import write_incident, write_reports, write_written
from marsad.export.incidents.record import record as incident_record
from marsad.export.incidents.reported import write_reported, write_text
from marsad.export.page import Page
from marsad.export.record import document_record, encode
from marsad.export.record import record as claim_record
from marsad.export.totals.record import record as total_record
from marsad.model import Document, Incident, Report, Total

if TYPE_CHECKING:
    from marsad.record import Record


@click.command()
@click.argument("identity", metavar="ID")
@record_option
@click.option("--version", "number", type=click.IntRange(1), help="The text of a document as it was in this version.")
@format_option(("table", "jsonl"))
@output_option
def command(identity: str, url: str, number: int | None, form: str | None, output: str | None) -> None:
    """Show what ID is, with the sentences that it rests on.

    ID is an incident, also by an id that it had before; a document; a claim; or a total. Of an incident you see what
    is known of it, with what somebody wrote about it, then every document with its claims, who says so, and what each
    claim is to the incident. Of a claim you see what people decided about it; one that was rejected is shown, and
    counts no more.

    \b
      marsad show i3f0c1b2a4d5e
      marsad show syria-2016-06-21-12
      marsad show syria-2016-06-21-12 --version 1
      marsad show i3f0c1b2a4d5e --format jsonl | jq .killed
    """
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record, opened(output) as stream:
        found = version(record, identity, number) if number else look_up(record, identity)
        if as_table(form, output, stream):
            _page(record, found, stream, colour=has_colour(output, stream))
        else:
            stream.writelines(encode(one) + "\n" for one in _records(found, identity))


def _page(record: "Record", found: Incident | Total | Reported | Document, stream: TextIO, *, colour: bool) -> None:
    """What was found, on a page for people."""
    page = Page(stream, colour=colour)
    if isinstance(found, Document):
        write_text(page, found)
    elif isinstance(found, Reported):
        write_reported(page, found.document, found.claims, found.incidents, out=found.out, decided=found.decided)
        if len(found.versions) > 1:
            told = ", ".join(f"{one.version} of {one.added[:10]}" for one in found.versions)
            page.lines(f"versions {told}; see one with --version", style="dim")
    elif isinstance(found, Incident):
        write_incident(page, found)
        if written := record.assessment(found.id):
            write_written(page, written.en, written.ar, by=f"{written.who}, {written.at[:10]}")
        write_reports(page, found.case.reports, record.documents(_pages(found.case.reports)))
    else:
        writer = totals.exporters()["table"].open_writer(stream, colour=colour)
        writer.write(found)
        write_reports(page, found.reports, record.documents(_pages(found.reports)))


def _pages(reports: tuple[Report, ...]) -> list[str]:
    return sorted({report.claim.document for report in reports})


def _records(found: Incident | Total | Reported | Document, asked: str) -> list[dict[str, object]]:
    """What was found, as records with the whole evidence; of claims those that take part, and the one ``asked`` for."""
    if isinstance(found, Document):
        return [document_record(found)]
    if isinstance(found, Reported):
        return [claim_record(claim) for claim in found.claims if claim.id == asked or not found.out(claim.id)]
    if isinstance(found, Incident):
        return [incident_record(found, evidence=True)]
    return [total_record(found)]
