"""The ZIP of a bundle, written so that the same content is the same bytes (WACZ 1.1.1, Frictionless Data Package)."""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from marsad.evidence.canonical import encode, sha256
from marsad.evidence.ledger import SOFTWARE
from marsad.evidence.warc import HOST

WACZ_VERSION = "1.1.1"
MANIFEST = "datapackage.json"
DIGEST = "datapackage-digest.json"
REPORT_URL = f"{HOST}/report.html"
_UNIX_FILE = 0o100644 << 16


def manifest(parts: Mapping[str, bytes], *, title: str, created: str, software: str = SOFTWARE) -> bytes:
    """``datapackage.json``: what is in the file, each with its hash, and which page a player shows first."""
    return encode(
        {
            "created": created,
            "description": "Evidence of one incident, with the part of the ledger that concerns it. "
            "Check it with: marsad verify FILE.wacz",
            "mainPageDate": created,
            "mainPageUrl": REPORT_URL,
            "home": {"ts": created, "url": REPORT_URL},
            "profile": "data-package",
            "resources": [
                {
                    "bytes": len(data),
                    "hash": f"sha256:{sha256(data)}",
                    "name": path.rpartition("/")[2].lower(),
                    "path": path,
                }
                for path, data in parts.items()
            ],
            "software": software,
            "title": title,
            "wacz_version": WACZ_VERSION,
        }
    )


def digest(made: bytes) -> bytes:
    """``datapackage-digest.json``, the hash of the manifest."""
    return encode({"hash": f"sha256:{sha256(made)}", "path": MANIFEST})


def pack(parts: Mapping[str, bytes], *, created: str) -> bytes:
    """The ZIP, nothing compressed, so that players can read any part of it alone."""
    out = io.BytesIO()
    stamp = _stamp(created)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for path, data in parts.items():
            info = zipfile.ZipInfo(path, stamp)
            info.create_system, info.external_attr = 3, _UNIX_FILE
            packed.writestr(info, data)
    return out.getvalue()


def _stamp(created: str) -> tuple[int, int, int, int, int, int]:
    year, month, day = (int(part) for part in created[:10].split("-"))
    hour, minute, second = (int(part) for part in created[11:19].split(":"))
    return max(1980, min(year, 2107)), month, day, hour, minute, second


def unpack(data: bytes) -> dict[str, bytes]:
    """The parts of a ZIP in their order; ValueError where it is none, or holds a name twice."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            if any(info.compress_type != zipfile.ZIP_STORED for info in packed.infolist()):
                raise ValueError(
                    "its files are packed, which Marsad does not do; it was written anew by another program"
                )
            if len(set(names)) != len(names):
                raise ValueError("it holds the same name twice")
            return {name: packed.read(name) for name in names}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ValueError(f"it is no whole ZIP file: {error}") from error


def lines(values: Iterable[Any]) -> bytes:
    """Canonical JSON, a value a line."""
    return b"".join(encode(value) + b"\n" for value in values)
