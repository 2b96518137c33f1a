from __future__ import annotations

import codecs
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from compiler_flow.errors import FileError, FormatError
from compiler_flow.memory import Entry, Memory, tmx
from compiler_flow.memory.entries import context
from compiler_flow.text import clean

SAMPLES = Path(__file__).parent / "samples"
AT = "2024-10-31T08:00:00+00:00"
ENTRIES = (
    Entry("Economy & <trade>", "经济“与”贸易", "2024-10-31/a", "ab12", "0f0f", "f0f0", AT, "张三、李四"),
    Entry("Politics", "政治", "2024-10-31/b"),
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "out" / "memory.tmx"
    assert tmx.write(path, ENTRIES, "en", "zh-CN") == 2
    assert tuple(tmx.read(path, "en", "zh-CN")) == ENTRIES
    assert tuple(tmx.read(path, "en-GB", "zh")) == ENTRIES
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
    @given(st.lists(st.builds(Entry, source=text, target=text, article=text, by=text), min_size=1, max_size=4))
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
    ]
    # The traditional script is another language to its readers.
    assert [entry.target for entry in tmx.read(path, "en", "zh-Hant")] == ["粗體字！"]


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


OMEGAT = (
    Entry("The ferry left Tallinn at noon.", "渡轮中午驶离塔林。", "omegat", at="2024-10-31T08:00:00+00:00", by="li"),
    Entry(
        "It arrived two hours later.", "两小时后，渡轮抵达。", "source/ferry.po", previous=context("The ferry left."),
        next=context("Nobody was late."), at="2024-10-31T09:30:00+00:00", by="wang",
    ),
)  # fmt: skip
TRADOS = (
    Entry(
        "Read the guide before you start.", "开始前请阅读指南。", "trados", at="2024-05-06T07:08:09+00:00",
        by="DESK\\zhao",
    ),
    Entry("Two lines, one sentence.", "两行，一句。", "trados", at="2024-05-06T07:10:00+00:00", by="DESK\\zhao"),
)  # fmt: skip
MEMOQ = (
    Entry(
        "The bridge is closed.", "大桥已封闭。", "bridge.docx", previous=context("Snow fell all night."),
        next=context("Drivers wait."), at="2023-12-01T10:00:00+00:00", by="qian",
    ),
    Entry("Drivers wait.", "司机们在等候。", "bridge.docx", previous=context("The bridge is closed."),
          at="2023-12-01T10:01:00+00:00", by="qian"),
)  # fmt: skip


def encoded(path: Path, folder: Path, encoding: str, mark: bytes) -> Path:
    """The sample in another encoding, declared and marked as tools do."""
    text = path.read_text(encoding="utf-8").replace('encoding="utf-8"', f'encoding="{encoding}"', 1)
    assert encoding in text
    folder.mkdir(exist_ok=True)
    copy = folder / path.name
    copy.write_bytes(mark + text.encode("utf-16-le" if encoding == "utf-16" else encoding))
    return copy


