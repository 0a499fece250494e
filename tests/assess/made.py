"""Claims and cases for the tests of assessing, made by hand."""

from collections.abc import Sequence
from datetime import date

from marsad.model import Case, Claim, Party, Place, Quantity, Report, Role, Speaker

HOUTHIS = Party(name="Houthis", texts=("الحوثيون",), kind="2", actor_id="houthis", country="YE")
ARMY = Party(name="Turkish army", texts=("الجيش التركي",), kind="1", actor_id="turkish-army", country="TR")
AIR_FORCE = Party(name="Turkish air force", texts=("المقاتلات",), kind="1", actor_id="turkish-air-force", country="TR")
RUSSIA = Party(
    name="Russian air force", texts=("الطيران الروسي",), kind="1", actor_id="russian-air-force", country="RU"
)
GUNMEN = Party(name="gunman", texts=("مسلحون",), kind="3")
CIVILIANS = Party(name="civilian", texts=("مدنيون",), kind="7")
SOLDIERS = Party(name="Turkey soldier", texts=("جنود",), kind="1", country="TR")
DRONE = Party(name="drone", texts=("مسيرة",), kind="")


def killed(low: int | None, high: int | None = -1, whom: str = "unspecified", of: str = "killed") -> Quantity:
    """A figure; without ``high`` a plain count."""
    return Quantity(of=of, whom=whom, low=low, high=low if high == -1 else high, text=f"{low} {whom}")


def told(sentence: str, *figures: tuple[str, str, int, int | None]) -> Claim:
    """A claim of one sentence with killed: (words in the sentence, whom, low, high)."""
    quantities = []
    for words, whom, low, high in figures:
        start = sentence.index(words)
        span = (start, start + len(words))
        quantities.append(Quantity(of="killed", whom=whom, low=low, high=high, text=words, span=span))
    return claim("d1", *quantities, sentence=sentence)


def claim(
    document: str,
    *quantities: Quantity,
    actors: Sequence[Party] = (),
    targets: Sequence[Party] = (),
    by: Sequence[str] = (),
    event: str = "air_drone_strike",
    n: int = 0,
    sentence: str = "",
) -> Claim:
    """A claim whose id tells its document and number."""
    return Claim(
        id=f"{document}-{n}", document=document, event=event, factuality="asserted", scope="single", trigger="",
        trigger_span=(0, 0), actors=tuple(actors), targets=tuple(targets), quantities=quantities,
        attribution=tuple(Speaker(text=name, name=name, anonymous=False) for name in by),
        evidence=(sentence,), evidence_spans=((0, len(sentence)),),
    )  # fmt: skip


def report(
    made: Claim, *, role: Role = "reports", lineage: str = "", day: int | None = 1, source: str = "", main: bool = True
) -> Report:
    """A report published on a day of May 2016, of its own lineage unless told."""
    published = None if day is None else date(2016, 5, day)
    name = source or f"paper of {made.document}"
    return Report(claim=made, role=role, lineage=lineage or made.document, published=published, source=name, main=main)


def case(
    *reports: Report,
    event: str = "air_drone_strike",
    actors: Sequence[Party] = (),
    targets: Sequence[Party] = (),
    country: str = "YE",
    date_precision: int = 1,
) -> Case:
    """A case of these reports, at a town, on the first of May 2016."""
    place = Place(name="Town", text="", lat=15.0, lon=44.0, country=country, precision=1, geo_precision=1)
    day = date(2016, 5, 1)
    return Case(
        id="i000000000000", event=event, reports=reports, start=day, end=day, date_precision=date_precision,
        place=place, actors=tuple(actors), targets=tuple(targets),
    )  # fmt: skip
