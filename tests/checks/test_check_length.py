"""The limits of ``suspicious-length`` are those that the repository's own pairs give."""

from __future__ import annotations

import pytest
from lengths import quantile, ratios

from compiler_flow.checks.suspicious_length import MEASURED


@pytest.mark.parametrize("language", list(MEASURED))
def test_the_limits_are_what_was_measured(language: str) -> None:
    values = ratios()[language]
    low, high = MEASURED[language]
    assert quantile(values, 0.01) == pytest.approx(low, abs=0.03)
    assert quantile(values, 0.99) == pytest.approx(high, abs=0.03)
