from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from memory_parts import AT, HELDOUT, LATER, catalog, unit

from compiler_flow.errors import FileError, FormatError
from compiler_flow.memory import Entry, Lesson, Memory, rebuild


@pytest.fixture
def memory(tmp_path: Path):
    with Memory(tmp_path / "memory.sqlite") as opened:
        yield opened


def test_learning_an_article_again_replaces_it(tmp_path: Path, memory: Memory) -> None:
    memory.learn(catalog(unit("Economy", "经济"), unit("Politics", "政治")), at=AT)
    memory.learn(catalog(unit("Economy", "国民经济"), unit("Society", "社会")), at=LATER)
    assert [match.target for match in memory.lookup("Economy", "en", "zh")] == ["国民经济"]
    assert memory.lookup("Politics", "en", "zh") == ()
    assert memory.lookup("Politics.", "en", "zh") == (), "also not as a fuzzy match"
    assert memory.stats().sources == 2
    # What is left in the index is what a new one would have.
    left = memory._connection.execute("SELECT term, doc FROM vocabulary ORDER BY term").fetchall()
    with Memory(tmp_path / "new.sqlite") as new:
        new.learn(catalog(unit("Economy", "国民经济"), unit("Society", "社会")), at=LATER)
        assert left == new._connection.execute("SELECT term, doc FROM vocabulary ORDER BY term").fetchall()


def test_it_is_there_when_opened_again(tmp_path: Path) -> None:
    with Memory(tmp_path / "new" / "m.sqlite") as memory:
        memory.learn(catalog(unit("Economy", "经济")), at=AT)
    with Memory(tmp_path / "new" / "m.sqlite") as memory:
        assert memory.lookup("Economy", "en", "zh")


def test_two_at_once_wait_for_each_other(tmp_path: Path, memory: Memory) -> None:
    with Memory(tmp_path / "memory.sqlite") as other:
        other.learn(catalog(unit("Economy", "经济"), article="a"), at=AT)
        memory.learn(catalog(unit("Politics", "政治"), article="b"), at=AT)
        assert other.lookup("Politics", "en", "zh")


@pytest.mark.parametrize("data", [b"torn " * 500, b"SQLite format 3\0" + b"\1" * 4000])
def test_a_file_that_is_no_memory(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(data)
    with pytest.raises(FormatError, match="compiler-flow memory rebuild") as caught:
        Memory(path)
    assert str(path) in str(caught.value)
    assert path.read_bytes() == data


def test_a_torn_memory(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    with Memory(path) as memory:
        memory.add((Entry(f"{text} {count}", "译") for count in range(50) for text in HELDOUT), "en", "zh")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])

    def use() -> None:
        with Memory(path) as memory:
            for text in HELDOUT:
                memory.lookup(f"{text} 7", "en", "zh")
                memory.lookup(f"{text} x", "en", "zh")

    with pytest.raises(FormatError, match="memory rebuild"):
        use()


def test_a_newer_file_and_another_programs_file(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    Memory(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(FormatError, match="newer compiler-flow"):
        Memory(path)
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE diary (day TEXT)")
    connection.close()
    with pytest.raises(FormatError, match="no translation memory"):
        Memory(other)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(FileError):
        Memory(tmp_path)


def test_rebuilding_replaces_even_a_torn_file(tmp_path: Path) -> None:
    path = tmp_path / "memory.sqlite"
    path.write_bytes(b"torn")
    taught = catalog(unit("Economy", "经济"))
    rebuilt = rebuild(path, [Lesson(taught, "a", AT), Lesson(taught, "b", AT)])
    assert (rebuilt.stats.entries, rebuilt.stats.articles) == (2, 2)
    with Memory(path) as memory:
        assert memory.lookup("Economy", "en", "zh")
    assert rebuilt.aside == tmp_path / "memory.sqlite.damaged"
    assert rebuilt.aside.read_bytes() == b"torn"
    assert {file.name for file in tmp_path.iterdir()} == {"memory.sqlite", "memory.sqlite.damaged"}
