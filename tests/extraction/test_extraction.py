"""The article on every made page, and its metadata: what `make bench` measures, as a promise for each kind of page."""

from __future__ import annotations

import extraction_scores as scores
import kept_aside
import pages
import pytest

TUNED = {page.name: page for page in pages.pages()}
ASIDE = {page.name: page for page in kept_aside.pages()}


@pytest.mark.parametrize("name", TUNED)
def test_the_article_is_found_and_nothing_else(name: str) -> None:
    score = scores.ours(TUNED[name])
    assert score.f1 >= 0.97, score.text
    assert score.wrong == ()


def test_pages_that_nothing_was_tuned_on() -> None:
    found = [scores.ours(page) for page in ASIDE.values()]
    assert scores.mean_f1(found) >= 0.97
    assert scores.right(found) >= 0.95


def test_pages_are_many_and_of_many_kinds() -> None:
    assert len(TUNED) >= 30
    assert len(pages.TEMPLATES) >= 10
    assert len({page.html for page in TUNED.values()}) == len(TUNED)
