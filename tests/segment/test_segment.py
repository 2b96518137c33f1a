from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compiler_flow import inline
from compiler_flow.model import Article, Block, BlockKind, Metadata, Role
from compiler_flow.segment import join, sentences, split

LANGUAGES = [
    "",
    "en",
    "ru",
    "lt",
    "lv",
    "et",
    "pl",
    "ro",
    "uk",
    "hy",
    "az",
    "kk",
    "ko",
    "zh",
    "de",
    "en-GB",
    "xx",
    "q!",
]
odd = "Gen.|U.S.|г.|т. д.|J.|№ 5|2024.|He|said|“Yes.|No.”|(see|p. 5.)|«Да!»|—|…|...|?!|։|。|**Background:**|*a|b.*"
odd += "|[x. Y](https://e.org/a.b)|`a. B`|\u00a0|  |다.|The"
pieces = st.sampled_from(odd.split("|"))
texts = st.one_of(st.text(), st.lists(pieces, max_size=14).map(" ".join), st.lists(pieces, max_size=14).map("".join))
kinds = st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE, BlockKind.ITEM])
some_blocks = st.lists(st.builds(Block, kinds, texts), max_size=5).map(tuple)


def article(*blocks: Block, language: str = "en", **known: str) -> Article:
    return Article("a", Metadata(language=language, **known), blocks)


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text)


@given(some_blocks, st.sampled_from(LANGUAGES))
def test_the_segments_of_a_block_joined_are_its_text(blocks, language):
    segments = split(article(*blocks, language=language))
    wanted = [block.text for block in blocks if block.text.strip()]
    numbers = range(1, len(wanted) + 1)
    assert [join(s for s in segments if s.spot.block == number) for number in numbers] == wanted


@given(some_blocks, st.sampled_from(LANGUAGES))
def test_no_segment_is_empty_and_no_id_comes_twice(blocks, language):
    segments = split(article(*blocks, language=language, title="T", site="T"))
    assert all(segment.text == segment.text.strip() != "" for segment in segments)
    assert len({segment.id for segment in segments}) == len(segments)


@given(texts, st.sampled_from(LANGUAGES))
def test_sentences_lose_nothing_but_white_space(text, language):
    found = sentences(text, language)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(found)


@given(some_blocks, texts, st.integers(0, 5))
def test_an_inserted_paragraph_leaves_other_ids_alone(blocks, text, place):
    place = min(place, len(blocks))
    before = split(article(*blocks))
    new = split(article(paragraph(text)))
    assume(not {s.text for s in before} & {s.text for s in new})
    after = split(article(*blocks[:place], paragraph(text), *blocks[place:]))
    assert [(s.id, s.text) for s in after if s.text not in {each.text for each in new}] == [
        (s.id, s.text) for s in before
    ]


@given(st.lists(st.text("ab. *`[]()_<>:h/", min_size=1), max_size=6), st.sampled_from(["en", "ru", ""]))
def test_links_and_code_are_never_torn(parts, language):
    whole = "See [the report. It is long](https://example.org/a.b) and `code. Code` there."
    line = f"{whole} The end."
    assert sentences(line, language) == [whole, "The end."]
    # Broken marks must not stop the work, however odd.
    sentences(" ".join(parts), language)


def test_metadata_come_first_and_are_units():
    segments = split(
        article(paragraph("Text."), title="A *star*", author="Jane Roe", author_role="editor", site="Wire")
    )
    assert [(s.spot.role, s.spot.block) for s in segments] == [
        (Role.TITLE, 0),
        (Role.AUTHOR, 0),
        (Role.AUTHOR_ROLE, 0),
        (Role.SITE, 0),
        (Role.TEXT, 1),
    ]
    assert inline.plain(segments[0].text) == "A *star*"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("**Background:** It rained. It snowed.", [Role.LABEL, Role.TEXT, Role.TEXT]),
        ("**Background**: It rained.", [Role.LABEL, Role.TEXT]),
        ("**背景：**下雨了。", [Role.LABEL, Role.TEXT]),
        ("**Контекст.** Шёл дождь.", [Role.LABEL, Role.TEXT]),
        ("**Outlook:**", [Role.LABEL]),
        ("**The minister resigned on Friday.** It rained.", [Role.TEXT, Role.TEXT]),
        ("**Estonia** is small.", [Role.TEXT]),
        ("It rained: **Background:** so what.", [Role.TEXT]),
    ],
)
def test_run_in_labels_are_segments_of_their_own(text, roles):
    segments = split(article(paragraph(text)))
    assert [segment.spot.role for segment in segments] == roles
    assert join(segments) == text


def test_headings_stay_whole_and_places_are_told():
    heading = Block(BlockKind.HEADING, "Is it true? Yes. It is", level=2, line=1)
    item = Block(BlockKind.ITEM, "One. Two words.", level=2, marker="-", line=3)
    segments = split(article(heading, Block(BlockKind.GROUP, children=(item,))))
    assert [(s.text, s.spot.role, s.spot.block, s.spot.kind, s.spot.level, s.line) for s in segments] == [
        ("Is it true? Yes. It is", Role.HEADING, 1, BlockKind.HEADING, 2, 1),
        ("One.", Role.TEXT, 2, BlockKind.ITEM, 2, 3),
        ("Two words.", Role.TEXT, 2, BlockKind.ITEM, 2, 3),
    ]
    assert segments[1].spot.marker == "-"


def test_ids_come_from_content_and_repeats_are_counted():
    segments = split(article(paragraph("It rained. It  rained. It snowed."), paragraph("It rained.")))
    first, *_rest = segments
    assert [s.id.removeprefix(first.id) for s in segments if s.id.startswith(first.id)] == ["", ".2", ".3"]
    assert len(first.id) == 10
    assert int(first.id, 16) >= 0


def test_a_block_without_visible_text_has_no_segment():
    assert split(article(paragraph(" \u00a0"), paragraph(""))) == ()


def test_white_space_between_sentences_belongs_to_the_later_one():
    segments = split(article(paragraph(" One day.  Two days. ")))
    assert [(s.before, s.text, s.after) for s in segments] == [(" ", "One day.", ""), ("  ", "Two days.", " ")]
    assert replace(segments[0], line=7) == segments[0]


ROWS = [".", "?!", "(a. B ", "**a ", "`a ``b ", "[a](b ", "_a ", ". A", ".[1]", "\\", "a.\u00a0", ". “"]
FULL_ROWS = ["GEN. ", "Gen. dyw. ", "1) ", "• ", ". . ", "A, 1. — ", "**a** ", "[a. B](c) ", "`a` ", "(A. B.) "]


@pytest.mark.parametrize("part", ROWS + FULL_ROWS)
def test_endless_rows_of_marks_are_worked_through(part):
    # Anything that grows with the square of the length would take minutes here.
    row = part * (60_000 // len(part))
    assert "".join("".join(sentences(row, "en")).split()) == "".join(row.split())
