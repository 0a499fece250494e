"""What the record enters in its ledger: what was received, read and decided; nothing where it has no evidence."""

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Self

from marsad.errors import InputError
from marsad.evidence import Evidence, Read, Withheld
from marsad.model import Captured, Decision, Document


def folder_of(url: str, given: Path | str | None = None) -> Path:
    """The evidence folder of a record: ``given``, MARSAD_EVIDENCE, or ``marsad.evidence`` beside ``marsad.db``.

    InputError for a database on a server of which none is named.
    """
    named = given or os.environ.get("MARSAD_EVIDENCE")
    if named:
        return Path(named)
    path = url.removeprefix("sqlite:///")
    if "://" in path:
        raise InputError(
            "a record in PostgreSQL has its evidence in a folder that you name: --evidence FOLDER, or MARSAD_EVIDENCE"
        )
    return Path(path).with_suffix(".evidence")


class Custody:
    """The evidence of a record, if it has any."""

    def __init__(self, evidence: Evidence | None) -> None:
        self.evidence = evidence
        self._captures: dict[str, str] | None = None

    @classmethod
    def create(cls, url: str) -> Self:
        """Make the evidence folder of a new record; a database on a server has none unless MARSAD_EVIDENCE names it."""
        try:
            folder = folder_of(url)
        except InputError:
            return cls(None)
        return cls(Evidence.open(folder) if (folder / "ledger.jsonl").exists() else Evidence.create(folder))

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the evidence folder of a record, where there is one."""
        try:
            folder = folder_of(url)
        except InputError:
            return cls(None)
        return cls(Evidence.open(folder) if folder.is_dir() else None)

    def received(self, captured: Captured, *, who: str) -> str | None:
        """Keep what was received, unless the same bytes are kept already; returns their SHA-256, or None."""
        if self.evidence is None:
            return None
        content = sha256(captured.content).hexdigest()
        if content not in self._known():
            (kept,) = self.evidence.capture([captured], who=who)
            self._known()[content] = kept.capture
        return content

    def read(self, documents: Iterable[tuple[Document, int]], *, who: str) -> None:
        """Enter documents that were read from kept bytes, each with the number of its claims."""
        if self.evidence is None:
            return
        known = self._known()
        found = [
            Read(document=document, content=document.captured, capture=known[document.captured], claims=claims)
            for document, claims in documents
            if document.captured in known
        ]
        if found:
            self.evidence.reading(found, who=who)

    def withheld(self) -> Withheld:
        """What must not leave the house."""
        return Withheld() if self.evidence is None else self.evidence.withheld()

    def exported(self, *, what: str, ids: Sequence[str], file: str, who: str) -> None:
        """Enter that these incidents or totals were written to a file; ``ids`` are in its order."""
        if self.evidence is None:
            return
        digest = sha256("\n".join(ids).encode()).hexdigest()
        told = {"what": what, "count": len(ids), "ids_sha256": digest, "file": file}
        self.evidence.entry("export", who=who, what=told)

    def reviewed(self, what: Mapping[str, object], *, who: str) -> None:
        """Enter that documents were given to two reviewers, or that one of them handed a review in."""
        if self.evidence is not None:
            self.evidence.entry("review", who=who, what=dict(what))

    def account(self, action: str, name: str, *, who: str, value: str = "") -> None:
        """Enter what was done to an account, or that someone signed in or was kept out."""
        if self.evidence is not None:
            self.evidence.entry("account", who=who, what={"action": action, "name": name, "value": value})

    def disclosed(self, document: str, *, who: str, why: str = "") -> None:
        """Enter that a person asked to see the personal data of a document."""
        if self.evidence is not None:
            self.evidence.entry("disclosure", who=who, what={"document": document}, why=why)

    def decided(self, decision: Decision) -> None:
        """Enter what a person decided."""
        if self.evidence is None:
            return
        what = {"seq": decision.seq, "verb": decision.verb, "about": list(decision.about), "value": decision.value}
        kind = "grade" if decision.verb == "grade" else "decision"
        self.evidence.entry(kind, who=decision.who, what=what, why=decision.because)

    def _known(self) -> dict[str, str]:
        """The first capture of each content that is kept."""
        if self._captures is None:
            assert self.evidence is not None
            self._captures = {content: captures[0] for content, captures in self.evidence.captures().items()}
        return self._captures
