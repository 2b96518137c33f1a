"""The number check on labelled pairs, and on rendered values."""

from __future__ import annotations

import calendar
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import checks
from compiler_flow.checks.numbers import read_target
from compiler_flow.model import Catalog, CheckContext, Severity, Unit

CORPUS = Path(__file__).parent / "corpus"
Pair = tuple[str, str, str, str]


def pairs(name: str) -> list[Pair]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()[2:]
    return [
        (language, source, target, label) for language, source, target, label in (line.split("\t") for line in lines)
    ]


def verdict(language: str, source: str, target: str) -> str:
    catalog = Catalog("a", language, units=(Unit("u", source, target),))
    severities = {found.severity for found in checks.run(catalog, CheckContext(), only=["number"])}
    return "error" if Severity.ERROR in severities else "dropped" if severities else "ok"


@pytest.mark.parametrize(("language", "source", "target", "label"), pairs("number.tsv"))
def test_the_corpus_is_judged_right(language: str, source: str, target: str, label: str) -> None:
    assert verdict(language, source, target) == label


# ------------------------------------------------------------------------------------------ properties

_SCALES = {
    "en": ((1e3, "thousand"), (1e6, "million"), (1e9, "billion"), (1e12, "trillion")),
    "ru": ((1e3, "тыс."), (1e6, "млн"), (1e9, "миллиардов"), (1e12, "трлн")),
    "pl": ((1e3, "tys."), (1e6, "milionów"), (1e9, "mld")),
    "lt": ((1e3, "tūkst."), (1e6, "mln."), (1e9, "milijardų")),
    "lv": ((1e3, "tūkstoši"), (1e6, "miljoni"), (1e9, "miljardi")),
    "ro": ((1e3, "mii"), (1e6, "milioane"), (1e9, "miliarde")),
    "ko": ((1e4, "만"), (1e8, "억"), (1e12, "조")),
}
_HAN = "零一二三四五六七八九"


def digits(value: float, language: str) -> str:
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text if language in ("en", "ko") else text.replace(".", ",")


@st.composite
def amounts(draw: st.DrawFn) -> tuple[str, str, float]:
    """A language, a source phrase, and its value."""
    language = draw(st.sampled_from(sorted(_SCALES)))
    scale, word = draw(st.sampled_from(_SCALES[language]))
    count = draw(st.integers(11, 9999)) / draw(st.sampled_from([1, 10]))
    gap = "" if language == "ko" else " "
    return language, f"{digits(count, language)}{gap}{word}", round(count * scale, 3)


def chinese(value: float, form: str) -> str:
    """``value`` as a Chinese newspaper may print it."""
    for unit, word in ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")):
        if value >= unit and form != "digits":
            return f"{value / unit:.12f}".rstrip("0").rstrip(".") + word
    return f"{value:.3f}".rstrip("0").rstrip(".")


def numeral(value: int) -> str:
    """A whole number below ten thousand in Chinese numerals."""
    text, pending = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += ("零" if pending and text else "") + _HAN[digit] + word
        pending = digit == 0 and bool(text)
    return text.removeprefix("一") if 10 <= value < 20 else text


@given(amounts(), st.sampled_from(["units", "digits"]))
def test_a_value_agrees_with_itself_in_every_form(amount: tuple[str, str, float], form: str) -> None:
    language, source, value = amount
    assert verdict(language, f"X {source}.", f"共{chinese(value, form)}。") == "ok"


@given(amounts(), st.sampled_from([10.0, 0.1, 100.0, 1e4, 1e-4, 1.1, 0.9]))
def test_a_changed_value_is_found(amount: tuple[str, str, float], factor: float) -> None:
    language, source, value = amount
    assert verdict(language, f"X {source}.", f"共{chinese(round(value * factor, 3), 'units')}。") == "error"


@given(st.integers(2, 9999), st.integers(2, 9999))
def test_chinese_numerals_are_read(value: int, other: int) -> None:
    assert verdict("en", f"{value} tons", f"{numeral(value)}吨") == "ok"
    assert (verdict("en", f"{value} tons", f"{numeral(other)}吨") == "ok") == (value == other)


