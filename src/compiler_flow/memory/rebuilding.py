"""Making the memory's file anew: from the articles, with what was imported before."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from compiler_flow.errors import FileError, FormatError
from compiler_flow.i18n import gettext as _
from compiler_flow.memory.base import Stats
from compiler_flow.memory.entries import Lesson
from compiler_flow.memory.store import Memory


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new memory holds, and where the old file was put aside if it could not be read."""

    stats: Stats
    aside: Path | None = None


def rebuild(path: Path, lessons: Iterable[Lesson]) -> Rebuilt:
    """Make the memory at ``path`` anew from ``lessons`` and from what it had of TMX files.

    It is built beside the old one and takes its place when it is whole; nobody else can write meanwhile. An old file
    that is damaged, of a newer version or another program's is put aside and not looked into: half of what was imported
    would be worse than none. Raises ``FileError``.
    """
    new = path.with_name(f".{path.name}.rebuilding")
    _remove(new)
    with contextlib.ExitStack() as held:
        held.callback(_remove, new)
        old = _opened(path)
        if old is not None:
            held.enter_context(old)
            held.enter_context(old.kept_still())
        with Memory(new) as memory:
            if old is not None:
                _carry(old, memory)
            for lesson in lessons:
                memory.learn(lesson.catalog, at=lesson.at, article=lesson.article, by=lesson.by, stamp=lesson.stamp)
            stats = memory.stats()
        try:
            aside = _put_aside(path) if old is None else None
            if os.name == "nt" and old is not None:
                # Windows replaces no file that somebody has open, be it we ourselves.
                old.close()
            _remove(path, only_journal=True)
            new.replace(path)
        except OSError as error:
            raise FileError(
                _("The memory cannot be replaced: {reason}.").format(reason=error.strerror or error),
                path=path,
                hint=_("Is another program using it?"),
            ) from error
    return Rebuilt(stats, aside)


def _opened(path: Path) -> Memory | None:
    """The old memory, if there is one that can be believed."""
    if not path.is_file():
        return None
    try:
        memory = Memory(path)
    except FormatError:
        return None
    try:
        memory.verify()
    except FormatError:
        memory.close()
        return None
    return memory


def _carry(old: Memory, memory: Memory) -> None:
    grouped = itertools.groupby(old.imported(), key=lambda row: row[:2])
    for (source, target), rows in grouped:
        memory.add((entry for _source, _target, entry in rows), source, target)


def _put_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.damaged")
    _remove(aside)
    for suffix in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(aside.with_name(aside.name + suffix))
    return aside


def _remove(path: Path, *, only_journal: bool = False) -> None:
    """Remove a memory's files; or only the journal beside it, which must not meet a new file."""
    for suffix in ("-wal", "-shm") if only_journal else ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).unlink()
