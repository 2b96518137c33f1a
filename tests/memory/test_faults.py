"""What disks, killed processes and other versions do to a memory's file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from memory_parts import AT, HELDOUT, catalog, protected, unit

from compiler_flow.errors import FileError, FormatError
from compiler_flow.memory import Entry, Lesson, Memory, rebuild
from compiler_flow.memory import schema as current
from compiler_flow.model import Unit


def filled(path: Path) -> Path:
    with Memory(path) as memory:
        memory.add((Entry(f"{text} {count}", f"译{count}") for count in range(20) for text in HELDOUT), "en", "zh")
        memory.learn(catalog(unit("Economy", "经济")), at=AT, article="1/a", stamp="5")
    return path


def ask_all(path: Path) -> int:
    """How many of the sentences are answered; no answer is one that nobody gave."""
    answered = 0
    true = {(f"{text} {count}", f"译{count}") for count in range(20) for text in HELDOUT}
    with Memory(path) as memory:
        for count in range(20):
            for text in HELDOUT:
                found = memory.lookup(f"{text} {count}", "en", "zh")
                assert {(match.source, match.target) for match in found} <= true
                answered += bool(found)
    return answered


@pytest.mark.parametrize("kept", [0, 1, 99, 100, 4096, 0.25, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused_or_whole(tmp_path: Path, kept: float) -> None:
    path = filled(tmp_path / "memory.sqlite")
    data = path.read_bytes()
    path.write_bytes(data[: kept if isinstance(kept, int) else int(len(data) * kept)])
    if not kept:
        # An empty file is a new memory: SQLite itself leaves one behind where it was killed at the first write.
        assert ask_all(path) == 0
        return
    with pytest.raises(FormatError, match="compiler-flow memory rebuild"):
        ask_all(path)


@pytest.mark.parametrize("place", [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95])
def test_a_file_with_a_hole_never_answers_wrong(tmp_path: Path, place: float) -> None:
    path = filled(tmp_path / "memory.sqlite")
    data = bytearray(path.read_bytes())
    at = int(len(data) * place)
    data[at : at + 600] = os.urandom(600)
    path.write_bytes(data)
    told = ""
    try:
        ask_all(path)
    except FileError as error:
        told = str(error)
    assert not told or (str(path) in told and "\n" not in told)


def test_a_turned_bit_in_a_translation_is_noticed(tmp_path: Path) -> None:
    path = filled(tmp_path / "memory.sqlite")
    data = path.read_bytes()
    assert data.count("经济".encode()) == 1
    path.write_bytes(data.replace("经济".encode(), "经费".encode()))
    with Memory(path) as memory:
        with pytest.raises(FormatError, match="memory rebuild"):
            memory.lookup("Economy", "en", "zh")
        with pytest.raises(FormatError, match="memory rebuild"):
            memory.verify()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 1.0])
def test_half_a_journal_takes_back_what_was_not_finished(tmp_path: Path, share: float) -> None:
    path = filled(tmp_path / "memory.sqlite")
    with Memory(path) as memory:
        memory.learn(catalog(unit("Economy", "经济")), at=AT, article="1/a", stamp="6")
        memory.learn(
            catalog(*(Unit(str(n), f"{text} new", "新") for n, text in enumerate(HELDOUT))), at=AT, article="1/b"
        )
        # What a killed process leaves: the file as it was, and the journal so far.
        (tmp_path / "copy").mkdir()
        copy = tmp_path / "copy" / "memory.sqlite"
        shutil.copy(path, copy)
        journal = path.with_name("memory.sqlite-wal").read_bytes()
        copy.with_name("memory.sqlite-wal").write_bytes(journal[: int(len(journal) * share)])
    with Memory(copy) as memory:
        memory.verify()
        stamps = memory.stamps()
        known = [bool(memory.lookup(f"{text} new", "en", "zh", threshold=100)) for text in HELDOUT]
        assert all(known) if "1/b" in stamps else not any(known)
        assert ("1/b" in stamps) is (share == 1.0)
    assert ask_all(copy) == 20 * len(HELDOUT)


def test_a_file_that_another_process_is_just_making_is_no_stranger_s(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"

    def make() -> None:
        with Memory(path):
            pass

    class Slow(sqlite3.Connection):
        """Between two of its questions another process makes the whole file, if it is let."""

        other: threading.Thread | None = None

        def execute(self, sql: str, *parameters):
            told = super().execute(sql, *parameters)
            if "application_id" in sql and self.other is None:
                self.other = threading.Thread(target=make)
                self.other.start()
                self.other.join(0.5)
            return told

    connection = sqlite3.connect(path, isolation_level=None, factory=Slow)
    assert current.check(connection, path) == 0
    assert connection.other is not None
    connection.other.join()
    assert current.check(connection, path) == current.VERSION
    connection.close()


def test_a_newer_file_is_not_touched_and_rebuild_puts_it_aside(tmp_path: Path) -> None:
    path = filled(tmp_path / "memory.sqlite")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(FormatError, match="newer compiler-flow"):
        Memory(path)
    with pytest.raises(FormatError, match="newer compiler-flow"):
        Memory(path, writes=False)
    assert path.read_bytes() == before
    rebuilt = rebuild(path, [Lesson(catalog(unit("Economy", "经济")), "1/a", AT)])
    assert rebuilt.stats.entries == 1
    assert rebuilt.aside is not None
    assert rebuilt.aside.read_bytes() == before


def test_rebuilding_keeps_what_was_imported(tmp_path: Path) -> None:
    path = filled(tmp_path / "memory.sqlite")
    rebuilt = rebuild(path, [Lesson(catalog(unit("Politics", "政治")), "1/b", AT, "张三", "7")])
    assert (rebuilt.stats.imported, rebuilt.aside) == (20 * len(HELDOUT), None)
    with Memory(path) as memory:
        assert memory.lookup("Economy", "en", "zh") == ()
        assert memory.lookup("Politics", "en", "zh")[0].by == "张三"
        assert memory.stamps() == {"1/b": "7"}
    assert ask_all(path) == 20 * len(HELDOUT)
    assert [file.name for file in tmp_path.iterdir()] == ["memory.sqlite"]


def test_a_rebuild_that_fails_leaves_the_old_memory(tmp_path: Path) -> None:
    path = filled(tmp_path / "memory.sqlite")

    def lessons():
        yield Lesson(catalog(unit("Politics", "政治")), "1/b", AT)
        raise FileError("gone")

    with pytest.raises(FileError, match="gone"):
        rebuild(path, lessons())
    assert ask_all(path) == 20 * len(HELDOUT)
    assert [file.name for file in tmp_path.iterdir()] == ["memory.sqlite"]


def test_what_is_written_after_a_rebuild_by_others_is_not_lost_silently(tmp_path: Path) -> None:
    path = filled(tmp_path / "memory.sqlite")
    with Memory(path) as open_before:
        rebuild(path, [])
        with pytest.raises(FileError, match="made the memory anew"):
            open_before.add([Entry("Lost?", "丢了？")], "en", "zh")


_OLD = """
CREATE TABLE pairs (id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (source, target));
CREATE TABLE sources (id INTEGER PRIMARY KEY, pair INTEGER NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL,
    UNIQUE (pair, key));
