"""How well and how fast sentences are cut, beside sentencex, pysbd and syntok.

Precision and recall are of the cuts inside a text. Places are counted in characters that are not white space, so that
a tool may keep, move or strip the spaces round a cut. Figures are micro averages over all cases of a file.

The English Golden Rules (48 texts, MIT) are read from pySBD's own source package, which pip fetches; they are not ours.
"""

from __future__ import annotations

import ast
import statistics
import subprocess
import sys
import tarfile
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import case_files
from case_files import Case
from machine import Row

from compiler_flow import ingest, project
from compiler_flow.segment import sentences

Cutter = Callable[[str], Sequence[str]]
_GOLDEN = "pysbd==0.3.3"
_ROUNDS = 15
_CHARACTERS = 30_000


@dataclass(frozen=True, slots=True)
class Score:
    """Cuts found rightly, wrongly and not at all; and how many of the cases are right as a whole."""

    right: int
    wrong: int
    missed: int
    whole: int
    cases: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1.0 where there was nothing to find and nothing was found."""
        marks = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / marks if marks else 1.0

    def __str__(self) -> str:
        return f"{self.f1:.3f} ({self.whole}/{self.cases})"


def places(pieces: Iterable[str]) -> set[int]:
    """How many characters that are no white space stand before each cut."""
    found = set()
    count = 0
    for piece in pieces:
        if count:
            found.add(count)
        count += len("".join(piece.split()))
    return found - {count}


def score(cutter: Cutter, wanted: Iterable[Case]) -> Score:
    """How ``cutter`` does on the cases."""
    right = wrong = missed = whole = number = 0
    for case in wanted:
        should, does = places(case.sentences), places(cutter(case.text))
        right += len(should & does)
        wrong += len(does - should)
        missed += len(should - does)
        whole += should == does
        number += 1
    return Score(right, wrong, missed, whole, number)


def peers(language: str) -> Mapping[str, Cutter]:
    """The other segmenters that say they know ``language``."""
    import pysbd
    import sentencex
    from pysbd.languages import LANGUAGE_CODES
    from syntok import segmenter

    found: dict[str, Cutter] = {"sentencex": lambda text: sentencex.segment(language, text)}
    if language in LANGUAGE_CODES:
        found["pysbd"] = pysbd.Segmenter(language=language, clean=False).segment
    if language in {"en", "de", "es"}:
        found["syntok"] = lambda text: [
            "".join(token.spacing + token.value for token in sentence)
            for paragraph in segmenter.process(text)
            for sentence in paragraph
        ]
    return found


def _quality(what: str, language: str, cases: Sequence[Case]) -> Row:
    with warnings.catch_warnings():
        # pysbd has patterns that Python warns about.
        warnings.simplefilter("ignore")
        theirs = {name: score(cutter, cases) for name, cutter in peers(language).items()}
    ours = score(lambda text: sentences(text, language), cases)
    best = max(one.f1 for one in theirs.values())
    others = ", ".join(f"{name} {one}" for name, one in theirs.items())
    return Row(f"cuts, {what}", str(ours), others, ours.f1 - best, 0.001, "≥", "")


def quality(folder: Path) -> Iterable[Row]:
    """F1 for each language, on the cases, on those held out, and on the English Golden Rules."""
    for kind, name in (("cases", "cases"), ("heldout", "held out")):
        for language in sorted({case.language for case in case_files.read(kind)}):
            yield _quality(f"{name}: {language}", language, case_files.read(kind, language))
    try:
        yield _quality("English Golden Rules", "en", golden(folder))
    except RuntimeError as error:
        yield Row("cuts, English Golden Rules", "not measured", str(error), -1, 0.001, "≥", "")


def golden(folder: Path) -> list[Case]:
    """The English Golden Rules. Raises ``RuntimeError`` where pip cannot fetch them."""
    command = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=:all:", "--dest", str(folder), _GOLDEN]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the Golden Rules cannot be fetched: {done.stderr.strip()[-500:]}")
    with tarfile.open(next(folder.glob("pysbd-*.tar.gz"))) as archive:
        member = next(name for name in archive.getnames() if name.endswith("/english_golden_rules.py"))
        source = archive.extractfile(member)
        tree = ast.parse(source.read() if source else b"")
    (rules,) = (node.value for node in tree.body if isinstance(node, ast.Assign))
    return [
        Case("en", text, tuple(pieces), f"golden:{number}")
        for number, (text, pieces) in enumerate(ast.literal_eval(rules), start=1)
    ]


def speed(issue: Path) -> Iterable[Row]:
    """Characters a second on the paragraphs of the sample number, against sentencex, in turn."""
    paragraphs: dict[str, list[str]] = {}
    for article in sorted(project.source_path(folder) for folder in issue.iterdir() if folder.is_dir()):
        if article.exists():
            language = project.read_metadata(article.parent)[0].language
            blocks = ingest.from_markdown(article.read_text(encoding="utf-8"))
            paragraphs.setdefault(language, []).extend(block.text for block in blocks if block.text.strip())
    for language, texts in sorted(paragraphs.items()):
        many = texts * (_CHARACTERS // sum(map(len, texts)) + 1)
        ours, theirs = _in_turn(
            lambda text, tag=language: sentences(text, tag), peers(language)["sentencex"], many, rounds=_ROUNDS
        )
        size = sum(map(len, many)) / 1e6
        yield Row(
            f"cuts, speed: {language}",
            f"{size / ours:.1f} M characters/s",
            f"sentencex {size / theirs:.1f}",
            theirs / ours,
            0.5,
            "≥",
        )


def _in_turn(ours: Cutter, theirs: Cutter, texts: Sequence[str], *, rounds: int) -> tuple[float, float]:
    """The median seconds of both over all texts, round by round."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for cutter, seconds in zip((ours, theirs), taken, strict=True):
            began = time.perf_counter()
            for text in texts:
                cutter(text)
            seconds.append(time.perf_counter() - began)
    return statistics.median(taken[0]), statistics.median(taken[1])
