"""A ``.csv`` or ``.tsv`` file: one document a row, its columns called as in a .jsonl file or mapped by the user."""

import csv
import io
from collections.abc import Iterator, Mapping

from marsad.capture.base import MAX_BYTES, MAX_CHARACTERS, Item, Notice, Record, Source, make_document
from marsad.capture.encoding import decode
from marsad.capture.meta import day_in
from marsad.errors import InputError

SUFFIXES = (".csv", ".tsv")
MEDIA_TYPES = ("text/csv", "text/tab-separated-values")
KEYS = ("text", "id", "lang", "published", "title", "source")
MAX_FILE = 32 * MAX_BYTES


def columns_of(value: str) -> dict[str, str]:
    """The map that ``--columns`` gives: ``text=body,published=date``; InputError for a key that no document has."""
    found: dict[str, str] = {}
    for part in value.split(","):
        key, equals, column = (side.strip() for side in part.partition("="))
        if not equals or not column or key not in KEYS:
            raise InputError(f"--columns: {part.strip()!r} is no KEY=COLUMN, where KEY is one of {', '.join(KEYS)}")
        found[key] = column
    return found


def read(source: Source) -> Iterator[Item]:
    """A document, or what is wrong, for each row; ``source.columns`` goes before a column of the key's own name."""
    data = source.whole(limit=MAX_FILE)
    if not data.strip():
        raise InputError(f"{source.name}: the file is empty; nothing to read")
    decoded = decode(data, name=source.name)
    if decoded.notice:
        yield Notice(f"{source.name}: {decoded.notice}")
    csv.field_size_limit(MAX_CHARACTERS + 1)
    rows = csv.reader(io.StringIO(decoded.text, newline=""), delimiter=_delimiter(decoded.text), strict=True)
    try:
        places = _places([cell.strip() for cell in next(rows, [])], source)
        for row in rows:
            if any(cell.strip() for cell in row):
                yield _document(row, places, where=f"{source.name}, line {rows.line_num}")
    except csv.Error as error:
        raise InputError(f"{source.name}, line {rows.line_num}: no CSV from here on: {error}") from None


def _delimiter(text: str) -> str:
    """Comma, semicolon, tab or bar: which the first line has most of."""
    head = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t|", key=head.count)


def _places(header: list[str], source: Source) -> dict[str, int]:
    """Where in a row each key stands."""
    names = [name.lower() for name in header]
    wanted: Mapping[str, str] = {**{key: key for key in KEYS if key in names}, **source.columns}
    places: dict[str, int] = {}
    for key, column in wanted.items():
        if column.lower() not in names:
            raise InputError(f"{source.name}: no column {column!r} for {key}; it has {_listed(header)}")
        places[key] = names.index(column.lower())
    if "text" not in places:
        raise InputError(f"{source.name}: no column is called text, only {_listed(header)}; say --columns text=COLUMN")
    return places


def _listed(header: list[str]) -> str:
    return ", ".join(name[:40] for name in header[:20]) or "none"


def _document(row: list[str], places: dict[str, int], *, where: str) -> Item:
    cells = {key: row[place].strip() if place < len(row) else "" for key, place in places.items()}
    published = cells.get("published", "")
    day = day_in(published) if published else None
    if day:
        cells["published"] = day.isoformat()
    try:
        return make_document(
            Record(**{key: cell or None for key, cell in cells.items() if key != "text"}, text=cells["text"]),
            where=where,
        )
    except InputError as error:
        return error
