"""A little of ``make fuzz`` with every test run, the same inputs each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from targets import targets

from compiler_flow import ingest
from compiler_flow.errors import FormatError
from fuzz import attack

KNOWN = targets()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", list(KNOWN))
def test_damaged_files_end_in_no_traceback(name: str) -> None:
    attack(KNOWN[name], 8 if name in ("docx", "xlsx") else 25, seed=1)


@pytest.mark.parametrize("name", list(KNOWN))
def test_the_good_files_are_read(name: str) -> None:
    for seed in KNOWN[name].seeds[:5]:
        KNOWN[name].run(seed)


def test_a_word_file_with_a_broken_stream_is_no_word_file(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a/>" * 400)
    data = bytearray(stream.getvalue())
    data[30 + len("word/document.xml")] ^= 0xFF
    (tmp_path / "a.docx").write_bytes(data)
    with pytest.raises(FormatError, match=r"a\.docx"):
        ingest.read(tmp_path / "a.docx")
