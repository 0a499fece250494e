"""A text of our own with one claim in it that has words for every field, and what a workbench needs to read it."""

from datetime import date

from marsad.batch.local import Order, Reading, read_one
from marsad.model import Claim, Document, Party, Period, Place, Quantity, Span, Speaker
from marsad.record import Record

TEXT = (
    "A monitor denied on Friday that jets had bombed Aleppo, where 12 people are said to have died.\n"
    "Resident Xxxx Yyyyyy, reached at 0555 000 1111, saw it. Charred bodies lay in the street.\n"
    "<b>Xxxx Yyyyyy</b> & others fled."
)
DOCUMENT = Document(id="a/b c?&'1'", text=TEXT, lang="en", published=date(2016, 6, 18), title="Jets & Yyyyyy <b>")


def place_of(words: str) -> Span:
    """Where words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


CLAIM = Claim(
    id="c1",
    document=DOCUMENT.id,
    event="air_drone_strike",
    factuality="denied",
    scope="single",
    trigger="bombed",
    trigger_span=place_of("bombed"),
    actors=(Party(name="aircraft", texts=("jets",), spans=(place_of("jets"),), kind="1"),),
    targets=(Party(name="people", texts=("12 people", "people"), spans=(place_of("12 people"), place_of("people"))),),
    place=Place(
        name="Aleppo",
        text="Aleppo",
        span=place_of("Aleppo"),
        lat=36.2,
        lon=37.16,
        country="SY",
        precision=1,
        radius_km=9,
    ),
    time=Period(text="on Friday", span=place_of("on Friday"), start=date(2016, 6, 17), end=date(2016, 6, 17)),
    quantities=(Quantity(of="killed", whom=None, low=12, high=12, text="12 people", span=place_of("12 people")),),
    attribution=(Speaker(text="A monitor", name="monitor", anonymous=True, span=place_of("A monitor")),),
    evidence=(TEXT.split("\n")[0],),
    evidence_spans=((0, len(TEXT.split("\n")[0])),),
)

PRIVATE = (
    "Air strikes hit a market in Aleppo on Friday, killing at least 12 people, resident Xxxx Yyyyyy said. "
    "Charred bodies lay in the street after the strike, a medic said. The army denied that jets had bombed it.\n"
    "Call 0555 000 1111. <script>alert(1)</script><img src=x onerror=alert(2)>\n"
    "Xxxx Yyyyyy said rockets might be fired at the town of Idlib again."
)
ARABIC = (
    "أصيب الطفل محمد صصصص في غارة جوية على مدينة إدلب يوم الجمعة، وقُتل خمسة مدنيين. وجُمعت أشلاء الضحايا بعد القصف.\n"
    "ونفت وزارة الدفاع الروسية أن تكون طائراتها قصفت السوق. وللتواصل هاتف: ٠٩٥٥٠٠٠١١١."
)
HOSTILE = Document(
    id="own/hostile?1", text=PRIVATE, lang="en", published=date(2016, 6, 18), title="<b>Hit</b>; Xxxx Yyyyyy speaks",
    source="Own writing", about={"translated_from": "own-arabic"},
)  # fmt: skip
OTHER = Document(
    id="own-arabic", text=ARABIC, lang="ar", published=date(2016, 6, 18), title="غارات على سوق", source="نص من عندنا"
)


def add(record: Record, *documents: Document) -> None:
    """Read documents into a record as a person would add them."""
    read = [read_one(document, Order()) for document in documents]
    record.add([one for one in read if isinstance(one, Reading)], who="tests")
