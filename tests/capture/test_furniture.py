"""The table of furniture, and what it takes out of a tree and of lines."""

import re

import pytest
from lxml import html

from marsad import tables
from marsad.capture import furniture
from marsad.capture.furniture import clean, prune, says
from marsad.capture.stamps import folded
from marsad.errors import DataError

ROWS = tables.read("capture/data/furniture.tsv", columns=("kind", "pattern", "example"))
TITLE = "قصف على المدينة"
SENTENCE = "قال مصدر طبي إن القصف تواصل على أحياء المدينة منذ الفجر."


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"line {row.line}")
def test_each_example_is_told(row: tables.Row) -> None:
    assert says(row["kind"], folded(row["example"]))


@pytest.mark.parametrize(
    "line",
    [
        SENTENCE,
        "ونشر ناشطون صوراً تظهر الدمار الذي خلفه القصف على المدينة.",
        "وقالت صحيفة محلية نقلاً عن شهود إن ثلاثة أشخاص أصيبوا.",
        "شارك في التشييع آلاف من أهالي المدينة.",
        "تابع: الطيران لا يزال في الأجواء ويقصف محيط السوق، والأهالي في الملاجئ منذ ساعتين ولا أحد يخرج",
        "عاجل | سقوط قذيفة على حي سكني",
        "ترجمت عائلة الضحية حزنها إلى صرخة أمام الكاميرات.",
        "ارتفعت حصيلة القتلى إلى 12",
        "لا إصابات حتى الآن في قصف السوق",
    ],
)
def test_what_people_say_is_text(line: str) -> None:
    assert clean([line, SENTENCE], title=TITLE).lines == [line, SENTENCE]


def test_a_line_without_a_pattern_is_told_by_file_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = [tables.Row({"kind": "line", "pattern": "نص", "example": "غيره"}, "furniture.tsv", 9)]
    monkeypatch.setattr(tables, "read", lambda *_, **__: bad)
    furniture._table.cache_clear()
    try:
        with pytest.raises(DataError, match=re.escape("furniture.tsv, line 9: the pattern does not match")):
            says("line", "x")
    finally:
        monkeypatch.undo()
        furniture._table.cache_clear()


def test_what_holds_most_of_the_page_is_kept_whatever_its_class() -> None:
    tree = html.document_fromstring(f"<div class='sidebar widget'><p>{SENTENCE}</p></div><div class='share'>شارك</div>")
    prune(tree)
    assert tree.text_content().strip() == SENTENCE


def test_cards_of_other_stories_are_taken_out_and_one_link_is_kept() -> None:
    card = "<div><h3><a href='1'>خبر آخر من مدينة بعيدة</a></h3><p>مقدمة قصيرة للخبر.</p></div>"
    tree = html.document_fromstring(f"<div><p>{SENTENCE}</p><p><a href='2'>{SENTENCE}</a></p></div>{card}{card}")
    prune(tree)
    assert "مقدمة" not in tree.text_content()
    assert tree.text_content().count(SENTENCE) == 2
