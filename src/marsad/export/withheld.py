"""What exporters ask before they write: names that are withheld in every spelling, documents that are withheld."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from marsad.evidence.withholding import MARK, Withheld
from marsad.lang.text import normalise
from marsad.model import Claim, Document, Span

Value = TypeVar("Value")

_ATTACHED = "(?:(?:[وف])?(?:[بلك])?)"
_SAID = frozenset({"evidence", "text", "texts", "trigger", "name", "names"})
"""Fields of a claim that hold words of its document."""


def find_name(text: str, name: str) -> Iterator[Span]:
    """The places of a name in a text, in any spelling of Arabic, with what is attached before it or without."""
    wanted = [re.escape(word) for word in normalise(name).text.split()]
    if not wanted:
        return
    folded = normalise(text)
    words = r"[\s_\-]+".join(wanted)
    for match in re.finditer(rf"(?<!\w){_ATTACHED}({words})(?!\w)", folded.text):
        yield folded.original(*match.span(1))


def redacted(value: Value, withheld: Withheld) -> Value:
    """The same value (text, list, dict, or noun of the model, whatever is in it) without what is withheld.

    A withheld name becomes ``MARK`` wherever it stands. A withheld document has neither title nor text nor source, and
    its claims none of its words; ids stay, so that it can be told what was left out.
    """
    return _redacted(value, withheld) if withheld else value


def _redacted(value: Any, withheld: Withheld) -> Any:
    if isinstance(value, str):
        return withheld.redact(value, find_name)
    if isinstance(value, dict):
        return {key: _redacted(item, withheld) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_redacted(item, withheld) for item in value)
    if isinstance(value, Document) and withheld.hides(value.id):
        return replace(value, text=MARK, title=MARK, source="", derived="")
    if isinstance(value, Claim) and withheld.hides(value.document):
        return replace(_wordless(value), why={})
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _redacted(getattr(value, f.name), withheld) for f in fields(value)}
        return replace(value, **changed)
    return value


def _wordless(value: Any) -> Any:
    """A claim, or a part of one, with ``MARK`` for each word of its document."""
    if isinstance(value, tuple):
        return tuple(_wordless(item) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {f.name: _marked(f.name, getattr(value, f.name)) for f in fields(value)}
    return replace(value, **changed)


def _marked(name: str, value: Any) -> Any:
    if name not in _SAID:
        return _wordless(value)
    return tuple(MARK for _ in value) if isinstance(value, tuple) else MARK if value else value
