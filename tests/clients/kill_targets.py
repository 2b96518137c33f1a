"""What is killed: processes that write without a pause until somebody ends them.

Each target says ``ready`` once it is about to write, and never returns. They run in processes forked from one that has
imported everything, so that a round costs milliseconds.
"""

from __future__ import annotations

import itertools
import os
from multiprocessing.connection import Connection
from pathlib import Path

from compiler_flow import bilingual, files, flow, prefill, project, review
from compiler_flow.bilingual import po
from compiler_flow.cli import add, assemble, invoke, update
from compiler_flow.cli import prefill as _prefill
from compiler_flow.cli import sign as _sign

# Imported for the children that are forked from here; nothing is called through these names.
PRELOADED = (add, assemble, update, _prefill, _sign, bilingual, flow, po, prefill, project, review)


def write_forever(ready: Connection, path: Path, versions: list[bytes]) -> None:
    """Write one version after the other."""
    ready.send("ready")
    for data in itertools.cycle(versions):
        files.write_bytes(path, data)


def save_forever(ready: Connection, path: Path, versions: list[bytes]) -> None:
    """Save one catalog after the other through ``bilingual.save``."""
    catalogs = [po.parse(data, path) for data in versions]
    ready.send("ready")
    for catalog in itertools.cycle(catalogs):
        bilingual.save(catalog, path, overwrite=True)


def command_forever(ready: Connection, workspace: Path, steps: list[tuple[Path, bytes] | list[str]]) -> None:
    """Do ``steps`` again and again in ``workspace``: commands of the command line, and files put in place."""
    _quiet(workspace)
    ready.send("ready")
    for step in itertools.cycle(steps):
        run(step)


def add_forever(ready: Connection, workspace: Path, name: str, text: str) -> None:
    """Take in one new article after the other."""
    _quiet(workspace)
    inbox = workspace / "inbox"
    inbox.mkdir(exist_ok=True)
    ready.send("ready")
    for number in itertools.count():
        source = inbox / f"{name}-{number}.md"
        source.write_text(text.format(title=f"{name} {number}"), encoding="utf-8")
        run(["add", str(source), "--issue", "2024-10-31", "--lang", "en", "--country", "EE"])


def run(step: tuple[Path, bytes] | list[str]) -> None:
    """One step; a command must succeed."""
    if isinstance(step, tuple):
        files.write_bytes(*step)
        return
    code = invoke(step)
    if code != 0:
        os._exit(code + 100)


def _quiet(workspace: Path) -> None:
    os.chdir(workspace)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
