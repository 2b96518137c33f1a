"""Big catalogs are shared among processes: nobody can tell from the findings."""

from __future__ import annotations

import functools
import multiprocessing

import pytest

from compiler_flow import checks
from compiler_flow.checks import sharing
from compiler_flow.glossary import Matcher
from compiler_flow.model import Catalog, CheckContext, Finding, Term, TermKind, Unit

needs_fork = pytest.mark.skipif(
    "fork" not in multiprocessing.get_all_start_methods(), reason="processes cannot be forked here"
)

PEVKUR = Term("Hanno Pevkur", "汉诺·佩夫库尔", TermKind.PERSON)


def catalog(size: int) -> Catalog:
    pairs = (
        ("Hanno Pevkur signed the plan.", "部长签署了计划。"),
        ("The loan is $3.2 billion.", "贷款为3.2亿美元。"),
        ("Hanno Pevkur then left.", "佩夫库尔随后离开。"),
        ("They met, he said.", "他说,他们见了面。"),
        ("They left the building.", ""),
    )
    return Catalog("a", "en", units=tuple(Unit(f"u{n}", *pairs[n % len(pairs)], line=n) for n in range(size)))


def _context(matcher: Matcher) -> CheckContext:
    return CheckContext(
        matcher.source,
        matcher.target,
        all_source_terms=matcher.sources,
        not_plainly_rendered=matcher.not_plainly_rendered,
    )


def found(monkeypatch: pytest.MonkeyPatch, processes: int) -> list[Finding]:
    monkeypatch.setattr(sharing, "workers", lambda units: processes)
    monkeypatch.setattr(sharing, "PIECE", 3)
    matcher = Matcher((PEVKUR,), "en")
    return list(checks.run(catalog(40), _context(matcher)))


@needs_fork
def test_shared_work_finds_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = found(monkeypatch, 1)
    assert {finding.check for finding in alone} >= {"term-missing", "number", "first-mention", "untranslated"}
    assert found(monkeypatch, 3) == alone


@needs_fork
def test_what_a_process_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        sharing.in_order([lambda: 1, lambda: 1 // 0], 2)
    assert sharing.in_order([lambda: 1, lambda: 2], 2) == [1, 2]


@needs_fork
def test_more_pieces_than_a_pipe_holds_numbers_come_in_order() -> None:
    work = [functools.partial(int, number) for number in range(10_001)]
    assert sharing.in_order(work, 3) == list(range(10_001))


def test_small_catalogs_stay_in_one_process() -> None:
    assert sharing.workers(sharing.WORTH_IT - 1) == 1
