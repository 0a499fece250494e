"""A stand-in for the reading engine, and where the project's files are."""

import re
from datetime import date
from pathlib import Path

from marsad.model import Claim, Document, Party, Period, Place, Quantity, Speaker

ROOT = Path(__file__).resolve().parent.parent
AIR_RAIDS = re.compile(r"غارة|غارات|[Aa]ir ?strikes?")


def stub_read(document: Document, *, explain: bool = False) -> list[Claim]:
    """A claim for each word for an air raid: enough to test what stands around the reading."""
    return [_stub_claim(document, found, explain=explain) for found in AIR_RAIDS.finditer(document.text)]


def _stub_claim(document: Document, found: re.Match[str], *, explain: bool) -> Claim:
    span = (0, len(document.text))
    return Claim(
        id=f"{document.id}-{found.start()}",
        document=document.id,
        event="air_drone_strike",
        factuality="asserted",
        scope="single",
        trigger=found.group(),
        trigger_span=found.span(),
        actors=(
            Party(
                name="Syrian Air Force", texts=("الطيران السوري",), kind="1", actor_id="syrian-air-force", country="SY"
            ),
        ),
        targets=(Party(name="civilians", texts=("مدنيين",)),),
        place=Place(name="Idlib", text="إدلب", lat=35.93, lon=36.63, country="SY", precision=2),
        time=Period(text="أمس", start=date(2016, 6, 20), end=date(2016, 6, 20)),
        quantities=(Quantity(of="killed", whom="civilians", low=3, high=None, text="ثلاثة على الأقل"),),
        attribution=(Speaker(text="مصدر طبي", name="a medical source", anonymous=True),),
        evidence=(document.text,),
        evidence_spans=(span,),
        why={"event": "events.tsv: غارة"} if explain else {},
    )
