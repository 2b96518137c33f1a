"""Work in other processes, and on a real Dask cluster on loopback; workers are killed in the middle of it.

The engine is another package's, found by its entry point, as in a real worker.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from compiler_flow import __version__
from compiler_flow.engines import EngineSettings, Request
from compiler_flow.engines.cluster import Cluster
from compiler_flow.engines.processes import Processes
from compiler_flow.engines.spread import BATCH_TOKENS, EngineSpec, Spread, batches
from compiler_flow.errors import EngineError, UsageError

PLUGIN = Path(__file__).parent / "plugin"
TEXTS = [f"Sentence number {number} of them all." for number in range(60)]


@pytest.fixture(autouse=True)
def _plugin(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package with the engine, installed for this process and those that it starts."""
    monkeypatch.syspath_prepend(PLUGIN)
    monkeypatch.setenv("PYTHONPATH", str(PLUGIN))
    monkeypatch.setattr("compiler_flow.engines.spread._LOOK_SECONDS", 0.2)
    # Many small batches: a real one takes half a minute.
    monkeypatch.setattr("compiler_flow.engines.spread.BATCH_TOKENS", 60)
    monkeypatch.setattr("compiler_flow.engines.spread._LEAST_TOKENS", 30)


def spec(folder: Path, version: str = __version__, **options: float) -> EngineSpec:
    return EngineSpec("slow", EngineSettings(options=(("log", str(folder)), *options.items())), version)


def engine(folder: Path):
    from slow_engine import SlowEngine

    return SlowEngine(EngineSettings(options=(("log", str(folder)),)))


def run(spread: Spread, folder: Path, texts: list[str] = TEXTS, on_draft=None) -> list[str]:
    return spread.run(engine(folder), [Request(text) for text in texts], "en", "zh-CN", on_draft=on_draft)


def noted(folder: Path, name: str) -> list[tuple[str, str]]:
    """(process, text) for everything the engines wrote into a file."""
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    return [(pid, text) for pid, _tab, text in (line.partition("\t") for line in lines)]


SHOUTED = [text.upper() for text in TEXTS]


# -------------------------------------------------------------------------------------------- batches


def test_batches_are_of_similar_length_and_hold_everything_once() -> None:
    requests = [Request("word " * (number % 50 + 1)) for number in range(500)]
    made = list(batches(requests, 2))
    assert sorted(index for batch in made for index in batch) == list(range(500))
    lengths = [[len(requests[index].text) for index in batch] for batch in made]
    assert lengths == sorted(lengths, key=lambda batch: -batch[0])
    assert all(sum(batch) / 3.5 <= BATCH_TOKENS for batch in lengths)


def test_few_sentences_are_shared_among_all_workers() -> None:
    requests = [Request("word " * 20)] * 100
    assert len(list(batches(requests, 4))) >= 8


# ------------------------------------------------------------------------------------------ processes


def test_processes_give_what_the_engine_gives_and_load_it_once(tmp_path: Path) -> None:
    told = []
    with Spread(lambda: Processes(2), spec(tmp_path, pause=0.005)) as spread:
        drafts = run(spread, tmp_path, on_draft=lambda index, draft: told.append((index, draft)))
        assert run(spread, tmp_path, TEXTS[:5]) == SHOUTED[:5]
    assert drafts == SHOUTED
    assert sorted(told) == list(enumerate(SHOUTED))
    workers = {pid for pid, _text in noted(tmp_path, "asked.txt")}
    loaded = Counter(pid for pid, _text in noted(tmp_path, "loaded.txt"))
    assert len(workers) == 2
    assert all(loaded[pid] == 1 for pid in workers)


def test_no_worker_is_started_for_nothing(tmp_path: Path) -> None:
    with Spread(lambda: pytest.fail("started"), spec(tmp_path)) as spread:
        assert run(spread, tmp_path, []) == []


def test_a_process_that_dies_costs_its_batch_only(tmp_path: Path) -> None:
    texts = [*TEXTS[:30], "A DEADLY sentence in the middle.", *TEXTS[30:]]
    with Spread(lambda: Processes(2), spec(tmp_path, once=True, pause=0.005)) as spread:
        assert run(spread, tmp_path, texts) == [text.upper() for text in texts]
    asked = Counter(text for _pid, text in noted(tmp_path, "asked.txt"))
    again = [text for text, times in asked.items() if times > 1]
    assert "A DEADLY sentence in the middle." in again
    assert len(again) <= 60 / len("sentence number 1") * 3.5, "one batch, not the run"


def test_a_sentence_that_kills_every_worker_is_named(tmp_path: Path) -> None:
    raises = pytest.raises(EngineError, match=r"3 workers were lost .* A DEADLY")
    with Spread(lambda: Processes(2), spec(tmp_path)) as spread, raises as caught:
        run(spread, tmp_path, ["A DEADLY sentence."])
    assert "\n" not in str(caught.value)


def test_an_error_of_the_engine_comes_back_as_it_was(tmp_path: Path) -> None:
    with Spread(lambda: Processes(2), spec(tmp_path)) as spread, pytest.raises(EngineError) as caught:
        run(spread, tmp_path, ["This is WRONG."])
    assert str(caught.value) == "/models/x: This model cannot. Mend it."


