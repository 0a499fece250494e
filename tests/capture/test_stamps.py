"""Dates as pages print them."""

from datetime import date

import pytest

from marsad.capture.stamps import folded, stamps

DAY = date(2016, 6, 21)


@pytest.mark.parametrize(
    "text",
    [
        "2016-06-21T10:12:00+03:00",
        "21/06/2016 02:30 م",
        "٢١/٦/٢٠١٦",
        "2016/6/21",
        "21.6.2016",
        "06/21/2016",
        "الثلاثاء 21 حزيران 2016",
        "الثلاثاء، 21 يونيو/حزيران 2016 - 18:45",
        "٢١ حزيران (يونيو)، ٢٠١٦",
        "21 جوان 2016",
        "21 يونيه 2016 م",
        "يونيو 21, 2016 11:20 ص",
        "21 من شهر يونيو عام 2016",
        "\u200f21\u200f/\u200f06\u200f/\u200f2016",
        "۲۱ حزيران ۲۰۱۶",
        "June 21, 2016",
        "21st of June 2016",
        "Jun. 21, 2016",
        "16 رمضان 1437 هـ",
        "16/9/1437هـ",
        "الثلاثاء 16 رمضان 1437هـ - 21 يونيو 2016م",
        "٢١ حُزَيران ٢٠١٦",
    ],
)
def test_read(text: str) -> None:
    assert [stamp.day for stamp in stamps(folded(text))] == [DAY]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 جويلية 2014", date(2014, 7, 3)),
        ("12 غشت 2016", date(2016, 8, 12)),
        ("9 شتنبر 2018", date(2018, 9, 9)),
        ("21 كانون الأول 2013", date(2013, 12, 21)),
        ("2 تشرين ثاني 2019", date(2019, 11, 2)),
        ("5 أوت 2012", date(2012, 8, 5)),
        ("4/3/2017", date(2017, 3, 4)),
    ],
)
def test_months_of_each_country_and_day_first(text: str, day: date) -> None:
    assert [stamp.day for stamp in stamps(folded(text))] == [day]


@pytest.mark.parametrize(
    "text", ["حزيران 2016", "21 حزيران", "2016", "31/2/2016", "21/6/16", "1/2", "192.168.1.2016", ""]
)
def test_no_full_date(text: str) -> None:
    assert stamps(folded(text)) == []
