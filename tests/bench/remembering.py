"""What runs in a process of its own for the figures of the translation memory: ``python remembering.py STEP …``.

::

    write FILE COUNT SEED            sentences, one a line
    build FILE MEMORY                learn them; prints seconds and the highest memory in MiB
    ask MEMORY ANSWERS QUERIES SEED  ask what is known, edited and new; prints how long that took
    compare MEMORY ANSWERS           hold the answers against comparing with every sentence

A query is a sentence of the memory in 15 of 100 cases, an edited one in 60, a new one else. Comparing with all leaves
out only what cannot be better than the answer: sentences whose length alone differs too much, and those whose letters
do, each letter that one has more often than the other being an edit at least.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import jobs
from prose import Speech

from compiler_flow.memory import Entry, Memory

_LEAST = 0.75
_LETTERS = 32


def write(file: str, count: str, seed: str) -> None:
    """Sentences, one a line."""
    with Path(file).open("w", encoding="utf-8") as stream:
        stream.writelines(f"{text}\n" for text in Speech().sentences(int(seed), int(count)))


def build(file: str, path: str) -> None:
    """Learn the sentences of a file, a thousand to an article."""
    with Memory(Path(path)) as memory, Path(file).open(encoding="utf-8") as lines:
        began, busy = time.perf_counter(), time.process_time()
        count = memory.add(_entries(lines), "en", "zh-CN")
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
    _say(seconds=seconds, busy=busy, count=count, memory=jobs.highest(), size=Path(path).stat().st_size / 2**20)


def _entries(lines: Iterator[str]) -> Iterator[Entry]:
    for number, line in enumerate(lines):
        yield Entry(line.rstrip("\n"), f"第{number}句译文。", f"archive/{number // 1000}", str(number))


def ask(path: str, answers: str, queries: str, seed: str) -> None:
    """Ask, and write down each query with the best score; the clock runs for the look-up alone."""
    speech, dice = Speech(), random.Random(int(seed))  # noqa: S311
    known = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    highest = known.execute("SELECT max(id) FROM sources").fetchone()[0]
    took: dict[str, list[float]] = {"exact": [], "edited": [], "new": []}
    busy: list[float] = []
    with Memory(Path(path)) as memory, Path(answers).open("w", encoding="utf-8") as stream:
        for _number in range(int(queries)):
            chance = dice.random()
            kind = "exact" if chance < 0.15 else "edited" if chance < 0.75 else "new"
            row = known.execute("SELECT text FROM sources WHERE id = ?", (dice.randint(1, highest),)).fetchone()
            text = {"exact": row[0], "edited": speech.edited(dice, row[0]), "new": speech.sentence(dice)}[kind]
            began, worked = time.perf_counter(), time.process_time()
            found = memory.lookup(text, "en", "zh-CN")
            took[kind].append((time.perf_counter() - began) * 1000)
            if kind != "exact":
                busy.append((time.process_time() - worked) * 1000)
            stream.write(json.dumps([kind, text, found[0].source if found else ""]) + "\n")
    fuzzy = took["edited"] + took["new"]
    _say(
        exact95=_percentile(took["exact"], 95),
        exact=len(took["exact"]),
        fuzzy50=statistics.median(fuzzy),
        fuzzy95=_percentile(fuzzy, 95),
        fuzzy=len(fuzzy),
        busy50=statistics.median(busy),
        busy95=_percentile(busy, 95),
        memory=jobs.highest(),
    )


def _percentile(values: list[float], share: int) -> float:
    return statistics.quantiles(values, n=100)[share - 1]


def compare(path: str, answers: str) -> None:
    """Whether any sentence is more like a query than the answer was."""
    from rapidfuzz.distance import Levenshtein

    everything = _Everything(path)
    asked = right = 0
    took = []
    for line in Path(answers).read_text(encoding="utf-8").splitlines():
        kind, text, answer = json.loads(line)
        if kind == "exact":
            continue
        ours = Levenshtein.normalized_similarity(text, answer) if answer else 0.0
        began = time.perf_counter()
        best = everything.best(text, max(ours, _LEAST))
        if not ours:
            took.append((time.perf_counter() - began) * 1000)
        if _LEAST <= max(best, ours) < 1:
            asked += 1
            right += ours >= best - 1e-9
    # Where there is nothing to find the whole bound is open: that is what comparing costs.
    _say(asked=asked, right=right, all50=statistics.median(took))


class _Everything:
    """All sentences by length, with the number of times that each has each letter."""

    def __init__(self, path: str) -> None:
        import numpy

        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as known:
            self._texts = [row[0] for row in known.execute("SELECT text FROM sources ORDER BY length(text)")]
        known.close()
        self._lengths = numpy.fromiter(map(len, self._texts), dtype=numpy.int32)
        self._counts = numpy.stack([_letters(text) for text in self._texts])

    def best(self, text: str, least: float) -> float:
        """The highest similarity of any sentence to ``text``, if it is ``least`` or more; else 0."""
        import numpy
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        first, last = numpy.searchsorted(self._lengths, (least * len(text) - 1, len(text) / least + 1))
        allowed = (1 - least) * numpy.maximum(self._lengths[first:last], len(text)) + 1e-6
        apart = self._counts[first:last].astype(numpy.int16) - _letters(text)
        edits = numpy.maximum(apart.clip(min=0).sum(axis=1), -apart.clip(max=0).sum(axis=1))
        near = [self._texts[first + place] for place in numpy.nonzero(edits <= allowed)[0]]
        found = process.extractOne(text, near, scorer=Levenshtein.normalized_similarity, score_cutoff=least - 1e-9)
        return found[1] if found else 0.0


def _letters(text: str):
    """How often each letter stands in ``text``; what is no small letter is counted with others of its kind."""
    import numpy

    codes = numpy.frombuffer(text.encode("ascii"), dtype=numpy.uint8) % _LETTERS
    return numpy.bincount(codes, minlength=_LETTERS).astype(numpy.uint8)


def _say(**figures: float) -> None:
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    {"write": write, "build": build, "ask": ask, "compare": compare}[sys.argv[1]](*sys.argv[2:])
