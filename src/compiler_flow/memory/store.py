"""The memory itself: look-up, learning, searching, over one SQLite file."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from compiler_flow.errors import FileError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.memory import fuzzy, schema
from compiler_flow.memory.entries import Entry, context, folded, learnable
from compiler_flow.model import Catalog, Match
from compiler_flow.text import base_language, digest

IN_CONTEXT = 101
EXACT = 100
_BUSY_SECONDS = 15.0
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Stats:
    """How much a memory holds; ``pairs`` are (source language, target language, entries)."""

    entries: int
    sources: int
    articles: int
    pairs: tuple[tuple[str, str, int], ...]


class Memory:
    """An open translation memory; a context manager. Not for several threads at once.

    Languages may be any BCP 47 tags, their primary subtags count. Every method raises ``FormatError`` for a torn file
    and ``FileError`` where the disk does not let it; both name ``compiler-flow memory rebuild`` where that helps.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._mapped():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise FileError(
                    _("The folder cannot be made: {reason}.").format(reason=error.strerror), path=path
                ) from error
            self._connection = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
            try:
                schema.prepare(self._connection, path)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Close the file; the memory cannot be used after."""
        self._connection.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

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

        ``previous`` and ``next`` are the neighbours' source texts. Fuzzy matches of ``threshold`` percent or more are
        looked for only where there is no exact one; the percentage is 1 minus the Levenshtein distance over the
        longer length, rounded down. Of equal ones the newest is first.
        """
        text = folded(text)
        with self._mapped():
            pair = self._pair(source_language, target_language)
            if pair is None or not text:
                return ()
            row = self._connection.execute(
                "SELECT id FROM sources WHERE pair = ? AND key = ?", (pair, digest(text, length=16))
            ).fetchone()
            scored = [(row[0], EXACT)] if row else fuzzy.best(self._connection, pair, text, threshold, limit)
            around = (context(previous), context(next))
            found = [match for source, score in scored for match in self._matches(source, score, around)]
        # The newest of equal ones, and each translation once.
        found.sort(key=lambda match: (match.score, match.at), reverse=True)
        return tuple({match.target: match for match in reversed(found)}.values())[::-1][:limit]

    def _matches(self, source: int, score: int, around: tuple[str, str]) -> Iterator[Match]:
        rows = self._connection.execute(
            "SELECT s.text, e.target, e.article, e.at, e.previous, e.next"
            " FROM entries e JOIN sources s ON s.id = e.source WHERE e.source = ? ORDER BY e.at, e.id",
            (source,),
        )
        for text, target, article, at, previous, following in rows:
            # At both edges of an article there is no context that could be the same.
            same = score == EXACT and (previous, following) == around and any(around)
            yield Match(text, target, IN_CONTEXT if same else score, article, at)

    def learn(self, catalog: Catalog, *, at: str, article: str = "") -> int:
        """Replace what is known from this article by what its catalog teaches now; returns the number of entries.

        ``at`` is the time, in ISO 8601; ``article`` names it in the memory (default: the catalog's own name).
        """
        entries = tuple(learnable(catalog, at=at, article=article))
        with self._writing():
            self._forget(article or catalog.article)
            return self._add(entries, catalog.source_language, catalog.target_language)

    def add(self, entries: Iterable[Entry], source_language: str, target_language: str) -> int:
        """Add entries as they are, such as those of a TMX file; returns their number. All or none."""
        with self._writing():
            return self._add(entries, source_language, target_language)

    def forget(self, article: str) -> int:
        """Remove what is known from an article; returns the number of entries."""
        with self._writing():
            return self._forget(article)

    def _add(self, entries: Iterable[Entry], source_language: str, target_language: str) -> int:
        run = self._connection.execute
        names = (base_language(source_language), base_language(target_language))
        run("INSERT OR IGNORE INTO pairs (source, target) VALUES (?, ?)", names)
        pair = self._pair(*names)
        count = 0
        for entry in entries:
            text = folded(entry.source)
            if not text or not entry.target.strip():
                continue
            key = digest(text, length=16)
            added = run("INSERT OR IGNORE INTO sources (pair, key, text) VALUES (?, ?, ?)", (pair, key, text))
            if added.rowcount == 1:
                source = added.lastrowid
                run("INSERT INTO grams (rowid, text) VALUES (?, ?)", (source, text))
            else:
                source = run("SELECT id FROM sources WHERE pair = ? AND key = ?", (pair, key)).fetchone()[0]
            run(
                "INSERT INTO entries (source, target, article, unit, previous, next, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (source, entry.target, entry.article, entry.unit, entry.previous, entry.next, entry.at),
            )
            count += 1
        fuzzy.refresh_rarity(self._connection)
        return count

    def _forget(self, article: str) -> int:
        run = self._connection.execute
        sources = run("SELECT DISTINCT source FROM entries WHERE article = ?", (article,)).fetchall()
        gone = run("DELETE FROM entries WHERE article = ?", (article,)).rowcount
        for (source,) in sources:
            row = run(
                "SELECT text FROM sources WHERE id = ? AND id NOT IN (SELECT source FROM entries WHERE source = ?)",
                (source, source),
            ).fetchone()
            if row:
                # FTS5 finds what to take out of an external index by the text that went in (its manual, 4.4.3).
                run("INSERT INTO grams (grams, rowid, text) VALUES ('delete', ?, ?)", (source, row[0]))
                run("DELETE FROM sources WHERE id = ?", (source,))
        return gone

    def search(self, text: str, *, limit: int = 50) -> tuple[Match, ...]:
        """Entries with ``text`` anywhere in the source or the translation, upper and lower case alike, newest first.

        Their score is 0: nothing was compared.
        """
        pattern = "%" + folded(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        with self._mapped():
            rows = self._connection.execute(
                "SELECT s.text, e.target, e.article, e.at FROM entries e JOIN sources s ON s.id = e.source"
                " WHERE s.text LIKE ? ESCAPE '\\' OR e.target LIKE ? ESCAPE '\\' ORDER BY e.at DESC, e.id DESC LIMIT ?",
                (pattern, pattern, limit),
            ).fetchall()
        return tuple(Match(source, target, 0, article, at) for source, target, article, at in rows)

    def entries(self, source_language: str, target_language: str) -> Iterator[Entry]:
        """All entries of a language pair in the order they were learnt, as for a TMX file."""
        with self._mapped():
            rows = self._connection.execute(
                "SELECT s.text, e.target, e.article, e.unit, e.previous, e.next, e.at"
                " FROM entries e JOIN sources s ON s.id = e.source WHERE s.pair = ? ORDER BY e.id",
                (self._pair(source_language, target_language),),
            )
            for row in rows:
                yield Entry(*row)

    def stats(self) -> Stats:
        """How much there is."""
        with self._mapped():
            run = self._connection.execute
            entries, articles = run("SELECT count(*), count(DISTINCT article) FROM entries").fetchone()
            sources = run("SELECT count(*) FROM sources").fetchone()[0]
            pairs = run(
                "SELECT p.source, p.target, count(*) FROM entries e JOIN sources s ON s.id = e.source"
                " JOIN pairs p ON p.id = s.pair GROUP BY p.id ORDER BY p.source, p.target"
            ).fetchall()
        return Stats(entries, sources, articles, tuple(pairs))

    def _pair(self, source_language: str, target_language: str) -> int | None:
        row = self._connection.execute(
            "SELECT id FROM pairs WHERE source = ? AND target = ?",
            (base_language(source_language), base_language(target_language)),
        ).fetchone()
        return row[0] if row else None

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: what it does stands wholly or not at all."""
        with self._mapped():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        """SQLite's errors as ours."""
        try:
            yield
        except sqlite3.OperationalError as error:
            reason = str(error)
            if "no such module: fts5" in reason or "no such tokenizer" in reason:
                raise FileError(
                    _("This Python's SQLite has no trigram index (FTS5, SQLite 3.34 or newer)."), path=self._path
                ) from error
            raise FileError(
                _("The memory cannot be used: {reason}.").format(reason=reason),
                path=self._path,
                hint=_("Is another program using it, or the disk full?"),
            ) from error
        except sqlite3.DatabaseError as error:
            raise FormatError(
                _("The memory is damaged: {reason}.").format(reason=error), path=self._path, hint=schema.rebuild_hint()
            ) from error


def rebuild(path: Path, catalogs: Iterable[tuple[str, str, Catalog]]) -> Stats:
    """Make the memory at ``path`` anew from (article, time in ISO 8601, catalog) and return what it holds.

    It is built beside the old one and takes its place when it is whole. Raises ``FileError``.
    """
    new = path.with_name(f".{path.name}.rebuilding")
    _remove(new)
    try:
        with Memory(new) as memory:
            for article, at, catalog in catalogs:
                memory.learn(catalog, at=at, article=article)
            stats = memory.stats()
        _remove(path, keep=True)
        new.replace(path)
    except OSError as error:
        raise FileError(
            _("The memory cannot be replaced: {reason}.").format(reason=error.strerror or error),
            path=path,
            hint=_("Is another program using it?"),
        ) from error
    finally:
        _remove(new)
    return stats


def _remove(path: Path, *, keep: bool = False) -> None:
    """Remove a memory's files; with ``keep`` only the journal beside it, which must not meet a new file."""
    for suffix in ("-wal", "-shm") if keep else ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
