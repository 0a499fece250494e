"""Pages: encodings that they misstate, what they say of themselves, furniture, and markup meant to do harm."""

import json
from datetime import date

import pytest

from marsad.capture.markup import MAX_PAGE
from marsad.capture.page import document_of
from marsad.errors import InputError
from marsad.model import Document

FIRST = "قال مصدر طبي إن القصف تواصل على أحياء المدينة منذ الفجر وأدى إلى مقتل أربعة أشخاص وإصابة آخرين."
SECOND = "وأضاف المصدر أن فرق الإسعاف لم تتمكن من الوصول إلى جميع المصابين بسبب كثافة النيران في المنطقة."
ARTICLE = f"<h1>قصف على أحياء المدينة</h1><p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{FIRST}\n{SECOND}"


def read(html: str | bytes, *, url: str = "http://example.org/1", declared: str | None = None) -> Document:
    return document_of(html.encode() if isinstance(html, str) else html, url=url, declared=declared)


def page(body: str = ARTICLE, head: str = "") -> str:
    return f"<html><head><title>قصف على أحياء المدينة - الموقع</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1256", "iso8859-6", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("label", ["", "utf-8", "windows-1256", "iso-8859-1", "iso-8859-6", "nonsense"])
def test_the_bytes_tell_the_encoding_not_the_label(encoding: str, label: str) -> None:
    html = page(head=f'<meta charset="{label}">' if label else "").encode(encoding)
    assert read(html, declared=label or None).text == TEXT


def test_long_scripts_before_the_first_letter_do_not_hide_the_encoding() -> None:
    html = f"<html><head><script>{'var a=1;' * 10_000}</script></head><body>{ARTICLE}</body></html>"
    assert read(html.encode("iso8859-6")).text == TEXT
    assert read(html.encode("cp1256")).text == TEXT


def test_entities_and_doubly_escaped_ones() -> None:
    references = "".join(f"&#{ord(c)};" for c in FIRST)
    assert read(page(f"<p>{references}</p><p>{SECOND}&nbsp;</p>")).text == TEXT
    assert read(page(f"<p>{references.replace('&', '&amp;')}</p><p>{SECOND}</p>")).text == TEXT


def test_references_to_control_characters_do_no_harm() -> None:
    assert read(page(f"<div>&#1;&#xD800;<p>{FIRST}</p>&#x1f;<p>{SECOND}</p></div>")).text.endswith(SECOND)


def test_lines_in_two_encodings() -> None:
    html = page(f"\n<p>{FIRST}</p>\n".encode().decode()).encode().replace(FIRST.encode(), FIRST.encode("cp1256"))
    assert FIRST in read(html.replace(b"</body>", f"\n<p>{SECOND}</p></body>".encode())).text


def test_a_page_in_another_alphabet_is_read_as_it_says() -> None:
    html = '<meta charset="windows-1251"><p>' + "Сегодня утром был нанесён удар по городу. " * 6 + "</p>"
    document = read(html.encode("cp1251"))
    assert document.text.startswith("Сегодня утром")
    assert document.lang == "ru"


def test_what_the_markup_says() -> None:
    head = (
        '<meta property="og:site_name" content="وكالة المرقب"><meta name="author" content="هيئة التحرير">'
        '<meta property="article:published_time" content="2016-06-21T23:40:00+03:00">'
        '<meta property="og:url" content="http://example.org/ar/1">'
    )
    document = read(page(head=head))
    assert document.title == "قصف على أحياء المدينة"
    assert (document.source, document.published, document.lang) == ("وكالة المرقب", date(2016, 6, 21), "ar")
    assert document.about["author"] == "هيئة التحرير"
    assert document.about["url"] == "http://example.org/1"
    assert document.derived.startswith("trafilatura")


def test_scripts_longer_than_the_article_and_sidebars_around_it_lose_nothing() -> None:
    sidebar = "<div class='layout-with-rail'><div class='widget Blog ad-free promo'>" + ARTICLE + "</div></div>"
    assert read(page(sidebar + f"<script>{'window.modules=[];' * 5_000}</script>")).text == TEXT


def test_json_ld() -> None:
    article = {
        "@type": ["NewsArticle"],
        "headline": "قصف &quot;عنيف&quot; على أحياء المدينة",
        "datePublished": "2016-06-21T08:00:00Z",
        "author": [{"name": "هيئة التحرير"}],
        "publisher": {"name": "الموقع"},
    }
    data = json.dumps({"@graph": [{"@type": "WebSite"}, article]}, ensure_ascii=False)
    document = read(page(f"<p>{FIRST}</p><p>{SECOND}</p>", head=f'<script type="application/ld+json">{data}</script>'))
    assert document.title == 'قصف "عنيف" على أحياء المدينة'
    assert (document.published, document.source) == (date(2016, 6, 21), "الموقع")
    assert document.about["author"] == "هيئة التحرير"


def test_a_lying_language_does_not_count() -> None:
    assert read(page().replace("<html>", '<html lang="en">')).lang == "ar"


