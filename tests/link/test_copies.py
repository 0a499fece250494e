"""Which reports repeat each other, on texts of our own."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad import tables
from marsad.errors import DataError
from marsad.link.copies import compare, hashes, likely, lineages, rules
from marsad.link.translations import _marks, names_original
from marsad.model import Document

WIRE = (
    "قال سكان في المدينة إن ثلاث قذائف سقطت صباح الثلاثاء على سوق الخضار القديم عند مدخل الحي الشرقي، "
    "وأوضح طبيب في المستشفى العام أن سبعة أشخاص وصلوا جرحى بينهم طفلان وأن اثنين منهم فارقا الحياة بعد الظهر. "
    "ولم تعلن أي جهة مسؤوليتها عن القصف، فيما أغلقت الشرطة الطرق المؤدية إلى السوق وطلبت من الأهالي البقاء في بيوتهم."
)
OTHER = (
    "أفادت مصادر محلية بأن مدفعية استهدفت سوقا شعبيا فقتل شخصان وجرح خمسة آخرون نقلوا إلى مشفى قريب، "
    "وقال شاهد إن القصف استمر نحو ربع ساعة قبل أن تصل فرق الإسعاف إلى المكان وتخلي المصابين من تحت البسطات المحترقة. "
    "وذكر صاحب متجر أن معظم الباعة كانوا قد غادروا قبل سقوط القذيفة الأولى، وأن الأضرار طالت عشرة متاجر على الأقل."
)


def document(name: str, text: str, **more: object) -> Document:
    return replace(Document(id=name, text=text), **more)  # type: ignore[arg-type]


def test_the_same_text_on_two_sites_is_a_copy_and_its_passage_is_quoted_from_both() -> None:
    a, b = document("a", WIRE), document("b", f"الموقع الثاني – خاص\n{WIRE}\nجميع الحقوق محفوظة")
    found = compare(a, b)
    assert found is not None
    assert (found.kind, found.containment) == ("copy", 1.0)
    (passage,) = found.passages
    assert a.text[slice(*passage.a)] == WIRE.rstrip(".")
    assert b.text[slice(*passage.b)] == WIRE.rstrip(".")


def test_spelling_marks_and_layout_make_no_difference() -> None:
    variant = (
        WIRE.replace("أ", "ا").replace("ة", "ه").replace("،", " -").replace("قال", "قـــالَ").replace(". ", ".\n\n")
    )
    found = compare(document("a", WIRE), document("b", variant))
    assert found is not None
    assert (found.kind, found.containment) == ("copy", 1.0)
    assert found.passages[0].b[0] == 0


def test_a_lead_inside_a_longer_text_is_a_copy_by_what_the_shorter_one_shares() -> None:
    lead = WIRE.split(". ")[0]
    found = compare(document("a", lead), document("b", f"{lead}. {OTHER} {OTHER.replace('سوقا', 'متجرا')}"))
    assert found is not None
    assert found.joins


def test_two_reports_of_one_event_in_their_own_words_are_no_copies() -> None:
    assert compare(document("a", WIRE), document("b", OTHER)) is None


def test_half_a_text_in_common_is_shown_but_joins_nothing() -> None:
    found = compare(document("a", f"{WIRE} {OTHER}"), document("b", f"{WIRE} {' '.join(reversed(OTHER.split()))}"))
    assert found is not None
    assert (found.kind, found.joins) == ("shared", False)
    assert found.passages[0].words > 50


def test_a_set_phrase_that_comes_back_is_no_copy() -> None:
    siren = "عاجل: صفارات الإنذار تدوي في البلدات الشمالية"
    assert compare(document("a", siren), document("b", siren)) is None


def test_a_post_of_one_line_is_found_by_its_hashes() -> None:
    post = "مراسلنا: سقوط قذيفتين على محيط المدرسة الابتدائية في الحي الغربي ولا أنباء عن إصابات حتى الآن"
    a, b = document("a", post), document("b", f"{post}!")
    assert set(hashes(a)) == set(hashes(b))
    found = compare(a, b)
    assert found is not None
    assert found.joins


def test_copies_share_hashes_and_others_hardly_any() -> None:
    wire, longer, other = (hashes(document("a", text)) for text in (WIRE, f"{OTHER} {WIRE}", OTHER))
    assert likely(wire, longer)
    assert likely(longer, other)
    assert not likely(wire, other)
    assert not set(wire) & set(other)


def test_hashes_are_the_same_in_every_process_and_fit_a_database() -> None:
    found = hashes(document("a", "one two three four five"))
    assert found == (903732502723045457, 1836196124012518098)
    assert all(0 <= h < 1 << 63 for h in hashes(document("a", WIRE, title="Four words and more")))
    assert hashes(document("a", "…!")) == ()


def test_a_marked_translation_belongs_to_the_original_it_names() -> None:
    original = document("x1", "The road north was shelled twice on Monday.", title="Shells close the road to the north")
    translated = document("x2", f'{OTHER}\nترجمة عن صحيفة محلية: "Shells close the road to the north"')
    found = compare(original, translated)
    assert found is not None
    assert (found.kind, found.joins) == ("translation", True)
    assert likely(hashes(original), hashes(translated))
    assert len(set(hashes(original)) & set(hashes(translated))) >= 2


def test_texts_that_only_have_a_headline_in_common_are_not_even_compared() -> None:
    titled = [hashes(document("a", text, title="Today's news from the north")) for text in (WIRE, OTHER)]
    assert not likely(*titled)


def test_a_translation_that_gives_a_link_belongs_to_the_document_of_that_address() -> None:
    original = document("https://www.example.org/news/17?utm=feed", "Two shells fell on Monday.")
    translated = document("b", f"{WIRE}\nرابط المقال الأصلي: http://example.org/news/17/")
    found = compare(translated, original)
    assert found is not None
    assert found.kind == "translation"


def test_a_link_or_quoted_title_without_a_mark_of_translation_joins_nothing() -> None:
    original = document("https://example.org/news/17", "Two shells fell.", title="Shells close the road to the north")
    text = f'{WIRE}\nاقرأ أيضا: https://example.org/news/17 "Shells close the road to the north"'
    assert compare(original, document("b", text)) is None
    assert names_original(document("c", "نقلا عن وكالة: https://example.org/1"), least=4) == set()


def test_a_lineage_is_called_after_its_first_document_in_any_order() -> None:
    day = date(2016, 5, 3)
    documents = [
        document("b", "x", published=day),
        document("c", "x", published=date(2016, 5, 1)),
        document("a", "x", published=None),
        document("d", "x", published=day),
    ]
    pairs = [("a", "b"), ("b", "c"), ("d", "gone")]
    expected = {"a": "c", "b": "c", "c": "c", "d": "d"}
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        random.Random(seed).shuffle(pairs)
        assert lineages([p[:: 1 - 2 * (seed % 2)] for p in pairs], documents) == expected


@given(st.text(alphabet="ابتة أإ ،.\nab", max_size=120), st.text(alphabet="ابتة أإ ،.\nab", max_size=120))
def test_passages_are_the_same_words_in_both_texts(before: str, after: str) -> None:
    a, b = document("a", f"{before} {WIRE} {after}"), document("b", f"{after} {WIRE} {before}")
    found = compare(a, b)
    assert found is not None
    back = compare(b, a)
    assert back is not None
    assert back.containment == found.containment
    for passage in found.passages:
        left, right = (document("x", t) for t in (a.text[slice(*passage.a)], b.text[slice(*passage.b)]))
        same = compare(left, right)
        assert same is None or same.containment == 1.0


def test_one_word_repeated_is_compared_as_fast_as_any_text() -> None:
    found = compare(document("a", "قصف " * 100_000 + WIRE), document("b", WIRE + " قصف" * 100_000))
    assert found is not None
    assert max(passage.words for passage in found.passages) == 100_000


def test_settings_that_do_not_hold_are_refused_with_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "files", lambda _package: tmp_path)
    folder = tmp_path / "link" / "data"
    folder.mkdir(parents=True)
    for line, reason in (("copy\t1.7", "out of range"), ("scale\tmany", "not a number"), ("shingles\t4", "not one of")):
        (folder / "copies.tsv").write_text(f"setting\tvalue\n{line}\n", encoding="utf-8")
        with pytest.raises(DataError, match=rf"line 2.*{reason}"):
            rules.__wrapped__()
    (folder / "translations.tsv").write_text("lang\twords\texample\nen\ttranslated from\tno mark\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 2: the words are not in the example"):
        _marks.__wrapped__()
