"""The checks on labelled pairs of their families, see ``corpora``."""

from __future__ import annotations

import pytest
from corpora import FAMILIES, Pair, found, pairs, scores


@pytest.mark.parametrize("family", list(FAMILIES))
def test_a_corpus_is_large_and_half_of_it_is_clean(family: str) -> None:
    corpus = pairs(family)
    assert len(corpus) >= 150
    assert 0.4 <= sum(not pair.expected for pair in corpus) / len(corpus) <= 0.6
    assert len({(pair.source, pair.target) for pair in corpus}) == len(corpus)
    assert frozenset().union(*(pair.expected for pair in corpus)) <= set(FAMILIES[family])


@pytest.mark.parametrize("pair", pairs("terms"))
def test_the_checks_of_terms_make_no_error(pair: Pair) -> None:
    assert found("terms", pair) == pair.expected


def test_the_checks_reach_the_promised_figures() -> None:
    reached = dict(scores())
    assert reached["terms"].precision == reached["terms"].recall == 1
    assert reached["text"].precision >= 0.98
    assert reached["text"].recall >= 0.97
    for name in ("number", "number_heldout"):
        assert reached[name].precision >= 0.98
        assert reached[name].recall >= 0.97
