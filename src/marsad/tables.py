"""Reading the tab-separated lexicons and rules that stand beside the code."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files

from marsad.errors import DataError


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: ``row["word"]`` is a cell, ``file`` and ``line`` say where it stands."""

    cells: Mapping[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fail(self, reason: str) -> DataError:
        """The error to raise for this line."""
        return DataError(self.file, self.line, reason)

    def one_of(self, column: str, allowed: Collection[str]) -> str:
        """The cell, if it is one of ``allowed``; else DataError."""
        if self[column] not in allowed:
            raise self.fail(f"{column} is {self[column]!r}, not one of {', '.join(sorted(allowed))}")
        return self[column]


def read(path: str, *, columns: tuple[str, ...]) -> list[Row]:
    """Rows of the TSV at ``path`` (inside the package, such as ``lang/ar/data/events.tsv``).

    The first line that is neither blank nor a ``#`` comment names the columns, which must be ``columns``.
    Trailing empty cells may be left off. Raises DataError.
    """
    rows: list[Row] = []
    header: tuple[str, ...] | None = None
    text = files("marsad").joinpath(path).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if header is None:
            header = cells
            if header != columns:
                raise DataError(path, number, f"columns are {', '.join(header)}; expected {', '.join(columns)}")
            continue
        if len(cells) > len(columns):
            raise DataError(path, number, f"{len(cells)} cells for {len(columns)} columns")
        if not cells[0]:
            raise DataError(path, number, f"empty {columns[0]}")
        padded = cells + ("",) * (len(columns) - len(cells))
        rows.append(Row(dict(zip(columns, padded, strict=True)), path, number))
    return rows
