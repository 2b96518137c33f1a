"""Precision and recall of the checks on labelled pairs: ``tests/checks/corpus/<check>*.tsv``.

A row is language, source, target, label; ``ok`` is a pair without a fault, every other label one with a fault.
"""

from __future__ import annotations

from pathlib import Path

from compiler_flow import checks
from compiler_flow.model import Catalog, CheckContext, Unit

CORPUS = Path(__file__).parent.parent / "checks" / "corpus"


def corpora() -> list[Path]:
    """The labelled files there are."""
    return sorted(CORPUS.glob("*.tsv"))


def measured(path: Path) -> tuple[float, float, int]:
    """Precision, recall and the number of pairs of one corpus."""
    name = _check(path)
    found = missed = false = 0
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for language, source, target, label in rows[1:]:
        catalog = Catalog("pair", language, units=(Unit("pair", source, target),))
        reported = any(checks.run(catalog, CheckContext(), only=[name]))
        found += reported and label != "ok"
        false += reported and label == "ok"
        missed += not reported and label != "ok"
    return found / max(1, found + false), found / max(1, found + missed), len(rows) - 1


def _check(path: Path) -> str:
    stem = path.stem.replace("_", "-")
    names = [name for name in checks.CHECKS if stem == name or stem.startswith(f"{name}-")]
    if not names:
        raise ValueError(f"{path} is named for no check")
    return max(names, key=len)
