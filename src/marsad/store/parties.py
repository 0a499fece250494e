"""Parties as a column that a filter can look into."""

from collections.abc import Iterable

from marsad.lang.text import fold
from marsad.model import Party


def names(parties: Iterable[Party]) -> str:
    """Ids, names and wordings of parties, folded, a line each."""
    lines: dict[str, None] = {}
    for party in parties:
        if party.actor_id:
            lines[f"id:{party.actor_id}:"] = None
        lines.update(dict.fromkeys(fold(text) for text in (party.name, *party.texts)))
    return "\n".join(lines)


def named(wanted: str) -> tuple[str, str]:
    """What stands in the column where a party has this id, or this within a name."""
    return f"id:{wanted}:", fold(wanted)
