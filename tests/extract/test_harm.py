"""Who was harmed, and how many: what grammar keeps apart from its word, later tolls, and what counts nobody."""

from datetime import date

import pytest

from marsad.model import Claim, Document
from marsad.pipeline import read_document

Figures = set[tuple[str, str | None, int | None, int | None]]


def claims(text: str, lang: str = "ar") -> list[Claim]:
    """The claims of a text."""
    return list(read_document(Document(id="t", text=text, lang=lang, published=date(2016, 5, 5), title="")))


def harmed(text: str) -> Figures:
    """(of, whom, low, high) of all that a text says of dead and wounded as a fact."""
    return {
        (q.of, q.whom, q.low, q.high)
        for claim in claims(text)
        if claim.factuality == "asserted"
        for q in claim.quantities
        if q.of in ("killed", "injured", "casualties")
    }


TOLLS = [
    (
        "انفجرت سيارة مفخخة في بغداد أمس وقتل ثمانية أشخاص. وارتفعت حصيلة الاعتداء إلى 15 قتيلا.",
        {("killed", "unspecified", 8, 8), ("killed", "unspecified", 15, 15)},
    ),
    (
        "انفجرت سيارة مفخخة في بغداد أمس وقتل ثمانية أشخاص. وقال طبيب إن حصيلة الضحايا بلغت 27.",
        {("killed", "unspecified", 8, 8), ("killed", "unspecified", 27, 27)},
    ),
    (
        "أوقع انفجار في سوق شعبية 15 قتيلا. وكانت حصيلة سابقة تفيد عن ثمانية قتلى.",
        {("killed", "unspecified", 15, 15), ("killed", "unspecified", 8, 8)},
    ),
    (
        "أوقع انفجار في سوق شعبية 15 قتيلا. وتحدث مصدر طبي عن 25 قتيلا.",
        {("killed", "unspecified", 15, 15), ("killed", "unspecified", 25, 25)},
    ),
    (
        "قتل عشرة في تفجير. والحصيلة حتى الآن 12 قتيلا و30 جريحا.",
        {("killed", "unspecified", 10, 10), ("killed", "unspecified", 12, 12), ("injured", "unspecified", 30, 30)},
    ),
    ("بلغ عدد قتلى التفجير 20 شخصا.", {("killed", "unspecified", 20, 20)}),
    ("ارتفع عدد القتلى والجرحى في التفجير إلى 25 شخصا.", {("casualties", "unspecified", 25, 25)}),
    ("بلغ عدد القتلى المدنيين في القصف 14.", {("killed", "civilians", 14, 14)}),
    ("قتل ثلاثة في القصف، ولم تصدر حصيلة محددة.", {("killed", "unspecified", 3, 3)}),
]


@pytest.mark.parametrize(("text", "expected"), TOLLS)
def test_a_later_toll_stands_beside_the_first(text: str, expected: Figures) -> None:
    assert harmed(text) == expected


@pytest.mark.parametrize(("text", "expected"), TOLLS)
def test_a_toll_is_of_the_event_told_before(text: str, expected: Figures) -> None:
    assert len({claim.event for claim in claims(text)}) == 1


FALLEN = [
    ("سقط خمسة من رجال المقاومة في قصف مدفعي.", {("killed", "combatants", 5, 5)}),
    ("أربعة قتلى سقطوا في صفوف المقاومة جراء القصف.", {("killed", "combatants", 4, 4)}),
    ("أدى القصف إلى سقوط عشرات المدنيين.", {("killed", "civilians", 20, 99)}),
    ("عشرة جنود سقطوا بين قتيل وجريح في الهجوم.", {("casualties", "combatants", 10, 10)}),
    ("سقط النظام بعد الهجوم على العاصمة.", set()),
    ("سقط القائد العسكري في الاشتباكات.", set()),
]


@pytest.mark.parametrize(("text", "expected"), FALLEN)
def test_who_falls_is_killed_where_he_is_counted(text: str, expected: Figures) -> None:
    assert harmed(text) == expected


def test_a_rocket_that_falls_kills_nobody_by_falling() -> None:
    assert [c.event for c in claims("سقط صاروخ على منزل في البلدة.")] == ["shelling_missile"]
    assert harmed("سقط صاروخ على منزل في البلدة.") == set()


