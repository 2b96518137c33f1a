"""Dates in the languages of the bulletin's sources, and what must not be taken for one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.ingest.dates import parse

DAY = dt.date(2024, 10, 24)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "October 24, 2024"), ("en", "Thursday, 24 Oct. 2024 at 10:15"), ("en", "Oct 24th, 2024"),
        ("en", "24 Oct 2024, 9:30 p.m."), ("ru", "24 октября 2024 г."), ("ru", "Москва, 24 октября 2024, 10:30"),
        ("ru", "24.10.2024"), ("uk", "24 жовтня 2024 року"), ("be", "24 кастрычніка 2024"), ("kk", "24 қазан 2024 ж."),
        ("kk", "2024 жылғы 24 қазан"), ("ky", "24-октябрь 2024"), ("tg", "24 октябри 2024"), ("uz", "24-oktabr, 2024-yil"),
        ("az", "24 oktyabr 2024"), ("hy", "24 հոկտեմբերի, 2024"), ("ka", "24 ოქტომბერი 2024"), ("lt", "2024 m. spalio 24 d."),
        ("lv", "2024. gada 24. oktobris"), ("lv", "2024. gada 24. oktobrī"), ("et", "24. oktoobril 2024"),
        ("pl", "24 października 2024"), ("ro", "24 octombrie 2024"), ("ko", "2024년 10월 24일"), ("ko", "입력 2024.10.24 15:30"),
        ("zh", "2024年10月24日 来源"), ("tr", "24 Ekim 2024"), ("de", "24. Oktober 2024"), ("fi", "24. lokakuuta 2024"),
        ("es", "24 de octubre de 2024"), ("fr", "24 octobre 2024"), ("sr", "24. oktobar 2024."), ("bg", "24 октомври 2024 г."),
        ("", "2024-10-24T08:15:00+02:00"), ("en", "10/24/2024"),
    ],
)  # fmt: skip
def test_dates_are_read_in_the_language_of_the_article(language: str, text: str) -> None:
    assert parse(text, language) == DAY


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "2024"), ("en", "October 2024"), ("en", "May 5"), ("en", "yesterday"), ("ru", "В 2024 году"),
        ("en", "The Mayor 5 2024"), ("en", "Copyright 2003-2024"), ("en", "24 people met in 2024"), ("", "24 октября 2024"),
        ("en", "31 February 2024"), ("en", "10/04/2024"), ("ru", "24 октября"), ("en", ""), ("en", "5 May 1024"),
    ],
)  # fmt: skip
def test_what_is_no_whole_date_is_none(language: str, text: str) -> None:
    assert parse(text, language) is None


def test_which_figure_is_the_month_depends_on_the_country() -> None:
    assert parse("10/04/2024", "en-GB") == dt.date(2024, 4, 10)
    assert parse("10/04/2024", "en-US") == dt.date(2024, 10, 4)
    assert parse("10.04.2024", "ru") == dt.date(2024, 4, 10)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["en", "ru", "lt", "lv", "et", "pl", "ro", "uk", "az", "kk", "hy", "ka", "ko", "tr", "be", "ky", "uz"]))  # fmt: skip
def test_what_cldr_writes_is_read(day: dt.date, language: str) -> None:
    from babel.dates import format_date

    assert parse(format_date(day, "long", locale=language), language) == day


@given(st.text(), st.sampled_from(["", "en", "ru", "xx", "zh-CN"]))
def test_any_text_is_a_date_or_none(text: str, language: str) -> None:
    assert parse(text, language) is None or isinstance(parse(text, language), dt.date)
