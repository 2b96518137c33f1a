"""What the documents point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_LINK = re.compile(r"(?<!\\)\]\((?!https?:|#|mailto:)([^)\s#]+)")

# A link's own words may be code; what is code as a whole shows marks, and points nowhere.
_CODE = re.compile(r"^```.*?^```|(?<!\[)`[^`\n]*`(?!\])", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_picture_and_file_that_a_document_links_is_there(document: Path) -> None:
    linked = _LINK.findall(_CODE.sub("", document.read_text(encoding="utf-8")))
    assert [link for link in linked if not (document.parent / link).exists()] == []


def test_the_readme_shows_pictures() -> None:
    assert len(re.findall(r"!\[[^\]]+\]\(docs/[\w-]+\.png\)", (ROOT / "README.md").read_text(encoding="utf-8"))) >= 7
