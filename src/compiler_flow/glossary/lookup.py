"""Look-up for people: entries by any of their texts, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable

from compiler_flow.glossary.folding import LOOSE, squeeze
from compiler_flow.model import Term
from compiler_flow.terms import fold_rendering


def find(terms: Iterable[Term], query: str) -> tuple[Term, ...]:
    """The entries with ``query`` in a source form or a rendering, refused ones and notes too.

    Case, diacritics, spaces and interpuncts do not count. Whole texts come before beginnings, those before the rest.
    """
    source, target = _source(query), fold_rendering(query).lower()
    if not source:
        return ()
    found = []
    for number, term in enumerate(terms):
        scores = [
            *(_score(source, _source(text)) for text in (term.source, *term.aliases)),
            *(_score(target, fold_rendering(text).lower()) for text in (term.target, *term.accept, *term.reject)),
            3 if source in _source(term.note) else 4,
        ]
        if min(scores) < 4:
            found.append((min(scores), term.base, number, term))
    return tuple(term for _score_, _base, _number, term in sorted(found, key=lambda row: row[:3]))


def _source(text: str) -> str:
    return squeeze(text.strip())[0].translate(LOOSE)


def _score(query: str, text: str) -> int:
    if not query or query not in text:
        return 4
    return 0 if query == text else 1 if text.startswith(query) else 2
