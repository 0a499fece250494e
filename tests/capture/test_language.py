"""Which language a text is in."""

import pytest

from marsad.capture.language import identify, settle, supported
from marsad.errors import InputError
from marsad.model import Document

TEXTS = {
    "ar": "قال مسؤولون إن الطائرات قصفت مواقع للمسلحين في ريف المدينة الشمالي بعد اشتباكات استمرت حتى الفجر.",
    "en": "Officials said the aircraft bombed positions of the gunmen north of the city after hours of clashes.",
    "fa": "مقام‌های محلی گفتند که جنگنده‌ها دیروز مواضع گروه‌های مسلح را در شمال شهر بمباران کردند و چند نفر کشته شدند.",
    "ur": "حکام نے بتایا کہ طیاروں نے شہر کے شمال میں مسلح افراد کے ٹھکانوں پر بمباری کی جس میں کئی افراد ہلاک ہوئے۔",
    "fr": "Des responsables ont dit que des avions avaient bombardé les positions des hommes armés de la ville.",
    "tr": "Yetkililer, uçakların kentin kuzeyindeki mevzileri bombaladığını ve birçok kişinin öldüğünü söyledi.",
    "ru": "Официальные лица сообщили, что самолёты нанесли удары по позициям боевиков к северу от города.",
    "he": "גורמים רשמיים אמרו כי מטוסים הפציצו עמדות של חמושים מצפון לעיר לאחר קרבות שנמשכו עד הבוקר.",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_identify(lang: str) -> None:
    assert identify(TEXTS[lang]) == lang


def test_short_headlines() -> None:
    assert identify("قتلى في قصف على حلب") == "ar"
    assert identify("Five killed in the shelling of Aleppo") == "en"


def test_names_in_the_other_script_change_nothing() -> None:
    assert identify(TEXTS["ar"] + " (Reuters, AFP, Syrian Observatory)") == "ar"
    assert identify(TEXTS["en"] + " (رويترز)") == "en"


def test_nothing_to_tell_by() -> None:
    assert identify("2016 - 12 !") is None
    with pytest.raises(InputError, match="--lang"):
        settle(Document(id="a", text="2016 !"))


def test_supported_are_the_folders() -> None:
    assert supported() == ("ar", "en")


def test_settle() -> None:
    document = Document(id="a", text=TEXTS["ar"])
    assert settle(document).lang == "ar"
    assert settle(document, lang="en").lang == "en"
    assert settle(Document(id="a", text=TEXTS["ar"], lang="ar-SY")).lang == "ar"


@pytest.mark.parametrize("lang", ["fa", "fr", "ru"])
def test_other_languages_are_refused_by_name(lang: str) -> None:
    with pytest.raises(InputError, match=f"document a: language {lang} is not supported") as caught:
        settle(Document(id="a", text=TEXTS[lang]))
    assert "--lang" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Rockets hit Baghdad airport.", "en"),
        ("360 strikes since August", "en"),
        ("Attaque contre une base militaire", "fr"),
        ("Raketen auf Kiew", "de"),
    ],
)
def test_a_few_words(text: str, lang: str) -> None:
    assert identify(text) == lang
