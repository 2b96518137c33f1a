"""How long translations are: what the limits of ``suspicious-length`` were measured with.

``python tests/checks/lengths.py`` prints, for each source language, the quantiles of the length of a translation over
the length of its source (as ``suspicious-length`` counts) for sources of at least ``LEAST`` characters: the finished
units of the sample number, the sentences kept aside for the tiny models, and the right pairs of the number corpora.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

from compiler_flow import bilingual
from compiler_flow.checks.base import groups, shown
from compiler_flow.checks.suspicious_length import LEAST, length
from compiler_flow.model import State

ROOT = Path(__file__).parents[2]
SHARES = (0.0, 0.01, 0.05, 0.5, 0.95, 0.99, 1.0)
FEWEST = 50


def ratios() -> dict[str, list[float]]:
    """Source language → ratios in ascending order, for languages with enough pairs to speak of."""
    found: dict[str, list[float]] = {}
    for language, source, target in _pairs():
        if length(source) >= LEAST:
            found.setdefault(language, []).append(length(target) / length(source))
    return {language: sorted(values) for language, values in found.items() if len(values) >= FEWEST}


def quantile(values: list[float], share: float) -> float:
    """The value that ``share`` of the ascending ``values`` do not exceed (the nearest one above)."""
    return values[max(0, math.ceil(share * len(values)) - 1)]


def _pairs() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "projects").glob("*/*/zh_CN.po")):
        for group in groups(bilingual.load(path)):
            if group.unit.state is State.TRANSLATED and len(group.members) == 1:
                yield group.language, group.seen.text, group.rendered.text
    kept = ROOT / "tests" / "models"
    for language in ("en", "ru"):
        sources = (kept / f"heldout.{language}").read_text(encoding="utf-8").splitlines()
        targets = (kept / "heldout.zh").read_text(encoding="utf-8").splitlines()
        yield from ((language, source, target) for source, target in zip(sources, targets, strict=True))
    for path in sorted((ROOT / "tests" / "checks" / "corpus").glob("number*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[2:]:
            language, source, target, label = line.split("\t")
            if label == "ok":
                yield language, shown(source).text, shown(target).text


if __name__ == "__main__":
    for language, values in ratios().items():
        figures = "  ".join(f"{share:.0%} {quantile(values, share):.2f}" for share in SHARES)
        print(f"{language}  {len(values)} pairs  {figures}")
