"""Inline Markdown inside a unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import inline
from compiler_flow.inline import Span


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("plain", (Span("plain"),)),
        ("a **b** c", (Span("a "), Span("b", strong=True), Span(" c"))),
        ("**背景：**正文", (Span("背景：", strong=True), Span("正文"))),
        ("他说**“好”**。", (Span("他说"), Span("“好”", strong=True), Span("。"))),
        ("[稿件](https://example.org/a_b)", (Span("稿件", href="https://example.org/a_b"),)),
        ("[稿](https://example.org/中，文)", (Span("稿", href="https://example.org/中，文"),)),
        ("`x*y*`", (Span("x*y*", code=True),)),
        ("2 * 3 * 4 and a_b_c", (Span("2 * 3 * 4 and a_b_c"),)),
        ("", ()),
    ],
)
def test_spans(source: str, expected: tuple[Span, ...]) -> None:
    assert inline.spans(source) == expected


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "<img src=x onerror=y>", "[x](javascript:alert(1))"])
def test_markup_and_script_addresses_stay_text(hostile: str) -> None:
    assert inline.spans(hostile) == (Span(hostile),)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Co", "Cc"])))
def test_escaped_text_comes_back(value: str) -> None:
    assert inline.plain(inline.escape(value)) == value


@given(st.text())
def test_no_text_raises(value: str) -> None:
    assert inline.plain(value) == "".join(span.text for span in inline.spans(value))
