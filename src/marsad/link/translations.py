"""Which original a text names, where it says that it is a translation."""

import re
from functools import cache

from marsad.lang.text import fold, normalise
from marsad.model import Document
from marsad.tables import read

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'«»“”،؛)\]]+", re.IGNORECASE)
_QUOTED = re.compile(r"\"([^\"\n]+)\"")
_WORD = re.compile(r"[^\W_]+")
_LINE = 400
"""How far after the mark the original is looked for, in code points of folded text."""


def names_itself(document: Document, *, least: int) -> set[str]:
    """The names by which another text may call this one: its link, and its title of at least ``least`` words."""
    links = {_plain_link(name) for name in (document.id, document.source) if _LINK.fullmatch(name.strip())}
    return links | _titles([document.title], least=least)


def names_original(document: Document, *, least: int) -> set[str]:
    """The names of the originals of which this text says it is a translation; empty for almost every text."""
    folded = normalise(f"{document.title}\n{document.text}").text
    found: set[str] = set()
    for mark in _marks().finditer(folded):
        end = folded.find("\n", mark.end(), mark.end() + _LINE)
        line = folded[mark.end() : end if end >= 0 else mark.end() + _LINE]
        found |= {_plain_link(link) for link in _LINK.findall(line)}
        found |= _titles(_QUOTED.findall(line), least=least)
    return found


@cache
def _marks() -> re.Pattern[str]:
    """One pattern for all marks; DataError for a mark that is not in its example, or an example without original."""
    rows = read("link/data/translations.tsv", columns=("lang", "words", "example"))
    for row in rows:
        example = fold(row["example"])
        if fold(row["words"]) not in example:
            raise row.fail("the words are not in the example")
        if not (_LINK.search(example) or _QUOTED.search(example)):
            raise row.fail("the example names no original")
    words = sorted({fold(row["words"]) for row in rows}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words) + r")(?!\w)")


def _plain_link(link: str) -> str:
    """The link without what differs between two ways of giving it: scheme, www, query, closing marks."""
    link = re.sub(r"^(?:https?://)?(?:www\.)?", "", link.strip().lower())
    return "link " + re.split(r"[?#]", link)[0].rstrip("/.,;:!-")


def _titles(titles: list[str], *, least: int) -> set[str]:
    words = [_WORD.findall(normalise(title).text) for title in titles]
    return {"title " + " ".join(w) for w in words if len(w) >= least}
