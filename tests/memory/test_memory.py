from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from compiler_flow.errors import FileError, FormatError
from compiler_flow.memory import Entry, Lesson, Memory, rebuild
from compiler_flow.memory.normal import folded
from compiler_flow.model import Catalog, Unit

AT = "2024-10-31T08:00:00+00:00"
LATER = "2024-11-07T08:00:00+00:00"
SENTENCE = "Vietnam became a member of the WHO in 2019."
HELDOUT = (Path(__file__).parent.parent / "models" / "heldout.en").read_text(encoding="utf-8").splitlines()


def catalog(*units: Unit, article: str = "2024-10-31/forum", source: str = "en") -> Catalog:
    return Catalog(article, source, "zh-CN", tuple(units))


def unit(source: str, target: str = "", **more: object) -> Unit:
    return Unit(id=source[:4] or "x", source=source, target=target, **more)  # type: ignore[arg-type]


@pytest.fixture
def memory(tmp_path: Path):
    with Memory(tmp_path / "memory.sqlite") as opened:
        yield opened


def test_what_was_translated_is_found_again(memory: Memory) -> None:
    assert memory.learn(catalog(unit(SENTENCE, "越南于2019年成为世卫组织成员。")), at=AT) == 1
    (match,) = memory.lookup(SENTENCE, "en-GB", "zh")
    assert (match.target, match.score, match.article, match.at) == (
        "越南于2019年成为世卫组织成员。", 100, "2024-10-31/forum", AT,
    )  # fmt: skip
    assert memory.lookup("  Vietnam became a\nmember of the\u00a0WHO in 2019. ", "en", "zh-CN")[0].score == 100


def test_the_same_neighbours_make_it_101(memory: Memory) -> None:
    memory.learn(catalog(unit("Before.", "前。"), unit("Yes.", "是的。"), unit("After.", "后。")), at=AT)
    memory.learn(catalog(unit("Other.", "他。"), unit("Yes.", "对。"), unit("After.", "后。"), article="b"), at=LATER)
    found = memory.lookup("Yes.", "en", "zh", previous="Before.", next="After.")
    assert [(match.target, match.score) for match in found] == [("是的。", 101), ("对。", 100)]
    assert [match.score for match in memory.lookup("Yes.", "en", "zh")] == [100, 100]


def test_without_neighbours_there_is_no_context(memory: Memory) -> None:
    memory.learn(catalog(unit("Economy", "经济")), at=AT)
    assert memory.lookup("Economy", "en", "zh")[0].score == 100


def test_of_equal_ones_the_newest_is_first(memory: Memory) -> None:
    memory.learn(catalog(unit("Economy", "经济"), article="a"), at=AT)
    memory.learn(catalog(unit("Economy", "国民经济"), article="b"), at=LATER)
    assert [match.target for match in memory.lookup("Economy", "en", "zh")] == ["国民经济", "经济"]


def test_nearly_the_same_is_scored_by_what_must_be_edited(memory: Memory) -> None:
    memory.learn(catalog(unit(SENTENCE, "越南于2019年成为世卫组织成员。")), at=AT)
    query = SENTENCE.replace("2019", "2021")
    (match,) = memory.lookup(query, "en", "zh")
    assert match.score == int(Levenshtein.normalized_similarity(query, SENTENCE) * 100)
    assert match.source == SENTENCE
    assert memory.lookup(query, "en", "zh", threshold=99) == ()
    assert memory.lookup("Something else entirely happened there.", "en", "zh") == ()


def test_one_letter_of_a_very_long_sentence_is_still_fuzzy(memory: Memory) -> None:
    long = "word " * 300 + "end"
    memory.learn(catalog(unit(long, "长句。")), at=AT)
    assert memory.lookup(long + "s", "en", "zh")[0].score == 99


def test_languages_are_kept_apart(memory: Memory) -> None:
    memory.learn(catalog(unit("Ekonomika", "经济"), source="lt"), at=AT)
    assert memory.lookup("Ekonomika", "en", "zh") == ()
    assert memory.lookup("Ekonomika!", "en", "zh") == ()
    assert memory.lookup("Ekonomika", "lt", "en") == ()
    assert memory.lookup("Ekonomika", "lt", "zh-CN")


