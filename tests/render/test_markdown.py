"""Markdown is judged by what a strict CommonMark parser makes of it."""

from __future__ import annotations

import bulletins
import pytest
from lxml import html
from markdown_it import MarkdownIt

from compiler_flow.model import Block, BlockKind, Bulletin, BulletinRole, Issue, State
from compiler_flow.render import render

PARSER = MarkdownIt("commonmark")


def page(*blocks: Block, draft: bool = False) -> str:
    return render(Bulletin(Issue("n"), blocks, draft=draft), "markdown").decode("utf-8")


def parsed(*blocks: Block) -> html.HtmlElement:
    return html.fragment_fromstring(PARSER.render(page(*blocks)), create_parent="div")


def paragraph(*texts: str | Block) -> Block:
    spans = tuple(Block(BlockKind.SPAN, one) if isinstance(one, str) else one for one in texts)
    return Block(BlockKind.PARAGRAPH, children=spans)


def label(text: str) -> Block:
    return Block(BlockKind.SPAN, text, role=BulletinRole.LABEL)


def address(text: str) -> Block:
    return Block(BlockKind.SPAN, text, role=BulletinRole.ADDRESS)


@pytest.mark.parametrize("written", ["**背景：**", "背景：", " **背景：** "])
def test_a_run_in_label_is_bold_beside_han_text(written: str) -> None:
    assert page(paragraph(label(written), "哈萨克斯坦")) == "**背景**：哈萨克斯坦\n"
    assert [one.text for one in parsed(paragraph(label(written), "哈萨克斯坦")).iter("strong")] == ["背景"]


@pytest.mark.parametrize(
    ("text", "strong", "em"),
    [
        ("他说**“好”**吧", ["好"], []),
        ("前**中**后", ["中"], []),
        ("前*中*后", [], ["中"]),
        ("前***中***后", ["中"], ["中"]),
        ("**甲***乙*丙", ["甲"], []),
        ("**甲，**乙**，丙**", ["甲", "丙"], []),
        ("**——**", [], []),
        ("**甲 **乙", [], []),
        ("占**80%**的", ["80"], []),
    ],
)
def test_emphasis_survives_next_to_punctuation(text: str, strong: list[str], em: list[str]) -> None:
    tree = parsed(paragraph(text))
    assert [one.text_content() for one in tree.iter("strong")] == strong
    assert [one.text_content() for one in tree.iter("em")] == em


@pytest.mark.parametrize(
    "text",
    [
        "# 不是标题",
        "> 不是引文",
        "- 不是列表",
        "+ 不是列表",
        "1. 不是列表",
        "2024) 不是列表",
        "---",
        "===",
        "~~~",
        "    不是代码",
        "| a | b |",
        "3 \\* 4 \\* 5",
        "\\*\\*不粗\\*\\*",
        "snake_case \\_a\\_ \\_\\_b\\_\\_",
        "a \\[b\\](https://c.example) d",
        "!\\[a\\](b)",
        "\\`a\\`",
        "\\<script>alert(1)\\</script>",
        "&amp;lt; AT&T R&D;",
        "C:\\\\dir\\\\",
        "\\[ref\\]: https://x.example",
    ],
)
def test_text_stays_text(text: str) -> None:
    from compiler_flow import inline

    tree = parsed(paragraph(text))
    assert [one.tag for one in tree] == ["p"]
    assert [one.tag for one in tree[0]] == []
    assert tree[0].text == inline.plain(text).strip()


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("好!", "[页](https://x.example)"), "好!页"),
        (("`甲`", "`乙`"), "甲乙"),
        (("R&", "lt;"), "R&lt;"),
        ((label("背景"), "**粗**"), "背景粗"),
        (("a`", "`b`"), "a`b"),
        (("`` a`b ``",), "a`b"),
        (("1", ". 甲"), "1. 甲"),
    ],
)
def test_pieces_that_touch_make_no_new_markup(pieces: tuple[str | Block, ...], text: str) -> None:
    tree = parsed(paragraph(*pieces))
    assert [one.tag for one in tree] == ["p"]
    assert tree.text_content().strip() == text
    assert not list(tree.iter("img"))


