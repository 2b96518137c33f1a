"""Before a long run: how much there is to draft, how much of it is known, and how long the rest will take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from compiler_flow import review
from compiler_flow.errors import ModelMissingError
from compiler_flow.flow import models, parts, remembering, terminology
from compiler_flow.flow.exchange import with_credits
from compiler_flow.flow.working import AS_SET, Bench, Workers, bench
from compiler_flow.model import State
from compiler_flow.project import Workspace
from compiler_flow.text import fold_spaces

# So many sentences for each worker are drafted to see how long they take. They are kept: no time is lost.
PROBE = 24


@dataclass(frozen=True, slots=True)
class Estimate:
    """``units`` that are open, with their ``words``; how many repeat another open one; how many the memory knows
    (``exact``) or nearly knows (``fuzzy``), and the glossary as a whole.

    ``sentences`` with ``sentence_words`` are left for the engine, of which ``kept`` are found from an earlier run.
    ``seconds`` is the time that the others will take, measured on ``probed`` of them; ``None`` where no engine can.
    """

    units: int
    words: int
    repeats: int
    exact: int
    fuzzy: int
    glossary: int
    sentences: int
    sentence_words: int
    kept: int = 0
    probed: int = 0
    seconds: float | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Engine:
    """What was seen of the engine."""

    kept: int = 0
    probed: int = 0
    seconds: float | None = None
    notes: list[str] = field(default_factory=list)


def estimate(
    workspace: Workspace, folders: Sequence[Path], *, engine: str | None = None, workers: Workers = AS_SET
) -> Estimate:
    """What ``prefill`` would do with the articles in ``folders``. Nothing is written but drafts that are kept."""
    from compiler_flow import prefill as filling

    loaded = [parts.load(workspace, folder) for folder in folders]
    catalogs = [with_credits(one.part.catalog, one.part.metadata) for one in loaded]
    known = terminology.load(workspace)
    with remembering.level(workspace) as memory:
        recalled = filling.prefill_all(catalogs, memory=memory, matcher_for=known.matcher)
    before = [unit for catalog in catalogs for unit in catalog.units if unit.state is State.EMPTY]
    opened = {id(unit) for unit in before}
    origins = [
        new.origin
        for old_catalog, new_catalog in zip(catalogs, recalled, strict=True)
        for old, new in zip(old_catalog.units, new_catalog.units, strict=True)
        if id(old) in opened and new.origin is not None
    ]
    by_glossary = sum(origin.by == filling.GLOSSARY for origin in origins)
    exact = sum(origin.score >= 100 for origin in origins) - by_glossary
    asked = filling.for_engine(recalled)
    spec = models.engine_spec(workspace, engine)
    seen = _Engine()
    if spec is not None and any(asked.values()):
        with bench(workspace, spec, workers) as at:
            seen = _measured(at, asked, known)
    sentences = [source for sources in asked.values() for source in sources]
    return Estimate(
        units=len(before),
        words=sum(review.words(unit.source) for unit in before),
        repeats=len(before) - len({fold_spaces(unit.source) for unit in before}),
        exact=exact,
        fuzzy=len(origins) - exact - by_glossary,
        glossary=by_glossary,
        sentences=len(sentences),
        sentence_words=sum(map(review.words, sentences)),
        kept=seen.kept,
        probed=seen.probed,
        seconds=seen.seconds,
        notes=tuple(seen.notes),
    )


def _measured(at: Bench, asked: dict[tuple[str, str], tuple[str, ...]], known: terminology.Terminology) -> _Engine:
    """Draft a few sentences of each language pair, and reckon by length."""
    from compiler_flow.prefill.drafts import Drafter

    seen = _Engine()
    for (source, target), sources in asked.items():
        try:
            signature = at.engine.signature(source, target)
        except ModelMissingError as error:
            seen.notes.append(str(error))
            continue
        drafter = Drafter(at.engine, source, target, finder=known.matcher(source), executor=at.executor)
        requests = drafter.requests(sources)
        found = at.cache.find(signature, source, target, requests)
        left = [text for text, request in zip(sources, requests, strict=True) if request not in found]
        seen.kept += len(sources) - len(left)
        seen.seconds = seen.seconds or 0.0
        if not left:
            continue
        first, *sample = _spaced(left, PROBE * at.room() + 1)
        drafter.draft([first])
        began = time.perf_counter()
        drafter.draft(sample)
        took = time.perf_counter() - began
        rest = sum(map(len, left)) - len(first) - sum(map(len, sample))
        seen.probed += len(sample)
        seen.seconds += took * rest / max(1, sum(map(len, sample)))
    return seen


def _spaced(texts: Sequence[str], count: int) -> list[str]:
    """``count`` texts of every length, the shortest of them first."""
    ordered = sorted(texts, key=len)
    step = max(1.0, len(ordered) / count)
    return [ordered[int(number * step)] for number in range(min(count, len(ordered)))]
