"""Name → part, imported at the first look-up: how readers, engines, checks, renderers and commands are found.

A room lists its parts as ``name = "module:attribute"``; other packages join through an entry point group.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Generic, TypeVar, cast

from compiler_flow.errors import UsageError
from compiler_flow.i18n import gettext as _

_OUR_GROUPS = b"[compiler_flow."

T_co = TypeVar("T_co", covariant=True)


class Table(Mapping[str, T_co], Generic[T_co]):
    """A mapping from name to part. ``noun`` (English, translated when shown) names the kind of part in errors.

    ``group`` is the entry point group through which other packages join.
    """

    def __init__(self, noun: str, parts: Mapping[str, str], *, group: str = "") -> None:
        self._noun = noun
        self._group = group
        self._places = dict(parts)
        self._joined = not group

    def _all(self) -> dict[str, str]:
        if not self._joined and _others_may_join():
            from importlib.metadata import entry_points

            for point in entry_points(group=self._group):
                self._places.setdefault(point.name, point.value)
        self._joined = True
        return self._places

    def __getitem__(self, name: str) -> T_co:
        # Our own parts first: asking the installed packages for theirs costs tens of milliseconds.
        place = self._places.get(name) or self._all().get(name)
        if place is None:
            import difflib

            near = difflib.get_close_matches(name, self._places, n=1)
            hint = _("Did you mean {name}?").format(name=near[0]) if near else self._known()
            raise UsageError(_("There is no {noun} called {name}.").format(noun=_(self._noun), name=name), hint=hint)
        module, _colon, attribute = place.partition(":")
        return cast("T_co", getattr(import_module(module), attribute))

    def _known(self) -> str:
        return _("Known: {names}.").format(names=", ".join(sorted(self._places)))

    def __contains__(self, name: object) -> bool:
        return name in self._places or name in self._all()

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


@functools.cache
def _others_may_join() -> bool:
    """Whether any installed package may have entry points of ours.

    ``importlib.metadata`` is asked only then: it reads all packages with the parser of mail headers, which takes longer
    than most commands need. Places that are no folders (zip files) are left to it.
    """
    for place in dict.fromkeys(sys.path):
        folder = Path(place or ".")
        if folder.is_file():
            return True
        try:
            names = [entry.name for entry in os.scandir(folder) if entry.name.endswith((".dist-info", ".egg-info"))]
        except OSError:
            continue
        for name in names:
            with contextlib.suppress(OSError):
                if _OUR_GROUPS in (folder / name / "entry_points.txt").read_bytes():
                    return True
    return False
