"""What must not leave the house: documents, bytes and names that are withheld, worked out from the ledger."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from marsad.evidence.ledger import Entry

MARK = "[withheld · محجوب]"
"""What stands in an export where something was withheld."""

Find = Callable[[str, str], Iterable[tuple[int, int]]]
"""``find(text, name)`` gives the places of a name in a text, in code points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of what is withheld: which, since when, by whom and why; ``entry`` is its number in the ledger."""

    entry: int
    at: str
    who: str
    why: str
    document: str = ""
    content: tuple[str, ...] = ()
    erased: bool = False

    def record(self) -> dict[str, object]:
        """As it stands in an export."""
        return {key: getattr(self, key) for key in self.__dataclass_fields__} | {"withheld": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """All that is withheld now; ``names`` are given by the number of their entry."""

    documents: Mapping[str, Tombstone] = field(default_factory=dict)
    contents: Mapping[str, Tombstone] = field(default_factory=dict)
    erased: Mapping[str, Tombstone] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        return bool(self.documents or self.contents or self.erased or self.names)

    def hides(self, document: str) -> Tombstone | None:
        """The tombstone of a document; None where it is not withheld."""
        return self.documents.get(document)

    def holds_back(self, content: str | None) -> Tombstone | None:
        """The tombstone of bytes that are withheld or erased; None where they may be shown."""
        return None if content is None else self.contents.get(content) or self.erased.get(content)

    def names_in(self, text: str, find: Find) -> list[int]:
        """The entries of the withheld names that stand in a text."""
        return [entry for entry, name in self.names.items() if any(True for _ in find(text, name))]

    def redact(self, text: str, find: Find) -> str:
        """The text with ``MARK`` in the place of each withheld name, or of several that overlap."""
        parts: list[str] = []
        done = 0
        for start, end in sorted({span for name in self.names.values() for span in find(text, name)}):
            if start >= done:
                parts += [text[done:start], MARK]
            done = max(done, end)
        return "".join([*parts, text[done:]])


def plain_find(text: str, name: str) -> Iterable[tuple[int, int]]:
    """A name as it is written, whatever stands around it; ``marsad.export.withheld`` knows the spellings of Arabic."""
    start = text.find(name)
    while name and start >= 0:
        yield start, start + len(name)
        start = text.find(name, start + len(name))


def withheld(entries: Iterable[Entry], read_name: Callable[[str], str], is_there: Callable[[str], bool]) -> Withheld:
    """What the entries withhold and have not released; ``read_name`` gives the name of a SHA-256, ``is_there`` tells
    whether erased bytes have come in again."""
    documents: dict[str, Tombstone] = {}
    contents: dict[str, Tombstone] = {}
    erased: dict[str, Tombstone] = {}
    names: dict[int, str] = {}
    for entry in entries:
        if entry.kind == "deletion":
            stone = _tombstone(entry, (entry.what["content"],), erased=True)
            erased[entry.what["content"]] = stone
            documents |= {stone.document: stone} if stone.document else {}
        elif entry.kind == "withholding":
            if "lifts" in entry.what:
                _lift(entry.what["lifts"], documents, contents, names)
            elif "name" in entry.what:
                names[entry.seq] = entry.what["name"]
            else:
                stone = _tombstone(entry, tuple(entry.what["content"]))
                documents[stone.document] = stone
                contents.update(dict.fromkeys(stone.content, stone))
    known = {entry: read_name(name) for entry, name in names.items()}
    gone = {content: stone for content, stone in erased.items() if not is_there(content)}
    return Withheld(documents=documents, contents=contents, erased=gone, names=known)


def _tombstone(entry: Entry, content: tuple[str, ...], *, erased: bool = False) -> Tombstone:
    document = str(entry.what.get("document", ""))
    return Tombstone(
        entry=entry.seq, at=entry.at, who=entry.who, why=entry.why, document=document, content=content, erased=erased
    )


def _lift(lifted: int, documents: dict[str, Tombstone], contents: dict[str, Tombstone], names: dict[int, str]) -> None:
    names.pop(lifted, None)
    for stones in (documents, contents):
        for key in [key for key, stone in stones.items() if stone.entry == lifted]:
            del stones[key]
