"""The checks → one Markdown page that lists them all, from their own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compiler_flow import inline
from compiler_flow.report.base import Rule, Sample

# English on every machine: the page is kept under version control.
_HEAD = """\
# The checks

*Made by `make docs` from the checks themselves; do not edit.*

`compiler-flow check` runs all of these, `--only NAME` one of them; `compiler-flow explain NAME` prints what stands
here. A comment line `免检 NAME: reason` in a unit waives that check there; what is waived is counted and told apart.
"""
_SCOPES = {"unit": "each unit, with what is merged into it", "article": "the article", "issue": "the whole number"}


def handbook(rules: Sequence[Rule]) -> str:
    """The page: a table of all checks, then what each wants, with its good and bad examples."""
    return "\n".join((_HEAD, *_table(rules), *(line for rule in rules for line in _section(rule))))


def _table(rules: Sequence[Rule]) -> Iterator[str]:
    yield "| check | severity | what it finds |"
    yield "|---|---|---|"
    for rule in rules:
        yield f"| [{rule.name}](#{rule.name}) | {rule.severity} | {_text(rule.summary).replace('|', chr(92) + '|')} |"
    yield ""


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.name}"
    yield ""
    yield f"*{rule.severity}; looks at {_SCOPES[rule.scope]}.* {_text(rule.summary)}"
    yield ""
    yield _text(rule.explanation)
    yield ""
    for title, samples in (("Good:", rule.good), ("Bad:", rule.bad)):
        if samples:
            yield title
            yield ""
            yield "```text"
            for number, sample in enumerate(samples):
                yield from ([""] if number else [])
                yield from lines(sample)
            yield "```"
            yield ""


def lines(sample: Sample) -> Iterator[str]:
    """An example as lines: the glossary it is read with, each source and its translation, what the check offers."""
    for term in sample.terms:
        yield f"[{term}]"
    for source, target in sample.pairs:
        yield source.replace("\n", "⏎")
        yield target.replace("\n", "⏎").strip() or "（空）"
    if sample.fix:
        yield f"→ {sample.fix}"


def _text(content: str) -> str:
    """Plain text as Markdown; what the checks write in backquotes stays code."""
    pieces = content.split("`")
    return "`".join(piece if index % 2 else inline.escape(piece) for index, piece in enumerate(pieces))
