"""A ``.docx`` file: one article, its paragraphs and tables in order, read with python-docx."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from marsad.capture.base import Item, Record, Source, make_document
from marsad.capture.bounded import opened_zip
from marsad.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table

SUFFIXES = (".docx",)
MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)
MAX_FILE = 64_000_000
MAX_UNPACKED = 128_000_000
_MISSING = "Word files are read with python-docx, which is not installed; pip install 'marsad[web]'"
_BODY = "word/document.xml"
_MAX_BODY = 32_000_000
_MOST_CELLS = 2_000


def read(source: Source) -> Iterator[Item]:
    """One document: a line for each paragraph and table row; title and author as the file's properties say."""
    data = source.whole(limit=MAX_FILE)
    if not data.strip():
        raise InputError(f"{source.name}: the file is empty; nothing to read")
    word = _opened(data, name=source.name)
    properties = word.core_properties
    document = make_document(Record(text="\n".join(_lines(word)), title=properties.title or None), where=source.name)
    about = {"author": properties.author or "", "created": properties.created.isoformat() if properties.created else ""}
    about = {key: value for key, value in about.items() if value and value != "python-docx"}
    yield replace(document, derived=f"python-docx {_version()}", about=about)


def _opened(data: bytes, *, name: str) -> "Word":
    try:
        from docx import Document as opened
    except ImportError:
        raise InputError(_MISSING) from None

    with opened_zip(io.BytesIO(data), name=name, most=MAX_UNPACKED) as archive:
        if _BODY not in archive.namelist():
            raise InputError(f"{name}: a ZIP archive, but no Word file; unpack it first")
        if archive.getinfo(_BODY).file_size > _MAX_BODY:
            raise InputError(f"{name}: more than {_MAX_BODY // 1_000_000} MB of text, longer than any article")
        archive.read(_BODY)  # a damaged body is told here
    try:
        return opened(io.BytesIO(data))
    except Exception as error:  # python-docx lets through whatever its parts raise
        raise InputError(f"{name}: a Word file that cannot be read: {error}") from None


def _lines(word: "Word") -> Iterator[str]:
    from docx.table import Table

    for block in word.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield block.text


def _rows(table: "Table") -> Iterator[str]:
    """A row a line; a cell that spans several columns is told once."""
    seen = 0
    for row in table._tbl.tr_lst:
        cells = [" ".join(p.text for p in cell.p_lst).strip() for cell in row.tc_lst]
        seen += len(cells)
        if seen > _MOST_CELLS:
            return
        yield " | ".join(cell for cell in cells if cell)


def _version() -> str:
    from importlib.metadata import version

    return version("python-docx")
