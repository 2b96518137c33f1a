"""How well sentences are cut: precision and recall of the cuts inside a text, beside other segmenters.

A case is a text and the places where it is to be cut. Places are counted in characters that are not white space, so
that a tool may keep, move or strip the spaces round a cut. Figures are micro averages over all cases of a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

SEGMENT = Path(__file__).parent.parent / "segment"
Cutter = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A text and its sentences."""

    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Cuts found rightly, wrongly and not at all; and how many cases are right as a whole."""

    right: int
    wrong: int
    missed: int
    whole: int
    cases: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 1.0 where there was nothing to find and nothing was found."""
        found = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / found if found else 1.0


def cases(path: Path) -> list[Case]:
    """The cases of a file: one text a line, ``‖`` where it is cut."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        Case(line.replace(" ‖ ", " ").replace("‖", ""), tuple(part.strip() for part in line.split("‖")))
        for line in lines
        if line and not line.startswith("#")
    ]


def places(sentences: Iterable[str]) -> set[int]:
    """How many characters that are no white space stand before each cut."""
    found = set()
    count = 0
    for sentence in sentences:
        if count:
            found.add(count)
        count += len("".join(sentence.split()))
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
