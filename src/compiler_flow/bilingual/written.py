"""The entries of the units that were written last: after an edit all units but one are the same objects as before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from compiler_flow.model import Unit

# So many are kept at most: what a person edits, not an archive.
MOST = 10_000


class Written:
    """``write`` with a memory of its last texts. Units are frozen, so one that was written before has the same text."""

    def __init__(self, write: Callable[[Unit], str]) -> None:
        self._write = write
        # By ``id``, with the unit, which keeps the number its own; replaced as a whole, so that threads may share it.
        self._last: dict[int, tuple[Unit, str]] = {}

    def texts(self, units: Sequence[Unit]) -> list[str]:
        """The text of each unit."""
        known, kept = self._last, {}
        texts = []
        for unit in units:
            pair = known.get(id(unit)) or (unit, self._write(unit))
            texts.append(pair[1])
            kept[id(unit)] = pair
        if len(units) <= MOST:
            self._last = kept
        return texts

    def renamed(self, units: Sequence[Unit], before: Sequence[Unit]) -> None:
        """``units`` stand for those of ``before`` from now on, and have the same texts."""
        known = self._last
        pairs = zip(units, (known.get(id(old)) for old in before), strict=True)
        self._last = {id(unit): (unit, pair[1]) for unit, pair in pairs if pair}
