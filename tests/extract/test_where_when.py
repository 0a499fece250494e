"""Places, times and scope of claims: which of a sentence's belong to which event, and what carries over."""

from datetime import date

import pytest

import marsad
from marsad import tables
from marsad.extract.when import occasions
from marsad.lang.text import fold
from marsad.model import Claim, Document
from marsad.pipeline import read_document

PUBLISHED = date(2020, 1, 15)


def read(text: str, lang: str = "ar") -> list[Claim]:
    return read_document(Document(id="x", text=text, lang=lang, published=PUBLISHED), explain=True)


def one(text: str, event: str, lang: str = "ar") -> Claim:
    found = [c for c in read(text, lang) if c.event == event]
    assert found, f"no {event} in {text}"
    return found[0]


def days(claim: Claim) -> tuple[str, str] | None:
    return (claim.time.start.isoformat(), claim.time.end.isoformat()) if claim.time else None


@pytest.mark.parametrize(
    ("text", "event", "country", "admin"),
    [
        ("قصفت طائرات حربية بلدة سراقب في ريف إدلب، بحسب ناشط في غازي عنتاب.", "air_drone_strike", "SY", "Idlib"),
        ("وفي مدينة درنة، اندلعت اشتباكات بين الجيش ومسلحين.", "armed_clash", "LY", None),
        ("هاجم مقاتلون من مصراتة قوات الجيش في مدينة سرت.", "armed_clash", "LY", "Sirte"),
    ],
)
def test_place_is_that_of_the_event(text: str, event: str, country: str, admin: str | None) -> None:
    place = one(text, event).place
    assert place is not None
    assert place.country == country
    assert admin is None or place.admin1 == admin


@pytest.mark.parametrize(
    ("text", "event", "name", "lang"),
    [
        # a place that another event has in its own phrase
        (
            "أعلن الجيش أن قوة المسلحين تراجعت في شرق أفريقيا، وقتل أمس ستة في هجوم انتحاري نفذه أعضاء من الحركة "
            "على فندق في العاصمة الصومالية.",
            "suicide_bomb",
            "Mogadishu",
            "ar",
        ),
        # from where aircraft set out
        (
            "قال الجيش إن ثلاث مقاتلات أقلعت من قاعدة في ديار بكر جنوب تركيا وقصفت مقرين للتنظيم في منبج.",
            "air_drone_strike",
            "Manbij",
            "ar",
        ),
        # told only as a region first, then as a province of it
        (
            "قتل عشرة أشخاص عندما فجر انتحاري نفسه في سوق شمال أفغانستان. وقال مسؤول إن السوق في ولاية فارياب.",
            "suicide_bomb",
            "Faryab",
            "ar",
        ),
    ],
)
def test_place_is_not_that_of_something_else(text: str, event: str, name: str, lang: str) -> None:
    places = [c.place for c in read(text, lang) if c.event in (event, "shelling_missile")]
    assert places
    assert places[0] is not None
    assert places[0].name == name


def test_strikes_counted_over_a_country_are_not_put_in_the_next_town() -> None:
    claim = one("نفذ الطيران تسع ضربات جوية في سوريا أمس. وأصابت إحداها مبنى في مدينة منبج.", "air_drone_strike")
    assert claim.place is not None
    assert claim.place.country == "SY"
    assert claim.place.precision == 6


def test_targets_in_two_countries_are_one_claim_each() -> None:
    claims = read("شن الجيش التركي أمس غارات جوية على مواقع التنظيم في سوريا ومخيمات للحزب في شمال العراق.")
    assert {c.place.country for c in claims if c.place} == {"SY", "IQ"}


def test_place_carries_over_and_says_so() -> None:
    later = one("قصفت الطائرات مدينة سرت أمس. وقتل ثلاثة جنود في انفجار لغم.", "remote_explosive")
    assert later.place is not None
    assert later.place.name == "Sirte"
    assert "carried over" in later.why["place"]


def test_place_told_later_serves_what_came_before() -> None:
    claims = read("قتل خمسة جنود في انفجار لغم. ثم قصفت الطائرات مدينة سرت.")
    assert all(c.place is not None and c.place.name == "Sirte" for c in claims)


def test_towns_of_a_list_are_one_claim_each() -> None:
    claims = read("قصفت قوات النظام مدينتي سراقب ومعرة النعمان بالمدفعية.")
    assert len({c.place.name for c in claims if c.place}) == 2


def test_towns_of_an_english_list_are_one_claim_each() -> None:
    claims = read("Government jets bombed Raqqa and Deir ez-Zor on Sunday.", "en")
    assert len({c.place.name for c in claims if c.place}) == 2
    assert {days(c) for c in claims} == {("2020-01-12", "2020-01-12")}


