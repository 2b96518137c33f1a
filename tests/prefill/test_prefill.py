from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prefill_parts import Finder, Scripted, catalog, metadata

from compiler_flow.engines import load
from compiler_flow.engines.argos import ArgosEngine
from compiler_flow.memory import Memory
from compiler_flow.model import (
    DECISIONS,
    Catalog,
    Origin,
    OriginKind,
    Role,
    Spot,
    State,
    Term,
    TermKind,
    TermNote,
    Unit,
)
from compiler_flow.prefill import GLOSSARY, annotate, is_untouched, prefill, prefill_all
from compiler_flow.text import digest

PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)
AT = "2024-10-31"
FUZZY = Origin(OriginKind.MEMORY, "old", score=87, digest=digest("旧"))


@pytest.fixture
def memory(tmp_path: Path):
    with Memory(tmp_path / "memory.sqlite") as opened:
        yield opened


def test_empty_units_get_fuzzy_drafts_that_say_where_they_come_from() -> None:
    (unit,) = prefill(catalog("Economy"), engine=Scripted({"Economy": "经济"})).units
    assert (unit.target, unit.state) == ("经济", State.DRAFT)
    assert unit.origin == Origin(OriginKind.ENGINE, "scripted", "script 1", digest=digest("经济"))


def test_without_parts_nothing_happens() -> None:
    given_catalog = catalog("Economy", "", "42")
    assert prefill(given_catalog) == given_catalog


def test_exact_memory_goes_before_all_and_is_a_draft_all_the_same(memory: Memory) -> None:
    taught = catalog(
        Unit("a", "Before.", "前。"), Unit("b", "Economy", "国民经济"), Unit("c", "After.", "后。"), article="old"
    )
    memory.learn(taught, at=AT)
    engine = Scripted({"Economy": "经济"})
    filled = prefill(catalog("Before.", "Economy", "After."), memory=memory, engine=engine)
    assert [unit.target for unit in filled.units] == ["前。", "国民经济", "后。"]
    assert {unit.state for unit in filled.units} == {State.DRAFT}
    assert filled.units[1].origin == Origin(OriginKind.MEMORY, "old", score=101, digest=digest("国民经济"))
    assert engine.calls == []


def test_a_fuzzy_match_is_proposed_with_its_score_and_the_engine_is_for_the_rest(memory: Memory) -> None:
    memory.learn(catalog(Unit("a", "The summit opened in Astana on Monday.", "峰会周一开幕。"), article="old"), at=AT)
    engine = Scripted({"Politics": "政治"})
    filled = prefill(catalog("The summit opened in Astana on Sunday.", "Politics"), memory=memory, engine=engine)
    assert filled.units[0].origin.score == 94
    assert filled.units[1].target == "政治"
    assert engine.calls == [["Politics"]]
    strict = prefill(catalog("The summit opened in Astana on Sunday."), memory=memory, threshold=95)
    assert strict.units[0].state is State.EMPTY


def test_what_was_said_in_this_number_is_said_again() -> None:
    done = catalog(Unit("a", "News  digest", "新闻摘要"), "News digest", article="a")
    other = catalog("News digest", article="b")
    filled = prefill_all([done, other])
    assert filled[0].units[1].target == filled[1].units[0].target == "新闻摘要"
    assert filled[1].units[0].origin.by == "a"


def test_a_draft_gives_way_to_what_a_person_said_in_another_article_since() -> None:
    done = catalog(Unit("a", "Economy", "经济"), article="a")
    other = catalog(draft("机翻"), article="b")
    (_same, filled) = prefill_all([done, other])
    (unit,) = filled.units
    assert (unit.target, unit.state) == ("经济", State.DRAFT)
    assert unit.origin == Origin(OriginKind.MEMORY, "a", score=100, digest=digest("经济"))
    corrected = catalog(Unit("a", "Economy", "国民经济"), article="a")
    assert prefill_all([corrected, filled])[1].units[0].target == "国民经济"
    assert prefill_all([done, filled]) == (done, filled), "and is not written again"


def test_what_a_person_wrote_does_not_give_way() -> None:
    done = catalog(Unit("a", "Economy", "经济"), article="a")
    for unit in (draft("改过", proposed="旧"), draft("人写的", OriginKind.CHANGED), Unit("a", "Economy", "人写的")):
        other = catalog(unit, article="b")
        assert prefill_all([done, other])[1] == other


def test_the_number_speaks_with_one_voice_and_says_where_it_does_not(memory: Memory) -> None:
    memory.learn(catalog(Unit("a", "Economy", "经济学"), article="old"), at=AT)
    first, second = (
        catalog(Unit("a", "Economy", "经济"), article="a"),
        catalog(Unit("a", "Economy", "经济"), article="b"),
    )
    third = catalog(Unit("a", "Economy", "国民经济"), article="c")
    filled = prefill_all([third, first, second, catalog("Economy", article="d")], memory=memory)
    (unit,) = filled[3].units
    assert unit.target == "经济"
    assert unit.origin is not None
    assert (unit.origin.by, unit.origin.note) == ("a", "另有译法：国民经济（c）")


