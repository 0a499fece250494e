"""``marsad bundle``: the evidence of an incident in one file."""

from pathlib import Path

import click

from marsad.cli.custody import evidence_folder, evidence_option, unpacked
from marsad.cli.options import because_option, by_option, decider, record_option


@click.command()
@click.argument("incident", metavar="INCIDENT")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False), metavar="FILE.wacz", help="Write to this file."
)
@record_option
@evidence_option
@by_option
@because_option
@click.option("--key", type=click.Path(dir_okay=False), metavar="PEM", help="Sign the ledger with this private key.")
def command(
    incident: str, output: str, url: str, folder: str | None, by: str | None, because: str, key: str | None
) -> None:
    """Write the evidence of INCIDENT to FILE.wacz.

    The file opens in players of web archives, such as ReplayWeb.page. In it are the pages as they were received with
    their headers; the incident, its documents and claims; the part of the ledger that concerns it, in a chain with the
    rest, of which only hashes are shown; and a custody report in Arabic and English, the first page of the list.

    What is withheld is left out, with a tombstone in its place. The export is entered in the ledger. Anyone checks the
    file with "marsad verify FILE.wacz", without a database.

    \b
      marsad bundle i3f0c1b2a4d5e -o incident.wacz --because "asked for by the commission"
      marsad verify incident.wacz
    """
    from marsad.evidence import Evidence
    from marsad.evidence.bundle import Material, bundle
    from marsad.export.incidents.record import record as incident_record
    from marsad.export.withheld import find_name, redacted
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record:
        found = record.incident(incident)
        documents = record.documents({report.claim.document for report in found.case.reports})
    evidence = Evidence.open(evidence_folder(url, folder))
    shown = redacted(found, evidence.withheld())
    entry = bundle(
        evidence,
        Material(incident=found, record=incident_record(shown), documents=documents),
        Path(output),
        who=decider(by),
        why=because,
        find=find_name,
        unpack=unpacked,
        key=Path(key) if key else None,
    )
    click.echo(f"{output}: the evidence of {found.id} (entry {entry.seq}); marsad verify {output} checks it")
