"""Fuzzy look-up in SQLite: candidates by the rarest marks, then the edit distance decides.

The marks of a sentence are read from the rarest to the commonest, as long as reading costs little; the sources that
have most of them are compared. The numbers below were chosen on 150,000 sentences of software manuals, as they are and
spliced into a million, and confirmed on others (``make bench``).
"""

from __future__ import annotations

import sqlite3
from collections import Counter

from compiler_flow.memory.base import scored
from compiler_flow.memory.marks import marks
from compiler_flow.memory.schema import parts

CANDIDATES = 250
# At least so many marks are read, and more while they name no more sources than this in all.
_FEWEST = 4
_ROWS = 8_000
# A mark in more sources than this tells nothing.
_COMMON = 10_000
# Marks in fewer sources than this are not counted in `rarity`: they are rare, and that is enough to know.
_COUNTED = 50
# `rarity` is made anew when the memory grew by this share since.
_GROWTH = 1.25


def best(
    connection: sqlite3.Connection, pair: int, text: str, language: str, threshold: int, limit: int
) -> list[tuple[int, int]]:
    """(source id, score) of the sources most like the ``plain`` ``text``, best first."""
    found = _candidates(connection, pair, text, threshold)
    return scored(text, found, language, threshold, limit) if found else []


def _candidates(connection: sqlite3.Connection, pair: int, text: str, threshold: int) -> dict[int, str]:
    votes: Counter[int] = Counter()
    for gram in _rarest(connection, text):
        rows = connection.execute("SELECT rowid FROM grams WHERE grams MATCH ? LIMIT ?", (f'"{gram}"', _COMMON))
        votes.update([row[0] for row in rows])
    # No source can be similar enough whose length alone differs by more; a little room for marks that `plain` unites.
    shortest, longest = len(text) * threshold // 100 - 2, len(text) * 100 // max(threshold, 1) + 8
    found: dict[int, str] = {}
    ranked = [source for source, _count in votes.most_common(CANDIDATES * 4)]
    for start in range(0, len(ranked), CANDIDATES):
        asked = ranked[start : start + CANDIDATES]
        slots = ",".join("?" * len(asked))
        # The plus keeps SQLite from walking all sources of the pair instead of these ids.
        rows = connection.execute(
            f"SELECT id, text FROM sources WHERE id IN ({slots}) AND +pair = ? AND length(text) BETWEEN ? AND ?",
            (*asked, pair, shortest, longest),
        )
        found.update(rows)
        if len(found) >= CANDIDATES:
            break
    return found


def _rarest(connection: sqlite3.Connection, text: str) -> list[str]:
    grams = marks(text)
    known: dict[str, int] = {}
    for part in parts(grams):
        slots = ",".join("?" * len(part))
        known.update(connection.execute(f"SELECT gram, sources FROM rarity WHERE gram IN ({slots})", part))
    chosen: list[str] = []
    rows = 0
    for gram in sorted(grams, key=lambda gram: known.get(gram, 0)):
        rows += known.get(gram, _COUNTED // 2)
        if len(chosen) >= _FEWEST and rows > _ROWS:
            break
        chosen.append(gram)
    return chosen


def refresh_rarity(connection: sqlite3.Connection) -> None:
    """Count the marks again if the memory grew much since the last time. Runs inside a transaction."""
    # Counting the rows would read them all; the highest number is near enough.
    sources = connection.execute("SELECT coalesce(max(id), 0) FROM sources").fetchone()[0]
    row = connection.execute("SELECT value FROM facts WHERE name = 'counted'").fetchone()
    if row and sources <= row[0] * _GROWTH + 100:
        return
    connection.execute("DELETE FROM rarity")
    connection.execute("INSERT INTO rarity SELECT term, doc FROM vocabulary WHERE doc >= ?", (_COUNTED,))
    connection.execute("INSERT OR REPLACE INTO facts VALUES ('counted', ?)", (sources,))