@pytest.mark.parametrize("target", sorted(DECISIONS))
def test_decisions_are_not_repeated(target: str) -> None:
    assert prefill(catalog(Unit("a", "Yes.", target), "Yes.")).units[1].state is State.EMPTY


def test_all_articles_of_a_language_go_to_the_engine_in_one_call_and_equal_sentences_once() -> None:
    engine = Scripted()
    prefill_all([catalog("One.", "Two."), catalog("Two.", "Three.", article="b")], engine=engine)
    assert engine.calls == [["One.", "Two.", "Three."]]


def test_a_language_without_a_model_stays_empty() -> None:
    filled = prefill_all([catalog("Viens.", language="lv"), catalog("One.")], engine=Scripted({"One.": "一。"}))
    assert [part.units[0].state for part in filled] == [State.EMPTY, State.DRAFT]


def test_names_of_people_and_sites_are_not_for_the_engine() -> None:
    units = [metadata(role, f"The {role}") for role in (Role.TITLE, Role.AUTHOR, Role.AUTHOR_ROLE, Role.SITE)]
    filled = prefill(catalog(*units), engine=Scripted())
    states = {unit.id: unit.state for unit in filled.units}
    assert states == {"title": State.DRAFT, "author": State.EMPTY, "author-role": State.DRAFT, "site": State.EMPTY}


def test_an_author_in_the_glossary_is_filled_from_there() -> None:
    filled = prefill(catalog(metadata(Role.AUTHOR, "Hanno Pevkur")), matcher=Finder(PEVKUR))
    (unit,) = filled.units
    assert (unit.target, unit.origin.by, unit.origin.kind) == ("汉诺·佩夫库尔", GLOSSARY, OriginKind.MEMORY)


def draft(target: str, kind: OriginKind = OriginKind.ENGINE, proposed: str = "") -> Unit:
    return Unit("a", "Economy", target, fuzzy=True, origin=Origin(kind, "x", digest=digest(proposed or target)))


def test_untouched_drafts_are_renewed_when_asked() -> None:
    engine = Scripted({"Economy": "经济"})
    assert prefill(catalog(draft("旧")), engine=engine).units[0].target == "旧"
    assert prefill(catalog(draft("旧")), engine=engine, renew=True).units[0].target == "经济"


@pytest.mark.parametrize(
    "unit",
    [
        draft("改过", proposed="旧"),
        draft("人写的", OriginKind.CHANGED),
        Unit("a", "Economy", "人写的", fuzzy=True),
        Unit("a", "Economy", "人写的"),
        Unit("a", "Economy", "〔略〕"),
    ],
)
def test_what_a_person_wrote_is_never_touched(unit: Unit) -> None:
    given_catalog = catalog(unit)
    assert not is_untouched(unit)
    assert prefill(given_catalog, engine=Scripted({"Economy": "经济"}), renew=True) == given_catalog


@pytest.mark.parametrize("unit", [draft("旧"), replace(draft("旧", OriginKind.MEMORY), origin=FUZZY)])
def test_what_a_person_said_since_in_another_number_overtakes_a_draft(memory: Memory, unit: Unit) -> None:
    memory.learn(catalog(Unit("a", "Economy", "经济"), article="new"), at=AT)
    filled = prefill(catalog(unit), memory=memory, engine=Scripted())
    assert filled.units[0].target == "经济"
    assert filled.units[0].origin == Origin(OriginKind.MEMORY, "new", score=100, digest=digest("经济"))
    assert prefill(filled, memory=memory) == filled


@pytest.mark.parametrize(
    "unit",
    [
        draft("改过", proposed="旧"),
        draft("经济"),
        replace(draft("旧"), source="The economy is growing"),
        replace(draft("旧", OriginKind.MEMORY), origin=replace(FUZZY, score=100)),
    ],
    ids=["a person changed it", "it says the same", "it is only alike", "a person said it"],
)
def test_other_drafts_are_not_overtaken(memory: Memory, unit: Unit) -> None:
    known = (Unit("a", "Economy", "经济"), Unit("b", "The economy is growing.", "经济在增长。"))
    memory.learn(catalog(*known, article="new"), at=AT)
    given_catalog = catalog(unit)
    assert prefill(given_catalog, memory=memory, engine=Scripted()) == given_catalog


def test_a_renewed_draft_that_finds_nothing_stays() -> None:
    given_catalog = catalog(draft("旧"))
    assert prefill(given_catalog, renew=True) == given_catalog


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("会谈会谈会谈会谈会谈", "译文有重复"),
        ("The talks ended today.", "大部分未译出"),
        ("会谈今天结束。", ""),
    ],
)
def test_what_looks_wrong_stands_in_the_note(said: str, note: str) -> None:
    (unit,) = prefill(catalog("The talks ended."), engine=Scripted({"The talks ended.": said})).units
    assert unit.origin.note == note


