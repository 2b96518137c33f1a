import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import inline
from compiler_flow.ingest.content import compose, fold, plain_text
from compiler_flow.inline import Span


@pytest.mark.parametrize(
    "text", ["AT&T paid [sic] 3 * 4 < 13 for snake_case", "a_b_c", "5 < 6", "C:\\x", "Tom & Jerry", "1. a", "# b"]
)
def test_ordinary_prose_looks_as_typed(text):
    assert plain_text(text) == text


@given(st.text(st.characters(exclude_categories=["Cs", "Co"])))
def test_plain_text_is_shown_as_it_is(text):
    assert inline.plain(plain_text(text)) == fold(text).strip()


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("a \u00a0 b\n\tc", "a b c"),
        ("14\u00a0000 and 1\u202f234\u2009567", "14\u00a0000 and 1\u00a0234\u00a0567"),
        ("4\u00a0May 2024\u00a0was", "4 May 2024 was"),
        ("co\u00adop\u200beration\ufeff", "cooperation"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_white_space_is_folded_and_layout_characters_go(given_text, folded):
    assert fold(given_text) == folded


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ([Span("Background: ", strong=True), Span("it rained.")], "**Background:** it rained."),
        ([Span("Background:", strong=True), Span("it rained.")], "**Background:** it rained."),
        ([Span("背景：", strong=True), Span("下雨")], "**背景：**下雨"),
        (
            [Span("the square in ", href="https://a.b/c"), Span("Riga", emphasis=True, href="https://a.b/c")],
            "[the square in *Riga*](https://a.b/c)",
        ),
        ([Span("x", href="https://a.b/c_(d)")], "[x](https://a.b/c_%28d%29)"),
        ([Span("https://a.b/c", href="https://a.b/c")], "https://a.b/c"),
        ([Span("x", href="javascript:alert(1)"), Span(" y")], "x y"),
        ([Span("a", strong=True), Span("b", strong=True, emphasis=True)], "a**b**"),
        ([Span("run", code=True)], "`run`"),
        ([Span("14", strong=True), Span("\u00a0000", strong=True)], "**14\u00a0000**"),
    ],
)
def test_styled_runs_become_inline_markdown(runs, line):
    if line == "a**b**":  # no spelling for glued nesting is demanded, only that the text survives
        assert inline.plain(compose(runs)) == "ab"
    else:
        assert compose(runs) == line


styled = st.builds(
    Span,
    st.text(st.characters(exclude_categories=["Cs", "Co"])),
    st.booleans(),
    st.booleans(),
    st.just(False),
    st.sampled_from(["", "https://example.org/a?b=1&c=2", "javascript:x", "https://example.org/(x) y"]),
)


@given(st.lists(styled, max_size=5))
def test_no_style_ever_costs_text(runs):
    shown = inline.plain(compose(runs))
    assert shown.replace(" ", "") == fold("".join(run.text for run in runs)).replace(" ", "")
