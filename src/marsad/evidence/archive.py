"""What was received, as it was received: files called after the SHA-256 of their content, written once, never altered.

archive/3f/3f0c...             the bytes
archive/3f/3f0c....9a1b....json   beside them, for each time that they were received: where, when, how, by what
archive/9a/9a1b....name        a person's name that is withheld; .tsr: the answer of a timestamp authority
incoming/                      what is being written
"""

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from marsad.errors import InputError
from marsad.evidence.canonical import decode, encode, sha256
from marsad.evidence.files import fault, make_folder, sync_folder, write
from marsad.model import Captured

SIDES = ("name", "tsr")
"""The endings of what is kept beside captures: a person's withheld name, a timestamp."""

_NAME = re.compile(r"([0-9a-f]{64})(?:\.(?:([0-9a-f]{64})\.json|(name|tsr)))?")
_DAY = 86_400


def capture_record(captured: Captured) -> bytes:
    """All that is known of a capture but its bytes, which are named by ``content`` (SHA-256) and ``bytes`` (length)."""
    return encode(
        {
            "at": captured.at,
            "bytes": len(captured.content),
            "content": sha256(captured.content),
            "media_type": captured.media_type,
            "request_headers": captured.request_headers,
            "response_headers": captured.response_headers,
            "software": captured.software,
            "status": captured.status,
            "url": captured.url,
        }
    )


def captured_of(record: bytes, content: bytes) -> Captured:
    """The capture of a record and its bytes; ValueError where the record is damaged."""
    found = decode(record)
    try:
        return Captured(
            url=found["url"],
            at=found["at"],
            content=content,
            media_type=found["media_type"],
            status=found["status"],
            request_headers=tuple((name, value) for name, value in found["request_headers"]),
            response_headers=tuple((name, value) for name, value in found["response_headers"]),
            software=found["software"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("it is no record of a capture") from error


class Archive:
    """The files of one evidence folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "archive"
        self.incoming = folder / "incoming"

    def create(self) -> None:
        """Make its empty folders."""
        self.folder.mkdir()
        self.incoming.mkdir()

    def put(self, captured: Captured) -> tuple[str, str]:
        """Keep what was received; returns the SHA-256 of its bytes and that of its record, both then safe on disk."""
        record = capture_record(captured)
        content, capture = sha256(captured.content), sha256(record)
        self._keep([(self.path(content), captured.content), (self.record_path(content, capture), record)])
        return content, capture

    def put_side(self, data: bytes, ending: str) -> str:
        """Keep a name or a timestamp; returns its SHA-256."""
        name = sha256(data)
        self._keep([(self.side_path(name, ending), data)])
        return name

    def _keep(self, wanted: list[tuple[Path, bytes]]) -> None:
        """Write what is not there yet, all in one shard; InputError where it cannot be, or is there but damaged."""
        shard = wanted[0][0].parent
        try:
            make_folder(shard)
            for path, data in wanted:
                if not path.exists():
                    write(path, data, scratch=self.incoming)
                elif path.read_bytes() != data:
                    raise InputError(f"{path}: it was altered since it was kept; see marsad verify, and restore a copy")
            sync_folder(shard)
        except OSError as error:
            raise fault(self.folder, error) from error

    def path(self, content: str) -> Path:
        """Where bytes are, or would be."""
        return self.folder / content[:2] / content

    def record_path(self, content: str, capture: str) -> Path:
        """Where the record of a capture is, beside its bytes."""
        return self.folder / content[:2] / f"{content}.{capture}.json"

    def side_path(self, name: str, ending: str) -> Path:
        """Where a name or timestamp is."""
        return self.folder / name[:2] / f"{name}.{ending}"

    def read(self, content: str) -> bytes:
        """The bytes of this SHA-256; InputError where they are not there or are damaged."""
        return self._checked(self.path(content), content)

    def read_side(self, name: str, ending: str) -> bytes:
        """A name or timestamp; InputError where it is not there or damaged."""
        return self._checked(self.side_path(name, ending), name)

    def read_record(self, content: str, capture: str) -> bytes:
        """The record of a capture; InputError where it is not there or damaged."""
        return self._checked(self.record_path(content, capture), capture)

    def _checked(self, path: Path, expected: str) -> bytes:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise InputError(f"{path}: it is not in the archive; marsad verify tells what is missing") from None
        except OSError as error:
            raise fault(path, error) from error
        if sha256(data) != expected:
            raise InputError(f"{path}: it was altered since it was kept; see marsad verify, and restore a copy")
        return data

    def capture(self, content: str, capture: str) -> Captured:
        """A capture as it was received; InputError where it is not there or damaged."""
        record = self.read_record(content, capture)
        try:
            return captured_of(record, self.read(content))
        except ValueError as error:
            raise InputError(f"{self.record_path(content, capture)}: {error}") from error

    def has(self, content: str) -> bool:
        """Whether these bytes are in the archive."""
        return self.path(content).exists()

    def remove(self, content: str) -> None:
        """Take bytes out for good; that they were here stays in the ledger. InputError where it cannot be done."""
        path = self.path(content)
        try:
            path.unlink(missing_ok=True)
            sync_folder(path.parent)
        except OSError as error:
            raise fault(path, error) from error

    def sweep(self) -> None:
        """Clear away what a stopped run left unfinished more than a day ago."""
        with suppress(OSError):
            for path in self.incoming.iterdir():
                if time.time() - path.stat().st_mtime > _DAY:
                    path.unlink(missing_ok=True)

    def files(self) -> Iterator[Path]:
        """Every file, in order of name."""
        for shard in sorted(self.folder.iterdir()):
            yield from sorted(shard.iterdir()) if shard.is_dir() else [shard]


def expected_hash(path: Path) -> str | None:
    """The SHA-256 that the content of a file of the archive must have; None where it has no business there."""
    found = _NAME.fullmatch(path.name)
    if found is None or path.parent.name != path.name[:2]:
        return None
    return found[2] or found[1]
