"""A private PostgreSQL server in a temporary folder, for the tests: on a socket of its own, nobody else's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PASSWORD = "geheim-42"  # noqa: S105 (of a server that lives for a minute)


def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; Debian keeps it off the path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    return versions[-1].parent if versions else None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start a server whose programs lie in ``folder`` and yield the address of its database for its owner."""
    # The path of a socket may have 107 bytes at the most, which pytest's folders exceed.
    home = Path(tempfile.mkdtemp(prefix="cf-pg-"))
    account: dict[str, Any] = {}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # The server refuses to run as root.
        account = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        shutil.chown(home, "nobody", "nogroup")

    def run(name: str, *options: str) -> None:
        with (home / "said").open("ab") as said:
            done = subprocess.run(
                [str(folder / name), *options], stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=home, **account
            )
        if done.returncode:
            raise RuntimeError((home / "said").read_text(encoding="utf-8", errors="replace")[-2000:])

    secret = home / "secret"
    secret.write_text(PASSWORD, encoding="ascii")
    secret.chmod(0o644)
    data = str(home / "data")
    try:
        run(
            "initdb", "-D", data, "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8", "-A", "scram-sha-256",
            f"--pwfile={secret}", "--no-sync",
        )  # fmt: skip
        run("pg_ctl", "-D", data, "-w", "-o", f"-k {home} -h '' -F", "-l", f"{home}/log", "start")
        yield f"postgresql://desk:{PASSWORD}@/postgres?host={home}"
    finally:
        if (home / "data" / "postmaster.pid").exists():
            run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
