"""Typography: the table of cases, what it never touches, and that a second pass changes nothing."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import compiler_flow
from compiler_flow import inline
from compiler_flow.errors import UsageError
from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, Issue, State
from compiler_flow.typography import SPACES, typeset, typeset_text

CASES = [
    tuple(line.replace("␉", "\u2009").split("\t"))
    for line in (Path(__file__).parent / "cases.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_there_are_enough_cases_and_each_names_its_source() -> None:
    assert len(CASES) >= 120
    assert all(re.match(r"GB/T 1583[45] |CY/T 154|house: ", source) for source, *_rest in CASES)


@pytest.mark.parametrize(("source", "typed", "wanted", "spaces"), CASES)
def test_case(source: str, typed: str, wanted: str, spaces: str) -> None:
    assert typeset_text(typed, spaces) == wanted, source
    assert typeset_text(wanted, spaces) == wanted


def span(text: str, role: str = "", state: State | None = State.TRANSLATED, source: str = "Source.") -> Block:
    return Block(BlockKind.SPAN, text, role=role, state=state, source=source)


def set_spans(*spans: Block, kind: BlockKind = BlockKind.PARAGRAPH, role: str = "") -> list[str]:
    inner = Block(kind, children=spans, role=role)
    group = Block(BlockKind.GROUP, children=(inner,), role=BulletinRole.ITEM)
    made = typeset(Bulletin(Issue("n", date=dt.date(2024, 1, 1)), (group,)))
    return [one.text for one in made.blocks[0].children[0].children]


class TestLines:
    def test_a_quotation_may_run_over_sentences(self) -> None:
        assert set_spans(span('他说:"不成立.'), span('这是事实."')) == ["他说：“不成立。", "这是事实。”"]

    def test_what_stands_in_the_next_sentence_counts(self) -> None:
        assert set_spans(span("增长了18%."), span("运费下降.")) == ["增长了18%。", "运费下降。"]

    def test_addresses_originals_and_gaps_stay(self) -> None:
        address = span("https://a.example/x--y,z?1-2%", BulletinRole.ADDRESS, None)
        original = span("Peace, at last -- or not...", BulletinRole.ORIGINAL, None)
        gap = span("", state=State.EMPTY, source="Nothing, yet...")
        foreign = span("Left as it is, in Latin...")
        made = set_spans(span("原文见:"), address, original, gap, foreign)
        assert made == ["原文见：", address.text, original.text, "", foreign.text]

    def test_marks_go_with_the_emphasis_they_stand_in(self) -> None:
        assert set_spans(span("**背景:** *关税 空间*(CS)")) == ["**背景：***关税空间*（CS）"]

    def test_a_seam_between_sentences_goes_where_spaces_go(self) -> None:
        seam = Block(BlockKind.SPAN, " ")
        assert set_spans(span("见COP29"), seam, span("大会")) == ["见COP29", "大会"]

    def test_headings_and_credits_keep_the_spaces_between_chinese_words(self) -> None:
        assert set_spans(span("第一章 总则"), kind=BlockKind.HEADING) == ["第一章 总则"]
        assert set_spans(span("张三 李四"), role=BulletinRole.CREDITS) == ["张三 李四"]

    def test_the_bulletins_own_names_keep_theirs(self) -> None:
        assert set_spans(span("张三 李四", state=None)) == ["张三 李四"]

    def test_a_name_of_spaces_that_does_not_exist_is_refused(self) -> None:
        with pytest.raises(UsageError, match="none, thin, space"):
            typeset(Bulletin(Issue("n"), ()), "wide")


def test_one_file_alone_knows_autocorrect() -> None:
    """Its settings belong to the process: who else calls it would change what every number looks like."""
    source = Path(compiler_flow.__file__).parent
    assert [path.name for path in source.rglob("*.py") if "autocorrect_py" in path.read_text(encoding="utf-8")] == [
        "width.py"
    ]


PIECES = st.sampled_from(
    [
        *"汉字中国，。、；：？！“”‘’（）《》—…·,.;:?!\"'()<>-~–•・%℃ \u3000　0123aBC*`[]\\_&「」『』«»„",
        "Latin, text",
        "2024-2025年",
        "https://a.example/x,y",
        "...",
        "--",
        "**",
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.sampled_from(sorted(SPACES)))
@settings(max_examples=400)
def test_a_second_pass_changes_nothing(text: str, spaces: str) -> None:
    once = typeset_text(text, spaces)
    assert typeset_text(once, spaces) == once


@given(st.lists(PIECES, max_size=25).map("".join))
@settings(max_examples=200)
def test_no_word_is_lost(text: str) -> None:
    def words(written: str) -> list[str]:
        return [char for char in inline.plain(written) if unicodedata.category(char) in ("Lo", "Ll", "Lu")]

    assert words(typeset_text(text)) == words(text)


@given(st.text(max_size=60))
@settings(max_examples=200)
def test_nothing_raises(text: str) -> None:
    typeset_text(text)
