from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from compiler_flow.errors import FileError, FormatError
from compiler_flow.memory import Entry, tmx
from compiler_flow.text import clean

AT = "2024-10-31T08:00:00+00:00"
ENTRIES = (
    Entry("Economy & <trade>", "经济“与”贸易", "2024-10-31/a", "ab12", at=AT),
    Entry("Politics", "政治", "2024-10-31/b"),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "out" / "memory.tmx"
    assert tmx.write(path, ENTRIES, "en", "zh-CN") == 2
    assert tuple(tmx.read(path, "en", "zh-CN")) == ENTRIES
    assert tuple(tmx.read(path, "en-GB", "zh")) == ENTRIES
    assert tuple(tmx.read(path, "ru", "zh-CN")) == ()
    assert tuple(tmx.read(path, "en", "de")) == ()
    assert [file.name for file in path.parent.iterdir()] == ["memory.tmx"]


def test_the_file_is_tmx_14(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    tmx.write(path, ENTRIES, "en", "zh-CN")
    root = etree.parse(path).getroot()
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    # The attributes that TMX 1.4b requires of a header.
    assert set(root.find("header").attrib) == {
        "creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype",
    }  # fmt: skip
    assert root.find("body/tu").get("changedate") == "20241031T080000Z"


def test_any_entry_survives(tmp_path: Path) -> None:
    text = st.text(min_size=1, max_size=40).map(clean).filter(str.strip)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.builds(Entry, source=text, target=text, article=text), max_size=4))
    def survives(entries: list[Entry]) -> None:
        tmx.write(tmp_path / "m.tmx", entries, "en", "zh-CN")
        assert list(tmx.read(tmp_path / "m.tmx", "en", "zh-CN")) == entries

    survives()


def foreign(tmp_path: Path, body: str, head: str = "") -> Path:
    path = tmp_path / "omegat.tmx"
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}\n<tmx version="1.1"><header/><body>{body}</body></tmx>',
        encoding="utf-8",
    )
    return path


def test_files_of_other_programs(tmp_path: Path) -> None:
    path = foreign(
        tmp_path,
        """
        <tu tuid="1"><note>n</note>
          <tuv lang="EN-US">
            <seg>The <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> <hi>word</hi><ph/>!</seg>
          </tuv>
          <tuv lang="ZH-CN" changedate="20240102T030405Z"><seg>粗体字！</seg></tuv>
          <tuv lang="zh-TW"><seg>粗體字！</seg></tuv>
        </tu>
        <tu><tuv xml:lang="en"><seg>Only English</seg></tuv></tu>
        <tu><tuv xml:lang="en"><seg/></tuv><tuv xml:lang="zh"><seg>空</seg></tuv></tu>
        """,
        head='<!DOCTYPE tmx SYSTEM "http://127.0.0.1:1/tmx11.dtd">',
    )
    assert list(tmx.read(path, "en", "zh-CN")) == [
        Entry("The bold word!", "粗体字！", "omegat", "1", at="2024-01-02T03:04:05+00:00"),
        Entry("The bold word!", "粗體字！", "omegat", "1"),
    ]


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE tmx [<!ENTITY a "lol"><!ENTITY x "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>',
    ],
)
def test_a_poisoned_file_is_refused(tmp_path: Path, head: str) -> None:
    path = foreign(
        tmp_path, '<tu><tuv xml:lang="en"><seg>&x;</seg></tuv><tuv xml:lang="zh"><seg>x</seg></tuv></tu>', head
    )
    with pytest.raises(FormatError) as caught:
        list(tmx.read(path, "en", "zh"))
    assert str(path) in str(caught.value)


def test_files_that_are_no_tmx(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_text("<tmx>\n<body>\n<tu></body>", encoding="utf-8")
    with pytest.raises(FormatError, match="no well-formed TMX") as caught:
        list(tmx.read(path, "en", "zh"))
    assert caught.value.line == 3
    path.write_text("<html/>", encoding="utf-8")
    with pytest.raises(FormatError, match="no TMX file"):
        list(tmx.read(path, "en", "zh"))
    path.write_bytes(b"")
    with pytest.raises(FormatError):
        list(tmx.read(path, "en", "zh"))
    with pytest.raises(FileError, match="no such file"):
        list(tmx.read(tmp_path / "none.tmx", "en", "zh"))


def test_importing_the_room_loads_nothing_heavy() -> None:
    script = "import sys, compiler_flow.memory; print([name for name in ('lxml', 'rapidfuzz') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
