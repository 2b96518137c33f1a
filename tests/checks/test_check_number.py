"""The number check on labelled pairs, and on rendered values."""

from __future__ import annotations

from pathlib import Path

import pytest

from compiler_flow import checks
from compiler_flow.model import Catalog, CheckContext, Severity, Unit

CORPUS = Path(__file__).parent / "corpus"
Pair = tuple[str, str, str, str]


def pairs(name: str) -> list[Pair]:
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()[2:]
    return [
        (language, source, target, label) for language, source, target, label in (line.split("\t") for line in lines)
    ]


def verdict(language: str, source: str, target: str) -> str:
    catalog = Catalog("a", language, units=(Unit("u", source, target),))
    severities = {found.severity for found in checks.run(catalog, CheckContext(), only=["number"])}
    return "error" if Severity.ERROR in severities else "dropped" if severities else "ok"


@pytest.mark.parametrize(("language", "source", "target", "label"), pairs("number.tsv"))
def test_the_corpus_is_judged_right(language: str, source: str, target: str, label: str) -> None:
    assert verdict(language, source, target) == label
