"""The memory's tables, and how an older file becomes a newer one. ``PRAGMA user_version`` counts the migrations.

``sources`` holds every source text once in each language pair, under the key of its ``plain`` text; ``entries`` its
translations; ``articles`` where they come from: a ``project``'s article with the stamp of its file, or an ``import``.
``grams`` indexes the sources by their ``marks`` (FTS5 without content and positions), ``rarity`` counts the marks that
many sources have. It may lag behind: it only decides which marks are asked for first.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.memory import normal
from compiler_flow.memory.base import seal
from compiler_flow.memory.marks import marks

T = TypeVar("T")

# "cfTM": so that another program's SQLite file is not taken for a memory.
APPLICATION_ID = 0x6366544D
VERSION = 2
PROJECT, IMPORT = "project", "import"
# How long one command waits for another that writes.
BUSY_SECONDS = 30.0
_BATCH = 5000

_TABLES = """
CREATE TABLE pairs (id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (source, target));
CREATE TABLE articles (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, origin TEXT NOT NULL, stamp TEXT NOT NULL DEFAULT '',
    UNIQUE (name, origin)
);
CREATE TABLE sources (
    id INTEGER PRIMARY KEY, pair INTEGER NOT NULL REFERENCES pairs, key INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX sources_by_key ON sources (key);
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources, article INTEGER NOT NULL REFERENCES articles,
    target TEXT NOT NULL, unit TEXT NOT NULL, previous TEXT NOT NULL, next TEXT NOT NULL, at TEXT NOT NULL,
    by TEXT NOT NULL, seal INTEGER NOT NULL
);
CREATE INDEX entries_by_source ON entries (source);
CREATE INDEX entries_by_article ON entries (article);
CREATE VIRTUAL TABLE grams USING fts5 (marks, content = '', tokenize = 'ascii', detail = 'none', columnsize = 0);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (grams, 'row');
CREATE TABLE rarity (gram TEXT PRIMARY KEY, sources INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""


def check(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a memory's file, 0 for a new one. Raises ``FormatError`` for a newer one or another program's."""
    version, application, filled = _head(connection)
    if filled and application != APPLICATION_ID:
        raise FormatError(_("This is no translation memory of compiler-flow."), path=path, hint=rebuild_hint())
    if version > VERSION:
        raise FormatError(
            _("The memory was made by a newer compiler-flow."),
            path=path,
            hint=_("Update compiler-flow, or make the memory again: compiler-flow memory rebuild"),
        )
    return version if filled else 0


def _head(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Version, application and number of tables, as they are at one moment: another process may just make the file."""
    asked = ("PRAGMA user_version", "PRAGMA application_id", "SELECT count(*) FROM sqlite_schema")
    begun = connection.in_transaction
    if not begun:
        connection.execute("BEGIN")
    try:
        version, application, filled = (int(connection.execute(one).fetchone()[0]) for one in asked)
    finally:
        # Some errors end the transaction themselves.
        if not begun and connection.in_transaction:
            connection.execute("ROLLBACK")
    return version, application, filled


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables, or bring an older file's up to date. Raises what ``check`` raises."""
    version = check(connection, path)
    _journal(connection)
    if version == VERSION:
        return
    # In one transaction: a killed one leaves the old version.
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been faster.
        version = check(connection, path)
        if version == 1:
            _from_1(connection)
        elif version == 0:
            _run(connection, _TABLES)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _journal(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on. SQLite does not wait for others here, so we do."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if time.monotonic() > until or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(0.1)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")


def _run(connection: sqlite3.Connection, script: str) -> None:
    # `executescript` would commit the transaction that we are in.
    for statement in script.split(";\n"):
        connection.execute(statement)


def _from_1(connection: sqlite3.Connection) -> None:
    """Version 1 indexed trigrams, and did not tell what was imported: what no article of the workspace replaces."""
    connection.execute("DROP TABLE vocabulary")
    for table in ("grams", "rarity", "facts"):
        connection.execute(f"DROP TABLE {table}")
    for table in ("pairs", "sources", "entries"):
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for index in ("entries_by_source", "entries_by_article"):
        connection.execute(f"DROP INDEX {index}")
    _run(connection, _TABLES)
    connection.execute("INSERT INTO pairs SELECT * FROM old_pairs")
    connection.execute("INSERT INTO articles (name, origin) SELECT DISTINCT article, ? FROM old_entries", (IMPORT,))
    rows = connection.execute(
        "SELECT s.id, s.pair, s.text, p.source FROM old_sources s JOIN old_pairs p ON p.id = s.pair"
    )
    while batch := rows.fetchmany(_BATCH):
        made = [(number, pair, text, normal.plain(text, language)) for number, pair, text, language in batch]
        connection.executemany(
            "INSERT INTO sources VALUES (?, ?, ?, ?)",
            [(number, pair, normal.key(compared), text) for number, pair, text, compared in made],
        )
        connection.executemany(
            "INSERT INTO grams (rowid, marks) VALUES (?, ?)",
            [(number, " ".join(marks(compared))) for number, _pair, _text, compared in made],
        )
    connection.create_function("seal", 2, seal, deterministic=True)
    connection.execute(
        "INSERT INTO entries SELECT e.id, e.source, a.id, e.target, e.unit, e.previous, e.next, e.at, '',"
        " seal(s.text, e.target) FROM old_entries e"
        " JOIN old_sources s ON s.id = e.source JOIN articles a ON a.name = e.article"
    )
    for table in ("entries", "sources", "pairs"):
        connection.execute(f"DROP TABLE old_{table}")


def parts(texts: list[T], size: int = 500) -> Iterator[list[T]]:
    """``texts`` in parts that fit into one statement's parameters (older SQLite takes 999)."""
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def rebuild_hint() -> str:
    """What to do with a memory that cannot be used: it is only a cache."""
    return _("Make it again from the projects: compiler-flow memory rebuild")