def test_total_without_a_place_is_of_the_country() -> None:
    text = "Jets bombed Aleppo on Monday.\nOver 300,000 people have been killed since the Syrian war began in 2011."
    total = one(text, "casualties", "en")
    assert total.place is not None
    assert (total.place.country, total.place.precision) == ("SY", 6)
    assert total.scope == "cumulative"


@pytest.mark.parametrize(
    ("text", "event", "expected"),
    [
        ("قصفت الطائرات مدينة سرت أمس.", "air_drone_strike", ("2020-01-14", "2020-01-14")),
        ("قال مسؤول أمس إن الطائرات قصفت مدينة سرت.", "air_drone_strike", ("2020-01-13", "2020-01-14")),
        ("قال مسؤول أمس إن الطائرات قصفت مدينة سرت يوم الأحد.", "air_drone_strike", ("2020-01-12", "2020-01-12")),
        ("قصفت الطائرات مدينة سرت، بحسب ما أعلن الجيش اليوم.", "air_drone_strike", ("2020-01-14", "2020-01-15")),
        ("وأمس قصفت الطائرات سرت واستهدفت المدفعية درنة.", "shelling_missile", ("2020-01-14", "2020-01-14")),
        ("يعتزم الجيش قصف مدينة سرت.", "air_drone_strike", None),
        # an event told with the time that has passed since
        (
            "أعلن الجيش أمس اعتقال المشتبه بهم، بعد ثلاثة أيام على هجوم انتحاري في سرت.",
            "suicide_bomb",
            ("2020-01-11", "2020-01-11"),
        ),
        (
            "اعتقل الجيش اليوم خمسة رجال في درنة، غداة هجوم انتحاري في سرت.",
            "suicide_bomb",
            ("2020-01-14", "2020-01-14"),
        ),
        # a time that belongs to a trial
        ("أقر المتهمون بالتفجير الانتحاري الذي استهدف السوق في أولى جلسات المحاكمة أمس.", "attack", None),
        # the relative clause describes the event, and so does its date
        (
            "وأسفر الهجوم الانتحاري الذي نفذه مسلح، وتعرض له مسجد في سرت خلال صلاة جمعة 3 يناير الماضي، عن مقتل تسعة.",
            "suicide_bomb",
            ("2020-01-03", "2020-01-03"),
        ),
        # a date stands nearer than the day of the statement
        (
            "وقال الجيش في بيان أمس إن القيادي قتل في غارة جوية بينما كان يتنقل قرب سرت في الثامن من يناير.",
            "air_drone_strike",
            ("2020-01-08", "2020-01-08"),
        ),
    ],
)
def test_time_is_that_of_the_event(text: str, event: str, expected: tuple[str, str] | None) -> None:
    found = [c for c in read(text) if c.event == event or event == "air_drone_strike" and c.event == "shelling_missile"]
    assert found
    assert days(found[0]) == expected


def test_time_said_on_a_day_dates_the_statement() -> None:
    claim = one("Jets bombed the city of Aleppo, a monitor said on Monday.", "air_drone_strike", "en")
    assert days(claim) == ("2020-01-12", "2020-01-13")
    assert "statement" in claim.why["time"]


def test_time_carries_over_to_what_happened_but_not_to_states() -> None:
    claims = read("قصفت الطائرات مدينة سرت أمس. وقتل ثلاثة جنود في انفجار لغم. ويسيطر التنظيم على مدينة درنة.")
    times = {c.event: days(c) for c in claims}
    assert times["remote_explosive"] == ("2020-01-14", "2020-01-14")
    assert times["control"] is None


def test_day_of_a_statement_carries_over_only_from_the_opening() -> None:
    opening = "قال الجيش أمس إن الطائرات قصفت مدينة سرت. "
    later = "وصل الوفد إلى العاصمة. وعقد اجتماعا هناك. وقال الجيش أمس إن الطائرات قصفت مدينة سرت. "
    mine = "وقتل ثلاثة جنود في انفجار لغم."
    assert days(one(opening + mine, "remote_explosive")) == ("2020-01-13", "2020-01-14")
    assert days(one(later + mine, "remote_explosive")) is None


def test_dateline_is_no_event_time_but_its_last_resort_and_says_so() -> None:
    claim = one("15 January 2020 Jets bombed the city of Aleppo killing three civilians.", "air_drone_strike", "en")
    assert days(claim) == ("2020-01-14", "2020-01-15")
    assert claim.time is not None
    assert claim.time.from_publication


def test_still_is_the_day_of_publication_and_says_so() -> None:
    claim = one("لا يزال التنظيم يسيطر على مدينة درنة.", "control")
    assert days(claim) == ("2020-01-15", "2020-01-15")
    assert claim.time is not None
    assert claim.time.from_publication


