"""Parts that the tests of this room share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compiler_flow.model import Catalog, Unit

AT = "2024-10-31T08:00:00+00:00"
LATER = "2024-11-07T08:00:00+00:00"
SENTENCE = "Vietnam became a member of the WHO in 2019."
HELDOUT = (Path(__file__).parent.parent / "models" / "heldout.en").read_text(encoding="utf-8").splitlines()


def catalog(*units: Unit, article: str = "2024-10-31/forum", source: str = "en") -> Catalog:
    return Catalog(article, source, "zh-CN", tuple(units))


def unit(source: str, target: str = "", **more: object) -> Unit:
    return Unit(id=source[:4] or "x", source=source, target=target, **more)  # type: ignore[arg-type]


@contextmanager
def protected(folder: Path) -> Iterator[list[str]]:
    """``folder`` and all in it may only be read; yields what must stand before a command for that to hold.

    Root may write everywhere unless it gives up the right to.
    """
    paths = [folder, *folder.rglob("*")]
    modes = [path.stat().st_mode for path in paths]
    for path in reversed(paths):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    finally:
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)
