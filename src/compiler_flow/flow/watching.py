"""Building a number again whenever one of its files changes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from compiler_flow.flow import manifest
from compiler_flow.project import Workspace

INTERVAL = 0.2
"""Seconds between two looks at the files."""

State = dict[Path, tuple[int, int]]


def state(paths: Iterable[Path]) -> State:
    """When each file was changed last, and its size; a file that is not there has no entry."""
    found: State = {}
    for path in paths:
        try:
            seen = path.stat()
        except OSError:
            continue
        found[path] = (seen.st_mtime_ns, seen.st_size)
    return found


def watch(
    workspace: Workspace,
    issue: Path,
    themes: Callable[[], Iterable[str]],
    build: Callable[[], None],
    *,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Call ``build`` now and after every change of a file that the issue is made from, until interrupted.

    Articles that come or go count as changes, and so do files of the ``themes``, which the settings may change.
    """
    before: State | None = None
    while True:
        now = state(manifest.inputs(workspace, issue, themes()))
        if now != before:
            before = now
            build()
        else:
            sleep(INTERVAL)
