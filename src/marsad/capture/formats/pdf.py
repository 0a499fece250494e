"""A ``.pdf`` file: one article, the text of its pages, read with pypdf in a process of its own.

PDF is a program for drawing; a hostile one can loop or fill memory. The process has limits of time and memory, and its
end is told as an error. A PDF without text (a scan) is an error too: Marsad reads no pictures.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec

from marsad.capture.base import Item, Notice, Record, Source, make_document
from marsad.errors import InputError

SUFFIXES = (".pdf",)
MEDIA_TYPES = ("application/pdf",)
MAX_FILE = 64_000_000
MAX_SECONDS = 60
_MISSING = "PDF files are read with pypdf, which is not installed; pip install 'marsad[web]'"


def read(source: Source) -> Iterator[Item]:
    """One document; a notice where pages were left out."""
    data = source.whole(limit=MAX_FILE)
    if not data.strip():
        raise InputError(f"{source.name}: the file is empty; nothing to read")
    if find_spec("pypdf") is None:
        raise InputError(_MISSING)
    found = _extracted(data, name=source.name)
    if found["left_out"]:
        yield Notice(f"{source.name}: {found['left_out']} pages left out (damaged, or over the limits)")
    if not found["text"].strip():
        raise InputError(f"{source.name}: a PDF without text, perhaps a scan; make a text of it with OCR first")
    document = make_document(Record(text=found["text"], title=found["title"] or None), where=source.name)
    about = {key: found[key] for key in ("author", "created") if found[key]}
    yield replace(document, derived=f"pypdf {found['version']}", about=about)


def _extracted(data: bytes, *, name: str, seconds: float = MAX_SECONDS) -> dict[str, str]:
    command = [sys.executable, "-P", "-m", "marsad.capture.pdftext", str(int(seconds) + 1)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise InputError(
            f"{name}: this PDF takes more than {seconds:g} seconds to read; save its text as .txt"
        ) from None
    try:
        found: dict[str, str] = json.loads(done.stdout)
    except ValueError:
        raise InputError(
            f"{name}: this PDF needs more time or memory than any article; save its text as .txt"
        ) from None
    if found.get("error"):
        raise InputError(f"{name}: a PDF that cannot be read: {found['error']}")
    return found
