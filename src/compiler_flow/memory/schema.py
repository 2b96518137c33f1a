"""The memory's tables, and how an older file becomes a newer one. ``PRAGMA user_version`` counts the migrations.

``sources`` holds every source text once in each language pair, ``entries`` its translations. ``grams`` indexes the
sources by their trigrams (FTS5, without positions: they are only counted), ``rarity`` says in how many sources each
trigram stands. ``rarity`` may lag behind: it only decides which trigrams are asked for first.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from compiler_flow.errors import FormatError
from compiler_flow.i18n import gettext as _

# "cfTM": so that another program's SQLite file is not taken for a memory.
APPLICATION_ID = 0x6366544D

_MIGRATIONS = (
    """
    CREATE TABLE pairs (id INTEGER PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, UNIQUE (source, target));
    CREATE TABLE sources (
        id INTEGER PRIMARY KEY, pair INTEGER NOT NULL REFERENCES pairs, key TEXT NOT NULL, text TEXT NOT NULL,
        UNIQUE (pair, key)
    );
    CREATE TABLE entries (
        id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources, target TEXT NOT NULL,
        article TEXT NOT NULL, unit TEXT NOT NULL, previous TEXT NOT NULL, next TEXT NOT NULL, at TEXT NOT NULL
    );
    CREATE INDEX entries_by_source ON entries (source);
    CREATE INDEX entries_by_article ON entries (article);
    CREATE VIRTUAL TABLE grams USING fts5 (
        text, content = 'sources', content_rowid = 'id', tokenize = 'trigram', detail = 'none', columnsize = 0
    );
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab (grams, 'row');
    CREATE TABLE rarity (gram TEXT PRIMARY KEY, sources INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE facts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    """,
)
VERSION = len(_MIGRATIONS)


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make or migrate the tables. Raises ``FormatError`` for a newer file, or another program's."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    filled = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if filled and application != APPLICATION_ID:
        raise FormatError(_("This is no translation memory of compiler-flow."), path=path, hint=rebuild_hint())
    if version > VERSION:
        raise FormatError(
            _("The memory was made by a newer compiler-flow."),
            path=path,
            hint=_("Update compiler-flow, or make the memory again: compiler-flow memory rebuild"),
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    for number, script in enumerate(_MIGRATIONS[version:], start=version + 1):
        # One transaction a migration: a killed one leaves the old version.
        marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number};"
        connection.executescript(f"BEGIN IMMEDIATE; {script} {marks} COMMIT;")


def rebuild_hint() -> str:
    """What to do with a memory that cannot be used: it is only a cache."""
    return _("Make it again from the projects: compiler-flow memory rebuild")