@pytest.mark.parametrize(
    ("text", "lang", "scope"),
    [
        ("شنت الطائرات غارات على سرت منذ أغسطس.", "ar", "cumulative"),
        ("شنت الطائرات غارة على سرت أمس.", "ar", "single"),
        ("تقصف الطائرات مدينة سرت بانتظام.", "ar", "cumulative"),
        ("In November a suicide bomb killed 16 people in Hasaka.", "en", "single"),
        ("Warplanes regularly bombed the city of Aleppo.", "en", "cumulative"),
        ("شنت الطائرات غارات على مواقع التنظيم في سوريا أمس.", "ar", "single"),  # of one day, over a country
        ("شنت الطائرات غارات على مواقع التنظيم في سوريا.", "ar", "cumulative"),
        ("وقع تفجير انتحاري في الكويت.", "ar", "single"),  # one bombing, told only by its country
        ("وقع تفجير في سرت في نهاية نوفمبر.", "ar", "single"),
        ("قتل جندي في هجوم قبل شهرين في سرت.", "ar", "single"),
        ("قتل مئة شخص في المدينة ومنذ بدء المواجهات بين الجيش والمسلحين.", "ar", "cumulative"),
    ],
)
def test_scope(text: str, lang: str, scope: str) -> None:
    claims = read(text, lang)
    assert claims
    assert claims[0].scope == scope, claims[0].why


def test_english_event_told_with_the_time_since() -> None:
    text = "Jets bombed the town of Azaz on Monday, three days after a suicide bombing killed 30 people in Aleppo."
    claim = next(c for c in read(text, "en") if c.trigger == "suicide bombing")
    assert days(claim) == ("2020-01-10", "2020-01-10")


@pytest.mark.parametrize("lang", ["ar", "en"])
def test_occasions_load_and_their_examples_hold_the_noun(lang: str) -> None:
    assert set(occasions(lang).values()) == {"statement", "other"}
    for row in tables.read("extract/data/occasions.tsv", columns=("lang", "word", "is", "example")):
        assert fold(row["word"]) in fold(row["example"]), row


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقعت اشتباكات أمس في سرت بين الجيش والمسلحين.", "Sirte"),  # a verb too: سرت
        ("وقعت اشتباكات أمس في تعز بين الجيش والمسلحين.", "Taiz"),
        ("أسفرت معارك تدمر عن مقتل عشرين مسلحا.", "Palmyra"),
        ("قتل جنديان بانفجار لغم قرب الرمادي.", "Ramadi"),  # grey
        ("قصفت الطائرات مواقع المسلحين في القائم.", "Al-Qaim"),  # standing
        ("اندلعت اشتباكات مسلحة في جنين فجرا.", "Jenin"),
        ("قصفت الطائرات مواقع المسلحين في جسر الشغور.", "Jisr al-Shughur"),  # bridge
        ("قصفت الطائرات مواقع المسلحين في جبل الأكراد.", "Jabal al-Akrad"),  # the Kurds
    ],
)
def test_a_town_whose_name_is_a_common_word(text: str, name: str) -> None:
    (claim,) = marsad.read(text, published="2018-01-05")
    assert claim.place is not None
    assert claim.place.name == name


@pytest.mark.parametrize(
    ("text", "lang", "name", "country"),
    [
        ("An air strike hit al-Quds hospital in Aleppo, killing 27 people.", "en", "Aleppo", "SY"),
        ("قتل 27 شخصا في غارة جوية على مستشفى القدس في حلب.", "ar", "Aleppo", "SY"),
        ("قتل خمسة في تفجير استهدف سوق بغداد في مدينة الرقة.", "ar", "Raqqa", "SY"),
        ("A car bomb exploded near Hotel Baghdad in Mogadishu, killing four.", "en", "Mogadishu", "SO"),
        ("Shelling hit the University of Mosul in Iraq, killing two.", "en", "Mosul", "IQ"),
        ("قصفت المقاتلات جامعة الموصل وقتل اثنان.", "ar", "Mosul", "IQ"),
        ("قصفت الطائرات سجن تدمر في محافظة حمص.", "ar", "Tadmor Prison", "SY"),
        ("Heavy fighting took place in Wadi al-Zarqa outside Bani Walid in Libya.", "en", "zarqa", "LY"),
    ],
)
def test_a_facility_called_like_a_place_lies_where_it_is_stated(text: str, lang: str, name: str, country: str) -> None:
    claim = next(iter(read(text, lang)))
    assert claim.place is not None
    assert (claim.place.name, claim.place.country) == (name, country)
    assert claim.place.precision <= 2
