"""How checks are run: groups, waivers, drafts, what a reader sees, the order of findings."""

from __future__ import annotations

import pytest
from checks_context import context
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import checks
from compiler_flow.checks.base import Example, groups, shown, waivers
from compiler_flow.errors import UsageError
from compiler_flow.model import Catalog, CheckContext, Finding, Role, Severity, Spot, Term, Unit

RUSE = Term("Ruse", "鲁塞")


def run(*units: Unit, only: tuple[str, ...] = (), comment: str = "") -> list[Finding]:
    example = Example(terms=(RUSE,))
    catalog = Catalog("a", "en", units=units, comment=comment, path="a.po")
    return list(checks.run(catalog, context(example), only=only))


def test_a_merged_unit_joins_its_neighbour_past_omitted_ones() -> None:
    units = (
        Unit("1", "One.", "〔并下〕"),
        Unit("2", "Two.", "二。"),
        Unit("3", "Three.", "〔略〕"),
        Unit("4", "Four.", "〔并〕"),
        Unit("5", "Five.", ""),
    )
    (group,) = groups(Catalog("a", "en", units=units))
    assert [member.id for member in group.members] == ["1", "2", "4"]
    assert group.source == "One. Two. Four."
    assert group.target == "二。"


def test_a_body_unit_never_merges_into_the_title() -> None:
    units = (Unit("t", "Title", "题名", spot=Spot(Role.TITLE)), Unit("1", "Text.", "〔并〕", spot=Spot(Role.TEXT, 1)))
    (group,) = groups(Catalog("a", "en", units=units))
    assert [member.id for member in group.members] == ["t"]


@given(st.lists(st.sampled_from(["", "译文", "〔略〕", "〔并〕", "〔并下〕"]), max_size=12))
def test_every_unit_is_in_at_most_one_group_and_groups_are_in_order(targets: list[str]) -> None:
    units = tuple(Unit(str(index), f"s{index}", target) for index, target in enumerate(targets))
    members = [member.id for group in groups(Catalog("a", "en", units=units)) for member in group.members]
    assert len(members) == len(set(members))
    assert sum(target == "译文" for target in targets) == sum(1 for _ in groups(Catalog("a", "en", units=units)))


def test_a_waiver_needs_a_reason_and_counts_in_every_member_of_the_group() -> None:
    assert waivers(["# ", "免检 number: 原文如此", "免检 term-missing、same-as-source：按编辑部决定"]) == {
        "number": "原文如此",
        "term-missing": "按编辑部决定",
        "same-as-source": "按编辑部决定",
    }
    assert waivers(["免检 number:", "免检 number"]) == {}
    (finding,) = run(Unit("1", "Hi.", "你好。"), Unit("2", "Ruse.", "〔并〕", comments=("免检 term-missing: 改写",)))
    assert (finding.check, finding.waived) == ("term-missing", "改写")


def test_faults_of_a_draft_are_warnings_except_that_it_is_one() -> None:
    severities = {found.check: found.severity for found in run(Unit("1", "In Ruse.", "在那里。", fuzzy=True))}
    assert severities == {"draft-left": Severity.ERROR, "term-missing": Severity.WARNING}


def test_findings_say_where_they_are_and_come_in_reading_order() -> None:
    found = run(
        Unit("1", "To Ruse.", "到那里。", line=7), Unit("2", "Hi.", "", line=9), Unit("3", "Ruse.", "布。", line=12)
    )
    assert [(one.unit, one.check, one.line) for one in found] == [
        ("1", "term-missing", 7),
        ("2", "untranslated", 9),
        ("3", "term-missing", 12),
    ]
    assert {(one.article, one.path) for one in found} == {("a", "a.po")}


def test_an_unknown_check_is_named_with_its_nearest() -> None:
    with pytest.raises(UsageError, match="term-missing"):
        run(Unit("1", "a", "b"), only=("term-mising",))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("**背景：**正文", "背景：正文"),
        ("见[全文](https://example.org/2024(a))。", "见全文。"),
        ("see https://example.org/29?x=1 now", "see   now"),
        (r"a\*b \[c\]", "a*b [c]"),
        ("snake_case _one_", "snake_case one"),
        ("来源：https://example.org/a，完", "来源： ，完"),
        ("write to a.b@example.org.", "write to  ."),
    ],
)
def test_shown_text_has_no_marks_and_no_addresses(text: str, seen: str) -> None:
    assert shown(text).text == seen


@given(st.text(alphabet="ab*_[]()`\\ 一http://", max_size=30))
def test_shown_text_finds_the_way_back(text: str) -> None:
    seen = shown(text)
    for index, char in enumerate(seen.text):
        start, end = seen.span(index, index + 1)
        assert end - start == 1
        assert text[start] == char or char == " "


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["en", "ru", "ko", "lt", "xx", ""]))
def test_no_text_makes_a_check_raise(source: str, target: str, language: str) -> None:
    catalog = Catalog("a", language, units=(Unit("1", source, target), Unit("2", target, source)))
    for finding in checks.run(catalog, CheckContext()):
        if finding.span:
            start, end = finding.span
            assert 0 <= start <= end <= len(getattr(finding, finding.side))
