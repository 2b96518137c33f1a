"""An engine's work in other processes and on other machines.

Workers get an engine's *specification* and load its model once per process. Sentences go out in batches of similar
length, the longest first; a worker that is lost costs its batch, which another one does again.
"""

from __future__ import annotations

import concurrent.futures
import functools
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Protocol

from compiler_flow.engines.base import HERE, Engine, EngineSettings, OnDraft, Request
from compiler_flow.errors import EngineError
from compiler_flow.i18n import gettext as _

# A batch is what is lost with its worker, and what scheduling is paid for: some ten seconds of a model of Argos' size.
BATCH_TOKENS = 4096
_LEAST_TOKENS = 256
# A batch is at most this share of what is left for each worker.
_TURNS = 4
# UTF-8 bytes for one token, measured with a vocabulary of 32,000 pieces on English news.
_BYTES = 3.5
_TRIES = 3
_LOOK_SECONDS = 5.0
_AT_WORK = threading.Lock()


@dataclass(frozen=True, slots=True)
class EngineSpec:
    """How a worker makes the engine that it shall work with. ``version`` is ours, which must be the same everywhere."""

    name: str
    settings: EngineSettings
    version: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A worker's task: ``signature`` is what its engine must have, ``tries`` says with how many workers it was lost."""

    spec: EngineSpec
    signature: str
    indexes: tuple[int, ...]
    requests: tuple[Request, ...]
    languages: tuple[str, str]
    tries: int = 0


class WorkerLostError(Exception):
    """The process that had a batch is no more."""


class Pool(Protocol):
    """Workers, wherever they are."""

    def room(self) -> int:
        """How many workers there are."""

    def submit(self, batch: Batch) -> Future[list[str]]:
        """Have ``batch`` done; its future raises ``WorkerLostError`` where its worker is lost."""

    def look(self) -> None:
        """Called while nothing arrives. Raises ``EngineError`` where nothing will."""

    def close(self) -> None:
        """Let the workers go; what they are at is dropped."""


def work(batch: Batch) -> list[str]:
    """What a worker does. Raises ``EngineError`` where it has not the model that the batch is for."""
    # One batch at a time, also where a worker has several threads: the engine itself uses all of its cores.
    with _AT_WORK:
        engine = _loaded(batch.spec)
        if engine.signature(*batch.languages) != batch.signature:
            raise EngineError(
                _("The worker {host} has another model than this machine: {model}.").format(
                    host=_host(), model=engine.model(*batch.languages)
                ),
                hint=_("Install the same packages on every machine."),
            )
        return HERE.run(engine, batch.requests, *batch.languages)


def _host() -> str:
    import platform

    return platform.node() or str(os.getpid())


@functools.cache
def _loaded(spec: EngineSpec) -> Engine:
    from compiler_flow import __version__, engines

    if spec.version != __version__:
        raise EngineError(
            _("The worker {host} has compiler-flow {theirs}, this machine {ours}.").format(
                host=_host(), theirs=__version__, ours=spec.version
            ),
            hint=_("Install the same version on every machine."),
        )
    return engines.load(spec.name, spec.settings)


class Spread:
    """The executor that has batches done by workers, each with the engine of ``spec``; a context manager.

    ``make`` gives the pool of workers; it is called when there is something to do for them.
    """

    def __init__(self, make: Callable[[], Pool], spec: EngineSpec) -> None:
        self._make = make
        self._spec = spec
        self._started: Pool | None = None

    def __enter__(self) -> Spread:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._started is not None:
            self._started.close()
            self._started = None

    @property
    def pool(self) -> Pool:
        """The workers, started at the first call. Raises what ``make`` raises."""
        if self._started is None:
            self._started = self._make()
        return self._started

    def room(self) -> int:
        """How many workers there are."""
        return self.pool.room()

    def run(
        self, engine: Engine, requests: Sequence[Request], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """The drafts of ``requests``, in order. ``engine`` says what every worker must have."""
        drafts = [""] * len(requests)
        if not requests:
            return drafts
        pool = self.pool
        signature = engine.signature(source, target)
        waiting = deque(
            Batch(self._spec, signature, tuple(part), tuple(requests[index] for index in part), (source, target))
            for part in batches(requests, pool.room())
        )
        running: dict[Future[list[str]], Batch] = {}
        try:
            while waiting or running:
                # One for each worker: what waits behind another batch cannot go to a worker that is free sooner.
                while waiting and len(running) < pool.room():
                    batch = waiting.popleft()
                    running[pool.submit(batch)] = batch
                done, _open = concurrent.futures.wait(
                    running, _LOOK_SECONDS, return_when=concurrent.futures.FIRST_COMPLETED
                )
                if not done:
                    pool.look()
                for future in done:
                    batch = running.pop(future)
                    made = _result(future, batch)
                    if made is None:
                        waiting.appendleft(replace(batch, tries=batch.tries + 1))
                        continue
                    for index, draft in zip(batch.indexes, made, strict=True):
                        drafts[index] = draft
                        if on_draft:
                            on_draft(index, draft)
        finally:
            for future in running:
                future.cancel()
        return drafts


def _result(future: Future[list[str]], batch: Batch) -> list[str] | None:
    """The drafts of ``batch``; ``None`` where its worker was lost and another one shall try."""
    try:
        return future.result()
    except WorkerLostError as error:
        if batch.tries + 1 < _TRIES:
            return None
        raise EngineError(
            _(
                "{count} workers were lost one after another over the same sentences, the first of which is: {text}"
            ).format(count=_TRIES, text=batch.requests[0].text[:80]),
            hint=_("Is there enough memory? What was done is kept: run the command again."),
        ) from error


def batches(requests: Sequence[Request], workers: int) -> Iterator[list[int]]:
    """The indexes of ``requests``, longest first, in batches that are sized by their tokens."""
    sizes = [len(request.text.encode("utf-8", "surrogatepass")) / _BYTES + 1 for request in requests]
    left = sum(sizes)
    batch: list[int] = []
    size = 0.0
    for index in sorted(range(len(requests)), key=lambda index: -sizes[index]):
        # Smaller towards the end, so that all workers are done at about the same time.
        limit = min(BATCH_TOKENS, max(_LEAST_TOKENS, left / (max(1, workers) * _TURNS)))
        if batch and size + sizes[index] > limit:
            yield batch
            left -= size
            batch, size = [], 0.0
        batch.append(index)
        size += sizes[index]
    if batch:
        yield batch
