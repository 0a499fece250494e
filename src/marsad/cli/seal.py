"""``marsad seal``: the ledger signed, and its time told by an authority."""

import urllib.request
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from marsad.cli.custody import evidence_folder, evidence_option
from marsad.cli.options import because_option, by_option, decider, record_option
from marsad.errors import InputError

if TYPE_CHECKING:
    from marsad.evidence import Entry, Evidence

_ANSWER = 1_000_000
"""The longest answer of a timestamp authority, in bytes: some hundred times a usual one."""

_SECONDS = 30

_file = click.Path(dir_okay=False)


@click.command()
@record_option
@evidence_option
@by_option
@because_option
@click.option("--key", type=_file, metavar="PEM", help="Sign the head with this private key.")
@click.option("--new-key", type=_file, metavar="PEM", help="Make a private key in this new file.")
@click.option("--tsa", metavar="URL", help="Have the head timestamped by this authority.")
@click.option("--request", type=_file, metavar="FILE", help="Write the request for an authority, to be sent otherwise.")
@click.option("--answer", type=_file, metavar="FILE", help="Take in an authority's answer to such a request.")
@click.option("--tsa-root", "roots", type=_file, metavar="PEM", help="Authorities that you trust; others are refused.")
def command(
    url: str,
    folder: str | None,
    by: str | None,
    because: str,
    key: str | None,
    new_key: str | None,
    tsa: str | None,
    request: str | None,
    answer: str | None,
    roots: str | None,
) -> None:
    """Seal the ledger: sign its head, or have an authority say when it was so.

    The chain shows a change to anyone who knows its head. A signature says whose head it is; a timestamp (RFC 3161)
    says since when it has been so, by a clock that is not yours. Either covers all entries before it.

    --tsa sends a hash to the authority and nothing else. On a machine without a network, write the request to a file
    with --request, send it as application/timestamp-query from another, and take the answer in with --answer.

    \b
      marsad seal --new-key custodian.pem
      marsad seal --key custodian.pem
      marsad seal --tsa https://tsa.example.org/
      marsad seal --request head.tsq
      marsad seal --answer head.tsr --tsa-root authority.pem
    """
    from marsad.evidence import Evidence

    if sum(one is not None for one in (key, new_key, tsa, request, answer)) != 1:
        raise InputError("say how to seal: --key, --new-key, --tsa, --request or --answer")
    if new_key:
        _make_key(new_key)
        return
    evidence = Evidence.open(evidence_folder(url, folder))
    if request:
        _request(evidence, request)
    elif key:
        entry = evidence.sign(Path(key), who=decider(by), why=because)
        click.echo(f"signed at entry {entry.what['of']} with the key {entry.what['key']} (entry {entry.seq})")
    else:
        entry = _timestamp(evidence, tsa, str(answer), who=decider(by), roots=roots, because=because)
        click.echo(f"timestamped {entry.what['time']} at entry {entry.what['of']} (entry {entry.seq})")


def _make_key(path: str) -> None:
    from marsad.evidence import seal

    public = seal.make_key(Path(path))
    click.echo(f"{path}: keep it safe and secret. Give others the public key: {public}")


def _request(evidence: "Evidence", path: str) -> None:
    """Write the request for an authority; InputError where that cannot be done."""
    from marsad.evidence import seal

    head = evidence.ledger.head()
    try:
        Path(path).write_bytes(seal.timestamp_request(head.entries, head.hash))
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {error.strerror}") from error
    click.echo(f"{path}: the request for the head at entry {head.entries}")


def _timestamp(
    evidence: "Evidence", tsa: str | None, answer: str, *, who: str, roots: str | None, because: str
) -> "Entry":
    """Have the head timestamped by an authority that is asked now, or was asked before."""
    from marsad.evidence import seal

    trusted = seal.certificates(Path(roots)) if roots else ()
    if tsa:
        return evidence.timestamp(lambda query: _ask(tsa, query), who=who, roots=trusted, why=because)
    data = _read(answer)
    of = _head_of(evidence, data)
    return evidence.add_timestamp(data, of=of.seq, hash=of.hash, who=who, roots=trusted, why=because)


def _ask(url: str, query: bytes) -> bytes:
    """An authority's answer; InputError where there is none."""
    if not url.startswith(("https://", "http://")):
        raise InputError(f"{url}: the address of a timestamp authority begins with https:// or http://")
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    asked = urllib.request.Request(url, data=query, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS) as response:
            found: bytes = response.read(_ANSWER + 1)
    except (OSError, ValueError) as error:
        raise InputError(f"{url}: no answer: {error}; try again, or another authority") from error
    if len(found) > _ANSWER:
        raise InputError(f"{url}: an answer longer than any timestamp; is this the address of an authority?")
    return found


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


def _head_of(evidence: "Evidence", answer: bytes) -> "Entry":
    """The entry whose head an authority's answer is about; InputError where it is of none."""
    from marsad.evidence import seal

    imprint = seal.imprint(answer)
    for entry in evidence.entries():
        if sha256(seal.message(entry.seq, entry.hash)).digest() == imprint:
            return entry
    raise InputError("this timestamp is of no head of this ledger")