@pytest.mark.parametrize(
    ("encoding", "mark"), [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16", codecs.BOM_UTF16_LE)]
)
@pytest.mark.parametrize(("name", "entries"), [("omegat", OMEGAT), ("trados", TRADOS), ("memoq", MEMOQ)])
def test_what_other_tools_write(
    tmp_path: Path, name: str, entries: tuple[Entry, ...], encoding: str, mark: bytes
) -> None:
    path = encoded(SAMPLES / f"{name}.tmx", tmp_path / "in", encoding, mark)
    assert tuple(tmx.read(path, "en", "zh-CN")) == entries


@pytest.mark.parametrize("name", ["omegat", "trados", "memoq"])
def test_the_neighbours_of_another_tool_make_it_101(tmp_path: Path, name: str) -> None:
    with Memory(tmp_path / "memory.sqlite") as memory:
        memory.add(tmx.read(SAMPLES / f"{name}.tmx", "en", "zh-CN"), "en", "zh-CN")
        found = {
            "omegat": ("It arrived two hours later.", "The ferry left.", "Nobody was late."),
            "memoq": ("The bridge is closed.", "Snow fell all night.", "Drivers wait."),
            # What Trados writes of the context are digests of its own.
            "trados": ("Read the guide before you start.", "", ""),
        }[name]
        (match,) = memory.lookup(found[0], "en", "zh-CN", previous=found[1], next=found[2])
        assert match.score == (100 if name == "trados" else 101)
        assert match.by


def test_the_languages_of_a_file_are_named_where_none_fits(tmp_path: Path) -> None:
    path = foreign(
        tmp_path, '<tu><tuv xml:lang="de-DE"><seg>Ja.</seg></tuv><tuv xml:lang="fr"><seg>Oui.</seg></tuv></tu>'
    )
    with pytest.raises(FileError, match=r"en → zh.*de-DE, fr") as caught:
        list(tmx.read(path, "en", "zh-CN"))
    assert not isinstance(caught.value, FormatError)


def test_an_entity_that_only_the_dtd_explains_is_not_left_out(tmp_path: Path) -> None:
    body = '<tu><tuv xml:lang="en"><seg>10&nbsp;km</seg></tuv><tuv xml:lang="zh"><seg>10公里</seg></tuv></tu>'
    path = foreign(tmp_path, body, '<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    with pytest.raises(FormatError, match="&nbsp;"):
        list(tmx.read(path, "en", "zh"))


def test_a_file_that_is_cut_off_teaches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "cut.tmx"
    tmx.write(path, [Entry(f"Sentence {number}.", f"第{number}句。") for number in range(9000)], "en", "zh-CN")
    path.write_bytes(path.read_bytes()[:-4000])
    with Memory(tmp_path / "memory.sqlite") as memory:
        memory.add([Entry("Economy", "经济")], "en", "zh-CN")
        with pytest.raises(FormatError, match=r"cut\.tmx:\d+: The file is no well-formed TMX"):
            memory.add(tmx.read(path, "en", "zh-CN"), "en", "zh-CN")
        assert memory.stats().entries == 1


_STREAM = """
import sys
from pathlib import Path
from compiler_flow.errors import CompilerFlowError
from compiler_flow.memory import tmx
count, told = 0, ""
try:
    for _entry in tmx.read(Path(sys.argv[1]), "en", "zh"):
        count += 1
except CompilerFlowError as error:
    told = error.message
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM:")) // 1024
print(count, peak, told)
"""
_UNIT = b'<tu><tuv xml:lang="en"><seg>' + b"word " * 60 + b'</seg></tuv><tuv xml:lang="zh"><seg>x</seg></tuv></tu>\n'


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel for the memory that a process took")
@pytest.mark.parametrize(
    ("start", "piece", "count", "told"),
    [
        (b"<header/><body>", _UNIT, 100_000, ""),
        (b"<header>", b"<note>" + b"x" * 300 + b"</note>\n", 0, "no finished units"),
        (b"<header/><body><tu>", b"<note>" + b"x" * 300 + b"</note>\n", 0, "unit without an end"),
        (b'<header/><body><tu><tuv xml:lang="en"><seg>', b"x" * 400, 0, "no well-formed"),
    ],
)
def test_a_file_of_any_size_takes_little_memory(
    tmp_path: Path, start: bytes, piece: bytes, count: int, told: str
) -> None:
    path = tmp_path / "large.tmx"
    ends = {b"<header>": b"</header><body/></tmx>", b"<header/><body>": b"</body></tmx>"}
    with path.open("wb") as stream:
        stream.write(b'<?xml version="1.0"?><tmx version="1.4">' + start)
        for _piece in range(100):
            stream.write(piece * 1000)
        stream.write(ends.get(start, b""))
    done = subprocess.run(
        [sys.executable, "-c", _STREAM, str(path)], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    read, peak, message = done.stdout.split(maxsplit=2) if told else (*done.stdout.split(), "")
    assert int(read) == count
    assert told in message
    assert path.stat().st_size > 30_000_000
    assert int(peak) < 90


def test_importing_the_room_loads_nothing_heavy() -> None:
    script = "import sys, compiler_flow.memory; print([name for name in ('lxml', 'rapidfuzz') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