@pytest.mark.parametrize(
    "units",
    [
        (unit("A b c.", "草稿。", fuzzy=True),),
        (unit("A b c.", "〔略〕"),),
        (unit("A b c.", ""),),
        (unit("A b c.", "甲，乙。"), unit("Next.", "〔并〕")),
        (unit("Above.", "〔并下〕"), unit("A b c.", "甲，乙。")),
    ],
)
def test_only_plain_translations_are_learnt(memory: Memory, units: tuple[Unit, ...]) -> None:
    assert memory.learn(catalog(*units), at=AT) == 0
    assert memory.lookup("A b c.", "en", "zh") == ()


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


def test_forgetting_leaves_what_others_said(memory: Memory) -> None:
    memory.learn(catalog(unit("Economy", "经济"), article="a"), at=AT)
    memory.learn(catalog(unit("Economy", "国民经济"), article="b"), at=AT)
    assert memory.forget("a") == 1
    assert memory.forget("a") == 0
    assert [match.target for match in memory.lookup("Economy", "en", "zh")] == ["国民经济"]
    assert memory.lookup("Economics", "en", "zh", threshold=60)[0].target == "国民经济"


def test_search_and_stats(memory: Memory) -> None:
    memory.learn(catalog(unit("100% of voters", "百分之百的选民"), unit("Economy", "经济")), at=AT)
    assert [match.source for match in memory.search("VOTERS")] == ["100% of voters"]
    assert [match.source for match in memory.search("经济")] == ["Economy"]
    assert [match.source for match in memory.search("0%")] == ["100% of voters"]
    assert memory.search("_") == ()
    stats = memory.stats()
    assert (stats.entries, stats.sources, stats.articles, stats.pairs) == (2, 2, 1, (("en", "zh", 2),))


def test_the_best_fuzzy_match_is_the_one_that_comparing_all_finds(memory: Memory) -> None:
    chance = random.Random(7)  # noqa: S311
    words = " ".join(HELDOUT).split()
    sources = list(dict.fromkeys(HELDOUT + [" ".join(chance.sample(words, 12)) for _count in range(2000)]))
    memory.add((Entry(source, "译", "a", str(index)) for index, source in enumerate(sources)), "en", "zh")
    asked = right = 0
    for source in chance.sample(sources, 120):
        parts = source.split()
        for _edit in range(2):
            parts[chance.randrange(len(parts))] = chance.choice(words)
        query = " ".join(parts)
        best = max(Levenshtein.normalized_similarity(query, other) for other in sources)
        if 0.75 <= best < 1:
            asked += 1
            found = memory.lookup(query, "en", "zh")
            right += bool(found) and found[0].score == int(best * 100 + 1e-9)
    assert asked > 60
    assert right >= 0.98 * asked


def test_it_is_there_when_opened_again(tmp_path: Path) -> None:
    with Memory(tmp_path / "new" / "m.sqlite") as memory:
        memory.learn(catalog(unit("Economy", "经济")), at=AT)
    with Memory(tmp_path / "new" / "m.sqlite") as memory:
        assert memory.lookup("Economy", "en", "zh")


def test_a_failed_write_changes_nothing(memory: Memory) -> None:
    memory.learn(catalog(unit("Economy", "经济")), at=AT)

    def breaking():
        yield Entry("Politics", "政治")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        memory.add(breaking(), "en", "zh")
    assert memory.stats().entries == 1


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


def test_any_text_can_be_learnt_looked_up_and_forgotten(tmp_path: Path) -> None:
    with Memory(tmp_path / "memory.sqlite") as memory:

        @settings(max_examples=60, deadline=None)
        @given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.text(max_size=60))
        def any_text(sources: list[str], query: str) -> None:
            taught = catalog(*(Unit(str(index), source, "译") for index, source in enumerate(sources)))
            memory.learn(taught, at=AT)
            for source in sources:
                if folded(source):
                    assert memory.lookup(source, "en", "zh")[0].score >= 100
            memory.lookup(query, "en", "zh", threshold=1)
            memory.search(query)
            memory.forget(taught.article)
            assert memory.stats().entries == memory.stats().sources == 0

        any_text()
