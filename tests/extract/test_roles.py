"""Who did it to whom, in the constructions of the language: each pair is a sentence and the names it must give."""

import pytest

import marsad

ARABIC = [
    # verb, subject, object
    ("قصف الجيش السوري بلدة سرمين.", "shelling_missile", ["الجيش السوري"], []),
    ("هاجم مسلحون نقطة تفتيش للجيش.", "armed_clash", ["مسلحون"], ["نقطة تفتيش للجيش"]),
    # subject before its verb
    ("الطيران الروسي استهدف مشفى في كفرنبل.", "air_drone_strike", ["الطيران الروسي"], ["مشفى"]),
    # the event noun in a relative clause of its light verb
    ("قتل طفلان في غارة شنها التحالف العربي على صعدة.", "air_drone_strike", ["التحالف العربي"], ["طفلان"]),
    # passive agents
    ("تعرضت البلدة لقصف مدفعي من قبل قوات النظام.", "shelling_missile", ["قوات النظام"], []),
    ("أعدم ثلاثة رجال على يد مسلحين في سوق القرية.", "attack", ["مسلحين"], ["ثلاثة رجال"]),
    # genitives: the doer of a verbal noun, then its aim
    ("أدى قصف قوات النظام على السوق إلى مقتل امرأة.", "shelling_missile", ["قوات النظام"], ["امرأة"]),
    ("أدى استهداف السوق إلى مقتل امرأة.", "attack", [], ["السوق", "امرأة"]),
    # nationality as the only word for the doer
    ("أسفرت غارة إسرائيلية على خان يونس عن مقتل رجل.", "air_drone_strike", ["إسرائيلية"], ["رجل"]),
    # joined verbs share their subject
    ("تقدمت قوات البيشمركة واستعادت قرية من داعش.", "government_regains_territory", ["قوات البيشمركة"], ["داعش"]),
    # two sides
    ("اندلعت اشتباكات بين الجيش الليبي وتنظيم داعش.", "armed_clash", ["الجيش الليبي"], ["تنظيم داعش"]),
    # the accused, the one who claims it
    ("اتهم السكان قوات الدعم السريع بقصف السوق.", "shelling_missile", ["قوات الدعم السريع"], ["السوق"]),
    ("أعلنت حركة الشباب مسؤوليتها عن هجوم انتحاري في مقديشو.", "suicide_bomb", ["حركة الشباب"], []),
    # an aim has the doer of the verb above it
    ("شن الجيش العراقي هجوما لاستعادة الرمادي.", "government_regains_territory", ["الجيش العراقي"], []),
]
ENGLISH = [
    ("Government forces shelled the town of Sarmin.", "shelling_missile", ["Government forces"], []),
    ("Three farmers were killed by gunmen near Baiji.", "attack", ["gunmen"], ["Three farmers"]),
    ("Russian warplanes bombed a hospital in Idlib.", "air_drone_strike", ["Russian warplanes"], ["a hospital"]),
    ("Fighting erupted between the Libyan army and Islamic State.", "armed_clash", ["Libyan army"], ["Islamic State"]),
    (
        "Residents accused the Rapid Support Forces of shelling the market.",
        "shelling_missile",
        ["Rapid Support Forces"],
        ["market"],
    ),
]  # fmt: skip


def named(parties: tuple[marsad.model.Party, ...], wording: str) -> bool:
    """Whether one of the parties is named by the wording or by words within it."""
    return any(text in wording or wording in text for party in parties for text in party.texts)


@pytest.mark.parametrize(("text", "event", "actors", "targets"), ARABIC + ENGLISH)
def test_the_parties_of_an_event(text: str, event: str, actors: list[str], targets: list[str]) -> None:
    claims = [c for c in marsad.read(text, published="2020-01-15") if c.event == event]
    assert claims, f"no {event} in {[(c.event, c.trigger) for c in marsad.read(text)]}"
    claim = claims[0]
    assert bool(actors) == bool(claim.actors), claim.actors
    assert all(named(claim.actors, actor) for actor in actors), claim.actors
    assert all(named(claim.targets, target) for target in targets), claim.targets


def test_a_party_in_every_wording() -> None:
    text = "قصف تنظيم داعش القرية. ثم انسحب التنظيم من أطرافها."
    first, second = marsad.read(text, published="2020-01-15")
    assert first.actors[0].actor_id == second.actors[0].actor_id == "islamic-state"
    assert second.actors[0].texts == ("التنظيم",)


@pytest.mark.parametrize(
    ("text", "lang", "actor"),
    [
        ("أقر التحالف الدولي بأن طائراته قتلت 12 مدنيا في الرقة.", "ar", "us-led-coalition"),
        ("The US-led coalition admitted that its aircraft killed 12 civilians in Raqqa.", "en", "us-led-coalition"),
        ("قال التحالف العربي إن طائراته قصفت مواقع للحوثيين في صنعاء.", "ar", "saudi-led-coalition"),
    ],
)
def test_the_arms_of_a_named_party_act_for_it(text: str, lang: str, actor: str) -> None:
    (claim,) = marsad.read(text, lang=lang, published="2018-01-05")
    assert [party.actor_id for party in claim.actors] == [actor]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("A strike on Raqqa killed eight militants, the coalition said.", "en"),
        ("قتل ثمانية مدنيين في ضربة على الرقة، بحسب التحالف الدولي.", "ar"),
    ],
)
def test_a_coalition_tells_of_its_own_air_strikes(text: str, lang: str) -> None:
    (claim,) = marsad.read(text, lang=lang, published="2018-01-05")
    assert claim.event == "air_drone_strike"
