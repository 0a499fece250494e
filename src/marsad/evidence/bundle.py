"""``marsad bundle``: the evidence of one incident as a WACZ, with the ledger's proof and a report of its custody.

archive/data.warc.gz, indexes/index.cdx, pages/pages.jsonl    what players of web archives show
evidence/incident.json, documents.jsonl, claims.jsonl         what Marsad makes of it
evidence/captures.jsonl                                       the record of each capture, a line each, as archived
evidence/ledger.jsonl                                         the part of the ledger that concerns the incident
evidence/withheld.jsonl, report.html, *.tsr                   tombstones, the custody report, timestamps
datapackage.json, datapackage-digest.json                     the hash of each file, and the hash of those
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import msgspec

from marsad.errors import InputError
from marsad.evidence import package
from marsad.evidence.canonical import encode, sha256
from marsad.evidence.custody import Custody, Shown, report, words
from marsad.evidence.files import fault, sync_folder, write
from marsad.evidence.folder import Evidence, text_hash
from marsad.evidence.ledger import SOFTWARE, Entry
from marsad.evidence.proof import concerns, prove
from marsad.evidence.quotes import reading_of
from marsad.evidence.warc import Page, address, seconds, write_warc
from marsad.evidence.withholding import Find, Tombstone, Withheld, plain_find
from marsad.model import Captured, Claim, Document, Incident

REPORT_CAPTURE = "report"

Unpack = Callable[[Captured], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a bundle is made of: an incident, its record as exported, and its documents by id."""

    incident: Incident
    record: Mapping[str, object]
    documents: Mapping[str, Document]


