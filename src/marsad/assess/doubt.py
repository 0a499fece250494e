"""How unsure the program is of a claim that it read: rules of ``data/doubt.tsv``, each with its points and words.

It puts in order what a person should look at first. It says nothing of who or what the claim is about.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from marsad.geocode.gazetteer import Gazetteer, distance_km
from marsad.lang.text import fold
from marsad.link.events import families
from marsad.model import Claim, Place, Quantity
from marsad.tables import read

MOST = 100
_PATH = "assess/data/doubt.tsv"
_COLUMNS = ("code", "points", "harm", "limit", "events", "en", "ar")
_LIMITED = frozenset("vague_place namesakes vague_time large_figure short_evidence".split())
_CODES = _LIMITED | frozenset(
    "no_place no_time published_time no_actor no_target denied planned possible no_figure open_figure many_figures "
    "cumulative anonymous no_speaker dissents".split()
)
_HARMED = frozenset(("killed", "injured", "casualties"))
_TOWN_KM = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One rule that holds of a claim: its points, and what it says in either language."""

    code: str
    points: int
    en: str
    ar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the table; no ``events`` is all of them."""

    code: str
    points: int
    harm: int
    limit: int
    events: frozenset[str]
    en: str
    ar: str

    def reason(self, *, harm: bool) -> Reason:
        """What it says of a claim that gives a casualty figure, or of one that does not."""
        return Reason(code=self.code, points=self.harm if harm else self.points, en=self.en, ar=self.ar)


@cache
def rules() -> Mapping[str, Rule]:
    """The table by code; DataError where a line does not hold or a rule is missing."""
    found: dict[str, Rule] = {}
    row = None
    for row in read(_PATH, columns=_COLUMNS):
        code = row.one_of("code", _CODES)
        if code in found:
            raise row.fail(f"rule {code!r} stands here a second time")
        numbers = [row["points"], row["harm"], *([row["limit"]] if code in _LIMITED else [])]
        if not all(number.isdecimal() for number in numbers):
            raise row.fail("points, harm and the limit of a rule that has one are whole numbers")
        events = frozenset(row["events"].split())
        if unknown := sorted(events - families().keys()):
            raise row.fail(f"{', '.join(unknown)}: no event of the codebook")
        if not row["en"] or not row["ar"]:
            raise row.fail("the words are missing in one language")
        points, harm, limit = int(row["points"]), int(row["harm"]), int(row["limit"] or 0)
        found[code] = Rule(
            code=code, points=points, harm=harm, limit=limit, events=events, en=row["en"], ar=row["ar"]
        )  # fmt: skip
    if row is not None and (missing := sorted(_CODES - found.keys())):
        raise row.fail(f"the table ends here without {', '.join(missing)}")
    return found


def doubts(claim: Claim, *, dissents: bool = False) -> tuple[Reason, ...]:
    """Why the program is unsure of a claim, the weightiest reason first; ``dissents``: its figure does."""
    table = rules()
    harm = bears_on_figures(claim)
    holding = {*_where(claim.place), *_when(claim), *_who(claim), *_how_many(claim), *_said(claim)}
    if dissents:
        holding.add("dissents")
    found = [
        table[code].reason(harm=harm) for code in holding if not table[code].events or claim.event in table[code].events
    ]
    return tuple(sorted((reason for reason in found if reason.points), key=lambda one: (-one.points, one.code)))


def score(reasons: Iterable[Reason]) -> int:
    """The sum of the points, at most 100."""
    return min(MOST, sum(reason.points for reason in reasons))


def explained(codes: Sequence[str], *, harm: bool) -> tuple[Reason, ...]:
    """Reasons by their codes; a code that the table no longer has is left out."""
    return tuple(rules()[code].reason(harm=harm) for code in codes if code in rules())


def bears_on_figures(claim: Claim) -> bool:
    """Whether a claim gives killed or injured, or tells of them."""
    return claim.event == "casualties" or any(quantity.of in _HARMED for quantity in claim.quantities)


def _where(place: Place | None) -> Iterator[str]:
    if place is None:
        yield "no_place"
    elif place.precision >= rules()["vague_place"].limit:
        yield "vague_place"
    elif place.lat is not None and place.lon is not None:
        around = (place.lat, place.lon)
        others = [at for at in _called(place.text, place.country) if distance_km(at, around) > _TOWN_KM]
        if len(others) >= rules()["namesakes"].limit:
            yield "namesakes"


@lru_cache(maxsize=20_000)
def _called(text: str, country: str | None) -> tuple[tuple[float, float], ...]:
    """The points of the towns and villages of a country that are called so."""
    found = _gazetteer().lookup(fold(text))
    return tuple((one.lat, one.lon) for one in found if one.country == country and not one.kind.startswith("adm"))


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.open()


def _when(claim: Claim) -> Iterator[str]:
    if claim.time is None:
        yield "no_time"
        return
    if claim.time.from_publication:
        yield "published_time"
    if claim.time.date_precision >= rules()["vague_time"].limit:
        yield "vague_time"


def _who(claim: Claim) -> Iterator[str]:
    if not claim.actors:
        yield "no_actor"
    if not claim.targets:
        yield "no_target"


def _how_many(claim: Claim) -> Iterator[str]:
    told = [quantity for quantity in claim.quantities if quantity.of in _HARMED]
    if not told:
        yield "no_figure"
        return
    if any(quantity.low is None or quantity.high is None for quantity in told):
        yield "open_figure"
    if max(map(_top, told)) >= rules()["large_figure"].limit:
        yield "large_figure"
    if max(Counter((quantity.of, quantity.whom) for quantity in told).values()) > 1:
        yield "many_figures"


def _top(quantity: Quantity) -> int:
    return max(quantity.low or 0, quantity.high or 0)


def _said(claim: Claim) -> Iterator[str]:
    if claim.factuality != "asserted":
        yield claim.factuality
    if claim.scope == "cumulative":
        yield "cumulative"
    if not claim.attribution:
        yield "no_speaker"
    elif all(speaker.anonymous for speaker in claim.attribution):
        yield "anonymous"
    if sum(map(len, claim.evidence)) < rules()["short_evidence"].limit:
        yield "short_evidence"
