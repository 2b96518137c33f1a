"""Drafts that were made before: an SQLite file that a killed run is taken up from, and that equal sentences share.

It is a cache and nothing else: a file that is torn, or of another version, is made anew, and a draft whose check sum
does not fit counts as unknown. Several processes may use it at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
import time
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from compiler_flow.engines.base import HERE, Engine, Executor, OnDraft, Request
from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language

# "cfDR": so that another program's SQLite file is never taken for ours and made anew.
APPLICATION_ID = 0x63664452
VERSION = 1
_BUSY_SECONDS = 15.0
_PORTION = 500
_TOGETHER_SECONDS = 0.1
_TABLES = (
    "CREATE TABLE models (id INTEGER PRIMARY KEY, signature TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,"
    " UNIQUE (signature, source, target))",
    "CREATE TABLE drafts (model INTEGER NOT NULL, key BLOB NOT NULL, draft TEXT NOT NULL, sum INTEGER NOT NULL,"
    " PRIMARY KEY (model, key)) WITHOUT ROWID",
)


class DraftCache:
    """The drafts in the file at ``path``; a context manager.

    ``trouble`` says why drafts cannot be kept, or is empty: work goes on without. Raises ``FormatError`` only for a
    file that is another program's.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._models: dict[tuple[str, str, str], int] = {}
        self._connection: sqlite3.Connection | None = None
        self._waiting: list[tuple[str, str, str, Request, str]] = []
        self._written = 0.0
        self.trouble = ""
        self._open()

    def close(self) -> None:
        """Close the file; nothing is found or kept any more."""
        self.write()
        self._disconnect()

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> DraftCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def find(self, signature: str, source: str, target: str, requests: Sequence[Request]) -> dict[Request, str]:
        """What is known of ``requests``."""
        found: dict[Request, str] = {}
        self.write()
        with self._mapped():
            model = self._model(signature, source, target)
            for start in range(0, len(requests) if model else 0, _PORTION):
                keys = {_key(request): request for request in requests[start : start + _PORTION]}
                marks = ",".join("?" * len(keys))
                query = f"SELECT key, draft, sum FROM drafts WHERE model = ? AND key IN ({marks})"  # noqa: S608 (only ?)
                rows = self._rows(query, model, *keys)
                found |= {keys[key]: draft for key, draft, total in rows if total == _sum(key, draft)}
        return found

    def keep(self, signature: str, source: str, target: str, request: Request, draft: str) -> None:
        """Keep one draft: at once, or with the next one where several come in the same tenth of a second."""
        self._waiting.append((signature, source, target, request, draft))
        if time.monotonic() - self._written > _TOGETHER_SECONDS or len(self._waiting) >= _PORTION:
            self.write()

    def write(self) -> None:
        """Put on disk what waits for it."""
        waiting, self._waiting = self._waiting, []
        if waiting and self._connection is not None:
            with self._mapped():
                self._rows("BEGIN IMMEDIATE")
                for signature, source, target, request, draft in waiting:
                    key, model = _key(request), self._model(signature, source, target)
                    self._rows("INSERT OR REPLACE INTO drafts VALUES (?, ?, ?, ?)", model, key, draft, _sum(key, draft))
                self._rows("COMMIT")
        self._written = time.monotonic()

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall() if self._connection else []

    def _model(self, signature: str, source: str, target: str) -> int:
        name = (signature, base_language(source), target)
        if name not in self._models:
            self._rows("INSERT OR IGNORE INTO models (signature, source, target) VALUES (?, ?, ?)", *name)
            rows = self._rows("SELECT id FROM models WHERE signature = ? AND source = ? AND target = ?", *name)
            self._models[name] = rows[0][0] if rows else 0
        return self._models[name]

    @contextlib.contextmanager
    def _mapped(self) -> Iterator[None]:
        """A torn file is made anew; where the disk does not let it, ``trouble`` is told and nothing kept from then."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            self._give_up(error)
        except sqlite3.DatabaseError:
            self._disconnect()
            self._begin_anew()

    def _open(self) -> None:
        try:
            with self._mapped():
                self._connect()
        except FormatError:
            self._disconnect()
            raise

    def _connect(self) -> None:
        connection = self._connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        connection.execute("PRAGMA synchronous = NORMAL")
        # Whoever comes first makes the tables; what is there is looked at when nobody else is making them.
        connection.execute("BEGIN IMMEDIATE")
        try:
            self._prepare(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        with contextlib.suppress(sqlite3.OperationalError):
            # Another process may be switching in the same moment; then that was done, or the next one does it.
            connection.execute("PRAGMA journal_mode = WAL")

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (filled,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if filled and application != APPLICATION_ID:
            raise FormatError(
                _("This is no file of drafts of compiler-flow."),
                path=self._path,
                hint=_("Name another one in compiler-flow.toml: [prefill] cache = …"),
            )
        if filled and version != VERSION:
            raise sqlite3.DatabaseError
        if not filled:
            for table in _TABLES:
                connection.execute(table)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("SELECT 1 FROM drafts LIMIT 1").fetchall()

    def _begin_anew(self) -> None:
        """Remove a torn file, or one of another version: there is nothing in it that cannot be made again."""
        self._models.clear()
        try:
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + suffix).unlink(missing_ok=True)
            self._connect()
        except (sqlite3.DatabaseError, OSError) as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        self._disconnect()
        reason = (error.strerror if isinstance(error, OSError) else "") or str(error)
        self.trouble = _("{path}: drafts cannot be kept for later: {reason}.").format(path=self._path, reason=reason)


class Cached:
    """The executor that asks ``inner`` only for what is not in ``cache``, and keeps each draft as it arrives.

    ``read`` is false to ask for everything anew.
    """

    def __init__(self, cache: DraftCache, inner: Executor = HERE, *, read: bool = True) -> None:
        self._cache = cache
        self._inner = inner
        self._read = read

    def run(
        self, engine: Engine, requests: Sequence[Request], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """The drafts of ``requests``, in order; equal ones are made once. An empty draft is not kept."""
        signature = engine.signature(source, target)
        places: dict[Request, list[int]] = {}
        for index, request in enumerate(requests):
            places.setdefault(request, []).append(index)
        drafts = [""] * len(requests)

        def arrived(request: Request, draft: str) -> None:
            for index in places[request]:
                drafts[index] = draft
                if on_draft:
                    on_draft(index, draft)

        known = self._cache.find(signature, source, target, list(places)) if self._read else {}
        for request, draft in known.items():
            arrived(request, draft)
        missing = [request for request in places if request not in known]

        def made(number: int, draft: str) -> None:
            if draft:
                self._cache.keep(signature, source, target, missing[number], draft)
            arrived(missing[number], draft)

        try:
            if missing:
                self._inner.run(engine, missing, source, target, on_draft=made)
        finally:
            self._cache.write()
        return drafts


def _key(request: Request) -> bytes:
    """A digest of a text and its terms; 128 bits do not meet by chance in any archive."""
    parts = [request.text, *(part for pair in request.terms for part in pair)]
    return hashlib.blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _sum(key: bytes, draft: str) -> int:
    return zlib.crc32(draft.encode("utf-8", "surrogatepass"), zlib.crc32(key))
