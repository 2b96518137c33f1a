"""The memory of one workspace: one SQLite file (WAL), a cache of what its articles say and of imported TMX files."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from compiler_flow.errors import FileError
from compiler_flow.i18n import gettext as _
from compiler_flow.memory import fuzzy, normal, opening
from compiler_flow.memory.base import EXACT, Stats, Store, exactness, literal, matched, ranked, seal
from compiler_flow.memory.entries import Entry, context, learnable
from compiler_flow.memory.marks import marks
from compiler_flow.memory.normal import folded, language_key
from compiler_flow.memory.schema import IMPORT, PROJECT, parts
from compiler_flow.model import Catalog, Match

_BATCH = 5000
_ENTRY = "s.text, e.target, a.name, e.unit, e.previous, e.next, e.at, e.by"
_JOINED = "entries e JOIN sources s ON s.id = e.source JOIN articles a ON a.id = e.article"


class Memory(Store):
    """A translation memory in an SQLite file, see ``base.Store``.

    With ``writes`` false the file and its folder stay as they are. Errors name ``compiler-flow memory rebuild`` where
    that helps.
    """

    def __init__(self, path: Path, *, writes: bool = True) -> None:
        self._path = path
        with contextlib.ExitStack() as held, opening.mapped(path):
            self._connection = opening.to_write(path) if writes else opening.to_read(path, held)
            held.callback(self._connection.close)
            self._held = held.pop_all()
        self._file = _identity(path)

    def close(self) -> None:
        """Close the file; the memory cannot be used after."""
        self._held.close()

    # ------------------------------------------------------------------------------------------ reading

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
        """See ``base.Store.lookup``."""
        text = folded(text)
        with opening.mapped(self._path):
            pair = self._pair(source_language, target_language)
            if pair is None or not text:
                return ()
            compared = normal.plain(text, source_language)
            same = self._connection.execute(
                "SELECT id, text FROM sources WHERE key = ? AND pair = ?", (normal.key(compared), pair)
            ).fetchall()
            found = [
                (source, exactness(text, known))
                for source, known in same
                if normal.plain(known, source_language) == compared
            ]
            if not found and threshold < EXACT:
                found = fuzzy.best(self._connection, pair, compared, source_language, threshold, limit)
            around = (context(previous), context(next))
            matches = [match for source, score in found for match in self._matches(source, score, around)]
        return ranked(matches, limit)

    def _matches(self, source: int, score: int, around: tuple[str, str]) -> Iterator[Match]:
        rows = self._connection.execute(
            f"SELECT {_ENTRY}, e.seal FROM {_JOINED} WHERE e.source = ? ORDER BY e.at, e.id",
            (source,),
        )
        for *row, sealed in rows:
            if sealed != seal(row[0], row[1]):
                raise opening.damaged(_("a text is not what was written"), self._path)
            yield matched(score, row, around)

    def search(self, text: str, *, limit: int = 50) -> tuple[Match, ...]:
        """See ``base.Store.search``."""
        pattern = f"%{literal(folded(text))}%"
        with opening.mapped(self._path):
            rows = self._connection.execute(
                f"SELECT {_ENTRY} FROM {_JOINED} WHERE s.text LIKE ? ESCAPE '\\' OR e.target LIKE ? ESCAPE '\\'"
                " ORDER BY e.at DESC, e.id DESC LIMIT ?",
                (pattern, pattern, limit),
            ).fetchall()
        return tuple(Match(row[0], row[1], 0, row[2], row[6], row[7]) for row in rows)

    def entries(self, source_language: str, target_language: str) -> Iterator[Entry]:
        """See ``base.Store.entries``."""
        with opening.mapped(self._path):
            rows = self._connection.execute(
                f"SELECT {_ENTRY} FROM {_JOINED} WHERE s.pair = ? ORDER BY e.id",
                (self._pair(source_language, target_language),),
            )
            for row in rows:
                yield Entry(*row)

    def stats(self) -> Stats:
        """See ``base.Store.stats``."""
        with opening.mapped(self._path):
            run = self._connection.execute
            entries, articles = run("SELECT count(*), count(DISTINCT article) FROM entries").fetchone()
            imported = run(
                "SELECT count(*) FROM entries WHERE article IN (SELECT id FROM articles WHERE origin = ?)", (IMPORT,)
            ).fetchone()[0]
            sources = run("SELECT count(*) FROM sources").fetchone()[0]
            pairs = run(
                "SELECT p.source, p.target, count(*) FROM entries e JOIN sources s ON s.id = e.source"
                " JOIN pairs p ON p.id = s.pair GROUP BY p.id ORDER BY p.source, p.target"
            ).fetchall()
        return Stats(entries, sources, articles, tuple(pairs), imported)

    def stamps(self) -> Mapping[str, str]:
        """See ``base.Store.stamps``."""
        with opening.mapped(self._path):
            rows = self._connection.execute("SELECT name, stamp FROM articles WHERE origin = ?", (PROJECT,)).fetchall()
        return dict(rows)

    def imported(self) -> Iterator[tuple[str, str, Entry]]:
        """(source language, target language, entry) of all that came from TMX files."""
        with opening.mapped(self._path):
            yield from (
                (source, target, Entry(*rest))
                for source, target, *rest in self._connection.execute(
                    f"SELECT p.source, p.target, {_ENTRY} FROM {_JOINED} JOIN pairs p ON p.id = s.pair"
                    " WHERE a.origin = ? ORDER BY s.pair, e.id",
                    (IMPORT,),
                )
            )

    def verify(self) -> None:
        """Read the whole file and check it. Raises ``FormatError`` for a damaged one."""
        with opening.mapped(self._path):
            (told,) = self._connection.execute("PRAGMA quick_check(1)").fetchone()
            if told != "ok":
                raise opening.damaged(told.splitlines()[-1], self._path)
            rows = self._connection.execute(
                "SELECT s.text, e.target, e.seal FROM entries e JOIN sources s ON s.id = e.source"
            )
            if any(sealed != seal(text, target) for text, target, sealed in rows):
                raise opening.damaged(_("a text is not what was written"), self._path)

    # ------------------------------------------------------------------------------------------ writing

    def learn(self, catalog: Catalog, *, at: str, article: str = "", by: str = "", stamp: str = "") -> int:
        """See ``base.Store.learn``."""
        name = article or catalog.article
        entries = tuple(learnable(catalog, at=at, article=name, by=by))
        with self._writing():
            # What was imported under this name is an older state of the same article.
            self._forget(name, IMPORT)
            number = self._article(name, PROJECT)
            self._connection.execute("UPDATE articles SET stamp = ? WHERE id = ?", (stamp, number))
            pair = self._ensured_pair(catalog.source_language, catalog.target_language)
            fresh, stale = self._changes(number, pair, entries)
            self._remove(stale)
            self._insert(fresh, pair, catalog.source_language, {name: number})
            fuzzy.refresh_rarity(self._connection)
        return len(entries)

    def _changes(self, article: int, pair: int, entries: Iterable[Entry]) -> tuple[list[Entry], list[int]]:
        """Which of ``entries`` the article does not have yet, and the ids of those it has no more."""
        known: dict[tuple[int, str, str, str], list[int]] = {}
        rows = self._connection.execute(
            f"SELECT e.id, s.pair, {_ENTRY} FROM {_JOINED} WHERE e.article = ? ORDER BY e.id DESC",
            (article,),
        )
        for number, of_pair, source, target, _name, unit, *_rest in rows:
            known.setdefault((of_pair, source, target, unit), []).append(number)
        fresh, kept = [], []
        for entry in entries:
            numbers = known.get((pair, folded(entry.source), entry.target, entry.unit))
            if numbers:
                kept.append((entry.previous, entry.next, entry.by, numbers.pop()))
            else:
                fresh.append(entry)
        self._connection.executemany("UPDATE entries SET previous = ?, next = ?, by = ? WHERE id = ?", kept)
        return fresh, [number for numbers in known.values() for number in numbers]

    def add(self, entries: Iterable[Entry], source_language: str, target_language: str) -> int:
        """See ``base.Store.add``."""
        count = 0
        with self._writing():
            pair = self._ensured_pair(source_language, target_language)
            articles: dict[str, int] = {}
            learnt = self.stamps().keys()
            remaining = iter(entries)
            while batch := list(itertools.islice(remaining, _BATCH)):
                for name in {entry.article for entry in batch} - articles.keys() - learnt:
                    articles[name] = self._article(name, IMPORT)
                count += len(batch)
                foreign = [entry for entry in batch if entry.article not in learnt]
                self._insert(foreign, pair, source_language, articles, once=True)
            fuzzy.refresh_rarity(self._connection)
        return count

    def forget(self, article: str) -> int:
        """See ``base.Store.forget``."""
        with self._writing():
            return self._forget(article, PROJECT) + self._forget(article, IMPORT)

    def _insert(
        self, entries: Sequence[Entry], pair: int, language: str, articles: Mapping[str, int], *, once: bool = False
    ) -> None:
        """Add entries whose articles are known; with ``once`` those that are there already are left out."""
        usable = [(entry, folded(entry.source)) for entry in entries if entry.target.strip()]
        usable = [(entry, text) for entry, text in usable if text]
        ids, old = self._ensured_sources(dict.fromkeys(text for _entry, text in usable), pair, language)
        rows = [
            (
                ids[text], articles[entry.article], entry.target, entry.unit, entry.previous, entry.next,
                entry.at, entry.by, seal(text, entry.target),
            )
            for entry, text in usable
        ]  # fmt: skip
        if once:
            rows = list({row[:3]: row for row in rows if row[0] not in old or not self._has(row)}.values())
        self._connection.executemany(
            "INSERT INTO entries (source, article, target, unit, previous, next, at, by, seal)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )

    def _has(self, row: tuple[object, ...]) -> bool:
        return (
            self._connection.execute(
                "SELECT 1 FROM entries WHERE source = ? AND article = ? AND target = ?", row[:3]
            ).fetchone()
            is not None
        )

    def _ensured_sources(self, texts: Iterable[str], pair: int, language: str) -> tuple[dict[str, int], set[int]]:
        """The ids of ``texts``, added where they are new, and which were there before."""
        compared = {text: normal.plain(text, language) for text in texts}
        keys = {text: normal.key(plain) for text, plain in compared.items()}
        ids: dict[str, int] = {}
        for part in parts(list(keys.values())):
            slots = ",".join("?" * len(part))
            rows = self._connection.execute(
                f"SELECT text, id FROM sources WHERE key IN ({slots}) AND pair = ?",
                (*part, pair),
            )
            ids.update((text, number) for text, number in rows if text in keys)
        old = set(ids.values())
        new = [text for text in keys if text not in ids]
        highest = self._connection.execute("SELECT coalesce(max(id), 0) FROM sources").fetchone()[0]
        ids.update(zip(new, itertools.count(highest + 1), strict=False))
        self._connection.executemany(
            "INSERT INTO sources VALUES (?, ?, ?, ?)", [(ids[text], pair, keys[text], text) for text in new]
        )
        self._connection.executemany(
            "INSERT INTO grams (rowid, marks) VALUES (?, ?)",
            [(ids[text], " ".join(marks(compared[text]))) for text in new],
        )
        return ids, old

    def _forget(self, article: str, origin: str) -> int:
        run = self._connection.execute
        row = run("SELECT id FROM articles WHERE name = ? AND origin = ?", (article, origin)).fetchone()
        if row is None:
            return 0
        numbers = [number for (number,) in run("SELECT id FROM entries WHERE article = ?", row)]
        self._remove(numbers)
        run("DELETE FROM articles WHERE id = ?", row)
        return len(numbers)

    def _remove(self, numbers: Sequence[int]) -> None:
        """Remove entries, and the sources that nobody translates any more."""
        run = self._connection.execute
        sources = {run("SELECT source FROM entries WHERE id = ?", (number,)).fetchone()[0] for number in numbers}
        self._connection.executemany("DELETE FROM entries WHERE id = ?", ((number,) for number in numbers))
        for source in sources:
            if run("SELECT 1 FROM entries WHERE source = ?", (source,)).fetchone():
                continue
            text, language = run(
                "SELECT s.text, p.source FROM sources s JOIN pairs p ON p.id = s.pair WHERE s.id = ?", (source,)
            ).fetchone()
            # FTS5 finds what to take out of an index without content by what went in (its manual, 4.4.1).
            known = " ".join(marks(normal.plain(text, language)))
            run("INSERT INTO grams (grams, rowid, marks) VALUES ('delete', ?, ?)", (source, known))
            run("DELETE FROM sources WHERE id = ?", (source,))

    def _article(self, name: str, origin: str) -> int:
        self._connection.execute("INSERT OR IGNORE INTO articles (name, origin) VALUES (?, ?)", (name, origin))
        found = self._connection.execute("SELECT id FROM articles WHERE name = ? AND origin = ?", (name, origin))
        return int(found.fetchone()[0])

    def _ensured_pair(self, source_language: str, target_language: str) -> int:
        names = (language_key(source_language), language_key(target_language))
        self._connection.execute("INSERT OR IGNORE INTO pairs (source, target) VALUES (?, ?)", names)
        return int(
            self._connection.execute("SELECT id FROM pairs WHERE source = ? AND target = ?", names).fetchone()[0]
        )

    def _pair(self, source_language: str, target_language: str) -> int | None:
        row = self._connection.execute(
            "SELECT id FROM pairs WHERE source = ? AND target = ?",
            (language_key(source_language), language_key(target_language)),
        ).fetchone()
        return row[0] if row else None

    @contextlib.contextmanager
    def kept_still(self) -> Iterator[None]:
        """Nobody else can write while this lasts."""
        with opening.mapped(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: what it does stands wholly or not at all."""
        with opening.mapped(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_replaced()
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                # Some errors, such as a full disk, have rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _refuse_replaced(self) -> None:
        """What is written into a file that ``rebuild`` has replaced would be lost."""
        if _identity(self._path) != self._file:
            raise FileError(
                _("Another command has made the memory anew."), path=self._path, hint=_("Run the command again.")
            )


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands at ``path``: a rebuilt one is another."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return 0, 0
