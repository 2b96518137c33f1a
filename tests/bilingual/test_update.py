"""A corrected source never costs a translator's work."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from bilingual_catalogs import ARTICLE, PROPERTY, catalogs, segments
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import bilingual
from compiler_flow.bilingual import po
from compiler_flow.bilingual.update import update
from compiler_flow.model import MERGED_UP, OMITTED, Catalog, Origin, OriginKind, Role, Segment, Spot, State, Unit
from compiler_flow.text import digest

TALKS = "The presidents met in Astana on Friday for a second round of talks."
TRADE = "They agreed to double the trade between the two countries by 2030."
WATER = "An agreement on the shared use of water will be signed in the autumn."


def start(*texts: str) -> Catalog:
    """A catalog in which every sentence is translated as its number."""
    catalog = update(None, ARTICLE, segments(*texts))
    units = (dataclasses.replace(unit, target=f"译文{number}") for number, unit in enumerate(catalog.units, 1))
    return dataclasses.replace(catalog, units=tuple(units), headers=(("X-Compiler", "张三"),), comment="head")


def again(old: Catalog, *texts: str, first_line: int = 1) -> Catalog:
    return update(old, ARTICLE, segments(*texts, first_line=first_line))


def targets(catalog: Catalog) -> list[str]:
    return [unit.target for unit in catalog.units]


def test_a_new_catalog_has_the_segments_in_order() -> None:
    catalog = update(None, ARTICLE, segments(TALKS, TALKS, first_line=5))
    assert (catalog.article, catalog.source_language, catalog.target_language) == ("tokayev", "en", "zh-CN")
    assert [unit.id for unit in catalog.units] == [digest(TALKS), f"{digest(TALKS)}.2"]
    assert [unit.references for unit in catalog.units] == [("source.md:5",), ("source.md:7",)]
    assert {unit.state for unit in catalog.units} == {State.EMPTY}


def test_unchanged_sentences_keep_everything_wherever_they_moved() -> None:
    old = start(TALKS, TRADE, WATER)
    new = again(old, WATER, TALKS, TRADE, first_line=7)
    assert targets(new) == ["译文3", "译文1", "译文2"]
    assert [unit.references for unit in new.units] == [("source.md:7",), ("source.md:9",), ("source.md:11",)]
    assert [unit.spot for unit in new.units if unit.spot] == [Spot(Role.TEXT, n) for n in (1, 2, 3)]
    assert (new.headers, new.comment, new.obsolete) == (old.headers, "head", ())


def test_other_spaces_are_no_change() -> None:
    (unit,) = again(start(TALKS), TALKS.replace(" ", "\u00a0", 1)).units
    assert (unit.target, unit.fuzzy) == ("译文1", False)
    assert "\u00a0" in unit.source


def test_a_changed_sentence_keeps_its_translation_as_a_draft_with_the_old_source() -> None:
    changed = TALKS.replace("second", "third")
    new = again(start(TALKS, TRADE), changed, TRADE)
    first, second = new.units
    assert (first.source, first.target, first.fuzzy, first.previous) == (changed, "译文1", True, TALKS)
    assert first.origin == Origin(OriginKind.CHANGED, digest=digest("译文1"))
    assert (second.target, second.fuzzy) == ("译文2", False)
    assert b'#| msgid "The presidents met' in po.serialize(new)


def test_of_several_changes_the_source_that_was_translated_is_shown() -> None:
    once = again(start(TALKS), TALKS.replace("second", "third"))
    twice = again(once, TALKS.replace("second", "fourth"))
    assert (twice.units[0].target, twice.units[0].previous) == ("译文1", TALKS)
    assert [unit.source for unit in twice.obsolete] == [TALKS]


def test_a_changed_and_moved_sentence_is_found() -> None:
    changed = TALKS.replace("second", "third")
    new = again(start(TALKS, TRADE, WATER), TRADE, WATER, changed)
    assert targets(new) == ["译文2", "译文3", "译文1"]


def test_an_unlike_sentence_gets_nothing() -> None:
    new = again(start(TALKS), WATER)
    assert targets(new) == [""]
    assert [(unit.source, unit.target) for unit in new.obsolete] == [(TALKS, "译文1")]


def test_a_title_never_becomes_a_sentence() -> None:
    title = Segment("t", TALKS, Spot(Role.TITLE))
    old = dataclasses.replace(start(TALKS), units=(Unit("t", TALKS, "题名", spot=Spot(Role.TITLE)),))
    new = update(old, ARTICLE, (*segments(TALKS + " Again."),))
    assert targets(new) == [""]
    assert targets(update(new, ARTICLE, (title,))) == ["题名"]


def test_a_removed_sentence_is_obsolete_and_comes_back_alive() -> None:
    old = start(TALKS, TRADE, WATER)
    old = dataclasses.replace(
        old, units=(old.units[0], dataclasses.replace(old.units[1], comments=("问过",)), old.units[2])
    )
    gone = again(old, TALKS, WATER)
    assert [(unit.source, unit.target, unit.comments) for unit in gone.obsolete] == [(TRADE, "译文2", ("问过",))]
    back = again(gone, TALKS, TRADE, WATER)
    assert (back.units, back.obsolete) == (old.units, ())


def test_an_obsolete_unit_of_a_foreign_file_is_revived_by_its_text() -> None:
    text = f'msgid ""\nmsgstr "Language: zh_CN\\n"\n\nmsgid "x"\nmsgstr ""\n\n#~ msgid "{TALKS}"\n#~ msgstr "旧译"\n'
    old = po.parse(text.encode(), Path("a.po"))
    assert targets(again(old, TALKS)) == ["旧译"]


def test_changing_back_brings_the_finished_translation_back() -> None:
    old = start(TALKS, TRADE)
    back = again(again(old, TALKS.replace("second", "third"), TRADE), TALKS, TRADE)
    assert back == old


def test_a_draft_that_somebody_edited_is_kept_when_the_old_sentence_returns() -> None:
    changed = TALKS.replace("second", "third")
    draft = again(start(TALKS), changed)
    edited = dataclasses.replace(draft, units=(dataclasses.replace(draft.units[0], target="第三轮", fuzzy=False),))
    back = again(edited, TALKS)
    assert targets(back) == ["译文1"]
    assert [(unit.source, unit.target) for unit in back.obsolete] == [(changed, "第三轮")]


@pytest.mark.parametrize("decision", [OMITTED, MERGED_UP])
def test_decisions_survive(decision: str) -> None:
    old = start(TALKS, TRADE)
    old = dataclasses.replace(old, units=(dataclasses.replace(old.units[0], target=decision), old.units[1]))
    moved = again(old, TRADE, TALKS)
    assert moved.units[1].target == decision
    assert moved.units[1].is_done
    changed = again(old, TALKS.replace("second", "third"), TRADE)
    assert (changed.units[0].target, changed.units[0].fuzzy) == (decision, True)


def test_a_split_sentence_keeps_the_whole_translation_on_its_first_part() -> None:
    whole = f"{TALKS[:-1]}, and {TRADE}"
    new = again(start(whole, WATER), TALKS, TRADE, WATER)
    first, second, third = new.units
    assert (first.target, first.fuzzy, first.previous) == ("译文1", True, whole)
    assert (second.target, second.state) == ("", State.EMPTY)
    assert first.origin is not None
    assert first.origin.note == "原句已拆成两句，全句译文在此"
    assert second.origin is not None
    assert second.origin.note == "原句已拆成两句，全句译文在上一单元"
    assert third.target == "译文2"
    assert again(new, whole, WATER) == start(whole, WATER)


def test_both_parts_of_an_omitted_sentence_stay_proposed_for_omission() -> None:
    whole = f"{TALKS[:-1]}, and {TRADE}"
    old = start(whole)
    old = dataclasses.replace(old, units=(dataclasses.replace(old.units[0], target=OMITTED),))
    assert [(unit.target, unit.fuzzy) for unit in again(old, TALKS, TRADE).units] == [(OMITTED, True)] * 2


def test_merged_sentences_keep_both_translations() -> None:
    whole = f"{TALKS[:-1]}, and {TRADE}"
    old = start(TALKS, TRADE, WATER)
    new = again(old, whole, WATER)
    assert targets(new) == ["译文1译文2", "译文3"]
    assert (new.units[0].fuzzy, new.units[0].previous) == (True, f"{TALKS} {TRADE}")
    assert again(new, TALKS, TRADE, WATER) == old


A, B, C, D = "The order was signed by Gen.", "Saar.", "It took effect at noon on Monday.", "Nobody spoke."


def test_new_rules_that_cut_less_keep_every_translation() -> None:
    old = start(TALKS, A, B, C, D, WATER)
    whole = f"{A} {B} {C} {D}"
    new = again(old, TALKS, whole, WATER)
    assert targets(new) == ["译文1", "译文2译文3译文4译文5", "译文6"]
    assert [unit.fuzzy for unit in new.units] == [False, True, False]
    assert new.units[1].origin is not None
    assert new.units[1].origin.note == "四句已并成一句，译文连在一起"
    assert again(new, TALKS, A, B, C, D, WATER) == old


def test_new_rules_that_cut_more_keep_the_whole_translation_and_say_where_it_is() -> None:
    old = start(TALKS, f"{A} {B} {C}", WATER)
    new = again(old, TALKS, A, B, C, WATER)
    assert targets(new) == ["译文1", "译文2", "", "", "译文3"]
    assert [unit.origin.note for unit in new.units if unit.origin] == [
        "原句已拆成三句，全句译文在此",
        *["原句已拆成三句，全句译文在上一单元"] * 2,
    ]
    assert again(new, TALKS, f"{A} {B} {C}", WATER) == old


def test_new_rules_that_cut_elsewhere_keep_all_translations_together() -> None:
    old = start(TALKS, f"{A} {B}", f"{C} {D}", WATER)
    new = again(old, TALKS, A, f"{B} {C}", D, WATER)
    assert targets(new) == ["译文1", "译文2译文3", "", "", "译文4"]
    assert new.units[1].previous == f"{A} {B} {C} {D}"
    assert again(new, TALKS, f"{A} {B}", f"{C} {D}", WATER) == old


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=14), st.data())
def test_however_the_same_text_is_cut_anew_no_translation_is_lost(letters, data) -> None:
    words = [f"{letter}{number} says so." for number, letter in enumerate(letters)]

    def cut() -> list[str]:
        ends = sorted(data.draw(st.sets(st.integers(1, len(words)))) | {len(words)})
        return [" ".join(words[first:last]) for first, last in zip([0, *ends], ends, strict=False)]

    old = start(*cut())
    new = again(old, *cut())
    kept = "".join(targets(new))
    # What is now one of several in a draft also stands among the obsolete units as it was.
    assert all(f"译文{number}" in kept for number in range(1, len(old.units) + 1))


def test_a_machines_draft_of_a_changed_sentence_stays_the_machines() -> None:
    old = start(TALKS)
    origin = Origin(OriginKind.ENGINE, "argos", digest=digest("机器"))
    old = dataclasses.replace(old, units=(dataclasses.replace(old.units[0], target="机器", fuzzy=True, origin=origin),))
    (unit,) = again(old, TALKS.replace("second", "third")).units
    assert (unit.target, unit.fuzzy, unit.origin) == ("机器", True, origin)


def test_a_translation_that_lives_in_a_carried_over_draft_alone_is_not_dropped_with_it() -> None:
    draft = again(start(TALKS, TRADE), TALKS.replace("second", "third"), TRADE)
    purged = dataclasses.replace(draft, obsolete=())
    assert [unit.target for unit in again(purged, TRADE).obsolete] == ["译文1"]


def test_of_a_repeated_sentence_the_one_with_work_in_it_stays() -> None:
    old = start("Yes.", TRADE, "Yes.")
    old = dataclasses.replace(old, units=(dataclasses.replace(old.units[0], target=""), *old.units[1:]))
    assert targets(again(old, TRADE, WATER, "Yes.")) == ["译文2", "", "译文3"]


def test_the_dead_never_share_a_name_and_text_with_the_living() -> None:
    old = start("Yes.", "Yes.")
    new = again(old, "Yes.")
    assert [(unit.id, unit.target) for unit in (*new.units, *new.obsolete)] == [
        (digest("Yes."), "译文1"),
        (f"{digest('Yes.')}.2", "译文2"),
    ]
    only_second = dataclasses.replace(old, units=(old.units[1],), obsolete=(old.units[0],))
    new = again(only_second, "Yes.")
    assert len({(unit.id, unit.source) for unit in (*new.units, *new.obsolete)}) == 2


def test_a_comment_on_a_removed_sentence_without_a_translation_moves_to_the_head() -> None:
    old = update(None, ARTICLE, segments(TALKS, TRADE))
    old = dataclasses.replace(old, units=(old.units[0], dataclasses.replace(old.units[1], comments=("问作者",))))
    new = again(old, TALKS)
    assert new.obsolete == ()
    assert new.comment.endswith("的批注：问作者")


# --------------------------------------------------------------------------------------------- properties

SENTENCES = st.sampled_from(
    [
        TALKS,
        TRADE,
        WATER,
        "Yes.",
        "No.",
        TALKS.replace("second", "third"),
        TALKS.replace("second", "last"),
        f"{TALKS} {TRADE}",
    ]
)
VERSIONS = st.lists(SENTENCES, max_size=6)


def human_texts(catalog: Catalog) -> set[str]:
    """What people wrote: everything but drafts as they were proposed."""
    live = (unit for unit in catalog.units if not _is_proposal(unit))
    return {unit.target for unit in (*live, *catalog.obsolete) if unit.target.strip()}


def _is_proposal(unit: Unit) -> bool:
    return unit.fuzzy and unit.origin is not None and unit.origin.digest == digest(unit.target)


def findable(catalog: Catalog) -> set[str]:
    return {unit.target for unit in (*catalog.units, *catalog.obsolete)}


def has_no_doubles(catalog: Catalog) -> bool:
    pairs = [(None if u.anonymous else u.id, u.source) for u in (*catalog.units, *catalog.obsolete)]
    return len(set(pairs)) == len(pairs)


@PROPERTY
@given(versions=st.lists(VERSIONS, min_size=2, max_size=6), edits=st.data())
def test_no_chain_of_updates_loses_a_translation(versions: list[list[str]], edits: st.DataObject) -> None:
    catalog = start(*versions[0])
    written = set(targets(catalog))
    for number, texts in enumerate(versions[1:]):
        catalog = again(catalog, *texts)
        assert [unit.source for unit in catalog.units] == texts
        assert written <= findable(catalog)
        assert has_no_doubles(catalog)
        if catalog.units:
            at = edits.draw(st.integers(0, len(catalog.units) - 1))
            units = list(catalog.units)
            # A person's edit replaces what stood there; what it replaces need not stay.
            written.discard(units[at].target) if sum(u.target == units[at].target for u in units) == 1 else None
            units[at] = dataclasses.replace(units[at], target=f"人写{number}", fuzzy=False)
            written.add(f"人写{number}")
            catalog = dataclasses.replace(catalog, units=tuple(units))
        catalog = po.parse(po.serialize(catalog), Path("a.po"))


@PROPERTY
@given(first=st.lists(SENTENCES, max_size=6, unique=True), second=VERSIONS)
def test_an_update_and_back_restores_everything(first: list[str], second: list[str]) -> None:
    old = start(*first)
    assert again(again(old, *second), *first) == old


@PROPERTY
@given(catalog=catalogs(), texts=st.lists(st.integers(0, 9), max_size=6))
def test_updates_of_any_catalog_keep_its_texts(catalog: Catalog, texts: list[int]) -> None:
    known = [unit.source for unit in (*catalog.units, *catalog.obsolete)] or ["Yes."]
    new = bilingual.update(catalog, ARTICLE, segments(*(known[n % len(known)] for n in texts)))
    assert {text for text in human_texts(catalog) if text.strip()} <= findable(new)
    assert has_no_doubles(new)