CREATE TABLE entries (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, target TEXT NOT NULL, article TEXT NOT NULL,
    unit TEXT NOT NULL, previous TEXT NOT NULL, next TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX entries_by_source ON entries (source);
CREATE INDEX entries_by_article ON entries (article);
CREATE VIRTUAL TABLE grams USING fts5 (text, content = 'sources', content_rowid = 'id', tokenize = 'trigram',
    detail = 'none', columnsize = 0);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (grams, 'row');
CREATE TABLE rarity (gram TEXT PRIMARY KEY, sources INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO pairs VALUES (1, 'ru', 'zh');
INSERT INTO sources VALUES (7, 1, 'abc', 'Саммит открылся в Астане.');
INSERT INTO entries VALUES (9, 7, '峰会在阿斯塔纳开幕。', 'old/forum', 'u1', 'p', 'n', '2024-10-31T08:00:00+00:00');
INSERT INTO grams (rowid, text) VALUES (7, 'Саммит открылся в Астане.');
PRAGMA user_version = 1;
"""


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript(f"{_OLD} PRAGMA application_id = {current.APPLICATION_ID};")
    connection.close()
    with Memory(path) as memory:
        assert memory.lookup("Саммит открылся в Астане.", "ru", "zh")[0].target == "峰会在阿斯塔纳开幕。"
        assert memory.lookup("Саммит открылся в Риге.", "ru", "zh")[0].score >= 75
        assert memory.stats().imported == 1
        memory.verify()
    fresh = filled(tmp_path / "fresh.sqlite")
    schemas = []
    for file in (path, fresh):
        connection = sqlite3.connect(file)
        schemas.append(sorted(connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql NOT NULL")))
        connection.close()
    assert schemas[0] == schemas[1]


# What runs where nothing may be written; prints what it found.
_READ = """
import sys
from pathlib import Path
from compiler_flow.memory import Memory
with Memory(Path(sys.argv[1]), writes=False) as memory:
    print(memory.stats().entries, memory.lookup("Economy", "en", "zh")[0].target, len(memory.search("经济")))
"""


@pytest.mark.skipif(os.name != "posix", reason="folders that may not be written are a matter of POSIX here")
@pytest.mark.parametrize("journal", [False, True])
def test_a_folder_that_may_not_be_written_is_read(tmp_path: Path, journal: bool) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    path = filled(folder / "memory.sqlite")
    if journal:
        # As a killed process left it: half of what it says stands in the journal.
        with Memory(path) as memory:
            memory.learn(catalog(unit("Economy", "国民经济")), at=AT, article="1/a")
            shutil.copy(path, tmp_path / "file")
            shutil.copy(f"{path}-wal", tmp_path / "file-wal")
        shutil.copy(tmp_path / "file", path)
        shutil.copy(tmp_path / "file-wal", f"{path}-wal")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with protected(folder) as limited:
        done = subprocess.run(
            [*limited, sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, encoding="utf-8"
        )
    assert done.stdout.split() == [str(20 * len(HELDOUT) + 1), "国民经济" if journal else "经济", "1"], done.stderr
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


_FILL = """
import resource, sys
from pathlib import Path
from compiler_flow.errors import CompilerFlowError
from compiler_flow.memory import Entry, Lesson, Memory, rebuild
from compiler_flow.model import Catalog, Unit
path, job = Path(sys.argv[1]), sys.argv[2]
memory = Memory(path)
size = path.stat().st_size + 200_000
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
many = tuple(Unit(str(n), f"A sentence of its own, number {n}.", f"第{n}句。") for n in range(20_000))
try:
    if job == "add":
        memory.add((Entry(unit.source, unit.target) for unit in many), "en", "zh")
    elif job == "learn":
        memory.learn(Catalog("b", "en", "zh-CN", many), at="2024")
    else:
        memory.close()
        rebuild(path, [Lesson(Catalog("b", "en", "zh-CN", many), "1/b", "2024")])
    print("written")
except CompilerFlowError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="limits a file's size as POSIX does")
@pytest.mark.parametrize("job", ["add", "learn", "rebuild"])
def test_a_full_disk_changes_nothing(tmp_path: Path, job: str) -> None:
    path = filled(tmp_path / "memory.sqlite")
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(path), job], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    assert "The memory cannot be used" in done.stdout
    with Memory(path) as memory:
        memory.verify()
        assert memory.stats().entries == 20 * len(HELDOUT) + 1
    assert [file.name for file in tmp_path.iterdir()] == ["memory.sqlite"]
