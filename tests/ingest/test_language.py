"""The language of a text, and whether it is the one that was declared."""

from __future__ import annotations

from pathlib import Path

import pytest
import twenty
from told import STORIES

from compiler_flow.ingest import language, read_data
from compiler_flow.model import Block, BlockKind

TEXTS = {story.language: list(story.paragraphs) for story in STORIES.values()} | {
    "uz": twenty.UZBEK.split("\n\n"),
    "hy": twenty.ARMENIAN.split("\n\n"),
    "zh": twenty.CHINESE.split("\n\n"),
}


def blocks(paragraphs: list[str]) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, text) for text in paragraphs]


@pytest.mark.parametrize("tag", TEXTS)
def test_the_language_is_told_from_the_text(tag: str) -> None:
    assert language.detect(blocks(TEXTS[tag]), certain=True) == tag


@pytest.mark.parametrize(
    "text", ["", "Riga", "14 000", "https://example.org/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x"]
)
def test_what_is_too_short_is_in_none(text: str) -> None:
    assert language.detect(blocks([text])) == ""


def test_languages_that_are_hard_to_tell_apart_agree() -> None:
    assert language.agree("sr-Latn", "hr")
    assert language.agree("nb", "no")
    assert language.agree("en-GB", "en")
    assert language.agree("tlh", "en")  # nobody can tell
    assert not language.agree("en", "ru")


def page(lang: str, text: str) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))
    return f'<html lang="{lang}"><head><title>x</title></head><body><article>{body}</article></body></html>'.encode()


def test_a_page_that_declares_another_language_than_it_is_in_is_not_believed() -> None:
    assert read_data(page("en-US", twenty.RUSSIAN), Path("a.html")).metadata.language == "ru"
    assert read_data(page("ru-KZ", twenty.RUSSIAN), Path("a.html")).metadata.language == "ru-KZ"


def test_what_a_person_wrote_into_a_file_is_believed() -> None:
    article = read_data(f"---\nlang: en\ntitle: T\n---\n\n{twenty.RUSSIAN}".encode(), Path("a.md"))
    assert (article.metadata.language, article.metadata.guessed) == ("en", frozenset())
