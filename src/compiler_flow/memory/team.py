"""A memory that several people share: the same as ``store.Memory``, in a PostgreSQL database with ``pg_trgm``.

Every workspace (one person's copy of the files) owns what its articles teach and replaces only that. Two people who
translate halves of one article lose nothing, and what one of them withdraws goes from their own share. What is imported
belongs to all. Everything lies in the schema ``compiler_flow`` of the database. Only this file and
``address.py`` know psycopg.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, LiteralString

from compiler_flow.errors import CompilerFlowError, FileError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.memory import marks, normal
from compiler_flow.memory.address import shown, told
from compiler_flow.memory.base import EXACT, Stats, Store, exactness, literal, matched, ranked, scored
from compiler_flow.memory.entries import Entry, context, learnable
from compiler_flow.memory.normal import folded, language_key
from compiler_flow.memory.schema import IMPORT, PROJECT
from compiler_flow.model import Catalog, Match
from compiler_flow.text import clean

VERSION = 1
_SECONDS = 10
_CANDIDATES = 200
# Of each piece so many sources are taken: one that more of them have tells little.
_PIECES, _SHARING = 8, 500
# pg_trgm counts shared trigrams, we count edits.
_LESS_ALIKE, _LEAST_ALIKE = 0.45, 0.1
# Any number, as long as everybody takes the same: "cfTM".
_LOCK = 0x6366544D

_TABLES: tuple[LiteralString, ...] = (
    "CREATE SCHEMA compiler_flow",
    "CREATE TABLE compiler_flow.facts (version integer NOT NULL)",
    "CREATE TABLE compiler_flow.articles (id bigserial PRIMARY KEY, workspace text NOT NULL, name text NOT NULL,"
    " origin text NOT NULL, stamp text NOT NULL DEFAULT '', UNIQUE (workspace, name, origin))",
    "CREATE TABLE compiler_flow.entries (id bigserial PRIMARY KEY,"
    " article bigint NOT NULL REFERENCES compiler_flow.articles ON DELETE CASCADE,"
    " source_language text NOT NULL, target_language text NOT NULL, key bigint NOT NULL, source text NOT NULL,"
    " plain text NOT NULL, target text NOT NULL, unit text NOT NULL, previous text NOT NULL, next text NOT NULL,"
    ' at text NOT NULL, "by" text NOT NULL)',
    "CREATE INDEX entries_by_key ON compiler_flow.entries (key)",
    "CREATE INDEX entries_by_article ON compiler_flow.entries (article)",
    "CREATE INDEX entries_by_grams ON compiler_flow.entries USING gin (plain gin_trgm_ops)",
)
_ENTRY: LiteralString = 'e.source, e.target, a.name, e.unit, e.previous, e.next, e.at, e."by"'
_JOINED: LiteralString = "compiler_flow.entries e JOIN compiler_flow.articles a ON a.id = e.article"
_COLUMNS: LiteralString = (
    'article, source_language, target_language, key, source, plain, target, unit, previous, next, at, "by"'
)


class TeamMemory(Store):
    """A translation memory on a PostgreSQL server at ``url``, see ``base.Store``; ``workspace`` names the share.

    The password may stand in the address, in ``PGPASSWORD`` or in ``~/.pgpass``; no message shows it. Raises
    ``FileError`` where the server cannot be reached or lacks ``pg_trgm``.
    """

    def __init__(self, url: str, workspace: str) -> None:
        try:
            import psycopg
        except ImportError:
            raise FileError(
                _("A memory on a server needs psycopg."), hint=_("Run: pip install 'compiler-flow[postgres]'")
            ) from None
        self._url = url
        self._workspace = workspace
        with self._mapped():
            self._connection = psycopg.connect(
                url, autocommit=True, connect_timeout=_SECONDS, application_name="compiler-flow"
            )
        try:
            with self._mapped():
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        run = self._connection.execute
        with self._connection.transaction():
            # Two people may open the new memory at once.
            run("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            known = run("SELECT to_regclass('compiler_flow.facts')").fetchone()
            if known is None or known[0] is None:
                self._extend()
                for statement in _TABLES:
                    run(statement)
                run("INSERT INTO compiler_flow.facts VALUES (%s)", (VERSION,))
            row = run("SELECT max(version) FROM compiler_flow.facts").fetchone()
        if row is None or row[0] != VERSION:
            raise FormatError(
                _("The memory was made by a newer compiler-flow."),
                path=shown(self._url),
                hint=_("Update compiler-flow."),
            )

    def _extend(self) -> None:
        import psycopg

        try:
            self._connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except psycopg.Error as error:
            raise FileError(
                _("The database lacks pg_trgm."),
                path=shown(self._url),
                hint=_("Somebody who may must run there once: CREATE EXTENSION pg_trgm"),
            ) from error
        # In the C locale only ASCII has trigrams: no fuzzy match would ever be found in Russian.
        row = self._connection.execute("SELECT cardinality(show_trgm('щит'))").fetchone()
        if not row or not row[0]:
            raise FileError(
                _("The database knows ASCII letters only."),
                path=shown(self._url),
                hint=_("Make one with a UTF-8 locale: createdb -T template0 -E UTF8 -l C.UTF-8 NAME"),
            )

    def close(self) -> None:
        """Let go of the server; the memory cannot be used after."""
        self._connection.close()

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
        if not text:
            return ()
        pair = (language_key(source_language), language_key(target_language))
        compared = normal.plain(text, source_language)
        with self._mapped():
            rows = [
                (exactness(text, row[0]), row)
                for row in self._rows("e.key = %s", (*pair, normal.key(compared)))
                if normal.plain(row[0], source_language) == compared
            ]
            if not rows and threshold < EXACT:
                rows = self._similar(compared, source_language, pair, threshold, limit)
        around = (context(previous), context(next))
        return ranked([matched(score, row, around) for score, row in rows], limit)

    def _rows(self, condition: LiteralString, values: Sequence[object]) -> list[Any]:
        return self._connection.execute(
            f"SELECT {_ENTRY} FROM {_JOINED} WHERE e.source_language = %s AND e.target_language = %s AND {condition}"
            " ORDER BY e.at, e.id",
            values,
        ).fetchall()

    def _similar(
        self, compared: str, language: str, pair: tuple[str, str], threshold: int, limit: int
    ) -> list[tuple[int, Any]]:
        """The sources that share pieces of a long text, or most trigrams of a short one; then the edits decide."""
        pieces = marks.pieces(compared, _PIECES)
        with self._connection.transaction():
            if pieces:
                found = self._sharing(pieces, pair)
            else:
                alike = max(_LEAST_ALIKE, threshold / 100 - _LESS_ALIKE)
                self._connection.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", (str(alike),))
                found = self._connection.execute(
                    "SELECT plain FROM (SELECT DISTINCT plain, similarity(plain, %s) AS alike"
                    " FROM compiler_flow.entries"
                    " WHERE plain %% %s AND source_language = %s AND target_language = %s) AS found"
                    " ORDER BY alike DESC LIMIT %s",
                    (compared, compared, *pair, _CANDIDATES),
                ).fetchall()
        texts = {number: row[0] for number, row in enumerate(found)}
        best = scored(compared, texts, language, threshold, limit) if texts else []
        return [
            (score, row)
            for number, score in best
            for row in self._rows("e.key = %s AND e.plain = %s", (*pair, normal.key(texts[number]), texts[number]))
        ]

    def _sharing(self, pieces: Sequence[str], pair: tuple[str, str]) -> list[Any]:
        one: LiteralString = (
            "(SELECT DISTINCT plain FROM compiler_flow.entries"
            " WHERE plain ILIKE %s AND source_language = %s AND target_language = %s LIMIT %s)"
        )
        each = " UNION ALL ".join([one] * len(pieces))
        values = [value for piece in pieces for value in (f"%{literal(piece)}%", *pair, _SHARING)]
        return self._connection.execute(
            f"SELECT plain FROM ({each}) AS found GROUP BY plain ORDER BY count(*) DESC LIMIT %s",
            (*values, _CANDIDATES),
        ).fetchall()

    def search(self, text: str, *, limit: int = 50) -> tuple[Match, ...]:
        """See ``base.Store.search``."""
        pattern = f"%{literal(folded(text))}%"
        with self._mapped():
            rows = self._connection.execute(
                f"SELECT {_ENTRY} FROM {_JOINED} WHERE e.source ILIKE %s OR e.target ILIKE %s"
                " ORDER BY e.at DESC, e.id DESC LIMIT %s",
                (pattern, pattern, limit),
            ).fetchall()
        return tuple(Match(row[0], row[1], 0, row[2], row[6], row[7]) for row in rows)

    def entries(self, source_language: str, target_language: str) -> Iterator[Entry]:
        """See ``base.Store.entries``."""
        with self._mapped(), self._connection.transaction(), self._connection.cursor(name="entries") as cursor:
            cursor.execute(
                f"SELECT {_ENTRY} FROM {_JOINED} WHERE e.source_language = %s AND e.target_language = %s ORDER BY e.id",
                (language_key(source_language), language_key(target_language)),
            )
            for row in cursor:
                yield Entry(*row)

    def stats(self) -> Stats:
        """See ``base.Store.stats``."""
        with self._mapped():
            run = self._connection.execute
            (counts,) = run(
                "SELECT count(*), count(DISTINCT (source_language, target_language, source)), count(DISTINCT a.name),"
                f" count(*) FILTER (WHERE a.origin = %s) FROM {_JOINED}",
                (IMPORT,),
            ).fetchall()
            pairs = run(
                "SELECT source_language, target_language, count(*) FROM compiler_flow.entries"
                " GROUP BY 1, 2 ORDER BY 1, 2"
            ).fetchall()
        entries, sources, articles, imported = counts
        return Stats(entries, sources, articles, tuple(tuple(row) for row in pairs), imported)

    def stamps(self) -> Mapping[str, str]:
        """See ``base.Store.stamps``; those of this workspace."""
        with self._mapped():
            rows = self._connection.execute(
                "SELECT name, stamp FROM compiler_flow.articles WHERE workspace = %s AND origin = %s",
                (self._workspace, PROJECT),
            ).fetchall()
        return dict(rows)

    # ------------------------------------------------------------------------------------------ writing

    def learn(self, catalog: Catalog, *, at: str, article: str = "", by: str = "", stamp: str = "") -> int:
        """See ``base.Store.learn``."""
        name = article or catalog.article
        entries = tuple(learnable(catalog, at=at, article=name, by=by))
        pair = (language_key(catalog.source_language), language_key(catalog.target_language))
        with self._mapped(), self._connection.transaction():
            self._forget("", name, IMPORT)
            # The row stays locked until the end: of two who learn the same share, one waits.
            number = self._article(self._workspace, name, PROJECT, stamp)
            fresh = self._changed(number, pair, entries)
            self._insert(fresh, pair, {name: number}, catalog.source_language)
        return len(entries)

    def _changed(self, article: int, pair: tuple[str, str], entries: Iterable[Entry]) -> list[Entry]:
        """Take out what the article has no more, and return those of ``entries`` that it does not have yet."""
        known: dict[tuple[str, ...], list[int]] = {}
        rows = self._connection.execute(
            "SELECT id, source_language, target_language, source, target, unit FROM compiler_flow.entries"
            " WHERE article = %s ORDER BY id DESC",
            (article,),
        )
        for number, *texts in rows:
            known.setdefault(tuple(texts), []).append(number)
        fresh, kept = [], []
        for entry in entries:
            numbers = known.get((*pair, folded(entry.source), clean(entry.target), clean(entry.unit)))
            if numbers:
                kept.append((entry.previous, entry.next, clean(entry.by), numbers.pop()))
            else:
                fresh.append(entry)
        with self._connection.cursor() as cursor:
            cursor.executemany(
                'UPDATE compiler_flow.entries SET previous = %s, next = %s, "by" = %s WHERE id = %s', kept
            )
        stale = [number for numbers in known.values() for number in numbers]
        self._connection.execute("DELETE FROM compiler_flow.entries WHERE id = ANY(%s)", (stale,))
        return fresh

    def add(self, entries: Iterable[Entry], source_language: str, target_language: str) -> int:
        """See ``base.Store.add``."""
        pair = (language_key(source_language), language_key(target_language))
        with self._mapped(), self._connection.transaction():
            learnt = self.stamps().keys()
            counted = itertools.count()
            foreign = (entry for entry, _number in zip(entries, counted, strict=False) if entry.article not in learnt)
            self._insert(foreign, pair, {}, source_language)
            return next(counted)

    def _insert(self, entries: Iterable[Entry], pair: tuple[str, str], articles: dict[str, int], language: str) -> None:
        """Copy entries in, those of unknown articles as imported and once."""
        run = self._connection.execute
        run("CREATE TEMPORARY TABLE incoming (LIKE compiler_flow.entries) ON COMMIT DROP")
        run("ALTER TABLE incoming DROP COLUMN id, ADD COLUMN name text, ADD COLUMN place bigserial")
        run("ALTER TABLE incoming ALTER COLUMN article DROP NOT NULL")
        with self._connection.cursor() as cursor, cursor.copy(f"COPY incoming ({_COLUMNS}, name) FROM STDIN") as copy:
            for entry in entries:
                source = folded(entry.source)
                if source and entry.target.strip():
                    plain = normal.plain(source, language)
                    told = (entry.unit, entry.previous, entry.next, entry.at, entry.by, entry.article)
                    number = articles.get(entry.article)
                    copy.write_row(
                        (number, *pair, normal.key(plain), source, plain, clean(entry.target), *map(clean, told))
                    )
        if not articles:
            run(
                "INSERT INTO compiler_flow.articles (workspace, name, origin)"
                " SELECT DISTINCT '', name, %s FROM incoming ON CONFLICT DO NOTHING",
                (IMPORT,),
            )
            run(
                "UPDATE incoming i SET article = a.id FROM compiler_flow.articles a"
                " WHERE a.workspace = '' AND a.name = i.name AND a.origin = %s",
                (IMPORT,),
            )
            run(
                "DELETE FROM incoming i USING compiler_flow.entries e"
                " WHERE e.key = i.key AND e.article = i.article AND e.source = i.source AND e.target = i.target"
            )
            run(
                "DELETE FROM incoming i USING incoming o WHERE o.place < i.place AND o.key = i.key"
                " AND o.article = i.article AND o.source = i.source AND o.target = i.target"
            )
        run(f"INSERT INTO compiler_flow.entries ({_COLUMNS}) SELECT {_COLUMNS} FROM incoming ORDER BY place")

    def forget(self, article: str) -> int:
        """See ``base.Store.forget``; what other workspaces teach stays."""
        with self._mapped(), self._connection.transaction():
            return self._forget(self._workspace, article, PROJECT) + self._forget("", article, IMPORT)

    def _forget(self, workspace: str, name: str, origin: str) -> int:
        where = (workspace, clean(name), origin)
        (row,) = self._connection.execute(
            f"SELECT count(*) FROM {_JOINED} WHERE a.workspace = %s AND a.name = %s AND a.origin = %s", where
        ).fetchall()
        self._connection.execute(
            "DELETE FROM compiler_flow.articles WHERE workspace = %s AND name = %s AND origin = %s", where
        )
        return int(row[0])

    def _article(self, workspace: str, name: str, origin: str, stamp: str) -> int:
        (row,) = self._connection.execute(
            "INSERT INTO compiler_flow.articles (workspace, name, origin, stamp) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (workspace, name, origin) DO UPDATE SET stamp = excluded.stamp RETURNING id",
            (workspace, clean(name), origin, stamp),
        ).fetchall()
        return int(row[0])

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        """psycopg's errors as ours, without the password."""
        import psycopg

        try:
            yield
        except CompilerFlowError:
            raise
        except (psycopg.Error, UnicodeError) as error:
            # The original may carry the address with the password, so it is not kept as the cause.
            raise told(error, self._url) from None
