"""Figures of harm and of the event itself, from sentence to claim."""

from datetime import date

import pytest

from marsad.extract.draft import Figure
from marsad.extract.figures import settle
from marsad.model import Document
from marsad.pipeline import read_document

Expected = set[tuple[str, str | None, int | None, int | None]]


def quantities(text: str, lang: str) -> dict[tuple[str, str], Expected]:
    """(of, whom, low, high) of the claims of a text, by event and factuality."""
    document = Document(id="t", text=text, lang=lang, published=date(2016, 5, 5), title="")
    found: dict[tuple[str, str], Expected] = {}
    for claim in read_document(document):
        figures = {(q.of, q.whom, q.low, q.high) for q in claim.quantities}
        found.setdefault((claim.event, claim.factuality), set()).update(figures)
    return found


ARABIC: list[tuple[str, str, Expected]] = [
    ("قتل تسعة مدنيين في غارة جوية على البلدة.", "air_drone_strike", {("killed", "civilians", 9, 9)}),
    (
        "أدت غارة جوية إلى مقتل أربعة جنود وإصابة ثلاثة آخرين.",
        "air_drone_strike",
        {("killed", "combatants", 4, 4), ("injured", "combatants", 3, 3)},
    ),
    (
        "قتل 12 شخصا بينهم ثلاثة أطفال وامرأة في غارة جوية.",
        "air_drone_strike",
        {("killed", "unspecified", 12, 12), ("killed", "children", 3, 3), ("killed", "women", 1, 1)},
    ),
    ("قتل ستة من عناصر الشرطة في انفجار عبوة ناسفة.", "remote_explosive", {("killed", "combatants", 6, 6)}),
    ("قال مصدر إن خمسة جنود قتلوا في انفجار لغم.", "remote_explosive", {("killed", "combatants", 5, 5)}),
    ("خلفت الغارات الجوية عشرات القتلى والجرحى.", "air_drone_strike", {("casualties", "unspecified", 20, 99)}),
    (
        "أوقع القصف المدفعي قتلى وجرحى في صفوف المدنيين.",
        "shelling_missile",
        {("killed", "civilians", 1, None), ("injured", "civilians", 1, None)},
    ),
    (
        "أوقعت غارة جوية 15 قتيلا و20 جريحا.",
        "air_drone_strike",
        {("killed", "unspecified", 15, 15), ("injured", "unspecified", 20, 20)},
    ),
    ("أدى انفجار لغم إلى مقتل مواطنين اثنين.", "remote_explosive", {("killed", "civilians", 2, 2)}),
    (
        "قتل جندي وأصيب آخر في انفجار لغم.",
        "remote_explosive",
        {("killed", "combatants", 1, 1), ("injured", "combatants", 1, 1)},
    ),
    (
        "قتل جندي وأصيب آخران في انفجار لغم.",
        "remote_explosive",
        {("killed", "combatants", 1, 1), ("injured", "combatants", 2, 2)},
    ),
    (
        "قتل جندي وأصيب آخرون في انفجار لغم.",
        "remote_explosive",
        {("killed", "combatants", 1, 1), ("injured", "combatants", 1, None)},
    ),
    ("قتل 18 حوثيا في اشتباكات مع رجال القبائل.", "armed_clash", {("killed", "combatants", 18, 18)}),
    ("قتل ثلاثة طالبانيين في غارة جوية.", "air_drone_strike", {("killed", "combatants", 3, 3)}),
    ("قتل 20 طالبا عسكريا في تفجير انتحاري.", "suicide_bomb", {("killed", "combatants", 20, 20)}),
    ("قتل عشرون من طلاب أكاديمية الشرطة في تفجير انتحاري.", "suicide_bomb", {("killed", "combatants", 20, 20)}),
    ("قتل عشرون من طلاب الجامعة في تفجير انتحاري.", "suicide_bomb", {("killed", "civilians", 20, 20)}),
    ("قتل ضابطا شرطة في انفجار لغم.", "remote_explosive", {("killed", "combatants", 2, 2)}),
    ("قتل أربعة من أبناء القبيلة في انفجار لغم.", "remote_explosive", {("killed", "civilians", 4, 4)}),
    (
        "قتل 15 شخصا في غارة جوية، وتسعة من القتلى هم من المدنيين.",
        "air_drone_strike",
        {("killed", "unspecified", 15, 15), ("killed", "civilians", 9, 9)},
    ),
    (
        "أدت غارة جوية إلى مقتل 50 شخصا من المدنيين ورجال الأمن.",
        "air_drone_strike",
        {("killed", "unspecified", 50, 50)},
    ),
    (
        "استهدفت غارة جوية تجمعا للمسلحين وقتلت 21 منهم.",
        "air_drone_strike",
        {("killed", "combatants", 21, 21)},
    ),
]


@pytest.mark.parametrize(("text", "event", "expected"), ARABIC)
def test_arabic_harm(text: str, event: str, expected: Expected) -> None:
    assert quantities(text, "ar").get((event, "asserted")) == expected


def test_no_harm_is_a_denied_claim_beside_the_event() -> None:
    found = quantities("قصفت الطائرات الحربية البلدة من دون تسجيل إصابات.", "ar")
    assert ("air_drone_strike", "asserted") in found
    assert found["air_drone_strike", "denied"] == {("casualties", "unspecified", 0, 0)}


def test_english_parts_of_a_total() -> None:
    found = quantities("An air strike killed seven people including two women and a child.", "en")
    expected = {("killed", "unspecified", 7, 7), ("killed", "women", 2, 2), ("killed", "children", 1, 1)}
    assert found["air_drone_strike", "asserted"] == expected


def test_a_vague_figure_gives_way_to_a_number() -> None:
    vague, number = Figure("killed", "unspecified", 1, None, 0, 4), Figure("killed", "civilians", 4, 4, 9, 12)
    assert settle([vague, number]) == [number]
    assert settle([vague]) == [vague]
