"""Opening the memory's file: to write, or to read where nothing may be written."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from compiler_flow.errors import FileError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.memory import schema

_HEADER = 100
_PLACE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}


def to_write(path: Path) -> sqlite3.Connection:
    """The memory at ``path``, made or brought up to date where need be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(_("The folder cannot be made: {reason}.").format(reason=error.strerror), path=path) from error
    _refuse_cut_off(path)
    connection = sqlite3.connect(path, timeout=schema.BUSY_SECONDS, isolation_level=None)
    try:
        schema.prepare(connection, path)
        # A file that only others may write is not noticed before the first write.
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except BaseException:
        connection.close()
        raise
    return connection


def to_read(path: Path, held: contextlib.ExitStack) -> sqlite3.Connection:
    """The memory at ``path`` without writing anything beside it; ``held`` takes away what that needed elsewhere."""
    connection = _opened(path, held)
    try:
        _refuse_older(schema.check(connection, path), path)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_older(version: int, path: Path) -> None:
    if version < schema.VERSION:
        raise FileError(
            _("The memory is of an older compiler-flow and cannot be brought up to date: it may not be written."),
            path=path,
        )


def _refuse_cut_off(path: Path) -> None:
    """SQLite takes a few bytes for a new file, and what is missing of the last page for zeros."""
    try:
        size = path.stat().st_size if path.is_file() else 0
        header = b""
        if size:
            with path.open("rb") as stream:
                header = stream.read(_HEADER)
    except OSError as error:
        raise FileError(_("The file cannot be read: {reason}.").format(reason=error.strerror), path=path) from error
    # The size of a page stands at byte 16, 1 for 65536 (https://sqlite.org/fileformat.html, 1.3.2).
    page = int.from_bytes(header[16:18], "big") if len(header) == _HEADER else 0
    if size and (not page or size % (65536 if page == 1 else page)):
        raise damaged(_("a part is missing"), path)


def _opened(path: Path, held: contextlib.ExitStack) -> sqlite3.Connection:
    if not path.is_file():
        raise FileError(_("There is no such file."), path=path)
    _refuse_cut_off(path)
    address = path.resolve().as_uri()
    with contextlib.suppress(sqlite3.OperationalError):
        return _probed(f"{address}?mode=ro")
    # A reader of a file with a journal needs to write an index beside it (https://sqlite.org/wal.html, 5).
    journal = path.with_name(f"{path.name}-wal")
    if not journal.exists() or not journal.stat().st_size:
        return _probed(f"{address}?mode=ro&immutable=1")
    folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="compiler-flow-")))
    try:
        shutil.copyfile(path, folder / "memory.sqlite")
        shutil.copyfile(journal, folder / "memory.sqlite-wal")
    except OSError as error:
        raise FileError(_("The file cannot be read: {reason}.").format(reason=error.strerror), path=path) from error
    return _probed((folder / "memory.sqlite").as_uri())


def _probed(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=schema.BUSY_SECONDS, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def is_of_place(error: BaseException) -> bool:
    """Whether ``error`` says that the file or its folder may not be written."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    return code in _PLACE or isinstance(error.__cause__, PermissionError)


@contextlib.contextmanager
def mapped(path: Path) -> Iterator[None]:
    """SQLite's errors as ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise FileError(*_told(error), path=path, hint=_hint(error)) from error
    except sqlite3.DatabaseError as error:
        raise damaged(str(error), path) from error


def _told(error: sqlite3.OperationalError) -> tuple[str]:
    reason = str(error)
    if "no such module: fts5" in reason:
        return (_("This Python's SQLite has no full-text index (FTS5)."),)
    return (_("The memory cannot be used: {reason}.").format(reason=reason),)


def _hint(error: sqlite3.OperationalError) -> str:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return _("Another program is using it: try again in a moment.")
        case sqlite3.SQLITE_FULL:
            return _("Make room on the disk: nothing was changed.")
        case code if code in _PLACE:
            return _("May you write this file and its folder?")
        case _:
            return _("Is another program using it, or the disk full?")


def damaged(reason: str, path: Path) -> FormatError:
    """The error for a file of which nothing more can be believed."""
    return FormatError(
        _("The memory is damaged: {reason}.").format(reason=reason), path=path, hint=schema.rebuild_hint()
    )
