"""After an edit only what may have changed is looked at again; the findings are those of a whole run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest
from checks_context import context
from hypothesis import given
from hypothesis import strategies as st

from compiler_flow import checks
from compiler_flow.checks import again
from compiler_flow.checks.base import Example
from compiler_flow.model import Catalog, CheckContext, Finding, Term, TermKind, Unit

TERMS = (Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON), Term("Ruse", "鲁塞"))
PAIRS = (
    ("Hanno Pevkur signed the plan.", "部长签署了计划。"),
    ("The loan is $3.2 billion.", "贷款为3.2亿美元。"),
    ("Hanno Pevkur left Ruse on 5 May.", "佩夫库尔5月5日离开鲁塞。"),
    ("They met, he said.", "他说,他们见了面。"),
)
TARGETS = ("", "〔略〕", "〔并〕", "〔并下〕", "佩夫库尔说“好。", "3.2亿美元", *(target for _source, target in PAIRS))

units = st.builds(
    lambda pair, target, fuzzy, waived: (pair[0], target, fuzzy, ("免检 number: 原文如此",) if waived else ()),
    st.sampled_from(PAIRS),
    st.sampled_from(TARGETS),
    st.booleans(),
    st.booleans(),
)


def _catalog(rows: list[tuple[str, str, bool, tuple[str, ...]]]) -> Catalog:
    made = (
        Unit(f"u{n}", source, target, fuzzy=fuzzy, comments=comments, line=n)
        for n, (source, target, fuzzy, comments) in enumerate(rows)
    )
    return Catalog("a", "en", units=tuple(made), path="a.po")


@given(st.lists(units, min_size=1, max_size=8), st.data())
def test_an_edit_finds_what_a_whole_run_finds(
    rows: list[tuple[str, str, bool, tuple[str, ...]]], data: st.DataObject
) -> None:
    known = context(Example(terms=TERMS))
    before = _catalog(rows)
    found = tuple(checks.run(before, known))
    changed = list(rows)
    for at in data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=2)):
        changed[at] = data.draw(units)
    after = _catalog(changed)
    # Lines move when a file is written anew.
    after = replace(after, units=tuple(replace(unit, line=unit.line + 3) for unit in after.units))
    assert again.run_again(before, found, after, known) == tuple(checks.run(after, known))


def test_only_the_changed_group_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise nobody would gain anything."""
    looked_at: list[tuple[str, ...]] = []

    def counting(catalog: Catalog, known: CheckContext, *, only: Iterable[str] = ()) -> Iterator[Finding]:
        if "number" in set(only):
            looked_at.append(tuple(unit.id for unit in catalog.units))
        return checks.run(catalog, known, only=only)

    known = context(Example())
    before = _catalog([(*PAIRS[n % 4], False, ()) for n in range(20)])
    found = tuple(checks.run(before, known))
    after = replace(
        before, units=tuple(replace(unit, target="改了。") if unit.id == "u7" else unit for unit in before.units)
    )
    monkeypatch.setattr(again, "run", counting)
    assert again.run_again(before, found, after, known) == tuple(checks.run(after, known))
    assert looked_at == [("u7",)]
