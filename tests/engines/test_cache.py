from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from compiler_flow.engines import Request
from compiler_flow.engines.cache import Cached, DraftCache
from compiler_flow.errors import FormatError

ONE, TWO = Request("One"), Request("Two")
PAIR = ("model 1", "en", "zh-CN")


def filled(path: Path, *drafts: tuple[Request, str]) -> Path:
    with DraftCache(path) as cache:
        for request, draft in drafts or ((ONE, "一"),):
            cache.keep(*PAIR, request, draft)
        assert cache.trouble == ""
    return path


def found(path: Path, *requests: Request, pair: tuple[str, str, str] = PAIR) -> dict[Request, str]:
    with DraftCache(path) as cache:
        return cache.find(*pair, requests or (ONE, TWO))


def test_what_is_kept_is_found_again(tmp_path: Path) -> None:
    path = filled(tmp_path / "d.sqlite", (ONE, "一"), (ONE, "壹"))
    assert found(path) == {ONE: "壹"}


@pytest.mark.parametrize("pair", [("model 2", "en", "zh-CN"), ("model 1", "ru", "zh-CN"), ("model 1", "en", "zh-TW")])
def test_another_model_or_language_knows_nothing_of_it(tmp_path: Path, pair: tuple[str, str, str]) -> None:
    assert found(filled(tmp_path / "d.sqlite"), pair=pair) == {}


def test_other_terms_are_another_question(tmp_path: Path) -> None:
    path = filled(tmp_path / "d.sqlite")
    assert found(path, Request("One", (("One", "一号"),))) == {}


def test_thousands_are_found_at_once(tmp_path: Path) -> None:
    many = [Request(f"Sentence {number}") for number in range(1300)]
    path = filled(tmp_path / "d.sqlite", *((request, request.text) for request in many))
    assert found(path, *many) == {request: request.text for request in many}


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database at all" * 300),
        lambda path: os.truncate(path, 5000),
        lambda path: path.write_bytes(path.read_bytes()[:4096] + os.urandom(8192)),
        lambda path: sqlite3.connect(path).execute("PRAGMA user_version = 99").connection.close(),
    ],
)
def test_a_torn_file_or_another_version_is_made_anew(tmp_path: Path, damage) -> None:
    path = filled(tmp_path / "d.sqlite", *((Request(f"{number}"), "字" * 200) for number in range(200)))
    damage(path)
    with DraftCache(path) as cache:
        assert set(cache.find(*PAIR, [Request("7")]).values()) <= {"字" * 200}
        cache.keep(*PAIR, ONE, "一")
        cache.keep(*PAIR, ONE, "一")
        assert cache.trouble == ""
    assert found(path, ONE) == {ONE: "一"}


def test_a_draft_that_was_changed_behind_our_back_is_not_believed(tmp_path: Path) -> None:
    path = filled(tmp_path / "d.sqlite", (ONE, "一"), (TWO, "二"))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE drafts SET draft = '三' WHERE draft = '二'")
    connection.close()
    assert found(path) == {ONE: "一"}


def test_another_programs_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "theirs.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE letters (text)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(FormatError, match="no file of drafts") as caught:
        DraftCache(path)
    assert "cache = " in str(caught.value)
    assert path.read_bytes() == before


def test_where_nothing_can_be_written_work_goes_on(tmp_path: Path) -> None:
    with DraftCache(tmp_path / "nowhere" / "d.sqlite") as cache:
        assert "drafts cannot be kept" in cache.trouble
        assert Cached(cache).run(Counting(), [ONE], "en", "zh-CN") == ["ONE"]


class Counting:
    """An engine that shouts, and counts what it was asked."""

    name = "counting"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def pairs(self):
        return ()

    def can(self, source: str, target: str) -> bool:
        return True

    def model(self, source: str, target: str) -> str:
        return "counting 1"

    def signature(self, source: str, target: str) -> str:
        return "counting 1"

    def translate(self, texts, source, target, *, on_draft=None):
        drafts = []
        for index, text in enumerate(texts):
            if text == "Crash":
                raise KeyboardInterrupt
            self.asked.append(text)
            drafts.append("" if text == "Nothing" else text.upper())
            if on_draft:
                on_draft(index, drafts[-1])
        return drafts


def test_only_what_is_not_known_is_asked_and_equal_sentences_once(tmp_path: Path) -> None:
    engine, told = Counting(), []
    with DraftCache(tmp_path / "d.sqlite") as cache:
        executor = Cached(cache)
        assert executor.run(engine, [ONE, TWO, ONE], "en", "zh-CN") == ["ONE", "TWO", "ONE"]
        again = [TWO, Request("Three"), ONE]
        drafts = executor.run(engine, again, "en", "zh-CN", on_draft=lambda index, draft: told.append((index, draft)))
        assert drafts == ["TWO", "THREE", "ONE"]
        assert sorted(told) == list(enumerate(drafts))
        assert engine.asked == ["One", "Two", "Three"]
        assert Cached(cache, read=False).run(engine, [ONE], "en", "zh-CN") == ["ONE"]
        assert engine.asked[3:] == ["One"]


def test_no_draft_is_not_kept_as_one(tmp_path: Path) -> None:
    engine = Counting()
    with DraftCache(tmp_path / "d.sqlite") as cache:
        for _turn in range(2):
            assert Cached(cache).run(engine, [Request("Nothing")], "en", "zh-CN") == [""]
    assert engine.asked == ["Nothing", "Nothing"]


def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    with DraftCache(tmp_path / "d.sqlite") as cache, pytest.raises(KeyboardInterrupt):
        Cached(cache).run(Counting(), [ONE, TWO, Request("Crash")], "en", "zh-CN")
    engine = Counting()
    with DraftCache(tmp_path / "d.sqlite") as cache:
        Cached(cache).run(engine, [ONE, TWO, Request("Three")], "en", "zh-CN")
    assert engine.asked == ["Three"]


WRITER = """
import sys
from pathlib import Path
from compiler_flow.engines import Request
from compiler_flow.engines.cache import DraftCache
path, name = sys.argv[1:]
with DraftCache(Path(path)) as cache:
    for number in range(300):
        cache.keep("model 1", "en", "zh-CN", Request(f"{name} {number}"), f"{name}-{number}")
    assert not cache.trouble, cache.trouble
"""


def test_two_processes_keep_drafts_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "d.sqlite"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in ("a", "b")]
    assert [writer.wait() for writer in writers] == [0, 0]
    requests = [Request(f"{name} {number}") for name in ("a", "b") for number in range(300)]
    assert len(found(path, *requests)) == 600
