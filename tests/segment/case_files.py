"""The case files: one text a line, ``‖`` where it is to be cut (`` ‖ `` where a space stands there).

``cases/`` is what the rules are made to do; ``heldout/`` is only measured, never tuned on.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """A text, its sentences, and where it stands."""

    language: str
    text: str
    sentences: tuple[str, ...]
    place: str


def read(kind: str, language: str = "*") -> list[Case]:
    """The cases in the folder ``kind`` (``cases`` or ``heldout``), of one language or of all."""
    return [
        Case(
            path.stem,
            line.replace(" ‖ ", " ").replace("‖", ""),
            tuple(part.strip() for part in line.split("‖")),
            f"{kind}/{path.name}:{number}",
        )
        for path in sorted((FOLDER / kind).glob(f"{language}.txt"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if line and not line.startswith("#")
    ]