def test_a_note_keeps_to_its_field() -> None:
    term = Term("A · B", "甲", TermKind.OTHER, first="-")
    (unit,) = prefill(catalog("A · B came."), engine=Scripted({"A · B came.": "来了。"}), matcher=Finder(term)).units
    assert unit.origin.note == "术语未用：A B → 甲"


@pytest.mark.parametrize(
    ("source", "said", "note"),
    [
        ("They signed 14 deals.", "双方签署41份协议。", "数字存疑：14"),
        ("Trade reached $4.4 billion in 2023.", "2023年贸易额达4.4亿美元。", "数字存疑：4.4 billion"),
        ("Trade reached $4.4 billion in 2023.", "2023年贸易额达44亿美元。", ""),
        ("See https://e.ee/14 there.", "请看那里。", "网址或代码的位置待定"),
    ],
)
def test_numbers_that_disagree_stand_in_the_note(source: str, said: str, note: str) -> None:
    class Deaf(Scripted):
        """Says the same whatever stands in the sentence."""

        def translate(self, texts, source, target, *, on_draft=None):
            return [said for _text in texts]

    (unit,) = prefill(catalog(source), engine=Deaf(version=said)).units
    assert unit.origin.note == note
    assert unit.state is State.DRAFT


def test_a_number_that_was_lost_is_shielded_for_another_try(argos: ArgosEngine) -> None:
    sentences = [
        "On 16 January, 1977, 80 cases of the disease were recorded in Iran.",
        "Food prices in Saudi Arabia fell by 2.04% yesterday.",
        "At the same time, 600,000 people were vaccinated in Greece this month.",
        "An earthquake of magnitude 7.1 struck Thailand.",
    ]
    plain = argos.translate(sentences, "en", "zh-CN")
    drafted = prefill(catalog(*sentences), engine=argos).units
    for unit, bare, number in zip(drafted, plain, ("80例", "2.04%", "60万人", "7.1级"), strict=True):
        assert number not in bare, "a sentence that the model can translate proves nothing"
        assert (number in unit.target, unit.origin.note) == (True, ""), unit.target


def test_an_engine_that_says_nothing_leaves_the_unit_empty() -> None:
    assert prefill(catalog("Economy"), engine=Scripted({"Economy": " "})).units[0].state is State.EMPTY


def test_progress_reaches_what_is_known() -> None:
    seen: list[tuple[int, int]] = []
    prefill(catalog("One.", "Two."), engine=Scripted(), progress=lambda done, known: seen.append((done, known)))
    assert seen[-1] == (2, 2)


def test_annotate_writes_the_glossary_lines_of_every_unit_and_nothing_else() -> None:
    units = (
        Unit("a", "**Hanno Pevkur** and Pevkur", "译", terms=(TermNote("old", "旧"),)),
        Unit("b", "Nobody", terms=(TermNote("old", "旧"),)),
    )
    annotated = annotate(catalog(*units), Finder(PEVKUR))
    assert annotated.units[0].terms == (TermNote("Hanno Pevkur", "汉诺·佩夫库尔"), TermNote("Pevkur", "佩夫库尔"))
    assert annotated.units[1].terms == ()
    assert [(unit.source, unit.target) for unit in annotated.units] == [(unit.source, unit.target) for unit in units]


TEXT = st.sampled_from(["Economy", "Pevkur", "*One* two.", "", "〔略〕", "[a](https://x.org/_)", "`c`"]) | st.text(
    max_size=12
)
ORIGIN = st.none() | st.builds(Origin, st.sampled_from(OriginKind), digest=TEXT.map(digest))
UNIT = st.builds(
    Unit,
    id=st.uuids().map(str),
    source=TEXT,
    target=TEXT | st.just(""),
    fuzzy=st.booleans(),
    origin=ORIGIN,
    spot=st.none() | st.builds(Spot, st.sampled_from(Role)),
    plural=st.sampled_from([(), ("many", "x")]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(UNIT, max_size=6).map(lambda units: Catalog("a", "en", "zh-CN", tuple(units))), st.booleans())
def test_only_empty_units_change_and_never_their_ids_or_sources(before: Catalog, renew: bool) -> None:
    after = prefill(before, engine=load("echo"), matcher=Finder(PEVKUR), renew=renew)
    for old, new in zip(before.units, after.units, strict=True):
        assert (new.id, new.source, new.spot, new.plural) == (old.id, old.source, old.spot, old.plural)
        if old.state is not State.EMPTY and not (renew and is_untouched(old)):
            assert new == old
        if new != old:
            assert new.state is State.DRAFT
            assert new.origin is not None
            assert new.origin.digest == digest(new.target)