@given(st.integers(1, 12), st.integers(1, 28), st.integers(1900, 2100), st.integers(0, 2))
def test_dates_agree_in_every_order(month: int, day: int, year: int, change: int) -> None:
    name = calendar.month_name[month]
    target = f"{year}年{month}月{day}日"
    for source in (f"on {name} {day}, {year}", f"on {day} {name} {year}", f"on {year}-{month:02}-{day:02}"):
        assert verdict("en", f"It ended {source}.", f"它于{target}结束。") == "ok"
    parts = [year, month, day]
    parts[change] = parts[change] % 12 + 1 if change else parts[change] + 1
    wrong = f"{parts[0]}年{parts[1]}月{parts[2]}日"
    assert verdict("en", f"It ended on {name} {day}, {year}.", f"它于{wrong}结束。") == (
        "ok" if wrong == target else "error"
    )


def test_a_point_without_a_whole_number_is_no_number() -> None:
    assert [quantity.value for quantity in read_target("三分之点五")] == [3.0, 5.0]


_PAIRS = {
    "en": ("They lost {} aircraft and {} ships.", "他们损失了{}架飞机和{}艘军舰。"),
    "ru": ("Пострадали {} мужчин и {} детей.", "{}名男子和{}名儿童受伤。"),
    "uk": ("Збудовано {} км доріг і {} шкіл.", "新建{}公里公路和{}所学校。"),
    "pl": ("Zginęło {} żołnierzy i {} cywilów.", "{}名士兵和{}名平民丧生。"),
    "ko": ("병사 가운데 남성 {}명, 여성 {}명이 숨졌다.", "{}名男兵和{}名女兵死亡。"),
}


@given(st.sampled_from(["en", "ru", "uk", "pl"]), st.integers(12, 900), st.integers(12, 900))
def test_two_numbers_that_changed_places_are_found(language: str, first: int, second: int) -> None:
    source, target = _PAIRS[language]
    assert verdict(language, source.format(first, second), target.format(first, second)) == "ok"
    swapped = verdict(language, source.format(first, second), target.format(second, first))
    assert swapped == ("ok" if first == second else "error")


_CHANGES = {
    "en": "The share would rise from {}% to {}%.",
    "ru": "Доля вырастет с {}% до {}%.",
    "uk": "Частка зросте з {}% до {}%.",
    "pl": "Udział wzrośnie z {}% do {}%.",
    "lv": "Īpatsvars pieaugs no {}% līdz {}%.",
    "lt": "Dalis išaugs nuo {}% iki {}%.",
}


@given(st.sampled_from(sorted(_CHANGES)), st.integers(12, 48), st.integers(50, 99))
def test_a_change_that_goes_the_other_way_is_found(language: str, low: int, high: int) -> None:
    source = _CHANGES[language].format(low, high)
    assert verdict(language, source, f"比重将从{low}%升至{high}%。") == "ok"
    assert verdict(language, source, f"比重将从目前的{low}%提高到{high}%。") == "ok"
    assert verdict(language, source, f"比重将升至{high}%，此前为{low}%。") == "ok"
    assert verdict(language, source, f"比重将从{high}%升至{low}%。") == "error"


def test_numbers_in_another_order_with_what_they_count_are_right() -> None:
    assert verdict("en", "They lost 90 aircraft and 60 ships.", "他们损失了60艘军舰和90架飞机。") == "ok"
    assert verdict("ko", _PAIRS["ko"][0].format(12, 30), _PAIRS["ko"][1].format(12, 30)) == "ok"


@given(
    st.text(alphabet="零一二三四五六七八九十百千万亿点几数多余半成倍第年月日时分之%0123456789.,-～至约", max_size=14)
)
def test_any_run_of_numerals_can_be_read(text: str) -> None:
    for quantity in read_target(text):
        assert 0 <= quantity.start < quantity.end <= len(text)
