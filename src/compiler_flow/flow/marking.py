"""What a reviewer sees marked in a unit: terms with their agreed rendering, numbers that meet, the spots of findings.

Marks are values over the texts as they are filed; how they look is the page's business.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from compiler_flow.model import CheckContext, Finding, Severity, Term, Unit
from compiler_flow.terms import first_text, is_rejected, renderings


class MarkKind(StrEnum):
    """Why a span is marked; a later kind lies over an earlier one."""

    NUMBER = "number"
    TERM = "term"
    FINDING = "finding"


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` is marked; ``note`` is told when somebody points at it.

    ``is_met`` says of numbers and terms of a source that the translation states them. ``severity`` is a finding's.
    """

    kind: MarkKind
    start: int
    end: int
    note: str = ""
    is_met: bool = True
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same ``marks`` (the outermost first); joined in order, the pieces are the text."""

    text: str
    marks: tuple[Mark, ...] = ()


def of_source(unit: Unit, language: str, context: CheckContext, findings: Iterable[Finding]) -> tuple[Piece, ...]:
    """The source of ``unit`` (in ``language``, BCP 47) in pieces."""
    from compiler_flow.checks.base import shown

    seen, rendered = shown(unit.source), unit.target
    marks = [*_numbers(unit, language), *_findings(findings, "source", unit.source)]
    for hit in context.source_terms(seen.text):
        start, end = seen.span(hit.start, hit.end)
        met = not unit.is_done or any(text in rendered for text in renderings(hit.term))
        marks.append(Mark(MarkKind.TERM, start, end, _agreed(hit.term), is_met=met))
    return cut(unit.source, marks)


def of_target(unit: Unit, language: str, context: CheckContext, findings: Iterable[Finding]) -> tuple[Piece, ...]:
    """The translation of ``unit`` in pieces."""
    from compiler_flow.checks import numbers
    from compiler_flow.checks.base import shown

    seen = shown(unit.target)
    marks = [*_findings(findings, "target", unit.target)]
    if any(numbers.read_source(shown(unit.source).text, language)):
        marks += [Mark(MarkKind.NUMBER, *seen.span(found.start, found.end)) for found in numbers.read_target(seen.text)]
    here = {hit.term for hit in context.source_terms(shown(unit.source).text)}
    marks += [
        Mark(MarkKind.TERM, *seen.span(hit.start, hit.end), f"{hit.term.source} → {hit.term.target}")
        for hit in context.target_terms(seen.text)
        if hit.term in here and not is_rejected(hit, seen.text)
    ]
    return cut(unit.target, marks)


def _agreed(term: Term) -> str:
    first = first_text(term)
    note = f"{term.target}；首次：{first}" if first and first != term.target else term.target
    return f"{note}（{term.note}）" if term.note else note


def _numbers(unit: Unit, language: str) -> Iterator[Mark]:
    from compiler_flow.checks import numbers
    from compiler_flow.checks.base import shown

    source, target = shown(unit.source), shown(unit.target)
    stated = numbers.read_source(source.text, language)
    lacking = set()
    if unit.is_done and stated and not unit.target.startswith("〔"):
        compared = numbers.compare(source.text, language, target.text)
        lacking = {(one.stated.start, one.stated.end) for one in compared}
    for one in stated:
        met = (one.start, one.end) not in lacking
        yield Mark(MarkKind.NUMBER, *source.span(one.start, one.end), is_met=met)


def _findings(findings: Iterable[Finding], side: str, text: str) -> Iterator[Mark]:
    for one in findings:
        if one.span is not None and one.side == side and not one.waived:
            start, end = min(one.span[0], len(text)), min(max(one.span), len(text))
            yield Mark(MarkKind.FINDING, start, end, one.message, severity=one.severity)


_ORDER = list(MarkKind)


def cut(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """``text`` cut at every edge of ``marks``; empty marks and those outside the text are left out."""
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    edges = sorted({0, len(text), *(mark.start for mark in inside), *(mark.end for mark in inside)})
    pieces = []
    for start, end in itertools.pairwise(edges):
        over = [mark for mark in inside if mark.start <= start and end <= mark.end]
        over.sort(key=lambda mark: (_ORDER.index(mark.kind), mark.start - mark.end))
        pieces.append(Piece(text[start:end], tuple(over)))
    return tuple(pieces)
