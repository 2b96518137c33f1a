"""Fuzzy look-up: candidates by their rarest trigrams, then the edit distance decides.

A sentence that is three quarters the same shares most of its trigrams, and the rare ones tell the most: six to ten of
them name few sources, and those that have several are compared.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

FEWEST, MOST = 6, 10
CANDIDATES = 200
# More than the fewest are asked for only while they name no more sources than this in all: reading them takes time.
_ROWS = 10_000
# A trigram in more sources than this tells nothing.
_COMMON = 20_000
# `rarity` is made anew when the memory grew by this share since.
_GROWTH = 1.25


def best(connection: sqlite3.Connection, pair: int, text: str, threshold: int, limit: int) -> list[tuple[int, int]]:
    """(source id, score) of the sources most like ``text``, best first, ``threshold`` percent or more and under 100."""
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    found = _candidates(connection, pair, text, threshold)
    if not found:
        return []
    scored = process.extract(
        text, found, scorer=Levenshtein.normalized_similarity, score_cutoff=threshold / 100, limit=limit
    )
    return [(source, min(99, int(score * 100 + 1e-9))) for _text, score, source in scored]


def _candidates(connection: sqlite3.Connection, pair: int, text: str, threshold: int) -> dict[int, str]:
    votes: Counter[int] = Counter()
    for gram in _rarest(connection, text):
        quoted = '"' + gram.replace('"', '""') + '"'
        votes.update(
            row[0]
            for row in connection.execute("SELECT rowid FROM grams WHERE grams MATCH ? LIMIT ?", (quoted, _COMMON))
        )
    # No source can be similar enough whose length alone differs by more.
    shortest, longest = len(text) * threshold // 100, len(text) * 100 // max(threshold, 1) + 1
    found: dict[int, str] = {}
    ranked = [source for source, _count in votes.most_common(CANDIDATES * 4)]
    for start in range(0, len(ranked), CANDIDATES):
        asked = ranked[start : start + CANDIDATES]
        marks = ",".join("?" * len(asked))
        # The plus keeps SQLite from walking all sources of the pair instead of these ids.
        rows = connection.execute(
            f"SELECT id, text FROM sources WHERE id IN ({marks}) AND +pair = ? AND length(text) BETWEEN ? AND ?",  # noqa: S608 (only question marks)
            (*asked, pair, shortest, longest),
        )
        found.update(rows)
        if len(found) >= CANDIDATES:
            break
    return found


def _rarest(connection: sqlite3.Connection, text: str) -> list[str]:
    """The rarest trigrams of ``text`` that some source has."""
    lowered = text.lower()
    grams = list(dict.fromkeys(lowered[index : index + 3] for index in range(len(lowered) - 2)))
    known: dict[str, int] = {}
    for start in range(0, len(grams), 500):
        part = grams[start : start + 500]
        marks = ",".join("?" * len(part))
        known.update(connection.execute(f"SELECT gram, sources FROM rarity WHERE gram IN ({marks})", part))  # noqa: S608
    # One that is not counted is in no source, or new and rare: to ask for it costs next to nothing.
    chosen, rows, counted = [], 0, 0
    for gram in sorted(grams, key=lambda gram: known.get(gram, 0)):
        counted += gram in known
        rows += known.get(gram, 0)
        if counted > MOST or (counted > FEWEST and rows > _ROWS):
            break
        chosen.append(gram)
    return chosen


def refresh_rarity(connection: sqlite3.Connection) -> None:
    """Count the trigrams again if the memory grew much since the last time. Runs inside a transaction."""
    sources = connection.execute("SELECT count(*) FROM sources").fetchone()[0]
    row = connection.execute("SELECT value FROM facts WHERE name = 'counted'").fetchone()
    if row and sources <= row[0] * _GROWTH + 100:
        return
    connection.execute("DELETE FROM rarity")
    connection.execute("INSERT INTO rarity SELECT term, doc FROM vocabulary")
    connection.execute("INSERT OR REPLACE INTO facts VALUES ('counted', ?)", (sources,))
