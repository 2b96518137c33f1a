"""The workspace's translation memory: kept level with the translators' files, searched, rebuilt, exchanged.

The memory is a cache. Before it is used, every article whose files changed since it was learnt is learnt again, and one
that is no longer there is forgotten. What was imported from TMX files stays.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import project
from compiler_flow.errors import CompilerFlowError, FileError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Match
from compiler_flow.project import Workspace
from compiler_flow.text import base_language, digest

if TYPE_CHECKING:
    from compiler_flow.memory import Lesson, Rebuilt, Stats, Store

Tell = Callable[[str], None]
# Clocks may be coarse (FAT counts in steps of two seconds): a file changed just before it was learnt may change again
# and look the same.
_COARSE_NS = 2_000_000_000


@contextmanager
def level(workspace: Workspace, tell: Tell = lambda _line: None) -> Iterator[Store]:
    """The workspace's memory, open, after learning what changed since it was last used.

    Where it may not be written it is used as it is, and ``tell`` gets a line if that is behind the articles. Raises
    ``FileError`` or ``FormatError`` for a memory that cannot be used. A translators' file that cannot be read is passed
    over here: whoever checks or assembles it will be told.
    """
    with _opened(workspace) as (memory, writes):
        changed, gone = _behind(workspace, memory)
        if writes:
            for name in gone:
                memory.forget(name)
            for lesson in _lessons(changed):
                _learn(memory, lesson)
        elif changed or gone:
            tell(
                _(
                    "The memory may not be written here; it does not know what changed in {count} of the articles."
                ).format(count=len(changed) + len(gone))
            )
        yield memory


@contextmanager
def _opened(workspace: Workspace) -> Iterator[tuple[Store, bool]]:
    """The memory, and whether it may be written."""
    if workspace.memory_url:
        from compiler_flow.memory.team import TeamMemory

        with TeamMemory(workspace.memory_url, _share(workspace)) as shared:
            yield shared, True
        return
    from compiler_flow.memory import Memory, opening

    path = workspace.memory
    with contextlib.ExitStack() as held:
        try:
            found, writes = held.enter_context(Memory(path)), True
        except FileError as error:
            if not opening.is_of_place(error):
                raise
            writes = not path.exists()
            if writes:
                # Nothing to read yet and no place to write: what the articles say can be had all the same.
                path = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="compiler-flow-"))) / path.name
            found = held.enter_context(Memory(path, writes=writes))
        yield found, writes


def _share(workspace: Workspace) -> str:
    """What tells this copy of the files from those of other people who share the memory."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = ""
    return digest(user, platform.node(), str(workspace.root.resolve()), length=16)


_Named = tuple[str, Path]


def _behind(workspace: Workspace, memory: Store) -> tuple[list[_Named], list[str]]:
    """The articles whose files are not as they were learnt, and the names of those that are no longer there."""
    known = memory.stamps()
    named = list(_files(workspace))
    changed = [(name, file) for name, file in named if known.get(name) != _stamp(file)]
    return changed, sorted(known.keys() - {name for name, _file in named})


def _files(workspace: Workspace) -> Iterator[_Named]:
    for issue in workspace.issues():
        for folder in project.articles(issue):
            file = project.catalog_path(folder, workspace.target_language)
            if file.exists():
                yield f"{issue.name}/{folder.name}", file


def _stamp(file: Path) -> str:
    """What tells a changed article without reading it: time and size of the units and of the facts beside them."""
    parts = []
    for path in (file, file.parent / project.ARTICLE_FILE):
        with contextlib.suppress(FileNotFoundError):
            found = path.stat()
            parts.append(f"{found.st_mtime_ns}.{found.st_size}")
    return " ".join(parts)


def _lessons(named: Sequence[_Named], tell: Tell = lambda _line: None) -> Iterator[Lesson]:
    from compiler_flow import bilingual
    from compiler_flow.memory import Lesson

    for name, file in named:
        stamp = _stamp(file)
        written = file.stat().st_mtime_ns
        if time.time_ns() - written < _COARSE_NS:
            stamp = ""
        try:
            catalog = bilingual.load(file)
            people = project.read_metadata(file.parent)[0].compilers
        except CompilerFlowError as error:
            tell(_("Left out: {reason}").format(reason=error))
            continue
        headers = dict(catalog.headers)
        by = "、".join(people) or headers.get("Last-Translator", "").partition("<")[0].strip()
        at = _revised(headers.get("PO-Revision-Date", "")) or dt.datetime.fromtimestamp(written / 1e9, dt.UTC)
        yield Lesson(catalog, name, at.astimezone(dt.UTC).isoformat(timespec="seconds"), by, stamp)


def _revised(date: str) -> dt.datetime | None:
    """The time that translators' programs write into the head of a file; a copied file keeps it."""
    with contextlib.suppress(ValueError):
        return dt.datetime.strptime(date, "%Y-%m-%d %H:%M%z")
    return None


def _learn(memory: Store, lesson: Lesson) -> None:
    memory.learn(lesson.catalog, at=lesson.at, article=lesson.article, by=lesson.by, stamp=lesson.stamp)


def rebuild(workspace: Workspace, tell: Tell = lambda _line: None) -> Rebuilt:
    """Make the memory anew from all translators' files of the workspace; what was imported stays.

    In a memory that a team shares only what this workspace teaches is learnt anew. ``tell`` gets a line for each file
    that cannot be read: what it says is in the memory again when it is mended.
    """
    from compiler_flow import memory

    lessons = _lessons(list(_files(workspace)), tell)
    if not workspace.memory_url:
        return memory.rebuild(workspace.memory, lessons)
    with _opened(workspace) as (shared, _writes):
        for name in shared.stamps():
            shared.forget(name)
        for lesson in lessons:
            _learn(shared, lesson)
        return memory.Rebuilt(shared.stats())


def search(workspace: Workspace, text: str, *, limit: int = 20, tell: Tell = lambda _line: None) -> tuple[Match, ...]:
    """What the memory has with ``text`` in source or translation, the newest first."""
    with level(workspace, tell) as memory:
        return memory.search(text, limit=limit)


def stats(workspace: Workspace, tell: Tell = lambda _line: None) -> Stats:
    """How much the memory holds."""
    with level(workspace, tell) as memory:
        return memory.stats()


def import_tmx(workspace: Workspace, path: Path, source_language: str) -> int:
    """Learn a TMX file's units for ``source_language`` → the workspace's language; returns their number."""
    from compiler_flow.memory import tmx

    with level(workspace) as memory:
        target = workspace.target_language
        return memory.add(tmx.read(path, source_language, target), source_language, target)


def other_sources(workspace: Workspace, source_language: str) -> tuple[str, ...]:
    """The source languages of the memory besides ``source_language``."""
    own = base_language(source_language)
    return tuple(sorted({source for source, _target, _count in stats(workspace).pairs if base_language(source) != own}))


def export_tmx(workspace: Workspace, path: Path, source_language: str) -> int:
    """Write what the memory has for ``source_language`` → the workspace's language; returns the number of units."""
    from compiler_flow.memory import tmx

    if path.suffix.lower() != ".tmx":
        raise UsageError(_("The file's name must end in .tmx."), path=path)
    with level(workspace) as memory:
        target = workspace.target_language
        return tmx.write(path, memory.entries(source_language, target), source_language, target)
