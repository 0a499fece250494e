"""Documents, claims and incidents to store."""

from datetime import date

from marsad.model import (
    Assessment,
    Case,
    Claim,
    Document,
    Incident,
    Party,
    Period,
    Place,
    Quantity,
    Report,
    Total,
)
from marsad.store.documents import Linkable, Stored

DAY = date(2016, 7, 24)
ALEPPO = Place(name="Aleppo", text="حلب", lat=36.2021, lon=37.1343, country="SY", precision=1)


def claim(id: str, document: str, *, event: str = "air_drone_strike", place: Place | None = ALEPPO) -> Claim:
    """A claim with something in most of its fields."""
    return Claim(
        id=id,
        document=document,
        event=event,
        factuality="asserted",
        scope="single",
        trigger="غارة",
        trigger_span=(0, 4),
        actors=(Party(name="Syrian Air Force", texts=("الطيران السوري",), actor_id="sy-air"),),
        targets=(Party(name="civilians", texts=("مدنيون", 'the "people"\tthere\\n')),),
        place=place,
        time=Period(text="أمس", start=DAY, end=DAY),
        quantities=(Quantity(of="killed", whom="civilians", low=5, high=None, text="خمسة"),),
        evidence=("استهدفت غارة جوية سوقاً في المدينة.",),
    )


def reading(id: str, text: str = "", *, claims: int = 2, keys: tuple[str, ...] = ("block",), hashes: int = 3) -> Stored:
    """A document with claims ``<id>-0``, ``<id>-1`` ..., keys that all share, and hashes of which all share but one."""
    return Stored(
        document=Document(
            id=id,
            text=text or f"استهدفت غارة جوية سوقاً في المدينة.\n{id}\t\\x",
            lang="ar",
            published=DAY,
            title=f"عنوان {id}",
            source="وكالة",
        ),
        claims=tuple(
            Linkable(
                claim=claim(f"{id}-{n}", id),
                rank=n,
                node=b"\x00\x01" + id.encode() + bytes([n]),
                keys=(*keys, f"own:{id}-{n}"),
                seed=f"i-{id}-{n}",
            )
            for n in range(claims)
        ),
        hashes=(*range(hashes - 1), 2**63 - 1 - sum(id.encode())),
    )


def incident(
    id: str,
    *claims: Claim,
    event: str = "air_drone_strike",
    start: date | None = DAY,
    end: date | None = DAY,
    place: Place | None = ALEPPO,
    grade: str | None = "fair",
    actor: str = "Syrian Air Force",
) -> Incident:
    """An incident of these claims."""
    return Incident(
        case=Case(
            id=id,
            event=event,
            reports=tuple(Report(claim=c, role="reports", lineage=c.document, published=DAY) for c in claims),
            start=start,
            end=end,
            place=place,
            actors=(Party(name=actor, texts=(actor,), actor_id=actor.lower().replace(" ", "-")),),
            targets=(Party(name="Faction", texts=("الفصيل",)),),
        ),
        assessment=Assessment(grade=grade, acled={"event_type": "Explosions"}, ucdp={"best": None}),
        title_en=f"Air strike {id}",
        title_ar="غارة جوية في حلب",
    )


def total(id: str, *claims: Claim, campaign: str = "sy", end: date | None = DAY, event: str = "casualties") -> Total:
    """A total that these claims state."""
    return Total(
        id=id,
        campaign=campaign,
        event=event,
        reports=tuple(Report(claim=c, role="totals", lineage=c.document) for c in claims),
        of="killed",
        whom=None,
        low=360,
        high=None,
        start=date(2015, 8, 1),
        end=end,
        place=ALEPPO,
        actors=(Party(name="Syrian Air Force", texts=("الطيران",)),),
    )
