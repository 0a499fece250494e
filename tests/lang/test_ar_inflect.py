"""Golden paradigms of Arabic verbs and nouns. Spellings are folded on both sides, so they may be written normally."""

import pytest

from marsad.lang.ar.inflect import Form, NounForm, noun_forms, verb_forms
from marsad.lang.text import fold

# verb | spelling=tense+person[+p for passive][+j for jussive][+- before a pronoun] ...
VERBS = """
قصف يقصف | قصف=past3ms قصفت=past3fs قصفوا=past3mp قصفتا=past3fd
قصف يقصف | قصفنا=past1p قصفو=past3mp- يقصف=present3ms تقصف=present3fs
قتل يقتل | قتلا=past3md قتلن=past3fp يقتلون=present3mp
قتل يقتل | يقتلوا=present3mpj يقتلان=present3md سيقتل=future3ms نقتل=present1p
شن يشن | شن=past3ms شنت=past3fs شنوا=past3mp شننا=past1p يشن=present3ms تشن=present3fs يشنون=present3mp ستشن=future3fs
رد يرد | ردت=past3fs رددنا=past1p ردوا=past3mp يردون=present3mp
مر يمر | مرت=past3fs مررن=past3fp تمر=present3fs
احتل يحتل | احتل=past3ms احتلت=past3fs احتلوا=past3mp احتللنا=past1p يحتلون=present3mp ستحتل=future3fs
انضم ينضم | انضموا=past3mp انضممنا=past1p ينضم=present3ms
استمر يستمر | استمرت=past3fs استمررنا=past1p يستمرون=present3mp
استمع يستمع | استمعت=past3fs استمعنا=past1p
أعد يعد | اعدت=past3fs اعددنا=past1p يعدون=present3mp
اهتم يهتم | اهتموا=past3mp اهتممت=past1s
اتهم يتهم | اتهمت=past3fs اتهمنا=past1p يتهمون=present3mp
أنقذ ينقذ | انقذوا=past3mp انقذنا=past1p تنقذ=present3fs
قال يقول | قالت=past3fs قالوا=past3mp قالا=past3md قلنا=past1p
قال يقول | قيل=past3msp يقال=present3msp يقولون=present3mp
قال يقول | يقل=present3msj تقل=present3fsj ستقول=future3fs يقولان=present3md
باع يبيع | بيعت=past3fsp يباع=present3msp بعنا=past1p يبع=present3msj
مات يموت | ماتت=past3fs ماتوا=past3mp متنا=past1p يموتون=present3mp
نال ينال | نالت=past3fs نلنا=past1p ينل=present3msj
سأل يسأل | سالت=past3fs سالنا=past1p يسالون=present3mp
أغار يغير | اغار=past3ms اغارت=past3fs اغاروا=past3mp اغرنا=past1p تغير=present3fs يغيرون=present3mp يغر=present3msj
أصاب يصيب | اصيب=past3msp اصيبت=past3fsp اصيبوا=past3mpp
أصاب يصيب | يصاب=present3msp يصب=present3msj اصابت=past3fs يصيب=present3ms
أصاب يصيب | سيصاب=future3msp اصيبتا=past3fdp اصبنا=past1p تصاب=present3fsp
أقام يقيم | اقيم=past3msp اقيمت=past3fsp تقام=present3fsp اقاموا=past3mp
استعاد يستعيد | استعيد=past3msp استعادت=past3fs استعادوا=past3mp استعدنا=past1p تستعاد=present3fsp يستعد=present3msj
اغتال يغتال | اغتيل=past3msp اغتيلت=past3fsp اغتالوا=past3mp يغتال=present3ms
انهار ينهار | انهارت=past3fs انهاروا=past3mp انهرنا=past1p
عاد يعود | عادت=past3fs عادوا=past3mp عدنا=past1p سيعود=future3ms يعد=present3msj
نفى ينفي | نفى=past3ms نفت=past3fs نفوا=past3mp ينفون=present3mp
نفى ينفي | تنفي=present3fs ينف=present3msj نفا=past3ms- نفيت=past3fsp
ألقى يلقي | القت=past3fs القوا=past3mp يلقون=present3mp القيت=past3fsp ستلقي=future3fs يلق=present3msj القيا=past3md
أجرى يجري | اجريت=past3fsp اجرت=past3fs تجري=present3fs يجر=present3msj
تبنى يتبنى | تبنى=past3ms تبنت=past3fs تبنوا=past3mp يتبنون=present3mp
تبنى يتبنى | تتبنى=present3fs تبنا=past3ms- يتبنا=present3ms- تبنينا=past1p
تلقى يتلقى | تلقت=past3fs تلقيت=past1s يتلقون=present3mp
دعا يدعو | دعت=past3fs دعوا=past3mp دعونا=past1p دعي=past3msp
دعا يدعو | يدعو=present3ms يدعون=present3mp يدعى=present3msp يدع=present3msj
نجا ينجو | نجت=past3fs نجوا=past3mp ينجون=present3mp تنج=present3fsj
بقي يبقى | بقيت=past3fs بقوا=past3mp يبقون=present3mp بقينا=past1p
لقي يلقى | لقيت=past3fs لقوا=past3mp تلقى=present3fs
رأى يرى | رات=past3fs راوا=past3mp يرون=present3mp راينا=past1p
انتهى ينتهي | انتهت=past3fs ينتهون=present3mp تنته=present3fsj
استولى يستولي | استولت=past3fs استولوا=past3mp يستولون=present3mp
أحيا يحيي | احيت=past3fs احيوا=past3mp
بدأ يبدأ | بدات=past3fs بداوا=past3mp بدووا=past3mp يبداون=present3mp يبدوون=present3mp ستبدا=future3fs
لجأ يلجأ | لجات=past3fs لجاوا=past3mp يلجا=present3ms يلجوون=present3mp
أنشأ ينشئ | انشات=past3fs انشاوا=past3mp ينشي=present3ms انشي=past3msp انشيت=past3fsp ينشيون=present3mp
فاجأ يفاجئ | فوجي=past3msp فوجيت=past3fsp فاجات=past3fs
أخذ يأخذ | اخذت=past3fs ياخذون=present3mp يوخذ=present3msp اخذوا=past3mp
أسر يأسر | اسروا=past3mp يوسر=present3msp تاسر=present3fs
جاء يجيء | جاءت=past3fs جاءوا=past3mp جاووا=past3mp جينا=past1p
وصل يصل | وصلت=past3fs وصلوا=past3mp يصلون=present3mp ستصل=future3fs تصل=present3fs
وقع يقع | وقعت=past3fs تقع=present3fs سيقع=future3ms
وضع يضع | وضعوا=past3mp يوضع=present3msp توضع=present3fsp
حاصر يحاصر | حاصرت=past3fs حوصرت=past3fsp حوصر=past3msp يحاصرون=present3mp
هاجم يهاجم | هوجم=past3msp هوجمت=past3fsp هاجموا=past3mp يهاجمو=present3mp-
اعتقد يعتقد | يعتقدون=present3mp
حاول يحاول | احاول=present1s نحاول=present1p
تابع يتابع | توبعت=past3fsp تابعوا=past3mp
تبادل يتبادل | تبودل=past3msp تبادلوا=past3mp تتبادل=present3fs
استهدف يستهدف | استهدفت=past3fs استهدفوا=past3mp يستهدفون=present3mp ستستهدف=future3fs استهدفنا=past1p
انفجر ينفجر | انفجرت=past3fs انفجرتا=past3fd تنفجر=present3fs
أعلن يعلن | اعلنت=past3fs اعلنوا=past3mp اعلنا=past3md سيعلن=future3ms
قتّل يقتّل | قتلت=past3fs يقتلون=present3mp
فجّر يفجّر | فجرت=past3fs فجروا=past3mp يفجر=present3ms
تمركز يتمركز | تمركزت=past3fs يتمركزون=present3mp
سيطر يسيطر | سيطرت=past3fs سيطروا=past3mp سيسيطر=future3ms
"""
# spellings that would be mistaken for other words, and must not come from the verb
NOT_FORMS = """
عاد يعود | عيد عيدت يعاد
استعاد يستعيد | استعدت
مات يموت | ميت
بات يبيت | بيت
علا يعلو | علي علي
وقع يقع | يوقع
تأكد يتأكد | توكد
قال يقول | نقل اقول
وصف يصف | نصف اصف
كبر يكبر | اكبر
ولي يلي | الي تل
انهار ينهار | انهير
"""
# noun | spelling=number gender [/c construct, /a accusative, /p before a pronoun]
NOUNS = """
غارة غارات | غارة=sgf غارات=plf غارتان=duf غارتين=duf غارتا=duf/c غارت=sgf/p
هجوم هجمات هجومات | هجوم=sgm هجوما=sgm/a هجمات=plf هجومان=dum هجومين=dum هجومي=dum/c
مدني مدنيين مدنيون | مدني=sgm مدنيا=sgm/a مدنيون=plm مدنيين=plm مدنيو=plm/c مدنيي=plm/c مدنيان=dum مدنية=sgf مدنيات=plf
مسلح | مسلحون=plm مسلحين=plm مسلحو=plm/c مسلحي=plm/c مسلحة=sgf مسلحان=dum مسلحا=sgm/a مسلحتين=duf
لاجئ لاجئين | لاجئون=plm لاجئين=plm لاجئة=sgf لاجئات=plf لاجئا=sgm/a
قتيل قتلى | قتيلا=sgm/a قتيلان=dum قتيلين=dum قتلى=plm قتلا=plm/p
جريح جرحى | جريحا=sgm/a جرحى=plm جريحين=dum
جندي جنود | جنود=plm جنودا=plm/a جنديا=sgm/a جنديان=dum جنديين=dum
طفل أطفال | اطفال=plm اطفالا=plm/a طفلين=dum طفلا=sgm/a طفلان=dum
صاروخ صواريخ | صواريخ=plm صاروخا=sgm/a صاروخين=dum صاروخان=dum
قذيفة قذائف | قذايف=plf قذيفتين=duf قذيفتان=duf قذيفت=sgf/p
اشتباك اشتباكات | اشتباكات=plf اشتباكا=sgm/a اشتباكين=dum
استهداف | استهدافات=plf استهدافا=sgm/a
تفجير | تفجيرات=plf تفجيرا=sgm/a تفجيران=dum تفجيرين=dum
مدرسة مدارس | مدارس=plf مدرستين=duf مدرسة=sgf
طائرة | طايرات=plf طايرتان=duf طايرتين=duf طايرت=sgf/p
مستشفى مستشفيات | مستشفى=sgm مستشفيات=plf مستشفيين=dum مستشفا=sgm/p
قائد قادة | قادة=plm قادت=plm/p قايدا=sgm/a
لواء ألوية | لواء=sgm الوية=plm لواي=sgm/p لواءان=dum
حرب حروب | حرب=sgf حروب=plf حروبا=plf/a
سجين سجناء | سجناء=plm سجناي=plm/p سجينا=sgm/a سجينين=dum
امرأة نساء | امراة=sgf نساء=plf امراتان=duf امراتين=duf
اتجاه اتجاهات | اتجاه=sgm اتجاهات=plf اتجاها=sgm/a
خرق خروقات | خروقات=plf خرقا=sgm/a خرقين=dum
"""
NOT_NOUNS = """
مدرسة مدارس | مدرسات
موقع مواقع | موقعون موقعين-plm موقعة
صاروخ صواريخ | صواريخا صاروخة
سجين سجناء | سجناءا سجينون
مستشفى | مستشفية مستشفيون
لواء ألوية | لواءات
هجوم هجمات | هجومة هجوميون
سلب | سلبي
"""


