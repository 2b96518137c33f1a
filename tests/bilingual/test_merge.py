"""Files that come back: what they have more comes in, nothing here is lost."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from bilingual_catalogs import ARTICLE, PROPERTY, segments
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow.bilingual import Conflict, Taken, Taking, merge, omegat, po
from compiler_flow.bilingual.update import update
from compiler_flow.errors import FormatError
from compiler_flow.model import OMITTED, Catalog, Origin, OriginKind, Unit
from compiler_flow.text import digest

TALKS = "The presidents met in Astana on Friday for a second round of talks."
TRADE = "They agreed to double the trade between the two countries by 2030."
WATER = "An agreement on the shared use of water will be signed in the autumn."


def sent(*texts: str) -> Catalog:
    return update(None, ARTICLE, segments(*(texts or (TALKS, TRADE, WATER))))


def with_unit(catalog: Catalog, at: int, **changes: object) -> Catalog:
    units = list(catalog.units)
    units[at] = dataclasses.replace(units[at], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(catalog, units=tuple(units))


def machine(catalog: Catalog, at: int, text: str) -> Catalog:
    return with_unit(
        catalog, at, target=text, fuzzy=True, origin=Origin(OriginKind.ENGINE, "argos", digest=digest(text))
    )


def named(catalog: Catalog, who: str = "李四") -> Catalog:
    return dataclasses.replace(catalog, headers=(("Last-Translator", who),), path="back.po")


def test_a_translation_comes_in_with_its_comments_and_is_reported() -> None:
    back = named(with_unit(sent(), 1, target="双方同意。", comments=("2030年？",)))
    result = merge(sent(), back)
    assert (result.catalog.units[1].target, result.catalog.units[1].comments) == ("双方同意。", ("2030年？",))
    assert result.who == "李四"
    name = digest(TRADE)
    assert result.taken == (Taken(name, TRADE, Taking.TRANSLATION), Taken(name, TRADE, Taking.COMMENT))
    assert (result.conflicts, result.unknown) == ((), ())


def test_an_accepted_draft_is_accepted() -> None:
    mine = machine(sent(), 0, "会晤")
    result = merge(mine, named(with_unit(mine, 0, fuzzy=False)))
    assert (result.catalog.units[0].target, result.catalog.units[0].fuzzy) == ("会晤", False)
    assert result.catalog.units[0].origin == mine.units[0].origin
    assert [taken.kind for taken in result.taken] == [Taking.ACCEPTED]


def test_a_person_beats_a_machine_and_never_the_other_way() -> None:
    human, draft = with_unit(sent(), 0, target="人译"), machine(sent(), 0, "机译")
    assert merge(draft, named(human)).catalog.units[0].target == "人译"
    result = merge(human, named(draft))
    assert result.catalog == human
    assert result.taken == ()


def test_what_comes_back_empty_takes_nothing_away() -> None:
    mine = machine(with_unit(sent(), 1, target="双方同意。"), 0, "机译")
    assert merge(mine, named(sent())).catalog == mine


def test_a_conflict_keeps_both_side_by_side() -> None:
    mine, back = with_unit(sent(), 0, target="总统会晤"), named(with_unit(sent(), 0, target="两国元首\n会晤"))
    result = merge(mine, back)
    assert result.conflicts == (Conflict(digest(TALKS), TALKS, "总统会晤", "两国元首\n会晤"),)
    unit = result.catalog.units[0]
    assert (unit.target, unit.comments) == ("总统会晤", ("冲突（来自 李四）：两国元首", "会晤"))
    again = merge(result.catalog, back)
    assert again.catalog == result.catalog


def test_what_they_left_as_it_was_sent_is_no_conflict() -> None:
    base = with_unit(sent(), 0, target="旧")
    mine = with_unit(sent(), 0, target="新")
    assert merge(mine, named(base)).conflicts
    assert merge(mine, named(base), base=base).catalog == mine
    result = merge(base, named(mine), base=base)
    assert (result.catalog.units[0].target, result.conflicts) == ("新", ())


def test_a_comment_that_was_deleted_here_does_not_come_back() -> None:
    line = "冲突（来自 李四）：两国元首会晤"
    base = with_unit(sent(), 0, target="总统会晤", comments=(line,))
    back = named(with_unit(base, 0, comments=(line, "已问过作者")))
    result = merge(with_unit(base, 0, comments=()), back, base=base)
    assert result.catalog.units[0].comments == ("已问过作者",)
    assert merge(with_unit(base, 0, comments=()), back).catalog.units[0].comments == (line, "已问过作者")


def test_an_old_file_is_aligned_by_text() -> None:
    back = named(with_unit(with_unit(sent(), 0, target="一"), 2, target="三"))
    mine = sent("A new first sentence about something else.", WATER, TALKS)
    result = merge(mine, back)
    assert [unit.target for unit in result.catalog.units] == ["", "三", "一"]


def test_a_sentence_changed_meanwhile_gets_their_work_as_a_draft() -> None:
    changed = TALKS.replace("second", "third")
    result = merge(sent(changed, TRADE, WATER), named(with_unit(sent(), 0, target="会晤")))
    unit = result.catalog.units[0]
    assert (unit.target, unit.fuzzy, unit.previous) == ("会晤", True, TALKS)
    assert [taken.kind for taken in result.taken] == [Taking.DRAFT]
    assert update(result.catalog, ARTICLE, segments(TALKS)).units[0].target == "会晤"
    assert not update(result.catalog, ARTICLE, segments(TALKS)).units[0].fuzzy


def test_work_on_a_sentence_that_is_gone_is_kept_and_reported() -> None:
    result = merge(sent(TALKS, TRADE), named(with_unit(sent(), 2, target="用水")))
    assert [unit.source for unit in result.unknown] == [WATER]
    assert [(unit.source, unit.target) for unit in result.catalog.obsolete] == [(WATER, "用水")]
    assert merge(result.catalog, named(with_unit(sent(), 2, target="用水"))).catalog == result.catalog


def test_a_draft_carried_over_gives_way_and_its_text_stays() -> None:
    mine = update(
        with_unit(sent(), 0, target="会晤"), ARTICLE, segments(TALKS.replace("second", "third"), TRADE, WATER)
    )
    purged = dataclasses.replace(mine, obsolete=())
    result = merge(purged, named(with_unit(purged, 0, target="第三轮会晤", fuzzy=False)))
    assert result.catalog.units[0].target == "第三轮会晤"
    assert [(unit.source, unit.target) for unit in result.catalog.obsolete] == [(TALKS, "会晤")]


def test_a_file_of_another_article_is_refused_by_name() -> None:
    other = dataclasses.replace(sent("Something else entirely.", "And more of it."), article="riga", path="riga.po")
    with pytest.raises(FormatError, match=r"riga\.po: .*another article \(riga\)"):
        merge(sent(), other)


def test_a_file_of_another_language_pair_is_refused() -> None:
    with pytest.raises(FormatError, match="from ru into zh-CN"):
        merge(sent(), dataclasses.replace(sent(), source_language="ru", path="x.po"))


# ------------------------------------------------------------------------------------------------- OmegaT


def test_an_omegat_project_holds_finished_work_drafts_and_terms() -> None:
    from compiler_flow.model import Term

    mine = machine(with_unit(with_unit(sent(), 1, target="双方同意。"), 2, target=OMITTED), 0, "机译")
    files = omegat.project(mine, [Term("Astana", "阿斯塔纳", aliases=("Nur-Sultan",))])
    source = po.parse(files["source/tokayev.po"], Path("tokayev.po"))
    assert [(unit.target, unit.fuzzy) for unit in source.units] == [
        ("", False),
        ("双方同意。", False),
        (OMITTED, False),
    ]
    assert files["glossary/glossary.txt"].decode() == "Astana\t阿斯塔纳\nNur-Sultan\t阿斯塔纳\n"
    drafts = files["tm/drafts.tmx"].decode()
    assert "<seg>机译</seg>" in drafts
    assert "双方同意。" not in drafts
    assert "<source_lang>EN</source_lang>" in files["omegat.project"].decode()
    assert merge(mine, dataclasses.replace(source, path="target/tokayev.po")).catalog == mine


def test_a_tmx_has_what_people_translated() -> None:
    mine = machine(with_unit(with_unit(sent(), 1, target="A & B <c>"), 2, target=OMITTED), 0, "机译")
    text = omegat.tmx(mine).decode()
    assert "<seg>A &amp; B &lt;c&gt;</seg>" in text
    assert "机译" not in text
    assert OMITTED not in text


# --------------------------------------------------------------------------------------------- properties

SENTENCES = [TALKS, TRADE, WATER, "Yes.", TALKS.replace("second", "third"), f"{TALKS} {TRADE}"]


def texts_of(catalog: Catalog) -> set[str]:
    lines = {line.partition("：")[2] for unit in catalog.units for line in unit.comments}
    lines |= {line.partition("：")[2] for unit in catalog.obsolete for line in unit.comments}
    return lines | {unit.target for unit in (*catalog.units, *catalog.obsolete)}


def edited(catalog: Catalog, at: int, text: str) -> Catalog:
    return with_unit(catalog, at % len(catalog.units), target=text, fuzzy=False) if catalog.units else catalog


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["mine", "theirs", "send", "merge", "update"]),
        st.integers(0, 5),
        st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=5),
    ),
    max_size=12,
)


@PROPERTY
@given(steps=STEPS)
def test_no_interleaving_of_edits_merges_and_updates_loses_a_text(steps: list[tuple[str, int, list[str]]]) -> None:
    mine = theirs = sent()
    ours: set[str] = set()
    away: set[str] = set()

    def replaced(catalog: Catalog, at: int) -> set[str]:
        """What a person types over is gone because that person wanted it to be."""
        return {catalog.units[at % len(catalog.units)].target}

    for number, (step, at, texts) in enumerate(steps):
        match step:
            case "mine":
                ours -= replaced(mine, at)
                mine = edited(mine, at, f"我{number}")
                ours.add(f"我{number}")
            case "theirs":
                away -= replaced(theirs, at)
                theirs = edited(theirs, at, f"他{number}")
                away.add(f"他{number}")
            case "send":
                theirs, away = mine, set()
            case "update":
                mine = update(mine, ARTICLE, segments(*texts))
            case "merge":
                try:
                    mine = merge(mine, named(theirs)).catalog
                except FormatError:
                    # By now these are two different articles; the command stops and their file stays as it is.
                    continue
                ours |= away & texts_of(theirs)
        assert ours <= texts_of(mine), step
        pairs = [(unit.id, unit.source) for unit in (*mine.units, *mine.obsolete)]
        assert len(set(pairs)) == len(pairs)
        assert po.parse(po.serialize(mine), Path("a.po")) == mine


def test_units_without_text_are_no_reason_to_stop() -> None:
    empty = dataclasses.replace(sent(), units=())
    assert merge(sent(), dataclasses.replace(empty, obsolete=(Unit("x", "Old.", "旧"),))).catalog.obsolete
