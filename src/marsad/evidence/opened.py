"""Checks a bundle by itself: no database, no evidence folder, no network."""

from pathlib import Path
from typing import Any

import msgspec

from marsad.errors import InputError, MarsadError
from marsad.evidence import package
from marsad.evidence.archive import captured_of
from marsad.evidence.bundle import REPORT_CAPTURE
from marsad.evidence.canonical import decode, sha256
from marsad.evidence.files import fault
from marsad.evidence.folder import text_hash
from marsad.evidence.ledger import Entry
from marsad.evidence.proof import Proof, check_proof
from marsad.evidence.quotes import Derive, NoReader, check_quotes
from marsad.evidence.report import Report
from marsad.evidence.verify import Trust, check_seals, malformed
from marsad.evidence.warc import address, read_warc
from marsad.model import Captured, Claim, Document

_PROVEN = (
    "archive/data.warc.gz",
    "indexes/index.cdx",
    "pages/pages.jsonl",
    "evidence/incident.json",
    "evidence/documents.jsonl",
    "evidence/claims.jsonl",
    "evidence/captures.jsonl",
    "evidence/withheld.jsonl",
    "evidence/report.html",
)
_LEDGER = "evidence/ledger.jsonl"


def verify_bundle(path: Path, *, trust: Trust | None = None, derive: Derive | None = None) -> Report:
    """Check every file of a bundle, the ledger's proof, and the quotes; ``derive`` reads texts from the bytes again.

    InputError where the file cannot be read; what does not hold is in the report.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise fault(path, error) from error
    report = Report(bytes=len(data))
    try:
        parts = package.unpack(data)
    except ValueError as error:
        report.add(path.name, str(error))
        return report
    report.files = len(parts)
    proof = _proof(parts, report)
    export = _export(parts, proof, report) if proof else None
    if proof is not None and export is not None:
        try:
            _check_package(path, data, parts, export, report)
            _check_seals(parts, proof, report, trust or Trust())
            if report.holds:
                _check_contents(parts, proof, report, derive)
        except (ValueError, KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
            report.add("evidence/", f"it is not as Marsad writes it: {error}")
    return report


# The chain, and what it says of the files


def _proof(parts: dict[str, bytes], report: Report) -> Proof | None:
    try:
        proof = check_proof(parts[_LEDGER].splitlines())
    except KeyError:
        report.add(_LEDGER, "it is missing; this is no bundle of Marsad")
        return None
    except ValueError as error:
        report.add(_LEDGER, str(error))
        return None
    for entry in proof.entries:
        if wrong := malformed(entry):
            report.add(_LEDGER, f"entry {entry.seq:,}: {wrong}", entry.seq)
            return None
    report.entries, report.head = len(proof.entries), proof.head
    return proof


def _export(parts: dict[str, bytes], proof: Proof, report: Report) -> Entry | None:
    """The entry that this bundle was made with, after its files were compared with what it says of them."""
    found = [entry for entry in proof.entries if entry.kind == "export" and isinstance(entry.what.get("files"), dict)]
    if not found:
        report.add(_LEDGER, "it has no entry for this export")
        return None
    export = found[-1]
    for path in _PROVEN:
        wanted = export.what["files"].get(path)
        if path not in parts and wanted is None:
            parts[path] = b""  # what would be empty is left out
        elif path not in parts:
            report.add(path, "it is missing", export.seq)
        elif wanted != sha256(parts[path]):
            report.add(path, f"it is not the file that entry {export.seq:,} of the ledger speaks of", export.seq)
    return export


def _check_package(path: Path, data: bytes, parts: dict[str, bytes], export: Entry, report: Report) -> None:
    """Manifest and ZIP must be those that follow from the files, to the bit."""
    held = {name: part for name, part in parts.items() if part and name not in (package.MANIFEST, package.DIGEST)}
    tokens = {f"evidence/{sha256(part)}.tsr" for name, part in held.items() if name.endswith(".tsr")}
    for name in held:
        if name not in (*_PROVEN, _LEDGER) and name not in tokens:
            report.add(name, "nothing in the ledger speaks of this file")
    created = str(export.what["created"])
    made = package.manifest(held, title=str(export.what["title"]), created=created, software=export.software)
    if parts.get(package.MANIFEST) != made:
        report.add(package.MANIFEST, "it does not describe the files that are there")
    elif parts.get(package.DIGEST) != package.digest(made):
        report.add(package.DIGEST, "it is not the hash of datapackage.json")
    elif package.pack({name: part for name, part in parts.items() if part}, created=created) != data:
        report.add(path.name, "its files are whole, but the ZIP around them is not the one that Marsad wrote")


def _check_seals(parts: dict[str, bytes], proof: Proof, report: Report, trust: Trust) -> None:
    def read(name: str, ending: str) -> bytes:
        found = parts.get(f"evidence/{name}.{ending}", b"")
        if sha256(found) != name:
            raise InputError(f"evidence/{name}.{ending}: it is missing or was altered")
        return found

    seals = [entry for entry in proof.entries if entry.kind in ("signature", "timestamp")]
    check_seals(seals, proof.hashes, read, report, trust=trust)
    if not seals:
        report.notes.append(
            "the ledger's head is not signed or timestamped; compare it with one that you have otherwise"
        )


# What is in the files


def _check_contents(parts: dict[str, bytes], proof: Proof, report: Report, derive: Derive | None) -> None:
    captures = _check_captures(parts, proof, report)
    readings = [entry.what for entry in proof.entries if entry.kind == "reading"]
    claims: dict[str, list[Claim]] = {}
    for line in parts["evidence/claims.jsonl"].splitlines():
        claim = msgspec.json.decode(line, type=Claim)
        claims.setdefault(claim.document, []).append(claim)
    for line in parts["evidence/documents.jsonl"].splitlines():
        told = decode(line)
        held = claims.pop(told["id"], [])
        report.documents, report.claims = report.documents + 1, report.claims + len(held)
        if told["redacted"]:
            report.notes.append(
                f"document {told['id']}: names are withheld; its quotes rest on bytes that are not here"
            )
        else:
            _check_document(told, held, captures, readings, report, derive)
    for document in claims:
        report.add("evidence/claims.jsonl", f"claims of {document}, which is not among the documents")
    hidden = sum(1 for line in parts["evidence/withheld.jsonl"].splitlines() if decode(line)["document"])
    if hidden:
        report.notes.append(f"{hidden:,} documents are withheld; evidence/withheld.jsonl has their hashes and reasons")


def _check_captures(parts: dict[str, bytes], proof: Proof, report: Report) -> dict[str, list[Captured]]:
    """The captures by the SHA-256 of their bytes, each compared with its record, the ledger and the WARC."""
    records = {sha256(line): line for line in parts["evidence/captures.jsonl"].splitlines()}
    entered = {entry.what["capture"]: entry.what for entry in proof.entries if entry.kind == "capture"}
    found: dict[str, list[Captured]] = {}
    for name, url, content in read_warc(parts["archive/data.warc.gz"]):
        if name == REPORT_CAPTURE:
            if content != parts["evidence/report.html"]:
                report.add("archive/data.warc.gz", "its report is not evidence/report.html")
            continue
        record = records.pop(name, None)
        if record is None or name not in entered:
            report.add("archive/data.warc.gz", f"no entry of the ledger speaks of the capture {name} of {url}")
            continue
        captured = captured_of(record, content)
        hashed = sha256(content)
        if decode(record)["content"] != hashed or entered[name]["content"] != hashed or address(captured, name) != url:
            report.add("archive/data.warc.gz", f"the bytes of {url} are not those that were received")
        found.setdefault(hashed, []).append(captured)
    for name in records:
        report.add("archive/data.warc.gz", f"the bytes of capture {name} are missing")
    return found


def _check_document(
    told: dict[str, Any],
    claims: list[Claim],
    captures: dict[str, list[Captured]],
    readings: list[dict[str, Any]],
    report: Report,
    derive: Derive | None,
) -> None:
    document = Document(id=told["id"], text=told["text"], title=told["title"], captured=told["content"])
    hashed = text_hash(document.text)
    if hashed != told["text_sha256"]:
        report.add(document.called, "its text was altered")
    said = [one for one in readings if one["document"] == document.id]
    if said and hashed not in {one["text"] for one in said}:
        report.add(document.called, "its text is not one that was ever read, by the ledger")
    elif not said:
        report.notes.append(f"{document.called}: the ledger has no reading of it; its text stands alone")
    text = None
    held = captures.get(told["content"] or "", [])
    if derive is not None and held:
        try:
            text = derive(held[0], document)
        except NoReader as error:
            report.notes.append(f"{document.called}: its text was not derived again: {error}")
        except MarsadError as error:
            report.add(document.called, f"its text cannot be derived again: {error}")
    check_quotes(document, claims, text, report)