def rows(table: str) -> list[tuple[str, str]]:
    """The two cells of each line."""
    pairs = [line.split("|") for line in table.strip().splitlines()]
    return [(word.strip(), expected.strip()) for word, expected in pairs]


def show_verb(form: Form) -> str:
    passive, jussive = form.voice == "passive", form.mood == "jussive"
    return f"{form.tense}{form.person}{'p' * passive}{'j' * jussive}{'-' * form.pronoun}"


def show_noun(form: NounForm) -> str:
    return form.number + form.gender + ("" if form.state == "any" else "/" + form.state[0])


@pytest.mark.parametrize(("verb", "expected"), rows(VERBS))
def test_verb_paradigm(verb: str, expected: str) -> None:
    forms = verb_forms(*verb.split())
    for item in expected.split():
        spelling, meaning = item.split("=")
        assert fold(spelling) in forms, f"{spelling} is missing"
        assert show_verb(forms[fold(spelling)]) == meaning, spelling


@pytest.mark.parametrize(("verb", "unwanted"), rows(NOT_FORMS))
def test_verb_does_not_make_other_words(verb: str, unwanted: str) -> None:
    assert not {fold(word) for word in unwanted.split()} & verb_forms(*verb.split()).keys()


@pytest.mark.parametrize(("noun", "expected"), rows(NOUNS))
def test_noun_paradigm(noun: str, expected: str) -> None:
    forms = noun_forms(noun)
    for item in expected.split():
        spelling, meaning = item.split("=")
        assert fold(spelling) in forms, f"{spelling} is missing"
        assert show_noun(forms[fold(spelling)]) == meaning, spelling


