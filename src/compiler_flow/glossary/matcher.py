"""The whole glossary as one matcher for one source language."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from compiler_flow.glossary.patterns import applicable
from compiler_flow.model import Term, TermHit
from compiler_flow.text import base_language

if TYPE_CHECKING:
    from compiler_flow.glossary.source import SourceIndex
    from compiler_flow.glossary.target import TargetIndex


class Matcher:
    """Finds entries in sources and their renderings in translations.

    ``terms`` are the house's and the base layer's together; ``source_language`` is a BCP 47 tag (empty: entries of
    every language, no inflection). Entries that name another language are left out. The search is built at the first
    text; time hardly grows with the number of entries.
    """

    def __init__(self, terms: Iterable[Term], source_language: str) -> None:
        self.language = base_language(source_language)
        self.terms = applicable(terms, self.language)

    @functools.cached_property
    def _source(self) -> SourceIndex:
        from compiler_flow.glossary.source import SourceIndex

        return SourceIndex(self.terms, self.language)

    @functools.cached_property
    def _target(self) -> TargetIndex:
        from compiler_flow.glossary.target import TargetIndex

        return TargetIndex(self.terms)

    def source(self, text: str) -> tuple[TermHit, ...]:
        """The entries named in a source text, in order, not overlapping, offsets into ``text``.

        ``partial`` hits are surnames that stand alone.
        """
        return self._source.hits(text) if self.terms and text else ()

    def sources(self, texts: Sequence[str]) -> list[tuple[TermHit, ...]]:
        """``source`` of each of ``texts``, quicker for many than one after the other."""
        return self._source.all_hits(texts) if self.terms and texts else [()] * len(texts)

    def target(self, text: str) -> tuple[TermHit, ...]:
        """Every accepted or refused rendering in a Chinese text, longest first, offsets into ``text``.

        A rendering of several entries gives one hit for each, all with the same offsets. ``terms.is_rejected`` tells
        which kind of rendering a hit is.
        """
        return self._target.hits(text) if self.terms and text else ()

    def not_plainly_rendered(self, hits: Sequence[Sequence[TermHit]], texts: Sequence[str]) -> list[int]:
        """The numbers of those of ``texts``, in Chinese, that may lack a rendering of one of their ``hits``.

        In all others each term has one that no other entry's rendering could hold. Quick, and nearly no finished
        translation is among them; to be among them says nothing.
        """
        return self._target.not_plain(hits, texts)
