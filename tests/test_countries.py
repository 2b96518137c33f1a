"""Names and order of countries."""

from compiler_flow import countries
from compiler_flow.model import Term, TermKind


def test_the_order_is_that_of_the_english_short_names() -> None:
    seed = ["AM", "AZ", "BY", "EE", "KP", "KR", "LV", "LT", "PL", "RO"]
    assert sorted(["RO", "LT", "PL", "LV", "KR", "KP", "EE", "BY", "AZ", "AM"], key=countries.order_key) == seed


def test_the_house_glossary_names_a_country_before_cldr() -> None:
    assert countries.chinese_name("ee") == "爱沙尼亚"
    house = Term("Estonia", "爱国", TermKind.PLACE)
    assert countries.chinese_name("EE", [house]) == "爱国"


def test_unknown_codes() -> None:
    assert countries.is_known("XK")
    assert countries.is_known("ee")
    assert not countries.is_known("ZZ")
    assert not countries.is_known("EST")
    assert not countries.is_known("15")