APART = [
    (
        "أعلن الحلف أن جنديا من قواته وثمانية مقاولين قتلوا في الهجوم.",
        {("killed", "combatants", 1, 1), ("killed", "civilians", 8, 8)},
    ),
    (
        "أعلنت المقاومة مقتل 42 حوثيا على الأقل، و9 مقاتلين من المقاومة، في مواجهات.",
        {("killed", "combatants", 42, None), ("killed", "combatants", 9, 9)},
    ),
    ("ثمانية أشخاص يسكنون الحي قتلوا في الانفجار.", {("killed", "unspecified", 8, 8)}),
    ("أصيب في الهجوم الذي استهدف مدرعة أربعة من رجال الشرطة.", {("injured", "combatants", 4, 4)}),
    ("قتل في التفجير الذي وقع قرب السوق سبعة مدنيين.", {("killed", "civilians", 7, 7)}),
    ("قتل انتحاري يشتبه بأنه من تنظيم متشدد 32 شخصا في البلدة.", {("killed", "unspecified", 32, 32)}),
    ("لقي عشرون من طلاب المعهد في العاصمة أمس حتفهم في تفجير.", {("killed", "civilians", 20, 20)}),
    (
        "لقي خمسة جنود حتفهم وأصيب 18 آخرون في تفجير.",
        {("killed", "combatants", 5, 5), ("injured", "combatants", 18, 18)},
    ),
    ("أشار مسؤول كبير إلى أن ثمانية أشخاص أصيبوا في الهجوم.", {("injured", "unspecified", 8, 8)}),
    ("أسر المسلحون ثمانية من الركاب وقتلوهم.", {("killed", "civilians", 8, 8)}),
    (
        "استهدف انتحاري المسجد وأسقط 27 قتيلا و227 جريحا.",
        {("killed", "unspecified", 27, 27), ("injured", "unspecified", 227, 227)},
    ),
    ("أصيب أربعة جنود إثر سقوط قذيفة في محيط البلدة.", {("injured", "combatants", 4, 4)}),
    ("ذكر مصدران طلبا عدم كشف هويتيهما أن القصف قتل سبعة مدنيين.", {("killed", "civilians", 7, 7)}),
    (
        "بدأت محاكمة المتهمين بتفجير المسجد الذي أودى بحياة 27 شخصا وجرح 286.",
        {("killed", "unspecified", 27, 27), ("injured", "unspecified", 286, 286)},
    ),
    (
        "قتل جنديان في انفجار لغم وأصيب 31 آخرون، بينهم أربعة في حالة حرجة.",
        {("killed", "combatants", 2, 2), ("injured", "combatants", 31, 31)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), APART)
def test_figures_that_grammar_keeps_apart_from_their_word(text: str, expected: Figures) -> None:
    assert harmed(text) == expected


def test_two_of_the_same_number_are_two_figures() -> None:
    text = "قتل جندي تركي وآخر من تنظيم داعش في الاشتباكات على الحدود."
    assert [(q.low, q.high) for claim in claims(text) for q in claim.quantities] == [(1, 1), (1, 1)]


NOBODY = [
    "قتل 200 مدني في الأشهر الستة الأولى من العام في القصف.",
    "قتل 200 مدني في القصف بعد ثلاثة عقود من الحرب.",
    "قتل 200 مدني في القصف على أحياء عدة في المدينة.",
    "قتل 200 مدني في إحدى الغارات على القرية.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_counts_nobody_is_no_figure(text: str) -> None:
    assert harmed(text) == {("killed", "civilians", 200, 200)}


def test_a_death_told_again_by_a_pronoun_is_no_new_figure() -> None:
    assert ("killed", "unspecified", 1, 1) not in harmed(
        "أعلنت الحركة أن زعيمها مات، وقال متحدث إنه علم بوفاته في غارة."
    )


def test_many_gives_the_harmed_but_no_number() -> None:
    text = "أدى القصف إلى مقتل عدد كبير من الجنود."
    assert harmed(text) == set()
    assert [p.name for claim in claims(text) for p in claim.targets] == ["soldier"]


ENGLISH = [
    ("An air strike killed eight people in the town. The death toll rose to 15.", {(8, 8), (15, 15)}),
    ("An air strike killed eight people in the town. The number of dead reached 27.", {(8, 8), (27, 27)}),
    ("An air strike killed a soldier and another was killed in the shelling.", {(1, 1)}),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english_tolls(text: str, expected: set[tuple[int, int]]) -> None:
    found = {(q.low, q.high) for claim in claims(text, "en") for q in claim.quantities if q.of == "killed"}
    assert found == expected


def test_a_school_is_hit_not_a_teacher() -> None:
    text = "أصابت قذائف المدفعية مدرسة وقتلت ثلاثة أشخاص."
    assert harmed(text) == {("killed", "unspecified", 3, 3)}
    assert "school" in [p.name for claim in claims(text) for p in claim.targets]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "An air strike killed seven people in Idlib on Monday. Two of the dead were children. Twelve people were "
            "wounded, they said.",
            {("killed", "unspecified", 7), ("killed", "children", 2), ("injured", "unspecified", 12)},
        ),
        (
            "An air strike killed seven people in Idlib. Among the dead were two children. Another ten were wounded.",
            {("killed", "unspecified", 7), ("killed", "children", 2), ("injured", "unspecified", 10)},
        ),
        (
            "A barrel bomb hit a house in Aleppo, killing seven people. Three of those killed were women.",
            {("killed", "unspecified", 7), ("killed", "women", 3)},
        ),
        ("The number of people killed in the bombing in Baghdad rose to 12.", {("killed", "unspecified", 12)}),
        ("The death toll from the air strike on Idlib rose from nine to 12.", {("killed", "unspecified", 12)}),
    ],
)
def test_english_dead_and_wounded_told_after_the_event(text: str, told: set[tuple[str, str, int]]) -> None:
    (claim,) = claims(text, "en")
    assert {(q.of, q.whom, q.low) for q in claim.quantities} == told
