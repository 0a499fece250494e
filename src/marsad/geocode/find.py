"""What `gazetteer find` and `gazetteer info` show: the places of a name with their scores, and the layers in use."""

from dataclasses import dataclass
from typing import Any

from marsad.geocode.gazetteer import Gazetteer
from marsad.geocode.mentions import find_places
from marsad.geocode.names import is_arabic
from marsad.geocode.packed import Candidate
from marsad.geocode.precision import codes
from marsad.geocode.weigh import Context, score
from marsad.lang.text import normalise, tokens


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate of a name, its score, the reasons that weighed most, and the UCDP precision it would be given."""

    candidate: Candidate
    score: float
    why: str
    precision: int


def find(name: str, *, gazetteer: Gazetteer, country: str = "") -> list[Found]:
    """The places a name may mean, best first; a noun counts («محافظة حلب»), ``country`` (alpha-2) is its context."""
    folded = normalise(name).text
    words = [folded[start:end] for start, end in tokens(folded, 0, len(folded))]
    lang = "ar" if is_arabic(folded) else "en"
    mentions = find_places(words, lang, gazetteer, capitalised=[True] * len(words))
    context = Context({country: 1.0} if country else {})
    if len(mentions) == 1 and mentions[0].candidates and mentions[0].end - mentions[0].start == len(words):
        mention, pool = mentions[0], mentions[0].candidates
    else:
        pool = gazetteer.lookup(folded)
        mention = None
    scored = ((place, *score(place, mention, [], context)) for place in pool)
    found = [Found(place, round(points, 2), why, codes(place.kind).ucdp) for place, points, why in scored]
    return sorted(found, key=lambda f: (-f.score, f.candidate.id))


def info(gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """For each layer in use: source, folder, places, names, and the file it was imported from if it was."""
    return [{"folder": str(layer.folder)} | layer.meta for layer in gazetteer.layers]
