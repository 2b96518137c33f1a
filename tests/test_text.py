"""Words, scripts and widths."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import text


def test_clean_keeps_full_width_punctuation_and_composes_letters() -> None:
    assert text.clean("Silin\u0327a，第１次") == "Siliņa，第１次"


def test_clean_takes_out_what_po_and_xml_cannot_carry() -> None:
    assert text.clean("\ufeffa\r\nb\u2028c\x85d\x0be\x0cf\x00g\x1bh\rI") == "a\nb\nc\nd\ne\nfgh\nI"


@given(st.text())
def test_clean_is_idempotent(value: str) -> None:
    assert text.clean(text.clean(value)) == text.clean(value)


def test_digest_keeps_its_parts_apart() -> None:
    assert text.digest("ab", "c") != text.digest("a", "bc")
    assert text.digest("a") == text.digest("a")
    assert len(text.digest("a", length=16)) == 16


def test_han_is_not_punctuation_kana_or_hangul() -> None:
    assert [char for char in "汉，の한A𠮷〇" if text.is_han(char)] == ["汉", "𠮷"]


def test_widths_count_terminal_columns() -> None:
    assert text.display_width("汉a") == 3
    assert text.shorten("一二三四五", 7) == "一二三…"
    assert text.shorten("  short\n text ", 20) == "short text"


@given(st.text(), st.integers(2, 40))
def test_shortened_text_fits(value: str, width: int) -> None:
    assert text.display_width(text.shorten(value, width)) <= width


def test_language_tags_and_locales() -> None:
    assert text.base_language("en-GB") == text.base_language("en_GB.UTF-8") == "en"
    assert text.bcp47("zh_CN") == "zh-CN"
    assert text.gettext_locale("zh-CN") == "zh_CN"


@pytest.mark.parametrize(
    ("source", "is_it"),
    [
        ("《山谷晚报》2024年11月5日第3版", True),
        ("Valley Evening Post, 5.11.2024, p. 3", True),
        ("St.Anna Courier, 5 November", True),
        ("Interview: the minister speaks", True),
        ("新华社（xinhua.example）来稿", True),
        ("mailto:desk@example.org", True),
        ("mailto:desk", False),
        ("", False),
        ("unknown", False),
        ("example.org", False),
        ("example.org/news item", False),
        ("www.example.org 新闻", False),
        ("http:/example.org/新闻 3", False),
        ("见 https://example.org/defence-", False),
    ],
)
def test_a_source_in_words_is_no_address_with_a_slip(source: str, is_it: bool) -> None:
    assert text.is_in_words(source) is is_it
