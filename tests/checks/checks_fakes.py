"""A small glossary matcher for tests: whole words on the source side, longest match first on both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from compiler_flow.checks.base import Example
from compiler_flow.model import CheckContext, Term, TermHit, TermKind
from compiler_flow.terms import renderings


def context(example: Example) -> CheckContext:
    return CheckContext(
        source_terms=_finder(
            [(form, term, partial) for term in example.terms for form, partial in _forms(term)], words=True
        ),
        target_terms=_finder(
            [(form, term, False) for term in example.terms for form in (*renderings(term), *term.reject)], words=False
        ),
        metadata=example.metadata,
    )


def _forms(term: Term) -> Iterable[tuple[str, bool]]:
    for name in (term.source, *term.aliases):
        yield name, False
        words = name.split()
        if term.kind is TermKind.PERSON and len(words) > 1:
            yield words[-1], True
            # Enough of an inflected language for the examples: Шавкатом Мирзиёевым.
            if re.search("[а-я]", name):
                yield f"{words[0]}ом {words[-1]}ым", False


def _finder(forms: list[tuple[str, Term, bool]], *, words: bool) -> Callable[[str], tuple[TermHit, ...]]:
    ordered = sorted(forms, key=lambda form: -len(form[0]))

    def find(text: str) -> tuple[TermHit, ...]:
        taken: list[TermHit] = []
        for form, term, partial in ordered:
            pattern = rf"(?<!\w){re.escape(form)}(?!\w)" if words else re.escape(form)
            for match in re.finditer(pattern, text):
                if not any(hit.start < match.end() and match.start() < hit.end for hit in taken):
                    taken.append(TermHit(term, match.start(), match.end(), partial))
        return tuple(sorted(taken, key=lambda hit: hit.start))

    return find
