"""``marsad withhold``: what must not leave the house."""

from typing import TYPE_CHECKING

import click

from marsad.cli.custody import evidence_folder, evidence_option
from marsad.cli.options import because_option, by_option, decider, record_option
from marsad.cli.output import say
from marsad.errors import InputError
from marsad.export.screen import plain

if TYPE_CHECKING:
    from marsad.evidence import Entry, Evidence


@click.command()
@click.argument("document", required=False, metavar="[DOCUMENT]")
@record_option
@evidence_option
@by_option
@because_option
@click.option("--name", metavar="NAME", help="Withhold this person's name instead, in every document and spelling.")
@click.option("--erase", is_flag=True, help="Also take the archived bytes of DOCUMENT out for good.")
@click.option(
    "--release", type=click.IntRange(1), metavar="ENTRY", help="Withhold no longer what this entry withholds."
)
@click.option("--list", "listing", is_flag=True, help="Show what is withheld now.")
def command(
    document: str | None,
    url: str,
    folder: str | None,
    by: str | None,
    because: str,
    name: str | None,
    erase: bool,
    release: int | None,
    listing: bool,
) -> None:
    """Withhold DOCUMENT, or a person's name, from lists, totals, search, exports and bundles.

    On the screen of who works with the record, "show", "why" and "copies" show it still.

    The archive keeps the bytes and the ledger an entry with your name and reason (--because, which is needed); in
    exports a tombstone with the hash stands in the place of a document, and a mark in the place of a name. The chain
    verifies as before. A name is not written in the ledger, only a hash of it that cannot be guessed.

    --erase is for what the law forbids to keep: the bytes are gone, the ledger keeps their hash. Copies of the evidence
    folder and backups that were made before still have them.

    \b
      marsad withhold aleppo-2016-06-21-7 --because "the witness is in danger"
      marsad withhold --name "فلان الفلاني" --because "a minor"
      marsad withhold --list
      marsad withhold --release 412 --because "has consented"
    """
    from marsad.evidence import Evidence

    if sum((document is not None, name is not None, release is not None, listing)) != 1:
        raise InputError("say what to withhold: a DOCUMENT, or --name NAME, or --release ENTRY, or --list")
    evidence = Evidence.open(evidence_folder(url, folder))
    if listing:
        _list(evidence)
        return
    if not because.strip():
        raise InputError("say why, with --because; it stays in the ledger")
    who = decider(by)
    if name is not None:
        _tell("the name is withheld", evidence.withhold_name(name, who=who, why=because))
    elif release is not None:
        _tell(f"what entry {release} withheld is released", evidence.release(release, who=who, why=because))
    else:
        _withhold(evidence, str(document), who=who, because=because, erase=erase)


def _tell(done: str, entry: "Entry") -> None:
    click.echo(f"{done} (entry {entry.seq})")


def _withhold(evidence: "Evidence", document: str, *, who: str, because: str, erase: bool) -> None:
    """Withhold a document with all the bytes it was ever read from."""
    contents = {
        entry.what["content"]
        for entry in evidence.entries()
        if entry.kind == "reading" and entry.what["document"] == document
    }
    if not contents:
        say(f"note: {plain(document)}: the ledger knows no bytes of it; the document is withheld by its id")
    made = evidence.withhold_document(document, content=contents, who=who, why=because)
    _tell(f"{plain(document)} is withheld", made)
    for content in sorted(contents) if erase else ():
        if evidence.archive.has(content):
            _tell(f"{content} is erased", evidence.erase(content, document=document, who=who, why=because))


def _list(evidence: "Evidence") -> None:
    """What is withheld, one a line: the entry, what, since when, by whom, why."""
    now = evidence.withheld()
    stones = {stone.entry: stone for stone in (*now.documents.values(), *now.contents.values(), *now.erased.values())}
    lines = {
        entry: f"{'erased' if stone.erased else 'document'}\t{stone.document or stone.content[0]}"
        for entry, stone in stones.items()
    }
    lines |= {entry: f"name\t{name}" for entry, name in now.names.items()}
    made = {entry.seq: entry for entry in evidence.entries() if entry.seq in lines}
    for entry in sorted(lines):
        cells = (str(entry), *lines[entry].split("\t"), made[entry].at, made[entry].who, made[entry].why)
        click.echo("\t".join(map(plain, cells)))
    if not lines:
        say("nothing is withheld")
