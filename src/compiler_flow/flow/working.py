"""Where an engine's work is done: here, in processes, on a cluster; and what was done before is not done again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from compiler_flow.errors import UsageError
from compiler_flow.flow import models
from compiler_flow.i18n import gettext as _
from compiler_flow.project import Workspace

if TYPE_CHECKING:
    from compiler_flow.engines import Engine, Executor
    from compiler_flow.engines.cache import DraftCache
    from compiler_flow.engines.spread import EngineSpec, Pool, Spread


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes shall draft, or which cluster; ``None`` leaves it to ``[prefill]`` of the workspace."""

    jobs: int | None = None
    cluster: str | None = None


AS_SET = Workers()


@dataclass(frozen=True, slots=True)
class Bench:
    """An ``engine``, the ``executor`` for it, the cache that this looks into first, and how many workers there are."""

    engine: Engine
    executor: Executor
    cache: DraftCache
    room: Callable[[], int]


@contextmanager
def bench(
    workspace: Workspace, spec: EngineSpec, workers: Workers = AS_SET, *, afresh: bool = False
) -> Iterator[Bench]:
    """The executor for the engine of ``spec``; drafts are kept, and unless ``afresh`` found again.

    Raises ``UsageError`` or ``EngineError`` for workers that cannot be had (when they are first needed).
    """
    from compiler_flow import engines
    from compiler_flow.engines import HERE
    from compiler_flow.engines.cache import Cached, DraftCache

    with ExitStack() as stack:
        cache = stack.enter_context(DraftCache(workspace.drafts))
        spread = _spread(workspace, spec, workers)
        if spread is not None:
            stack.enter_context(spread)
        executor = Cached(cache, spread or HERE, read=not afresh)
        room = spread.room if spread else (lambda: 1)
        yield Bench(engines.load(spec.name, spec.settings), executor, cache, room)


def _spread(workspace: Workspace, spec: EngineSpec, workers: Workers) -> Spread | None:
    from compiler_flow.engines.spread import Spread

    if workers.jobs and workers.cluster:
        raise UsageError(_("Name either --jobs or --cluster."))
    jobs = workers.jobs or models.whole(workspace, "prefill", "jobs", 1, least=1)
    cluster = workers.cluster
    if cluster is None and not workers.jobs:
        cluster = str(workspace.setting("prefill", "cluster", default=""))
    if cluster:
        return Spread(lambda: _cluster(cluster), spec)
    return Spread(lambda: _processes(jobs), _shared(spec, jobs)) if jobs > 1 else None


def _cluster(address: str) -> Pool:
    from compiler_flow.engines.cluster import Cluster

    if "://" not in address:
        raise UsageError(
            _("{address} is no address of a scheduler.").format(address=address),
            hint=_("Name it as it names itself, such as tcp://192.168.1.5:8786."),
        )
    return Cluster(address)


def _processes(jobs: int) -> Pool:
    from compiler_flow.engines.processes import Processes

    return Processes(jobs)


def _shared(spec: EngineSpec, jobs: int) -> EngineSpec:
    """The engine with its share of this machine's cores."""
    from compiler_flow.engines.base import cores

    settings = spec.settings
    return replace(spec, settings=replace(settings, threads=max(1, (settings.threads or cores()) // jobs)))
