"""Books: the chapters in reading order and nothing of what a book says about itself."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import twenty
from told import STORIES, story_text

from compiler_flow.errors import FormatError
from compiler_flow.ingest import READERS, read_data, to_markdown

BOOK = twenty.book(STORIES["bridge"])


def changed(replacements: dict[str, str | None], more: dict[str, str] | None = None) -> bytes:
    """The book with parts replaced (or left out) and others added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book, zipfile.ZipFile(stream, "w") as archive:
        for name in book.namelist():
            text = replacements.get(name, book.read(name).decode())
            if text is not None:
                archive.writestr(name, text)
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return stream.getvalue()


def part(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(BOOK)) as book:
        return book.read(name).decode()


def test_chapters_come_in_order_without_cover_and_contents() -> None:
    story = STORIES["bridge"]
    article = read_data(BOOK, Path("bridge.epub"))
    assert to_markdown(article.blocks) == story_text("bridge")
    known = article.metadata
    assert (known.title, known.author, known.site, known.date, known.language) == (
        story.title, story.author, story.site, story.date, "pl",
    )  # fmt: skip
    assert known.guessed == {"title", "author", "site", "date", "language"}


def test_a_book_that_names_no_title_has_that_of_its_first_heading() -> None:
    story = STORIES["bridge"]
    book = part("OEBPS/book.opf").replace(f"<dc:title>{story.title}</dc:title>", "")
    article = read_data(changed({"OEBPS/book.opf": book}), Path("bridge.epub"))
    assert article.metadata.title == story.title
    assert "title" in article.metadata.guessed
    assert to_markdown(article.blocks) == story_text("bridge")


def test_our_own_books_are_read_again() -> None:
    from compiler_flow.model import Block, BlockKind, Bulletin, Issue
    from compiler_flow.render import RENDERERS

    said = Block(BlockKind.SPAN, "They came at night.")
    blocks = (Block(BlockKind.HEADING, "Owls", level=1), Block(BlockKind.PARAGRAPH, children=(said,)))
    data = RENDERERS["epub"].render(Bulletin(Issue("1", title="Number one"), blocks, draft=False), "")
    assert "They came at night." in to_markdown(read_data(data, Path("own.epub")).blocks)


def test_a_locked_book_is_named_but_scrambled_fonts_are_not() -> None:
    lock = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData>'
        '<CipherReference URI="{}"/></CipherData></EncryptedData></encryption>'
    )
    with pytest.raises(FormatError, match="locked"):
        READERS["epub"](changed({}, {"META-INF/encryption.xml": lock.format("OEBPS/text/b.xhtml")}), Path("a.epub"))
    assert READERS["epub"](
        changed({}, {"META-INF/encryption.xml": lock.format("OEBPS/font.otf")}), Path("a.epub")
    ).blocks


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not an EPUB"),
        (changed({"META-INF/container.xml": None}), "not an EPUB"),
        (changed({"OEBPS/book.opf": None}), "not an EPUB"),
        (changed({"OEBPS/book.opf": "<package"}), "not an EPUB"),
        (changed({"OEBPS/book.opf": "<!DOCTYPE a [<!ENTITY b 'c'>]><package>&b;</package>"}), "entities"),
        (changed({"OEBPS/text/a one.xhtml": "", "OEBPS/text/b.xhtml": ""}), "no text"),
        (changed({"OEBPS/book.opf": part("OEBPS/book.opf").replace('href="text/', 'href="../../../etc/')}), "no text"),
    ],
    ids=["nothing", "container", "package", "broken", "entities", "empty", "outside"],
)
def test_what_is_no_book_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(FormatError, match=said) as caught:
        READERS["epub"](data, Path("bad.epub"))
    assert "\n" not in str(caught.value)