def test_notes_of_the_article_are_kept_beside_its_text() -> None:
    notes = (
        "<p>بقلم: أسرة الموقع</p><p>ترجم هذا المقال عن الإنجليزية بتصرف</p>"
        "<p>الآراء الواردة في المقال لا تعبر بالضرورة عن رأي الموقع</p>"
    )
    document = read(page(ARTICLE + notes))
    assert document.text == TEXT
    assert document.about["author"] == "أسرة الموقع"
    assert document.about["translated_from"] == "ترجم هذا المقال عن الإنجليزية بتصرف"
    assert document.about["disclaimer"] == "الآراء الواردة في المقال لا تعبر بالضرورة عن رأي الموقع"


@pytest.mark.parametrize(
    "furniture",
    [
        "<p>اقرأ أيضاً: هدوء حذر في المدينة</p>",
        "<div>245 تعليقًا 31 مشاركة</div>",
        "<div>أعجبني · تعليق · مشاركة</div>",
        "<div>تمت المشاركة مع العامة</div>",
        "<p>يستخدم هذا الموقع ملفات تعريف الارتباط لتحسين تجربتك</p>",
        "<p>اشترك في نشرتنا البريدية ليصلك كل جديد</p>",
        "<p>قصف على أحياء المدينة</p>",
        "<p>آخر تحديث: 22 حزيران 2016</p>",
        "<p>جميع الحقوق محفوظة للموقع 2016</p>",
        "<div class='related-posts'><p>خبر آخر عن مدينة بعيدة لا صلة له بهذا الخبر أبداً.</p></div>",
        "<h3>التعليقات (2)</h3><div>الله يرحمهم ويصبر أهلهم يا رب العالمين، إلى متى هذا الحال؟</div>",
        "<script>alert('قتل عشرة أشخاص في الهجوم')</script><noscript>فعّل جافاسكربت لقراءة هذه الصفحة</noscript>",
        "<div style='display: none'>نص مخفي لا يراه القارئ ولا يجوز أن يقرأ من الصفحة.</div>",
    ],
)
def test_furniture_is_no_text(furniture: str) -> None:
    assert read(page(ARTICLE + furniture)).text == TEXT


def test_the_day_of_publication_is_not_that_of_today_or_of_comments() -> None:
    body = (
        "<div class='topbar'>اليوم: السبت 9 آذار 2024</div>"
        + ARTICLE.replace("</h1>", "</h1><div>21 حزيران 2016</div>")
        + "<div class='comments'><p>زائر - 25 حزيران 2016</p></div>"
    )
    assert read(page(body)).published == date(2016, 6, 21)


def test_a_day_inside_the_text_is_not_that_of_publication() -> None:
    assert read(page(ARTICLE + f"<p>وكانت المدينة قد شهدت في 12 أيار 2015 قصفا مماثلا. {SECOND}</p>")).published is None


def test_the_day_in_the_address() -> None:
    assert read(page(), url="http://example.org/news/2016/06/21/strike").published == date(2016, 6, 21)
    assert document_of(page().encode(), url="", origin="backup-2024-03-09/a.html").published is None


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + ARTICLE + "</div>" * 100_000,
        "<font color=red>" * 100_000 + ARTICLE,
        "<table><tr><td>" * 30_000 + ARTICLE,
        "<div>كلمة<b>" * 20_000 + ARTICLE,
        "<p>" + "<br>&nbsp;" * 50_000 + "</p>" + ARTICLE,
        "<div class='" + "a-" * 1_000_000 + "'>" + ARTICLE,
        "<div>" + "<span>21/6/2016</span>" * 20_000 + "</div>" + ARTICLE,
        "<script type='application/ld+json'>" + "[" * 150_000 + "</script>" + ARTICLE,
        "<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]>&b;" + ARTICLE,
        ARTICLE.replace("</p>", "").replace("</h1>", "</h2>"),
        "<p>\ud800".encode("utf-8", "replace").decode() + ARTICLE,
    ],
)
def test_no_text_is_lost_in_markup_meant_to_do_harm(html: str) -> None:
    text = read(html).text
    assert FIRST in text
    assert SECOND in text


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (b"", "the page is empty"),
        (b"<" * 4_000_000, "more than 60,000 tags"),
        (b"<p>" + b"a" * MAX_PAGE, "a page of more than 8 MB"),
        (b"<ul><li>" * 70_000, "more than 60,000 tags"),
        (b"<html><body><script>var a=1</script></body></html>", "no article found"),
        (b"%PDF-1.4", "this is a PDF"),
        (b"\x89PNG\r\n", "this is a picture"),
        (b"\0\1\2\3" * 1000, "binary data"),
        (b"<!-- only a comment -->", "a.html: "),
    ],
)
def test_what_cannot_be_read_is_named(html: bytes, words: str) -> None:
    with pytest.raises(InputError, match=r"^a\.html: ") as raised:
        document_of(html, url="", origin="a.html")
    assert words in str(raised.value)
