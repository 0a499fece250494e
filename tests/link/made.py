"""Claims made by hand, as reading would give them."""

from datetime import date

from marsad.link.features import Node, make_node
from marsad.model import Claim, Document, Party, Period, Place, Quantity

SARAQIB = Place(
    name="Saraqib", text="سراقب", lat=35.86, lon=36.8, country="SY", precision=1, radius_km=3.0, admin1="Idlib",
    gazetteer_id="t:saraqib",
)  # fmt: skip
ARIHA = Place(
    name="Ariha", text="أريحا", lat=35.81, lon=36.61, country="SY", precision=1, radius_km=3.0, admin1="Idlib",
    gazetteer_id="t:ariha",
)  # fmt: skip
MOSUL = Place(
    name="Mosul", text="الموصل", lat=36.34, lon=43.12, country="IQ", precision=1, radius_km=10.0, admin1="Nineveh",
    gazetteer_id="t:mosul",
)  # fmt: skip
IDLIB = Place(
    name="Idlib", text="محافظة إدلب", lat=35.8, lon=36.7, country="SY", precision=4, radius_km=50.0, admin1="Idlib",
    gazetteer_id="t:idlib",
)  # fmt: skip
AIR_FORCE = Party(
    name="Syrian air force", texts=("الطيران السوري",), kind="1", actor_id="syrian-air-force", country="SY"
)
CIVILIANS = Party(name="civilian", texts=("مدنيين",), kind="7")
DAY = date(2019, 6, 20)


def claim(
    name: str = "c1",
    *,
    document: str = "d1",
    event: str = "air_drone_strike",
    factuality: str = "asserted",
    scope: str = "single",
    place: Place | None = SARAQIB,
    day: date | None = DAY,
    end: date | None = None,
    killed: int | None = None,
    actors: tuple[Party, ...] = (AIR_FORCE,),
    targets: tuple[Party, ...] = (CIVILIANS,),
    sentence: str = "",
) -> Claim:
    """A claim; unless told otherwise an air strike on Saraqib on the 20th of June 2019."""
    return Claim(
        id=name,
        document=document,
        event=event,
        factuality=factuality,  # type: ignore[arg-type]
        scope=scope,  # type: ignore[arg-type]
        trigger="غارة",
        trigger_span=(0, 4),
        actors=actors,
        targets=targets,
        place=place,
        time=Period(text="", start=day, end=end or day) if day else None,
        quantities=(Quantity(of="killed", whom="civilians", low=killed, high=killed, text=""),) if killed else (),
        evidence=(sentence,) if sentence else (),
        evidence_spans=((0, len(sentence)),) if sentence else (),
    )


def node(
    name: str = "c1", *, document: str = "", published: date = DAY, title: str = "", lang: str = "ar", **fields: object
) -> Node:
    """The node of such a claim in a document of its own."""
    made = claim(name, document=document or f"of-{name}", **fields)  # type: ignore[arg-type]
    return make_node(made, Document(id=made.document, text="", published=published, title=title, lang=lang), main=True)
