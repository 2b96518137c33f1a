"""Stand-ins: well-known names that a model renders reliably, in the place of names that it does not know.

Made-up placeholders (``__T1__``, ``⟦1⟧``, ``X1``) mostly do not survive a neural model: it drops them, or takes them
for somebody. A famous name does, and the sentence around it stays a sentence.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from compiler_flow.engines.base import HERE, Engine, Executor, Request
from compiler_flow.model import TermKind
from compiler_flow.text import base_language

# Which kind of stand-in goes for which kind of term, the best first.
_KINDS: dict[str, tuple[str, ...]] = {
    TermKind.PERSON: ("person", "place"),
    TermKind.PLACE: ("place", "organization"),
    TermKind.ORGANIZATION: ("organization", "place"),
    TermKind.EVENT: ("organization", "place"),
    TermKind.OTHER: ("place", "organization"),
    "number": ("number",),
    "year": ("year",),
    "day": ("day",),
}
NAMES = ("person", "place", "organization")
FIGURES = ("number", "year", "day")
# In how many of its sentences a name must come back alike.
_RELIABLE = 0.6
_TRIM = " ，。、：；,.:;“”\"'的在和与将于据称"


@dataclass(frozen=True, slots=True)
class StandIn:
    """A name and what the model makes of it; ``share`` of the trial sentences had it exactly once."""

    name: str
    rendering: str
    share: float


@dataclass(frozen=True, slots=True)
class StandIns:
    """What a model renders reliably: (kind, stand-ins with the most reliable first)."""

    kinds: tuple[tuple[str, tuple[StandIn, ...]], ...]

    def choose(self, kind: str, *, skip: int, avoid: str, taken: Iterable[StandIn]) -> StandIn | None:
        """A stand-in for a term or figure of ``kind`` that cannot be taken for anything in ``avoid`` or ``taken``.

        ``skip`` turns the order, so that a second try has other names than the first.
        """
        used = tuple(taken)
        table = dict(self.kinds)
        for wanted in _KINDS[kind]:
            names = table.get(wanted, ())
            turn = skip % len(names) if names else 0
            for candidate in (*names[turn:], *names[:turn]):
                if not _clashes(candidate, avoid, used):
                    return candidate
        return None


def _clashes(candidate: StandIn, avoid: str, used: tuple[StandIn, ...]) -> bool:
    lowered = avoid.lower()
    if candidate.rendering.lower() in lowered or any(word.lower() in lowered for word in _words(candidate.name)):
        return True
    return any(
        candidate.rendering in other.rendering or other.rendering in candidate.rendering or candidate.name == other.name
        for other in used
    )


def _words(name: str) -> Iterator[str]:
    return (word for word in name.split() if len(word) > 3 or word == name)


_calibrated: dict[tuple[str, str, str, tuple[str, ...]], StandIns] = {}


def calibrate(
    engine: Engine, source: str, target: str, *, executor: Executor = HERE, kinds: tuple[str, ...] = NAMES
) -> StandIns:
    """The stand-ins of ``kinds`` that ``engine`` renders reliably from ``source`` to ``target``.

    Tried once for each model.
    """
    key = (engine.signature(source, target), base_language(source), base_language(target), kinds)
    if key not in _calibrated:
        _calibrated[key] = _try(engine, source, target, executor, kinds)
    return _calibrated[key]


def _try(engine: Engine, source: str, target: str, executor: Executor, wanted: tuple[str, ...]) -> StandIns:
    data = _data()
    own = data.get(base_language(source), {})
    table = {kind: own.get(kind, data["default"][kind]) for kind in wanted}
    trials = [
        (kind, name, frame.replace("{}", name))
        for kind, entry in table.items()
        for name in entry["names"]
        for frame in entry["frames"]
    ]
    drafts = executor.run(engine, [Request(text) for _kind, _name, text in trials], source, target)
    made: dict[tuple[str, str], list[str]] = {}
    for (kind, name, _text), draft in zip(trials, drafts, strict=True):
        made.setdefault((kind, name), []).append(draft)
    kinds = []
    for kind in table:
        outputs = {name: drafts for (of, name), drafts in made.items() if of == kind}
        if kind in FIGURES:
            shares = {name: sum(draft.count(name) == 1 for draft in own) / len(own) for name, own in outputs.items()}
            found = [StandIn(name, name, share) for name, share in shares.items() if share >= _RELIABLE]
        else:
            found = [stand_in for name in outputs if (stand_in := _rendered(name, outputs))]
        found.sort(key=lambda stand_in: -stand_in.share)
        kinds.append((kind, tuple(found)))
    return StandIns(tuple(kinds))


def _rendered(name: str, outputs: dict[str, list[str]]) -> StandIn | None:
    """What all drafts with ``name`` have in common, and those with other names do not."""
    own = outputs[name]
    others = [draft for other, drafts in outputs.items() if other != name for draft in drafts]
    votes: Counter[str] = Counter()
    for index, first in enumerate(own):
        for second in own[index + 1 :]:
            common = difflib.SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
            votes[first[common.a : common.a + common.size].strip(_TRIM)] += 1
    # Of equally frequent ones the longest: 弗拉基米尔·普京 and not 普京, which would leave the first name standing.
    for rendering, _count in sorted(votes.items(), key=lambda item: (-item[1], -len(item[0]))):
        share = sum(draft.count(rendering) == 1 for draft in own) / len(own) if rendering else 0.0
        if len(rendering) > 1 and share >= _RELIABLE and not any(rendering in draft for draft in others):
            return StandIn(name, rendering, share)
    return None


@functools.cache
def _data() -> dict[str, Any]:
    text = files("compiler_flow.prefill").joinpath("standins.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
