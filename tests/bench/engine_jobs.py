"""What one engine does in a process of its own: ``python engine_jobs.py NAME PACKAGES SENTENCES`` prints JSON.

``PACKAGES`` is a folder of installed packages, ``SENTENCES`` a file with one sentence a line. Loading the model and the
first sentence are not counted.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jobs

from compiler_flow import __version__

# A paragraph of news has so many sentences.
_PARAGRAPH = 4
_KEPT = 40_000
# Seconds for a sentence: a model of Argos' size takes more than twice that with one core.
_PAUSE = 0.05


def argostranslate(packages: Path, sentences: list[str]) -> dict[str, Any]:
    """The peer in its own way: one paragraph a call, its own splitter, its own threads (``ARGOS_INTRA_THREADS``)."""
    with tempfile.TemporaryDirectory() as home:
        places = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        os.environ.update(dict.fromkeys(places, home), ARGOS_PACKAGES_DIR=str(packages))
        from argostranslate import translate

        translate.translate(sentences[0], "en", "zh")
        paragraphs = [" ".join(sentences[at : at + _PARAGRAPH]) for at in range(0, len(sentences), _PARAGRAPH)]
        return _timed(lambda: [translate.translate(text, "en", "zh") for text in paragraphs])


def ours(packages: Path, sentences: list[str]) -> dict[str, Any]:
    """All sentences in one call."""
    engine = _engine(packages)
    engine.translate(sentences[:1], "en", "zh-CN")
    return _timed(lambda: engine.translate(sentences, "en", "zh-CN"))


def bare(packages: Path, sentences: list[str]) -> dict[str, Any]:
    """``ctranslate2.translate_batch`` over the tokens that we give it, with its own sorting and the same settings."""
    from compiler_flow.engines import argos

    engine = _engine(packages)
    engine.translate(sentences[:1], "en", "zh-CN")
    (model,) = engine._loaded.values()
    tokens = [model._encode(text) for text in dict.fromkeys(sentences)]
    return _timed(
        lambda: model._translator.translate_batch(
            tokens,
            max_batch_size=argos.BATCH_TOKENS,
            batch_type="tokens",
            beam_size=4,
            length_penalty=argos.LENGTH_PENALTY,
            replace_unknowns=True,
        )
    )


def pivot(packages: Path, sentences: list[str]) -> dict[str, Any]:
    """Russian through English, and each of the legs alone over the same sentences."""
    engine = _engine(packages)
    middle = engine.translate(sentences, "ru", "en")
    engine.translate(sentences[:1], "ru", "zh-CN")
    first = _timed(lambda: engine.translate(sentences, "ru", "en"))["seconds"]
    second = _timed(lambda: engine.translate(middle, "en", "zh-CN"))["seconds"]
    both = _timed(lambda: engine.translate(sentences, "ru", "zh-CN"))
    return both | {"legs": first + second}


def processes(count: int) -> Callable[[Path, list[str]], dict[str, Any]]:
    """``count`` worker processes with one thread each."""

    def run(packages: Path, sentences: list[str]) -> dict[str, Any]:
        from compiler_flow.engines.processes import Processes

        return _spread(lambda: Processes(count), count, packages, sentences)

    return run


def scheduling(_packages: Path, sentences: list[str]) -> dict[str, Any]:
    """An engine that takes its time and no processor: here, in worker processes, on a Dask cluster of one worker.

    So what comes on top is scheduling, also on a machine that is busy with other things.
    """
    from distributed import LocalCluster

    from compiler_flow.engines import HERE, EngineSettings, Request, load
    from compiler_flow.engines.cluster import Cluster
    from compiler_flow.engines.processes import Processes
    from compiler_flow.engines.spread import EngineSpec, Spread

    requests = [Request(text) for text in sentences]
    with tempfile.TemporaryDirectory() as folder:
        settings = EngineSettings(options=(("log", folder), ("pause", _PAUSE)))
        engine, spec = load("slow", settings), EngineSpec("slow", settings, __version__)

        def over(make: Callable[[], Any]) -> float:
            with Spread(make, spec) as spread:
                spread.run(engine, requests[:5], "en", "zh-CN")
                return float(_timed(lambda: spread.run(engine, requests, "en", "zh-CN"))["seconds"])

        alone = _timed(lambda: HERE.run(engine, requests, "en", "zh-CN"))["seconds"]
        one = over(lambda: Processes(1))
        two = over(lambda: Processes(2))
        with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as local:
            dask = over(lambda: Cluster(local.scheduler_address))
    return {"alone": alone, "one": one, "two": two, "dask": dask}


def keep(_packages: Path, sentences: list[str]) -> dict[str, Any]:
    """What the caller itself does for drafts that cost nothing: batches, keeping, finding again."""
    from concurrent.futures import Future

    from compiler_flow.engines import EngineSettings, Request, load
    from compiler_flow.engines.cache import Cached, DraftCache
    from compiler_flow.engines.spread import Batch, EngineSpec, Spread

    class Ready:
        """A pool whose workers are done at once."""

        def room(self) -> int:
            return 100

        def submit(self, batch: Batch) -> Future[list[str]]:
            done: Future[list[str]] = Future()
            done.set_result([f"[zh] {request.text}" for request in batch.requests])
            return done

        def look(self) -> None:
            pass

        def close(self) -> None:
            pass

    before = jobs.highest()
    requests = [Request(f"{number} {text}") for number in range(_KEPT // len(sentences)) for text in sentences]
    echo, settings = load("echo"), EngineSettings()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drafts.sqlite"
        with DraftCache(file) as cache, Spread(Ready, EngineSpec("echo", settings)) as spread:
            began = time.process_time()
            Cached(cache, spread).run(echo, requests, "en", "zh-CN")
            kept = time.process_time() - began
            began = time.process_time()
            Cached(cache, spread).run(echo, requests, "en", "zh-CN")
            found = time.process_time() - began
        return {
            "kept": len(requests) / kept,
            "found": len(requests) / found,
            "bytes": file.stat().st_size / len(requests),
            "memory": (jobs.highest() - before) * 1024 / len(requests),
        }


def _spread(make: Callable[[], Any], count: int, packages: Path, sentences: list[str]) -> dict[str, Any]:
    from compiler_flow.engines import Request
    from compiler_flow.engines.spread import EngineSpec, Spread

    engine = _engine(packages, threads=1)
    spec = EngineSpec("argos", engine._settings, __version__)
    requests = [Request(text) for text in sentences]
    with Spread(make, spec) as spread:
        # Enough for every worker to get some and load its model.
        spread.run(engine, requests[: 40 * count], "en", "zh-CN")
        return _timed(lambda: spread.run(engine, requests, "en", "zh-CN"))


def _engine(packages: Path, threads: int = 0) -> Any:
    from compiler_flow.engines import EngineSettings, load

    return load("argos", EngineSettings(packages=(packages,), threads=threads))


def _timed(work: Callable[[], Sequence[Any]]) -> dict[str, Any]:
    began = time.perf_counter()
    made = work()
    return {"seconds": time.perf_counter() - began, "memory": jobs.highest(), "made": len(made)}


_JOBS = {
    "argostranslate": argostranslate,
    "ours": ours,
    "bare": bare,
    "pivot": pivot,
    "one": processes(1),
    "two": processes(2),
    "scheduling": scheduling,
    "keep": keep,
}


if __name__ == "__main__":
    told = _JOBS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]).read_text(encoding="utf-8").splitlines())
    sys.stdout.write(json.dumps(told) + "\n")
