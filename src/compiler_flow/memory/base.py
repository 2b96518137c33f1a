"""What every translation memory can do, wherever it keeps its entries, and what is the same for all of them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from compiler_flow.memory.entries import Entry
from compiler_flow.memory.normal import plain, spelled
from compiler_flow.model import Catalog, Match

IN_CONTEXT = 101
EXACT = 100
NEARLY = 99


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a memory holds; ``pairs`` are (source language, target language, entries).

    ``imported`` of the entries came from TMX files, the others from articles.
    """

    entries: int
    sources: int
    articles: int
    pairs: tuple[tuple[str, str, int], ...]
    imported: int = 0


class Store(Protocol):
    """An open translation memory; a context manager. Not for several threads at once.

    Languages may be any BCP 47 tags; ``normal.language_key`` says which count as one. Every method raises ``FileError``
    where the entries cannot be reached or written, and ``FormatError`` where they are damaged.
    """

    def lookup(
        self,
        text: str,
        source_language: str,
        target_language: str,
        *,
        previous: str = "",
        next: str = "",
        threshold: int = 75,
        limit: int = 5,
    ) -> tuple[Match, ...]:
        """The best translations of ``text`` known, best first: 101 in the same context, 100 exact, fuzzy below.

        ``previous`` and ``next`` are the neighbours' source texts. Texts that differ in quotation marks, dashes or
        white space only are the same; in letters that the language lets one choose (``ё``, ``е``), 99. Fuzzy matches
        of ``threshold`` percent or more are looked for only where there is no exact one, and with 100 not at all; the
        percentage is 1 minus the Levenshtein distance of the ``plain`` texts over the longer length, rounded down. Of
        equal ones the newest is first.
        """

    def learn(self, catalog: Catalog, *, at: str, article: str = "", by: str = "", stamp: str = "") -> int:
        """Replace what is known from this article by what its catalog teaches now; returns the number of entries.

        ``at`` is the time, in ISO 8601, and stays what it was for a translation that is known already; ``article``
        names it in the memory (default: the catalog's own name), ``by`` its translators. ``stamp`` is kept for
        ``stamps``.
        """

    def add(self, entries: Iterable[Entry], source_language: str, target_language: str) -> int:
        """Add entries as they are, such as those of a TMX file; returns how many there were. All or none.

        One that is known already, word for word from the same article, is not kept twice; one from an article that
        was learnt is not kept at all: the article itself says what it says now.
        """

    def forget(self, article: str) -> int:
        """Remove what is known from an article; returns the number of entries."""

    def stamps(self) -> Mapping[str, str]:
        """The articles that were learnt (not those imported) with their stamps."""

    def search(self, text: str, *, limit: int = 50) -> tuple[Match, ...]:
        """Entries with ``text`` anywhere in the source or the translation, upper and lower case alike, newest first.

        Their score is 0: nothing was compared.
        """

    def entries(self, source_language: str, target_language: str) -> Iterator[Entry]:
        """All entries of a language pair in the order they were learnt, as for a TMX file."""

    def stats(self) -> Stats:
        """How much there is."""

    def close(self) -> None:
        """Let go of the file or the server; the memory cannot be used after."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def exactness(asked: str, known: str) -> int:
    """The score of a ``known`` text whose ``plain`` text is that of ``asked`` (both ``folded``)."""
    return EXACT if spelled(asked) == spelled(known) else NEARLY


def scored(
    asked: str, candidates: Mapping[int, str], language: str, threshold: int, limit: int
) -> list[tuple[int, int]]:
    """(candidate, score) of those most like the ``plain`` text ``asked``, best first."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    found = process.extract(
        asked,
        {number: plain(text, language) for number, text in candidates.items()},
        scorer=Levenshtein.normalized_similarity,
        score_cutoff=threshold / 100,
        limit=limit,
    )
    return [(number, min(NEARLY, int(score * 100 + 1e-9))) for _text, score, number in found]


def matched(score: int, row: Sequence[Any], around: tuple[str, str]) -> Match:
    """The match in ``row`` (source, target, article, unit, the units around it, time, people), in context where the
    units around are those asked for."""
    source, target, article, _unit, previous, following, at, by = row
    # At both edges of an article there is no context that could be the same.
    same = score == EXACT and (previous, following) == around and any(around)
    return Match(source, target, IN_CONTEXT if same else score, article, at, by)


def literal(text: str) -> str:
    """``text`` as LIKE takes it literally, with the backslash as the escape."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def ranked(found: list[Match], limit: int) -> tuple[Match, ...]:
    """The best of ``found`` first, of equal ones the newest, and each translation once."""
    found.sort(key=lambda match: (match.score, match.at), reverse=True)
    return tuple({match.target: match for match in reversed(found)}.values())[::-1][:limit]


def seal(source: str, target: str) -> int:
    """A check sum over an entry's texts: a disk that turned a bit must not put words into somebody's mouth."""
    return zlib.crc32(f"{source}\0{target}".encode("utf-8", "surrogatepass"))
