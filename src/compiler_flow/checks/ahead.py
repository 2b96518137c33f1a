"""Checks of a catalog's first units, in other processes, while the rest of its file is still being read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Self

from compiler_flow.checks import sharing
from compiler_flow.checks.base import Check
from compiler_flow.checks.pieces import Groups, Piece, cut, look, look_first, remembering
from compiler_flow.errors import CompilerFlowError
from compiler_flow.model import Catalog, CheckContext


class Ahead:
    """Work on one catalog that begins before the whole is known: ``follow`` is told how far it is.

    ``checks`` are those that look at pieces; ``context_of`` gives what they may know, by the beginning of the catalog.
    To be used in ``with``: what nobody asked for is stopped at its end.
    """

    def __init__(self, checks: Iterable[Check], context_of: Callable[[Catalog], CheckContext]) -> None:
        self._checks = tuple(checks)
        self._context_of = context_of
        self._catalog: Catalog | None = None
        self._context: CheckContext | None = None
        self._first: Piece | None = None
        self._next = 0
        self._parts: list[Groups] = []
        # With its work, in case the process fails.
        self._begun: list[tuple[sharing.Begun[list[Piece]], Sequence[Callable[[], Piece]]]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for begun, _work in self._begun:
            begun.stop()

    def follow(self, catalog: Catalog, share: float) -> None:
        """``catalog`` is as far as it was read, ``share`` (0 to 1) of the whole: more work may begin."""
        if not self._checks:
            return
        expected = len(catalog.units) / share
        processes = sharing.workers(round(expected))
        # One process reads. The others get as much as they can do until it is through, and no more: what is left then
        # is for all of them.
        most = max(sharing.PIECE, round(expected / 2 / processes))
        while sum(not begun.is_done() for begun, _work in self._begun) < processes - 1:
            # The unit behind the last piece must be known: it may be rendered together with the one before.
            parts, stop = cut(catalog, self._next, min(self._next + most, len(catalog.units) - 1))
            context = self._context or self._look_first(parts, catalog)
            if not parts or context is None:
                return
            waiting = parts if self._parts else parts[1:]
            work = [functools.partial(look, part, catalog, context, self._checks) for part in waiting]
            self._parts += parts
            self._catalog, self._next = catalog, stop
            if work:
                self._begun.append((sharing.Begun(functools.partial(_do, work)), work))

    def _look_first(self, parts: Sequence[Groups], catalog: Catalog) -> CheckContext | None:
        """Look at the first piece; not without the settings, of which the whole check will speak."""
        if parts:
            try:
                self._context = remembering(self._context_of(catalog))
            except CompilerFlowError:
                self._checks = ()
                return None
            self._first = look_first(parts[0], catalog, self._context, self._checks)
        return self._context

    def begun(self, catalog: Catalog, checks: Iterable[Check]) -> tuple[list[Groups], int]:
        """The groups of the first pieces of ``catalog``, which are being looked at, and the unit behind them.

        None where this was told of another catalog, or is to do other ``checks``.
        """
        known, stop = self._catalog, self._next
        if (
            known is None
            or tuple(checks) != self._checks
            or known.source_language != catalog.source_language
            or any(one is not other for one, other in zip(known.units[:stop], catalog.units[:stop], strict=True))
        ):
            return [], 0
        return self._parts, stop

    def results(self) -> list[Piece]:
        """What came of the pieces that were begun, in their order."""
        pieces = [self._first] if self._first else []
        while self._begun:
            begun, work = self._begun[0]
            done = begun.result()
            pieces += _do(work) if done is None else done
            del self._begun[0]
        return pieces


def _do(work: Sequence[Callable[[], Piece]]) -> list[Piece]:
    return [piece() for piece in work]
