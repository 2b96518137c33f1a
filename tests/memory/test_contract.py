"""What every translation memory does, run over both of them: the file of one workspace and the team's server."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_parts import AT, HELDOUT, LATER, SENTENCE, catalog, unit
from rapidfuzz.distance import Levenshtein

from compiler_flow.memory import Entry, Store
from compiler_flow.memory.entries import context
from compiler_flow.memory.normal import folded
from compiler_flow.model import Match, Unit


def test_what_was_translated_is_found_again(store: Store) -> None:
    assert store.learn(catalog(unit(SENTENCE, "越南于2019年成为世卫组织成员。")), at=AT) == 1
    (match,) = store.lookup(SENTENCE, "en-GB", "zh")
    assert (match.target, match.score, match.article, match.at) == (
        "越南于2019年成为世卫组织成员。", 100, "2024-10-31/forum", AT,
    )  # fmt: skip
    assert store.lookup("  Vietnam became a\nmember of the\u00a0WHO in 2019. ", "en", "zh-CN")[0].score == 100


def test_the_same_neighbours_make_it_101(store: Store) -> None:
    store.learn(catalog(unit("Before.", "前。"), unit("Yes.", "是的。"), unit("After.", "后。")), at=AT)
    store.learn(catalog(unit("Other.", "他。"), unit("Yes.", "对。"), unit("After.", "后。"), article="b"), at=LATER)
    found = store.lookup("Yes.", "en", "zh", previous="Before.", next="After.")
    assert [(match.target, match.score) for match in found] == [("是的。", 101), ("对。", 100)]
    assert [match.score for match in store.lookup("Yes.", "en", "zh")] == [100, 100]


def test_without_neighbours_there_is_no_context(store: Store) -> None:
    store.learn(catalog(unit("Economy", "经济")), at=AT)
    assert store.lookup("Economy", "en", "zh")[0].score == 100


def test_of_equal_ones_the_newest_is_first(store: Store) -> None:
    store.learn(catalog(unit("Economy", "经济"), article="a"), at=AT)
    store.learn(catalog(unit("Economy", "国民经济"), article="b"), at=LATER)
    assert [match.target for match in store.lookup("Economy", "en", "zh")] == ["国民经济", "经济"]


def test_nearly_the_same_is_scored_by_what_must_be_edited(store: Store) -> None:
    store.learn(catalog(unit(SENTENCE, "越南于2019年成为世卫组织成员。")), at=AT)
    query = SENTENCE.replace("2019", "2021")
    (match,) = store.lookup(query, "en", "zh")
    assert match.score == int(Levenshtein.normalized_similarity(query, SENTENCE) * 100)
    assert match.source == SENTENCE
    assert store.lookup(query, "en", "zh", threshold=99) == ()
    assert store.lookup("Something else entirely happened there.", "en", "zh") == ()


def test_one_letter_of_a_very_long_sentence_is_still_fuzzy(store: Store) -> None:
    long = "word " * 300 + "end"
    store.learn(catalog(unit(long, "长句。")), at=AT)
    assert store.lookup(long + "s", "en", "zh")[0].score == 99


def test_languages_are_kept_apart(store: Store) -> None:
    store.learn(catalog(unit("Ekonomika", "经济"), source="lt"), at=AT)
    assert store.lookup("Ekonomika", "en", "zh") == ()
    assert store.lookup("Ekonomika!", "en", "zh") == ()
    assert store.lookup("Ekonomika", "lt", "en") == ()
    assert store.lookup("Ekonomika", "lt", "zh-CN")


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
def test_only_plain_translations_are_learnt(store: Store, units: tuple[Unit, ...]) -> None:
    assert store.learn(catalog(*units), at=AT) == 0
    assert store.lookup("A b c.", "en", "zh") == ()


def test_forgetting_leaves_what_others_said(store: Store) -> None:
    store.learn(catalog(unit("Economy", "经济"), article="a"), at=AT)
    store.learn(catalog(unit("Economy", "国民经济"), article="b"), at=AT)
    assert store.forget("a") == 1
    assert store.forget("a") == 0
    assert [match.target for match in store.lookup("Economy", "en", "zh")] == ["国民经济"]
    assert store.lookup("Economics", "en", "zh", threshold=60)[0].target == "国民经济"


def test_search_and_stats(store: Store) -> None:
    store.learn(catalog(unit("100% of voters", "百分之百的选民"), unit("Economy", "经济")), at=AT)
    assert [match.source for match in store.search("VOTERS")] == ["100% of voters"]
    assert [match.source for match in store.search("经济")] == ["Economy"]
    assert [match.source for match in store.search("0%")] == ["100% of voters"]
    assert store.search("_") == ()
    stats = store.stats()
    assert (stats.entries, stats.sources, stats.articles, stats.pairs) == (2, 2, 1, (("en", "zh", 2),))


def test_the_best_fuzzy_match_is_the_one_that_comparing_all_finds(store: Store) -> None:
    chance = random.Random(7)  # noqa: S311
    words = " ".join(HELDOUT).split()
    sources = list(dict.fromkeys(HELDOUT + [" ".join(chance.sample(words, 12)) for _count in range(1000)]))
    store.add((Entry(source, "译", "a", str(index)) for index, source in enumerate(sources)), "en", "zh")
    asked = right = 0
    for source in chance.sample(sources, 100):
        parts = source.split()
        for _edit in range(2):
            parts[chance.randrange(len(parts))] = chance.choice(words)
        query = " ".join(parts)
        best = max(Levenshtein.normalized_similarity(query, other) for other in sources)
        if 0.75 <= best < 1:
            asked += 1
            found = store.lookup(query, "en", "zh")
            right += bool(found) and found[0].score == int(best * 100 + 1e-9)
    assert asked > 50
    assert right >= 0.98 * asked


def test_a_failed_write_changes_nothing(store: Store) -> None:
    store.learn(catalog(unit("Economy", "经济")), at=AT)

    def breaking():
        yield Entry("Politics", "政治")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.add(breaking(), "en", "zh")
    assert store.stats().entries == 1


def test_any_text_can_be_learnt_looked_up_and_forgotten(store: Store) -> None:
    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.text(max_size=60))
    def any_text(sources: list[str], query: str) -> None:
        taught = catalog(*(Unit(str(index), source, "译") for index, source in enumerate(sources)))
        store.learn(taught, at=AT)
        for source in sources:
            if folded(source):
                assert store.lookup(source, "en", "zh")[0].score >= 100
        store.lookup(query, "en", "zh", threshold=1)
        store.search(query)
        store.forget(taught.article)
        assert store.stats().entries == store.stats().sources == 0

    any_text()


def test_who_when_and_which_article(store: Store) -> None:
    store.learn(catalog(unit("Economy", "经济")), at=AT, article="2024-10-31/b", by="张三、李四")
    (match,) = store.lookup("Economy", "en", "zh")
    assert match == Match("Economy", "经济", 100, "2024-10-31/b", AT, "张三、李四")
    assert store.search("economy") == (Match("Economy", "经济", 0, "2024-10-31/b", AT, "张三、李四"),)


def test_what_did_not_change_keeps_its_time(store: Store) -> None:
    store.learn(catalog(unit("Economy", "经济"), unit("Politics", "政治")), at=AT, by="张三")
    store.learn(catalog(unit("Economy", "经济"), unit("Politics", "时政")), at=LATER, by="李四")
    (same,), (changed,) = store.lookup("Economy", "en", "zh"), store.lookup("Politics", "en", "zh")
    assert (same.at, same.by) == (AT, "李四")
    assert (changed.target, changed.at) == ("时政", LATER)


def test_new_neighbours_are_learnt_though_the_translation_is_old(store: Store) -> None:
    store.learn(catalog(unit("A.", "甲。"), unit("Yes.", "是的。")), at=AT)
    store.learn(catalog(unit("B.", "乙。"), unit("Yes.", "是的。")), at=LATER)
    assert store.lookup("Yes.", "en", "zh", previous="B.")[0].score == 101
    assert store.lookup("Yes.", "en", "zh", previous="A.")[0].score == 100


def test_a_repeated_sentence_is_learnt_as_often_as_it_stands_there(store: Store) -> None:
    twice = catalog(Unit("a", "Yes.", "是。"), Unit("a.2", "Yes.", "对。"))
    assert store.learn(twice, at=AT) == 2
    assert store.learn(twice, at=LATER) == 2
    assert store.stats().entries == 2
    store.learn(catalog(Unit("a", "Yes.", "是。"), Unit("a.2", "Yes.", "", fuzzy=True)), at=LATER)
    assert [match.target for match in store.lookup("Yes.", "en", "zh")] == ["是。"]


def test_a_withdrawn_translation_is_not_found_any_more(store: Store) -> None:
    store.learn(catalog(unit("Economy", "经济"), unit("Politics", "政治")), at=AT)
    for withdrawn in (unit("Economy", "经济", fuzzy=True), unit("Economy", ""), unit("Economy", "〔略〕")):
        store.learn(catalog(withdrawn, unit("Politics", "政治")), at=LATER)
        assert store.lookup("Economy", "en", "zh") == ()
        assert store.lookup("Economy!", "en", "zh") == ()
        assert store.search("经济") == ()


def test_an_article_in_another_language_pair_takes_the_old_one_with_it(store: Store) -> None:
    store.learn(catalog(unit("Politika", "政治"), source="lt"), at=AT)
    store.learn(catalog(unit("Politika", "政治"), source="lv"), at=LATER)
    assert store.lookup("Politika", "lt", "zh") == ()
    assert store.lookup("Politika", "lv", "zh")


@pytest.mark.parametrize(
    ("language", "known", "asked", "score"),
    [
        ("en", "He said: “Yes – it’s here…”", 'He said: "Yes - it\'s here..."', 100),
        ("en", "Co\u00adoperation", "Cooperation", 100),
        ("ru", "Ещё раз", "Еще раз", 99),
        ("ru", "за\u0301мок", "замок", 99),
        ("ro", "aceşti paşi", "acești pași", 99),
        ("uk", "п’ять", "пʼять", 100),
        ("uz", "oʻzbek", "o'zbek", 100),
        ("fr", "Quoi\u00a0?", "Quoi?", 99),
        ("zh", "２０２４年！", "2024年!", 99),
        ("fa", "كيفي", "کیفی", 99),
    ],
)
def test_what_only_looks_different_is_the_same(store: Store, language: str, known: str, asked: str, score: int) -> None:
    store.learn(catalog(unit(known, "译"), source=language), at=AT)
    assert [match.score for match in store.lookup(asked, language, "zh-CN")] == [score]
    assert [match.source for match in store.lookup(asked, language, "zh-CN")] == [folded(known)]


def test_a_choice_of_letters_counts_in_its_language_only(store: Store) -> None:
    store.learn(catalog(unit("ёлка", "枞树"), source="be"), at=AT)
    assert [match.score for match in store.lookup("елка", "be", "zh", threshold=50)] == [75]


def test_the_traditional_script_is_kept_apart(store: Store) -> None:
    store.add([Entry("Economy", "經濟")], "en", "zh-TW")
    store.add([Entry("Economy", "经济")], "en", "zh-Hans-CN")
    assert [match.target for match in store.lookup("Economy", "en", "zh-CN")] == ["经济"]
    assert [match.target for match in store.lookup("Economy", "en", "zh-Hant")] == ["經濟"]


@pytest.mark.parametrize(
    ("language", "known", "asked"),
    [
        ("ru", "Саммит открылся в Астане в понедельник утром.", "Саммит открылся в Астане во вторник утром."),
        ("ko", "정상회의가 월요일 아침 서울에서 열렸다.", "정상회의가 화요일 아침 서울에서 열렸다."),
        ("zh", "峰会周一上午在首都召开，为期三天。", "峰会周二上午在首都召开，为期三天。"),
        ("ja", "首脳会議は月曜日に東京で開かれた。", "首脳会議は火曜日に東京で開かれた。"),
        ("th", "การประชุมเริ่มวันจันทร์ที่กรุงเทพ", "การประชุมเริ่มวันอังคารที่กรุงเทพ"),
        ("ka", "სამიტი ორშაბათს გაიხსნა თბილისში.", "სამიტი სამშაბათს გაიხსნა თბილისში."),
        ("hy", "Գագաթաժողովը բացվեց երկուշաբթի Երևանում։", "Գագաթաժողովը բացվեց երեքշաբթի Երևանում։"),
    ],
)
def test_every_script_has_fuzzy_matches(store: Store, language: str, known: str, asked: str) -> None:
    store.learn(catalog(unit(known, "译"), source=language), at=AT)
    (match,) = store.lookup(asked, language, "zh-CN")
    assert match.score == int(Levenshtein.normalized_similarity(known, asked) * 100 + 1e-9)


def test_an_import_is_kept_once_and_an_article_takes_its_place(store: Store) -> None:
    entries = [Entry("Economy", "经济", "a/b"), Entry("Politics", "政治", "old"), Entry("Economy", "经济", "a/b")]
    assert store.add(entries, "en", "zh") == 3
    assert store.add(iter(entries), "en", "zh") == 3
    assert (store.stats().entries, store.stats().imported) == (2, 2)
    assert store.stamps() == {}
    store.learn(catalog(unit("Economy", "国民经济")), at=AT, article="a/b", stamp="17")
    assert [match.target for match in store.lookup("Economy", "en", "zh")] == ["国民经济"]
    assert (store.stats().entries, store.stats().imported) == (2, 1)
    assert store.stamps() == {"a/b": "17"}
    assert store.add(iter(entries), "en", "zh") == 3
    assert [match.target for match in store.lookup("Economy", "en", "zh")] == ["国民经济"]
    assert store.forget("old") == store.forget("a/b") == 1


def test_what_is_written_out_is_what_was_learnt(store: Store) -> None:
    units = (unit("A.", "甲。"), unit("B.", "乙。"))
    store.learn(catalog(*units), at=AT, article="x/y", by="张三")
    first, second = store.entries("en-GB", "zh")
    assert first == Entry("A.", "甲。", "x/y", "A.", "", context("B."), AT, "张三")
    assert second == Entry("B.", "乙。", "x/y", "B.", context("A."), "", AT, "张三")
    assert list(store.entries("ru", "zh")) == []
    store.forget("x/y")
    assert store.add([replace(first, article="copy"), replace(second, article="copy")], "en", "zh") == 2
    assert store.lookup("A.", "en", "zh", next="B.")[0].score == 101