def test_addresses_are_links_only_on_the_web() -> None:
    good = "https://x.example/a_b*c?d=1&e=[2]&f=~g"
    tree = parsed(paragraph("来源：", address(good)))
    assert [(one.text, one.get("href")) for one in tree.iter("a")] == [(good, good.replace("[2]", "%5B2%5D"))]
    for bad in (
        "javascript:alert(1)",
        "ftp://x.example",
        "https://x.example/a b",
        "https://x.example/<b>",
        "x.example",
    ):
        tree = parsed(paragraph("来源：", address(bad)))
        assert not list(tree.iter("a"))
        assert tree.text_content().strip() == f"来源：{bad}"


def test_links_in_text_keep_their_address() -> None:
    tree = parsed(paragraph("见[**年报**](https://x.example/a(b)?c=1)和[别的](mailto:a@x.example)。"))
    assert [(one.text_content(), one.get("href")) for one in tree.iter("a")] == [("年报", "https://x.example/a(b)?c=1")]


def test_headings_keep_their_hashes() -> None:
    block = Block(BlockKind.HEADING, "C# 与 F##", level=2)
    assert [(one.tag, one.text) for one in parsed(block)] == [("h2", "C# 与 F##")]


def test_lists_nest_as_their_levels_say() -> None:
    items = [(1, "-", "甲"), (3, "1.", "乙"), (3, "1.", "丙"), (2, "-", "丁"), (1, "1.", "戊"), (1, "1.", "己")]
    blocks = [Block(BlockKind.ITEM, text, level=level, marker=marker) for level, marker, text in items]
    made = "".join(PARSER.render(page(*blocks)).split())
    assert made == (
        "<ul><li>甲<ol><li>乙</li><li>丙</li></ol><ul><li>丁</li></ul></li></ul><ol><li>戊</li><li>己</li></ol>"
    )


def test_numbers_of_their_own_are_read_as_they_are_meant() -> None:
    items = [(1, "4.", "甲"), (2, "7.", "乙"), (2, "1.", "丙"), (1, "1.", "丁"), (1, "9.", "戊"), (1, "1)", "己")]
    blocks = [Block(BlockKind.ITEM, text, level=level, marker=marker) for level, marker, text in items]
    assert page(*blocks) == "4. 甲\n\n   7. 乙\n   8. 丙\n5. 丁\n\n9) 戊\n\n1. 己\n"
    assert [one.get("start") for one in parsed(*blocks).iter("ol")] == ["4", "7", "9", None]
    assert [one.text_content().strip()[:1] for one in parsed(*blocks).iter("li")] == list("甲乙丙丁戊己")


def test_long_ordered_lists_keep_what_is_nested() -> None:
    blocks = [Block(BlockKind.ITEM, str(index), level=1, marker="1.") for index in range(10)]
    tree = parsed(*blocks, Block(BlockKind.ITEM, "内", level=2, marker="-"))
    assert [one.text for one in tree.findall("ol/li/ul/li")] == ["内"]


def test_endless_nesting_is_harmless() -> None:
    blocks = [Block(BlockKind.ITEM, "深", level=level, marker="-") for level in range(1, 3000)]
    assert page(*blocks).count("深") == 2999


def test_quotes_of_one_passage_stay_together() -> None:
    tree = parsed(*(Block(BlockKind.QUOTE, text) for text in ("甲", "乙")), Block(BlockKind.PARAGRAPH, "丙"))
    assert [one.text for one in tree.findall("blockquote/p")] == ["甲", "乙"]


def test_drafts_and_gaps_are_marked() -> None:
    draft = Block(BlockKind.SPAN, "**初**步", state=State.DRAFT, source="First")
    gap = Block(BlockKind.SPAN, state=State.EMPTY, source="Not *yet* <b>")
    assert page(paragraph(draft, gap, "定稿")) == "〔初稿〕**初**步〔待译：Not yet \\<b>〕定稿\n"


def test_a_draft_build_warns_at_the_top_and_says_what_is_missing() -> None:
    made = render(bulletins.draft(), "markdown").decode("utf-8")
    assert made.startswith("> **草稿，请勿发布**\n>\n> - Spring sowing begins early（dprk-sowing）：")
    complete = page(draft=True)
    assert complete == "> **草稿，请勿发布**\n>\n> 译文已齐，尚未定稿。\n"


def test_a_final_build_has_no_marks() -> None:
    made = render(bulletins.final(), "markdown").decode("utf-8")
    assert not [mark for mark in ("草稿", "初稿", "待译", "〔", "〕") if mark in made]
