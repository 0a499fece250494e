"""Actors, places and countries as a reader calls them: in Arabic as far as lexicon and gazetteer know."""

from dataclasses import dataclass
from functools import cache, lru_cache

from marsad.lang.lexicon import ACTOR_COLUMNS
from marsad.link.title import arabic_place
from marsad.model import Party, Place
from marsad.pipeline import gazetteer
from marsad.tables import read


@dataclass(frozen=True, slots=True)
class Said:
    """Words, and the language they are in."""

    text: str
    lang: str


@cache
def _actors() -> dict[str, str]:
    """The Arabic name of each actor of the lexicon, by its id."""
    return {row["id"]: row["name_ar"] for row in read("lang/data/actors.tsv", columns=ACTOR_COLUMNS)}


def actor(id: str | None, name: str, lang: str) -> Said:
    """A party by the id of the lexicon, else by its name as it stands in the record, which is English."""
    if lang == "ar" and id and (known := _actors().get(id)):
        return Said(known, "ar")
    return Said(name, "en")


@lru_cache(maxsize=20_000)
def place_name(name: str, country: str, lang: str, *, id: str = "") -> Said:
    """A place by its English name and country's code; ``id`` is the gazetteer's, where it is known."""
    if lang != "ar":
        return Said(name, "en")

    def known(asked: str) -> str:
        found = [c for c in gazetteer().lookup(asked) if c.name_ar and c.name_en == asked]
        found.sort(key=lambda c: (c.id != id, c.country != country, c.kind != "country"))
        return found[0].name_ar if found else ""

    arabic = arabic_place(name, known)
    return Said(arabic, "ar") if arabic else Said(name, "en")


@lru_cache(maxsize=1_000)
def country(code: str, lang: str) -> str:
    """A country by its ISO 3166 code; the code where the gazetteer does not know it."""
    found = gazetteer().country(code) if code else ()
    whole = next((c for c in found if c.kind == "country"), None)
    return (whole.name_ar if lang == "ar" else whole.name_en) or code if whole else code


@dataclass(frozen=True, slots=True)
class Names:
    """What templates call parties, places and countries by, in one language."""

    lang: str

    def party(self, found: Party) -> Said:
        """A party of a claim or incident."""
        return actor(found.actor_id, found.name or (found.texts[0] if found.texts else ""), self.lang)

    def actor(self, found: tuple[str, str]) -> Said:
        """A party of a list, as (id or else name, name)."""
        return actor(found[0], found[1], self.lang)

    def place(self, found: Place) -> Said:
        """A place of a claim or incident."""
        return place_name(found.name or found.text, found.country or "", self.lang, id=found.gazetteer_id or "")

    def spot(self, name: str, code: str | None) -> Said:
        """A place of a list, by its name and its country's code."""
        return place_name(name, code or "", self.lang)

    def country(self, code: str) -> str:
        """A country by its code."""
        return country(code, self.lang)
