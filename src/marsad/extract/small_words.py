"""The small words of counting (extract/data/parts.tsv): what opens the parts of a total, says "others" or "one of"."""

from functools import cache

from marsad.lang.base import Unit
from marsad.lang.text import fold
from marsad.tables import read

_KINDS = {
    "part", "all", "most", "other", "another", "two-more", "one", "toll", "many", "measure", "ruin", "deadly", "and",
    "article", "behind",
}  # fmt: skip


@cache
def words(lang: str) -> dict[str, str]:
    """Small words of counting: what opens the parts of a total, what says "others", "one of"."""
    rows = read("extract/data/parts.tsv", columns=("lang", "word", "kind"))
    return {fold(w): row.one_of("kind", _KINDS) for row in rows if row["lang"] == lang for w in row["word"].split()}


def word(unit: Unit, lang: str) -> str:
    """The counting kind of a unit's word, or ""."""
    known = words(lang)
    norm = unit.form.norm
    return known.get(norm) or (known.get(norm[len(unit.conj) :], "") if unit.conj else "")


def bare_word(unit: Unit, lang: str) -> str:
    """The counting kind of a unit's word without its article, or ""."""
    return word(unit, lang) or (
        words(lang).get(unit.form.norm[len(unit.conj) :].removeprefix("ال"), "") if unit.det else ""
    )
