"""LibreOffice itself: what it makes of a Word file today is read as the files that were made with it once."""

from __future__ import annotations

from pathlib import Path

import pytest
from make_files import convert, document
from told import STORIES, story_text

from compiler_flow.ingest import read, to_markdown

pytestmark = pytest.mark.clients("soffice")


def test_a_word_file_comes_out_of_libreoffice_as_it_went_in(tmp_path: Path) -> None:
    source = tmp_path / "report.docx"
    document(STORIES["harbour"]).save(source)
    assert to_markdown(read(source).blocks) == story_text("harbour")
    assert to_markdown(read(convert(tmp_path, source, "odt")).blocks) == story_text("harbour")
    page = read(convert(tmp_path, source, "pdf"))
    assert page.metadata.title == STORIES["harbour"].title
    assert to_markdown(page.blocks) == story_text("harbour", quotes=False)
