"""The matcher's behaviour line by line: ``terms.csv`` is the glossary, ``cases.tsv`` what must be found in a text."""

import functools
from pathlib import Path

import pytest

from compiler_flow.glossary import Matcher, base_terms, load

HERE = Path(__file__).parent


def _cases():
    for number, line in enumerate((HERE / "cases.tsv").read_text(encoding="utf-8").splitlines(), start=1):
        if line and not line.startswith("#"):
            yield pytest.param(*line.split("\t"), id=f"line {number}")


@functools.cache
def _matcher(language):
    terms = load([HERE / "terms.csv"])
    lang = language.removesuffix("+")
    return Matcher((*terms, *base_terms(lang)) if language.endswith("+") else terms, lang)


@pytest.mark.parametrize(("language", "text", "expected"), list(_cases()))
def test_case(language, text, expected):
    hits = _matcher(language).source(text)
    found = [f"{text[hit.start : hit.end]}{'~' * hit.partial}={hit.term.source}" for hit in hits]
    assert ("; ".join(found) or "-") == expected


def test_the_corpus_is_large_enough():
    assert len(list(_cases())) >= 100
