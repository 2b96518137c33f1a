"""Sentences of a text that is in no workspace."""

from __future__ import annotations

from pathlib import Path

from compiler_flow.errors import FormatError
from compiler_flow.files import read_text
from compiler_flow.i18n import gettext as _


def segment_file(path: Path, language: str) -> list[list[str]]:
    """The sentences of each paragraph of ``path`` (plain text or Markdown; any format a reader knows).

    Raises ``FileError`` or ``FormatError``.
    """
    from compiler_flow import ingest, segment

    if path.suffix.lower() in {".txt", ""}:
        # Plain text is cut as it stands: no line is taken for a title.
        paragraphs = [" ".join(part.split()) for part in read_text(path)[0].split("\n\n")]
    else:
        paragraphs = [block.text for block in ingest.read(path).blocks]
    found = [segment.sentences(text, language) for text in paragraphs if text.strip()]
    if not found:
        raise FormatError(_("The file is empty."), path=path)
    return found
