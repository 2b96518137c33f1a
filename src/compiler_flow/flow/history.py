"""What git knows of an issue: how its units came along, and what became of one of them.

git is asked as a program, where there is one and where the workspace lies in a repository; else there is no history,
which is no error. Nothing is ever written.
"""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from compiler_flow import project, review
from compiler_flow.errors import CompilerFlowError
from compiler_flow.model import Unit
from compiler_flow.project import Workspace

_SECONDS = 10.0
_DAYS = 7
_VERSIONS = 50
_MARK = "\x1f"


@dataclass(frozen=True, slots=True)
class Day:
    """How far an issue was at the end of a day: units done, drafts, and all units."""

    date: dt.date
    done: int
    draft: int
    total: int


@dataclass(frozen=True, slots=True)
class Version:
    """A unit as it was since ``at``; ``by`` is the commit's author."""

    at: dt.datetime
    by: str
    unit: Unit


def head(workspace: Workspace) -> str:
    """The commit that is checked out, or an empty text where there is no history."""
    return _git(workspace.root, "rev-parse", "--verify", "--quiet", "HEAD").strip()


def week(workspace: Workspace, issue: Path, today: dt.date) -> tuple[Day, ...]:
    """The issue at the end of each of the seven days up to ``today`` on which it changed, the oldest first.

    Empty without a history.
    """
    since = today - dt.timedelta(days=_DAYS - 1)
    lines = _git(
        workspace.root,
        "log",
        f"--since={since.isoformat()}T00:00:00",
        "--format=%H %cI",
        "--",
        _under(workspace, issue),
    )
    # The log has the newest first: the first commit of a day that is met is its last.
    last: dict[dt.date, str] = {}
    for line in lines.splitlines():
        commit, _space, at = line.partition(" ")
        last.setdefault(dt.datetime.fromisoformat(at).date(), commit)
    days = (_day(workspace, issue, date, commit) for date, commit in sorted(last.items()) if date >= since)
    return tuple(day for day in days if day.total)


def _day(workspace: Workspace, issue: Path, date: dt.date, commit: str) -> Day:
    from compiler_flow.bilingual import po

    name = project.catalog_path(Path(), workspace.target_language).name
    listed = _git(
        workspace.root, "ls-tree", "-r", "-z", "--name-only", "--full-name", commit, "--", _under(workspace, issue)
    )
    files = [file for file in listed.split("\0") if file.endswith(f"/{name}") and "/sent/" not in file]
    done = draft = total = 0
    for file, data in zip(files, _contents(workspace.root, [f"{commit}:{file}" for file in files]), strict=True):
        try:
            now = review.progress(po.parse(data, Path(file)))
        except CompilerFlowError:
            continue
        done, draft, total = done + now.done, draft + now.draft, total + now.total
    return Day(date, done, draft, total)


def of_unit(workspace: Workspace, article: Path, unit: str) -> tuple[Version, ...]:
    """The versions of ``unit`` in the last fifty commits of its article, the newest first."""
    from compiler_flow.bilingual import po

    path = project.catalog_path(article, workspace.target_language)
    lines = _git(
        workspace.root,
        "log",
        f"-n{_VERSIONS}",
        f"--format=%H{_MARK}%aI{_MARK}%an",
        "--",
        _under(workspace, path),
    )
    rows = [line.split(_MARK) for line in lines.splitlines() if line.count(_MARK) == 2]
    top = _git(workspace.root, "rev-parse", "--show-toplevel").strip()
    if not rows or not top:
        return ()
    name = path.resolve().relative_to(Path(top).resolve()).as_posix()
    versions: list[Version] = []
    contents = _contents(workspace.root, [f"{commit}:{name}" for commit, _at, _by in rows])
    # From the oldest on, so that each version is told with who made it.
    for (_commit, at, by), data in zip(reversed(rows), reversed(contents), strict=True):
        try:
            found = next((one for one in po.parse(data, path).units if one.id == unit), None)
        except CompilerFlowError:
            continue
        if found is None or (versions and _same(versions[-1].unit, found)):
            continue
        versions.append(Version(dt.datetime.fromisoformat(at), by, found))
    return tuple(reversed(versions))


def _same(one: Unit, other: Unit) -> bool:
    return (one.target, one.fuzzy, one.comments) == (other.target, other.fuzzy, other.comments)


def _under(workspace: Workspace, path: Path) -> str:
    return path.resolve().relative_to(workspace.root.resolve()).as_posix()


def _git(folder: Path, *arguments: str) -> str:
    """What git prints, or an empty text where it has nothing to say."""
    return _run(folder, arguments).decode("utf-8", "replace")


def _run(folder: Path, arguments: Sequence[str], given: bytes = b"") -> bytes:
    program = shutil.which("git")
    if program is None:
        return b""
    command = [program, "-C", str(folder), "-c", "core.quotepath=off", *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603 (no shell)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def _contents(folder: Path, names: Sequence[str]) -> list[bytes]:
    """The contents of the objects ``names`` in one call; empty for those that are not there."""
    if not names:
        return []
    data = _run(folder, ["cat-file", "--batch"], "\n".join(names).encode() + b"\n")
    found = list(_objects(data))
    return found if len(found) == len(names) else [b""] * len(names)


def _objects(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        words = data[at:end].split(b" ")
        if words[-1] == b"missing":
            yield b""
            at = end + 1
        else:
            size = int(words[-1])
            yield data[end + 1 : end + 1 + size]
            at = end + 2 + size
