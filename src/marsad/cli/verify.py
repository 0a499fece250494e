"""``marsad verify``: whether the evidence is as it was received."""

import re
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.custody import derive, evidence_folder, evidence_option
from marsad.cli.options import record_option
from marsad.cli.output import counted, progress, say
from marsad.errors import InputError
from marsad.export.screen import plain

if TYPE_CHECKING:
    from marsad.evidence import Report, Trust
    from marsad.model import Claim, Document
    from marsad.record import Record

_BATCH = 200
_SHOWN = 20


@click.command()
@click.argument("target", required=False, metavar="[FILE.wacz | FOLDER]", type=click.Path())
@record_option
@evidence_option
@click.option(
    "--key", "keys", multiple=True, metavar="HEX", help="A public key whose signatures you trust. Repeatable."
)
@click.option("--tsa-root", "roots", type=click.Path(dir_okay=False), metavar="PEM", help="Authorities that you trust.")
@click.option("--head", "heads", multiple=True, metavar="HEX", help="A head of the ledger that you wrote down earlier.")
def command(
    target: str | None, url: str, folder: str | None, keys: tuple[str, ...], roots: str | None, heads: tuple[str, ...]
) -> None:
    """Check that the evidence is as it was received, and that the record rests on it.

    Without a name, the record and its evidence folder are checked: that each entry of the ledger follows from the one
    before it, that each archived file has the hash it had, and that what each claim quotes stands in the text that is
    derived again from the archived bytes.

    FOLDER is a copy of an evidence folder; it is checked by itself. FILE.wacz is what "marsad bundle" wrote; it needs
    neither record nor folder. Nothing is written and nothing is sent anywhere.

    The first broken link is named first, and the exit code is then 1.

    \b
      marsad verify
      marsad verify /mnt/copy/marsad.evidence
      marsad verify incident.wacz --key 1cf58f9dc82a72c8466825cf200deb8a6027809f982b304980039ea19c0610cf
    """
    trust = _trust(keys, roots, heads)
    if target is None:
        report = _record(url, folder, trust)
    elif Path(target).is_dir():
        from marsad.evidence import Evidence, verify

        report, _ = verify(Evidence.open(target), trust=trust)
    else:
        from marsad.evidence.opened import verify_bundle

        report = verify_bundle(Path(target), trust=trust, derive=derive)
    _tell(report)


def _trust(keys: tuple[str, ...], roots: str | None, heads: tuple[str, ...]) -> "Trust":
    from marsad.evidence import Trust
    from marsad.evidence.seal import certificates

    for given, what in (
        *((key, "public key; marsad seal") for key in keys),
        *((h, "head; marsad verify") for h in heads),
    ):
        if not re.fullmatch("[0-9a-fA-F]{64}", given):
            raise InputError(f"{given}: 64 hexadecimal digits are a {what} prints it")
    trusted = certificates(Path(roots)) if roots else ()
    return Trust(
        keys=frozenset(key.lower() for key in keys), heads=frozenset(head.lower() for head in heads), roots=trusted
    )


def _record(url: str, folder: str | None, trust: "Trust") -> "Report":
    from marsad.evidence import Evidence, verify
    from marsad.evidence.quotes import check_record
    from marsad.record import Record  # the database opens here, not for --help

    with Record.open(url) as record, progress("documents") as advance:
        evidence = Evidence.open(evidence_folder(url, folder))
        report, walked = verify(evidence, trust=trust)
        for batch in _documents(record):
            check_record(evidence, walked, batch, derive, report)
            advance(len(batch))
    return report


def _documents(record: "Record") -> Iterator[list[tuple["Document", list["Claim"]]]]:
    """All current documents with their claims, in batches."""
    from marsad.store import claims, documents

    with record.store.reading() as db:
        left = documents.current(db)
        while batch := list(islice(left, _BATCH)):
            held = claims.of_documents(db, [document.id for document in batch])
            yield [(document, list(held[document.id])) for document in batch]


def _tell(report: "Report") -> None:
    """The result for people; exit code 1 where something does not hold."""
    for note in report.notes[:_SHOWN]:
        say(f"note: {note}")
    if len(report.notes) > _SHOWN:
        say(f"note: and {len(report.notes) - _SHOWN:,} more of this kind")
    size = f"{counted(report.entries, 'entry').replace('entrys', 'entries')}, {counted(report.files, 'file')}"
    checked = f"{size}, {counted(report.documents, 'document')}, {counted(report.claims, 'claim')}"
    if report.holds:
        click.echo(f"holds: {checked}")
        click.echo(f"head of the ledger: {report.head}")
        return
    click.echo(f"DOES NOT HOLD: {counted(len(report.problems), 'problem')} in {checked}")
    click.echo(f"first broken link: {plain(str(report.first))}")
    for problem in report.problems[1:_SHOWN]:
        click.echo(f"then: {plain(str(problem))}")
    if len(report.problems) > _SHOWN:
        click.echo(f"and {len(report.problems) - _SHOWN:,} more")
    sys.exit(1)