@pytest.mark.parametrize(("noun", "unwanted"), rows(NOT_NOUNS))
def test_noun_does_not_make_other_words(noun: str, unwanted: str) -> None:
    forms = noun_forms(noun)
    for item in unwanted.split():
        spelling, _, meaning = item.partition("-")
        found = forms.get(fold(spelling))
        assert found is None or (meaning and show_noun(found) != meaning), spelling


@pytest.mark.parametrize(("verb", "_expected"), rows(VERBS))
def test_folded_input_gives_nearly_the_same(verb: str, _expected: str) -> None:
    past, present = verb.split()
    written, folded = verb_forms(past, present), verb_forms(fold(past), fold(present))
    assert len(written.keys() & folded.keys()) >= 0.8 * len(written)
    assert folded[fold(past)] == Form("past", "3ms")


@pytest.mark.parametrize(("past", "present"), [("قصف", ""), ("ق", "يقصف"), ("قصف", "قصف"), ("", "")])
def test_what_is_no_verb_is_refused(past: str, present: str) -> None:
    with pytest.raises(ValueError, match="perfect"):
        verb_forms(past, present)


def test_human_can_be_forced_or_forbidden() -> None:
    assert fold("معسكرون") not in noun_forms("معسكر", human=False)
    assert noun_forms("مراقب", human=True)[fold("مراقبون")] == NounForm("pl", "m")
    with pytest.raises(ValueError, match="noun"):
        noun_forms(" ")


@pytest.mark.parametrize(("words", "_expected"), rows(NOUNS))
def test_every_form_is_folded_and_unvowelled(words: str, _expected: str) -> None:
    assert all(form == fold(form) and " " not in form for form in noun_forms(words))
