"""What a draft shall say for a number that the model lost: written as GB/T 15835-2011 has it."""

from __future__ import annotations

import pytest

from compiler_flow.prefill.lost_numbers import lost, shieldable


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("They sold 11,100 tickets.", "1.11万"),
        ("The fund has 115,000,000 shares.", "1.15亿"),
        ("It is 17.17 billion tonnes.", "171.7亿"),
        ("They sold 12,345 tickets.", "12345"),
        ("They sold 9,900 tickets.", "9900"),
        ("They sold 250,000 tickets.", "25万"),
    ],
)
def test_round_numbers_take_the_units_that_readers_count_in(source: str, wanted: str) -> None:
    (figure,) = shieldable(source, lost(source, "他们。", ("en", "zh-CN")))
    assert figure.text == wanted
