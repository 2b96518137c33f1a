"""The workspace's translation memory: kept level with the translators' files, searched, rebuilt, exchanged.

The memory is a cache. Before it is used, every article whose file is newer than the memory is learnt again.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import project
from compiler_flow.errors import CompilerFlowError, FileError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, Match
from compiler_flow.project import Workspace

if TYPE_CHECKING:
    from compiler_flow.memory import Memory, Stats


def level(workspace: Workspace) -> Memory:
    """The workspace's memory, open, after learning what changed since it was last used.

    Raises ``FileError`` or ``FormatError`` for a memory that cannot be used. A translators' file that cannot be read
    is passed over here: whoever checks or assembles it will be told.
    """
    from compiler_flow.memory import Memory

    path = workspace.memory
    since = path.stat().st_mtime if path.exists() else 0.0
    # Both clocks may be coarse (FAT counts in steps of two seconds): what is as old as the memory is learnt again.
    changed = [(name, file) for name, file in _files(workspace) if file.stat().st_mtime >= since - 2]
    memory = Memory(path)
    try:
        for name, catalog, at in _readable(changed):
            memory.learn(catalog, at=at, article=name)
        if changed:
            os.utime(path)
    except BaseException:
        memory.close()
        raise
    return memory


def _files(workspace: Workspace) -> Iterator[tuple[str, Path]]:
    for issue in workspace.issues():
        for folder in project.articles(issue):
            file = project.catalog_path(folder, workspace.target_language)
            if file.exists():
                yield f"{issue.name}/{folder.name}", file


def _readable(named: list[tuple[str, Path]]) -> Iterator[tuple[str, Catalog, str]]:
    from compiler_flow import bilingual

    for name, file in named:
        try:
            catalog = bilingual.load(file)
        except CompilerFlowError:
            continue
        at = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC).isoformat(timespec="seconds")
        yield name, catalog, at


def rebuild(workspace: Workspace) -> Stats:
    """Make the memory anew from all translators' files of the workspace."""
    from compiler_flow import memory

    named = list(_files(workspace))
    stats = memory.rebuild(workspace.memory, ((name, at, catalog) for name, catalog, at in _readable(named)))
    os.utime(workspace.memory)
    return stats


def search(workspace: Workspace, text: str, *, limit: int = 20) -> tuple[Match, ...]:
    """What the memory has with ``text`` in source or translation, the newest first."""
    with level(workspace) as memory:
        return memory.search(text, limit=limit)


def stats(workspace: Workspace) -> Stats:
    """How much the memory holds."""
    with level(workspace) as memory:
        return memory.stats()


def import_tmx(workspace: Workspace, path: Path, source_language: str) -> int:
    """Learn a TMX file's units for ``source_language`` → the workspace's language; returns their number."""
    from compiler_flow.memory import tmx

    with level(workspace) as memory:
        target = workspace.target_language
        number = memory.add(tmx.read(path, source_language, target), source_language, target)
    if not number:
        raise FileError(
            _("The file has no units for {source} → {target}.").format(source=source_language, target=target),
            path=path,
        )
    return number


def export_tmx(workspace: Workspace, path: Path, source_language: str) -> int:
    """Write what the memory has for ``source_language`` → the workspace's language; returns the number of units."""
    from compiler_flow.memory import tmx

    if path.suffix.lower() != ".tmx":
        raise UsageError(_("The file's name must end in .tmx."), path=path)
    with level(workspace) as memory:
        target = workspace.target_language
        return tmx.write(path, memory.entries(source_language, target), source_language, target)
