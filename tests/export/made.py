"""An incident and a total made by hand, for tests of what is written of them."""

from dataclasses import replace
from datetime import date

from marsad.model import (
    Assessment,
    Case,
    Claim,
    Document,
    Estimate,
    Figure,
    Incident,
    Party,
    Place,
    Quantity,
    Report,
    Speaker,
    Total,
)

DAY = date(2019, 6, 20)
ARABIC = "قال مسعفون إن ثلاثة مدنيين قتلوا أمس في غارة جوية شنها الطيران السوري على سوق بلدة سراقب."
ENGLISH = "Medics said an air strike on the market of Saraqib killed five civilians on Thursday. Two were children."
PLACE = Place(
    name="Saraqib",
    text="سراقب",
    lat=35.864,
    lon=36.803,
    country="SY",
    precision=1,
    span=(86, 91),
    geo_precision=1,
    radius_km=3.0,
    admin1="Idlib",
)
ACTOR = Party(
    name="Syrian air force", texts=("الطيران السوري",), spans=((55, 69),), kind="1", actor_id="syrian-air-force"
)
TARGET = Party(name="civilian", texts=("ثلاثة مدنيين",), kind="7")


def document(identity: str, text: str, lang: str) -> Document:
    return Document(
        id=identity, text=text, lang=lang, published=date(2019, 6, 21), title=f"Title {identity}", source="وكالة"
    )


DOCUMENTS = {"ar-1": document("ar-1", ARABIC, "ar"), "en-1": document("en-1", ENGLISH, "en")}


def claim(identity: str, of: str, trigger: str, **changes: object) -> Claim:
    """A claim of one of DOCUMENTS, its offsets right."""
    text = DOCUMENTS[of].text
    start = text.index(trigger)
    end = text.index(".") + 1
    made = Claim(
        id=identity,
        document=of,
        event="air_drone_strike",
        factuality="asserted",
        scope="single",
        trigger=trigger,
        trigger_span=(start, start + len(trigger)),
        actors=(ACTOR,),
        targets=(TARGET,),
        place=PLACE,
        quantities=(Quantity(of="killed", whom="civilians", low=3, high=3, text="ثلاثة مدنيين"),),
        attribution=(Speaker(text="مسعفون", name="", anonymous=True),),
        evidence=(text[:end],),
        evidence_spans=((0, end),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


CLAIMS = (
    claim("c1", "ar-1", "غارة جوية"),
    claim("c2", "en-1", "air strike", evidence=(ENGLISH[:85], "Two were children.")),
)


def reports(*claims: Claim) -> tuple[Report, ...]:
    return tuple(
        Report(
            claim=one,
            role="reports",
            lineage=one.document,
            published=DOCUMENTS[one.document].published,
            source=DOCUMENTS[one.document].source,
            lang=DOCUMENTS[one.document].lang or "",
            main=one.id == "c1",
        )
        for one in claims
    )


def figure(low: int, high: int | None, of: str, **changes: object) -> Figure:
    made = Figure(claim=of, lineage="ar-1", low=low, high=high, text="ثلاثة", published=date(2019, 6, 21))
    return replace(made, **changes)  # type: ignore[arg-type]


ESTIMATES = (
    Estimate(
        of="killed",
        whom="all",
        known="counted",
        low=3,
        best=5,
        high=5,
        low_claims=("c1",),
        best_claims=("c2",),
        high_claims=("c2",),
        figures=(
            figure(3, 3, "c1"),
            figure(5, 5, "c2"),
            figure(90, 90, "c2", use="dissents", said_by="state television", why="ten times the rest"),
        ),
        rule="lowest-to-highest",
    ),
    Estimate(of="killed", whom="children", known="counted", low=2, best=2, high=2),
    Estimate(of="injured", whom="all", known="unknown"),
)


def incident(**changes: object) -> Incident:
    """Fields of the case, of the assessment or of the incident may be changed."""
    case = Case(
        id="i0123456789ab",
        event="air_drone_strike",
        reports=reports(*CLAIMS),
        start=DAY,
        end=DAY,
        date_precision=1,
        place=PLACE,
        actors=(ACTOR,),
        targets=(TARGET,),
        reasons={"c1": "the first to report it", "c2": "same event, day and place as c1"},
    )
    found = Assessment(
        estimates=ESTIMATES,
        grade="fair",
        grade_rule="two-lineages",
        grade_why="two lineages report it",
        strike_status="likely-strike",
        acled={"event_type": "Explosions/Remote violence", "fatalities": 5},
        ucdp={"type_of_violence": 3, "best": 5},
    )
    made = Incident(
        case=case, assessment=found, title_en="Air strike on Saraqib kills 3 to 5", title_ar="غارة على سراقب"
    )
    for part in ("case", "assessment"):
        whole = getattr(made, part)
        here = {key: value for key, value in changes.items() if key in whole.__dataclass_fields__}
        made = replace(made, **{part: replace(whole, **here)})
    return replace(made, **{key: value for key, value in changes.items() if key.startswith("title")})  # type: ignore[arg-type]


def total(**changes: object) -> Total:
    made = Total(
        id="t0123456789ab",
        campaign="k1",
        event="air_drone_strike",
        reports=reports(claim("c3", "ar-1", "غارة جوية", scope="cumulative")),
        of="strikes",
        whom=None,
        low=360,
        high=None,
        start=date(2019, 4, 1),
        end=date(2019, 6, 21),
        place=PLACE,
        actors=(ACTOR,),
        summed_low=12,
        summed_high=20,
        incidents=("i0123456789ab", "i1123456789ab"),
        previous="t9",
    )
    return replace(made, **changes)  # type: ignore[arg-type]