@dataclass(slots=True)
class _Gathered:
    """The evidence of the incident, sorted into what may be shown and what may not."""

    withheld: Withheld
    find: Find
    unpack: Unpack
    entries: list[Entry]
    documents: list[dict[str, Any]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    records: dict[str, bytes] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    tombs: dict[int, dict[str, Any]] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def redact(self, value: Any) -> Any:
        """Any value of JSON with the withheld names taken out of it."""
        if isinstance(value, str):
            return self.withheld.redact(value, self.find)
        if isinstance(value, dict):
            return {key: self.redact(item) for key, item in value.items()}
        return [self.redact(item) for item in value] if isinstance(value, list | tuple) else value


def bundle(
    evidence: Evidence,
    material: Material,
    output: Path,
    *,
    who: str,
    why: str = "",
    find: Find = plain_find,
    unpack: Unpack = lambda captured: captured.content,
    key: Path | None = None,
) -> Entry:
    """Write the evidence of an incident to ``output``, and enter the export; ``key`` signs the ledger's head with it.

    ``find`` finds withheld names, also in the bytes, which ``unpack`` gives without the coding of their transfer.

    InputError where something is missing or damaged in the archive, or the file cannot be written.
    """
    if output.suffix != ".wacz":
        raise InputError(f"{output}: the name of a bundle ends in .wacz, so that players know it")
    found = _gather(evidence, material, find, unpack)
    if found.withheld.names_in(f"{who}\n{why}", find):
        raise InputError("the reason, or who exports, has a name in it that is withheld; word it without")
    created = seconds(datetime.now(UTC).isoformat())
    incident = found.redact(msgspec.to_builtins(dict(material.record)))
    titles = {"en": found.redact(material.incident.title_en), "ar": found.redact(material.incident.title_ar)}
    parts = _parts(evidence, found, incident, titles, created=created, who=who)
    what = {
        "created": created,
        "files": {path: sha256(data) for path, data in parts.items()},
        "incident": material.incident.id,
        "title": titles["en"],
    }
    entry = evidence.entry("export", who=who, why=why, what=what)
    if key is not None:
        evidence.sign(key, who=who, why="signed with the export")
    parts |= _proof(evidence, found, entry)
    _write(output, parts, title=titles["en"], created=created)
    return entry


def _write(output: Path, parts: dict[str, bytes], *, title: str, created: str) -> None:
    """Put the manifest to the parts, and all of it into the file, whole or not at all."""
    made = package.manifest(parts, title=title, created=created)
    whole = parts | {package.MANIFEST: made, package.DIGEST: package.digest(made)}
    try:
        write(output, package.pack(whole, created=created), mode=0o644)
        sync_folder(output.parent)
    except OSError as error:
        raise fault(output, error) from error


# What there is, and what of it may be shown


def _gather(evidence: Evidence, material: Material, find: Find, unpack: Unpack) -> _Gathered:
    found = _Gathered(evidence.withheld(), find, unpack, list(evidence.entries()))
    found.ids.add(material.incident.id)
    readings: dict[str, list[dict[str, Any]]] = {}
    captures: dict[str, list[str]] = {}
    for entry in found.entries:
        if entry.kind == "reading":
            readings.setdefault(entry.what["document"], []).append(entry.what)
        elif entry.kind == "capture":
            captures.setdefault(entry.what["content"], []).append(entry.what["capture"])
    claims: dict[str, list[Claim]] = {}
    for report_ in material.incident.case.reports:
        claims.setdefault(report_.claim.document, []).append(report_.claim)
    for identity in sorted(claims):
        document = material.documents.get(identity)
        if document is None:
            raise InputError(f"{identity}: a document of the incident that is not in the record; run marsad relink")
        said = reading_of(document, readings)
        content = said["content"] if said else document.captured
        stone = found.withheld.hides(identity)
        if stone is not None:
            found.tombs[stone.entry] = stone.record()
        else:
            _show(evidence, found, document, claims[identity], content, captures.get(content or "", []))
    return found


def _show(
    evidence: Evidence,
    found: _Gathered,
    document: Document,
    claims: list[Claim],
    content: str | None,
    captures: list[str],
) -> None:
    """Take a document with its claims and captures in, without the names that are withheld."""
    held: list[tuple[str, str, Captured]] = []
    stone = found.withheld.holds_back(content)
    if content is not None and stone is None:
        held = [(content, capture, evidence.archive.capture(content, capture)) for capture in captures]
    names = _names(found, document, [captured for _, _, captured in held])
    for entry in names:
        made = next(one for one in found.entries if one.seq == entry)
        tomb = Tombstone(entry=entry, at=made.at, who=made.who, why=made.why).record()
        bytes_of = set(found.tombs.get(entry, tomb)["content"]) | ({content} if content else set())
        found.tombs[entry] = tomb | {"content": sorted(bytes_of)}
    if stone is not None:
        found.tombs[stone.entry] = stone.record()
    if names:
        found.changed.add(document.id)
    found.documents.append(_document(found, document, content, changed=bool(names)))
    found.claims.extend(claims)
    found.ids |= {document.id, *(claim.id for claim in claims)} | ({content} if content else set())
    if not names:
        for _, capture, captured in held:
            found.ids.add(capture)
            found.records[capture] = evidence.archive.read_record(sha256(captured.content), capture)
            found.pages[capture] = Page(captured=captured, capture=capture, url=address(captured, capture))
            found.titles.setdefault(capture, document.title or document.id)
    found.shown.append(_shown(found, document, claims, held, changed=bool(names)))


def _names(found: _Gathered, document: Document, held: list[Captured]) -> list[int]:
    """The entries of the withheld names in the text or in the bytes of a document, in any likely encoding."""
    if not found.withheld.names:
        return []
    texts = [document.text, document.title, document.source, document.id]
    for captured in held:
        texts += [captured.url, *(value for _, value in captured.response_headers)]
        texts += [unescape(found.unpack(captured).decode(name, "replace")) for name in ("utf-8", "cp1256", "utf-16")]
    return sorted({entry for text in texts for entry in found.withheld.names_in(text, found.find)})


def _document(found: _Gathered, document: Document, content: str | None, *, changed: bool) -> dict[str, Any]:
    told: dict[str, Any] = found.redact(
        {
            "derived": document.derived,
            "id": document.id,
            "lang": document.lang,
            "published": document.published.isoformat() if document.published else None,
            "source": document.source,
            "text": document.text,
            "title": document.title,
        }
    )
    return told | {"content": content, "redacted": changed, "text_sha256": "" if changed else text_hash(document.text)}


def _shown(
    found: _Gathered, document: Document, claims: list[Claim], held: list[tuple[str, str, Captured]], *, changed: bool
) -> Shown:
    quotes = dict.fromkeys(quote for claim in claims for quote in claim.evidence)
    return Shown(
        id=found.redact(document.id),
        title=found.redact(document.title),
        source=found.redact(document.source),
        published=document.published.isoformat() if document.published else "",
        derived=document.derived,
        captures=tuple((content, name, replace(one, url=found.redact(one.url))) for content, name, one in held),
        quotes=tuple(found.redact(quote) for quote in quotes),
        note="text_changed" if changed else "" if held else "no_bytes",
    )


# The files


def _parts(
    evidence: Evidence, found: _Gathered, incident: Any, titles: dict[str, str], *, created: str, who: str
) -> dict[str, bytes]:
    """All files but those that depend on the entry of the export."""
    shown = [entry for entry in found.entries if _may_show(found, entry)]
    head = evidence.ledger.head()
    custody = Custody(
        incident=str(incident["id"]),
        titles=titles,
        made=created,
        who=who,
        software=SOFTWARE,
        head=(head.entries, head.hash),
        documents=found.shown,
        withheld=[found.redact(found.tombs[entry]) for entry in sorted(found.tombs)],
        entries=shown,
        claims=len(found.claims),
    )
    told = report(custody).encode("utf-8")
    page = Captured(url=package.REPORT_URL, at=created, content=told, media_type="text/html; charset=utf-8")
    front = Page(captured=page, capture=REPORT_CAPTURE, url=package.REPORT_URL)
    order = sorted(found.pages.values(), key=lambda one: (one.captured.at, one.capture))
    warc, index = write_warc([front, *order])
    parts = {
        "archive/data.warc.gz": warc,
        "indexes/index.cdx": index,
        "pages/pages.jsonl": package.lines(_pages(found, [front, *order], titles)),
        "evidence/incident.json": encode(incident) + b"\n",
        "evidence/documents.jsonl": package.lines(found.documents),
        "evidence/claims.jsonl": package.lines(found.redact(msgspec.to_builtins(one)) for one in found.claims),
        "evidence/captures.jsonl": b"".join(found.records[name] + b"\n" for name in sorted(found.records)),
        "evidence/withheld.jsonl": package.lines(custody.withheld),
        "evidence/report.html": told,
    }
    return {path: data for path, data in parts.items() if data}


def _pages(found: _Gathered, pages: list[Page], titles: dict[str, str]) -> Iterator[dict[str, str]]:
    front = " · ".join(words()[language]["title"] for language in ("ar", "en"))
    yield {"format": "json-pages-1.0", "id": "pages", "title": titles["en"]}
    for page in pages:
        title = found.redact(found.titles.get(page.capture, front))
        yield {"id": page.capture[:16], "title": title, "ts": seconds(page.captured.at), "url": page.url}


def _may_show(found: _Gathered, entry: Entry) -> bool:
    """Whether an entry concerns the incident and holds nothing that is withheld."""
    if found.withheld.names_in(entry.line().decode("utf-8"), found.find):
        return False
    if entry.seq in found.tombs:
        return True
    if not concerns(entry, found.ids) or entry.what.get("document") in found.withheld.documents:
        return False
    # the hash of a text would let a guess at the name that was taken out of it be confirmed
    return not (entry.kind == "reading" and entry.what["document"] in found.changed)


def _proof(evidence: Evidence, found: _Gathered, export: Entry) -> dict[str, bytes]:
    """The ledger's proof, with the seals over it and what authorities answered."""
    entries = list(evidence.entries())
    known = {entry.seq for entry in entries if entry.seq == export.seq or _may_show(found, entry)}
    seals = [entry for entry in entries if entry.kind in ("signature", "timestamp") and entry.what["of"] >= min(known)]
    known |= {entry.seq for entry in seals}
    parts = {"evidence/ledger.jsonl": b"".join(line + b"\n" for line in prove(entries, lambda e: e.seq in known))}
    for entry in seals:
        if entry.kind == "timestamp":
            token = entry.what["token"]
            parts[f"evidence/{token}.tsr"] = evidence.archive.read_side(token, "tsr")
    return parts