@pytest.mark.parametrize(
    ("version", "model", "said"), [("0", "1", "has compiler-flow"), (__version__, "2", "another model")]
)
def test_a_worker_that_is_not_like_us_is_refused(
    tmp_path: Path, version: str, model: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Spread(lambda: Processes(1), spec(tmp_path, version)) as spread:
        with monkeypatch.context() as there:
            there.setenv("SLOW_MODEL", model)
            # The process is started with the first batch.
            pool = spread.pool
            pool._seats[0].submit(os.getpid).result()
        with pytest.raises(EngineError, match=said):
            run(spread, tmp_path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows ends processes otherwise")
def test_workers_go_when_their_parent_is_killed(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parent)!r})
import test_spread
if __name__ == "__main__":
    folder = Path({str(tmp_path)!r})
    with test_spread.Spread(lambda: test_spread.Processes(2), test_spread.spec(folder, pause=0.2)) as spread:
        test_spread.run(spread, folder)
"""
    (tmp_path / "parent.py").write_text(script, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(tmp_path / "parent.py")])
    workers = _workers(tmp_path, 2)
    parent.kill()
    parent.wait()
    _until(lambda: not any(_lives(pid) for pid in workers), "the workers outlive their parent")


# -------------------------------------------------------------------------------------------- cluster


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real scheduler on loopback; its address."""
    file = tmp_path_factory.mktemp("dask") / "scheduler.json"
    command = ["scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    with _dask(*command):
        _until(file.exists, "the scheduler does not start", 60)
        import json

        _until(lambda: file.read_text(encoding="utf-8").strip().endswith("}"), "the scheduler's file is not whole")
        yield json.loads(file.read_text(encoding="utf-8"))["address"]


def _dask(*arguments: str, **environment: str) -> contextlib.AbstractContextManager[subprocess.Popen]:
    @contextlib.contextmanager
    def started() -> Iterator[subprocess.Popen]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "PYTHONPATH": str(PLUGIN),
                "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "10s",
                **environment,
            },
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    return started()


def worker(address: str, tmp_path: Path, **environment: str) -> contextlib.AbstractContextManager[subprocess.Popen]:
    more = ["--nworkers", "1", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path)]
    return _dask("worker", address, *more, **environment)


def test_a_cluster_does_the_work_and_a_killed_worker_costs_its_batch_only(scheduler: str, tmp_path: Path) -> None:
    with worker(scheduler, tmp_path) as first, worker(scheduler, tmp_path) as second:
        with Spread(lambda: Cluster(scheduler, connect_seconds=60), spec(tmp_path, pause=0.03)) as spread:
            _until(lambda: spread.room() == 2, "the workers do not come", 60)
            told: list[int] = []

            def arrived(index: int, _draft: str) -> None:
                told.append(index)
                if len(told) == 12:
                    first.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)

            assert run(spread, tmp_path, on_draft=arrived) == SHOUTED
        assert second.poll() is None
    assert sorted(told) == list(range(60))
    asked = noted(tmp_path, "asked.txt")
    assert len({pid for pid, _text in asked}) == 2
    again = sum(times - 1 for times in Counter(text for _pid, text in asked).values())
    assert 0 <= again <= 2 * 60 / len(TEXTS[0]) * 3.5, "what the killed worker was at and had been given, not the run"


def test_an_error_on_a_cluster_comes_back_as_it_was(scheduler: str, tmp_path: Path) -> None:
    spread = Spread(lambda: Cluster(scheduler, connect_seconds=60), spec(tmp_path))
    with worker(scheduler, tmp_path), spread, pytest.raises(EngineError) as caught:
        run(spread, tmp_path, ["This is WRONG."])
    assert str(caught.value) == "/models/x: This model cannot. Mend it."


def test_a_cluster_whose_workers_all_die_says_so(scheduler: str, tmp_path: Path) -> None:
    with worker(scheduler, tmp_path) as only:
        pool = lambda: Cluster(scheduler, connect_seconds=60, empty_seconds=0.5)  # noqa: E731
        with Spread(pool, spec(tmp_path, pause=0.05)) as spread:
            _until(lambda: spread.room() == 1, "the worker does not come", 60)
            killer = threading.Timer(0.5, only.kill)
            killer.start()
            with pytest.raises(EngineError, match="has no workers"):
                run(spread, tmp_path)


def test_a_cluster_without_workers(scheduler: str) -> None:
    with pytest.raises(EngineError, match=r"has no workers.*dask worker tcp://"):
        Cluster(scheduler, connect_seconds=1)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tcp://127.0.0.1", "nonsense://127.0.0.1:1"])
def test_nobody_schedules(address: str) -> None:
    with pytest.raises(EngineError, match="does not answer") as caught:
        Cluster(address, connect_seconds=0.5)
    assert address in str(caught.value)
    import distributed

    # One that were closed when it is collected would stand still if that happened while another one starts.
    left = [one for one in gc.get_objects() if issubclass(type(one), distributed.Client)]
    assert {one.status for one in left} <= {"closed", "newly-created"}


def test_a_machine_that_stands_still_is_told_and_not_traced(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_slow(_runner: object) -> None:
        raise AssertionError

    monkeypatch.setattr("distributed.utils.LoopRunner.start", too_slow)
    with pytest.raises(EngineError, match="does not answer"):
        Cluster("tcp://127.0.0.1:8786")


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"compiler-flow\[cluster\]"):
        Cluster("tcp://127.0.0.1:8786")


# --------------------------------------------------------------------------------------------- helpers


def _until(reached, otherwise: str, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)


def _workers(folder: Path, count: int) -> set[int]:
    """The processes that wrote into the log, once there are so many."""
    found: set[int] = set()

    def enough() -> bool:
        if (folder / "asked.txt").exists():
            found.update(int(pid) for pid, _text in noted(folder, "asked.txt"))
        return len(found) >= count

    _until(enough, "the workers do not start", 60)
    return found


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
