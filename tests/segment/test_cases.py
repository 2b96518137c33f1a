from pathlib import Path

import case_files
import pytest

from compiler_flow import ingest, project
from compiler_flow.model import Article, Block, BlockKind, Metadata
from compiler_flow.segment import join, sentences, split

CASES = case_files.read("cases")
HELD_OUT = case_files.read("heldout")
TEN = ("lt", "lv", "et", "pl", "ro", "uk", "hy", "az", "kk", "ko")


def place(case):
    return case.place


@pytest.mark.parametrize("case", CASES, ids=place)
def test_a_case_is_cut_as_its_file_says(case):
    assert sentences(case.text, case.language) == list(case.sentences)


@pytest.mark.parametrize(("lang", "least"), [("en", 60), ("ru", 60), *((lang, 25) for lang in TEN)])
def test_there_are_enough_cases(lang, least):
    assert len({case.text for case in CASES if case.language == lang}) >= least


def test_no_case_is_held_out_and_known():
    assert not {case.text for case in CASES} & {case.text for case in HELD_OUT}


@pytest.mark.parametrize("lang", sorted({case.language for case in CASES}))
def test_a_page_of_cases_comes_back_character_for_character(lang):
    texts = [case.text for case in (*CASES, *HELD_OUT) if case.language == lang]
    for gap in (" ", "  ", "\u00a0", ""):
        whole = gap.join(texts)
        segments = split(Article("a", Metadata(language=lang), (Block(BlockKind.PARAGRAPH, whole),)))
        assert join(segments) == whole


ARTICLES = sorted((Path(__file__).parents[2] / "projects").glob("*/*/source.md"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.parent.name)
def test_the_segments_of_a_sample_article_joined_are_its_paragraphs(path):
    metadata, _stamp = project.read_metadata(path.parent)
    blocks = ingest.from_markdown(path.read_text(encoding="utf-8"))
    segments = split(Article(path.parent.name, metadata, blocks))
    numbers = range(1, max(segment.spot.block for segment in segments) + 1)
    texts = [join(segment for segment in segments if segment.spot.block == number) for number in numbers]
    assert texts == [leaf.text for block in blocks for leaf in (block.children or (block,))]
