"""One transaction, and the few ways in which rows go in and out: always many at a time."""

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Connection,
    Executable,
    Integer,
    Select,
    Table,
    Text,
    cast,
    delete,
    func,
    literal,
    select,
)
from sqlalchemy.sql.elements import ColumnElement

_PIECE = 200  # rows that go to PostgreSQL in one message


class Session:
    """A transaction on a record: handed to the functions of this folder, never kept."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.postgres = connection.dialect.name == "postgresql"

    def rows(self, statement: Executable) -> list[Any]:
        """All rows of a statement: tuples whose cells have the names of the columns too."""
        with uncollected():
            return list(self.connection.execute(statement).fetchall())

    def packed(self, statement: Select[Any]) -> list[list[Any]]:
        """All rows of a statement, of text, numbers and ``None``; thousands come quicker as one JSON text."""
        each = statement.subquery().c
        row = func.json_build_array(*each) if self.postgres else func.json_array(*each)
        whole = cast(func.json_agg(row), Text) if self.postgres else func.json_group_array(row)
        with uncollected():
            found: list[list[Any]] = msgspec.json.decode(self.value(select(whole)) or "[]")
        return found

    def value(self, statement: Executable) -> Any:
        """The first cell of the first row."""
        return self.connection.execute(statement).scalar()

    def run(self, statement: Executable) -> None:
        """Execute a statement that gives no rows."""
        self.connection.execute(statement)

    def insert(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows, each with a cell for every column of the table in its order."""
        if not rows:
            return
        self.insert_into(table.name, [column.name for column in table.columns], rows)

    def insert_into(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows to a table that only this database has."""
        names = ", ".join(f'"{column}"' for column in columns)
        if self.postgres:
            self._copy(f'COPY "{table}" ({names}) FROM STDIN', rows)
        elif rows:
            marks = ", ".join("?" * len(columns))
            self.connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))

    def _copy(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """PostgreSQL's bulk form: a row a line, tabs between (https://www.postgresql.org/docs/current/sql-copy.html)."""
        lines = ("\t".join(map(_copied, row)) + "\n" for row in rows)
        pieces = ("".join(piece) for piece in iter(lambda: list(islice(lines, _PIECE)), []))
        cursor = self.connection.connection.cursor()
        try:
            cursor.execute(statement, stream=pieces)  # type: ignore[call-arg]
        finally:
            cursor.close()

    def delete(self, column: Column[Any], values: Sequence[str] | Sequence[int]) -> None:
        """Remove the rows whose ``column`` is one of ``values``."""
        if values:
            self.run(delete(column.table).where(self.among(column, values)))

    def update(self, key: Column[Any], column: Column[Any], values: Sequence[tuple[str, str]]) -> None:
        """Set ``column`` in the rows with these keys: (key, value) pairs, both text."""
        table = f'"{column.table.name}"'
        if not values:
            return
        if self.postgres:
            listed = "unnest(CAST(%s AS text[]), CAST(%s AS text[])) AS given(key, value)"
            self.connection.exec_driver_sql(
                f'UPDATE {table} SET "{column.name}" = given.value FROM {listed} '
                f'WHERE {table}."{key.name}" = given.key',
                ([k for k, _ in values], [v for _, v in values]),
            )
            return
        statement = f'UPDATE {table} SET "{column.name}" = ? WHERE "{key.name}" = ?'
        self.connection.exec_driver_sql(statement, [(v, k) for k, v in values])

    def among(self, column: ColumnElement[Any], values: Iterable[str] | Iterable[int]) -> ColumnElement[bool]:
        """Whether ``column`` is one of ``values``, however many they are; the column's index finds them."""
        if self.postgres:
            kind = ARRAY(BigInteger() if isinstance(column.type, Integer) else Text())
            return column.in_(select(func.unnest(cast(literal(list(values), kind), kind)).column_valued("listed")))
        each = func.json_each(msgspec.json.encode(list(values)).decode()).table_valued("value")
        return column.in_(select(each.c.value))

    def next_number(self, column: Column[Any]) -> int:
        """The number after the highest in use; safe, for there is one writer."""
        return int(self.value(select(func.coalesce(func.max(column), 0)))) + 1


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the search for circular garbage: thousands of new rows or records hold none, and it would take longest."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _copied(value: Any) -> str:
    if isinstance(value, str):
        return value.translate(_ESCAPES)
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    if isinstance(value, bool):
        return "t" if value else "f"
    return repr(value)


def number(text: str) -> int:
    """A number of 63 bits for a text: the same everywhere, and two texts share one by chance only (BLAKE2b)."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
