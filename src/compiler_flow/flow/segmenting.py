"""Sentences of a text that is in no workspace, and the rules as other programs read them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from compiler_flow.errors import FileError, FormatError, UsageError
from compiler_flow.files import read_text, write_bytes
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language


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


def write_srx(path: Path, language: str = "") -> Path:
    """Write the rules as SRX 2.0 and return the path: those of ``language`` (BCP 47), or of every language we know.

    Raises ``UsageError`` for a language without rules of its own, ``FileError`` where ``path`` exists.
    """
    from compiler_flow.segment import srx

    name = base_language(language) if language else ""
    if language and name not in srx.languages():
        raise UsageError(
            _("There are no rules of its own for {language}.").format(language=language),
            hint=", ".join(filter(None, srx.languages())),
        )
    if path.exists():
        raise FileError(_("This exists already."), path=path, hint=_("Choose another name."))
    write_bytes(path, srx.serialize([name, ""] if name else ()), stamp="")
    return path


def omegat_rules(language: str) -> Mapping[str, bytes]:
    """The rules for a text in ``language`` (BCP 47) where OmegaT looks for those of a project, path → content."""
    from compiler_flow.segment import beans, srx

    name = base_language(language) if language else ""
    names = [name, ""] if name in srx.languages() and name else [""]
    return {"omegat/segmentation.conf": beans.serialize(names), "omegat/segmentation.srx": srx.serialize(names)}
