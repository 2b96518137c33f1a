import pytest
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.ingest import from_markdown, to_markdown
from compiler_flow.ingest.content import counted
from compiler_flow.model import Block, BlockKind

LOOKS_LIKE_MARKUP = [
    "#",
    "1.",
    "12)",
    "-",
    ">",
    "+",
    "*",
    "---",
    "===",
    "~~~",
    "```",
    "\\",
    "\\#",
    "1\\.",
    "***",
    "_ _ _",
]
# No characters that `text.clean` drops or changes, and white space only as folded text has it.
words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=8)
lines = st.lists(st.one_of(words, st.sampled_from(LOOKS_LIKE_MARKUP)), min_size=1, max_size=6).map(" ".join)
blocks = st.one_of(
    st.builds(Block, st.just(BlockKind.PARAGRAPH), lines),
    st.builds(Block, st.just(BlockKind.QUOTE), lines),
    st.builds(Block, st.just(BlockKind.HEADING), lines, level=st.integers(1, 6)),
    st.builds(
        Block,
        st.just(BlockKind.ITEM),
        lines,
        level=st.integers(1, 6),
        marker=st.sampled_from(["-", "1.", "1)", "2.", "7."]),
    ),
)
articles = st.lists(blocks).map(lambda given: tuple(counted(given)))


@given(articles)
def test_reading_what_was_written_gives_the_blocks_back(given_blocks):
    assert from_markdown(to_markdown(given_blocks)) == given_blocks


@given(st.lists(blocks, min_size=1).map(tuple))
def test_a_block_is_one_line_and_knows_which(given_blocks):
    text = to_markdown(given_blocks)
    read = from_markdown(text)
    assert [block.line for block in read] == list(range(1, 2 * len(read), 2))
    assert len(text.rstrip("\n").split("\n")) == 2 * len(read) - 1


@given(st.text())
def test_any_text_is_read_and_comes_to_rest(text):
    once = to_markdown(from_markdown(text))
    assert to_markdown(from_markdown(once)) == once


@pytest.mark.parametrize("start", LOOKS_LIKE_MARKUP)
def test_a_paragraph_that_looks_like_markup_stays_a_paragraph(start):
    block = Block(BlockKind.PARAGRAPH, f"{start} October")
    assert from_markdown(to_markdown([block])) == (block,)


def test_other_programs_read_the_same_blocks():
    from markdown_it import MarkdownIt

    written = to_markdown(
        [
            Block(BlockKind.PARAGRAPH, "1. is no list"),
            Block(BlockKind.PARAGRAPH, "# is no heading"),
            Block(BlockKind.ITEM, "outer", level=1, marker="1."),
            Block(BlockKind.ITEM, "inner", level=2, marker="-"),
            Block(BlockKind.ITEM, "innermost", level=3, marker="-"),
            Block(BlockKind.QUOTE, "- is no item"),
        ]
    )
    kinds = [token.type for token in MarkdownIt("commonmark").parse(written)]
    assert kinds.count("paragraph_open") == 6
    assert kinds.count("list_item_open") == 3
    assert "heading_open" not in kinds
    assert "code_block" not in kinds


def test_lines_wrapped_by_hand_are_joined_and_blocks_keep_apart():
    text = "# Head\nA paragraph\nwrapped by hand.\n- one\n  more of one\n- two\n\n> said\n> so\n"
    assert [(block.kind, block.text, block.line) for block in from_markdown(text)] == [
        (BlockKind.HEADING, "Head", 1),
        (BlockKind.PARAGRAPH, "A paragraph wrapped by hand.", 2),
        (BlockKind.ITEM, "one more of one", 4),
        (BlockKind.ITEM, "two", 6),
        (BlockKind.QUOTE, "said so", 8),
    ]


def test_groups_are_written_as_their_leaves():
    inner = Block(BlockKind.PARAGRAPH, "Inside.")
    assert to_markdown([Block(BlockKind.GROUP, children=(inner,))]) == "Inside.\n"
    assert to_markdown([]) == ""
