"""The checks on labelled pairs of their families, see ``corpora``."""

from __future__ import annotations

import pytest
from corpora import FAMILIES, Pair, first_run, found, pairs, scores, sets

from compiler_flow import checks
from compiler_flow.model import Catalog, CheckContext, Unit


@pytest.mark.parametrize("family", list(FAMILIES))
def test_a_corpus_is_large_and_half_of_it_is_clean(family: str) -> None:
    corpus = pairs(family)
    assert len(corpus) >= 150
    assert 0.4 <= sum(not pair.expected for pair in corpus) / len(corpus) <= 0.6
    assert len({(pair.source, pair.target) for pair in corpus}) == len(corpus)
    assert frozenset().union(*(pair.expected for pair in corpus)) <= set(FAMILIES[family])


@pytest.mark.parametrize("family", [*FAMILIES, "number"])
def test_what_was_kept_aside_is_large_and_says_how_the_first_run_went(family: str) -> None:
    aside = sets(family)[1:]
    assert sum(len(pairs(name)) for name in aside) >= 100
    assert all(first_run(name) for name in aside)
    assert not first_run(family)


@pytest.mark.parametrize("pair", [pair for name in sets("number") for pair in pairs(name) if pair.expected == {"ok"}])
def test_a_right_translation_adds_no_figure(pair: Pair) -> None:
    catalog = Catalog("a", pair.language, units=(Unit("u", pair.source, pair.target),))
    assert not list(checks.run(catalog, CheckContext(), only=["number-added"]))


@pytest.mark.parametrize("pair", [pair for name in sets("terms") for pair in pairs(name)])
def test_the_checks_of_terms_make_no_error(pair: Pair) -> None:
    assert found("terms", pair) == pair.expected


def test_the_checks_reach_the_promised_figures() -> None:
    for name, score in scores():
        assert score.precision >= 0.98, name
        assert score.recall >= 0.97, name
