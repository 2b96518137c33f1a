"""Drafts from an engine, with markup, addresses and names shielded: once for all engines.

All sentences go to the engine as they are, in one call. Those whose draft lacks a glossary name in an agreed form go
together once more, with stand-ins in the names' places; what then still lacks one tries other stand-ins. Numbers
that a draft lost or changed are shielded in the same way. A draft counts only if every stand-in came back exactly as
often as it went in; otherwise the plain draft stands, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from compiler_flow.checks.numbers.quantity import Quantity
from compiler_flow.engines.base import HERE, Engine, Executor, Request, TermEngine
from compiler_flow.model import Draft, Term, TermHit, TermKind
from compiler_flow.prefill import notes
from compiler_flow.prefill.lost_numbers import lost, shieldable
from compiler_flow.prefill.markup import Region, Sentence, compose, strip
from compiler_flow.prefill.standins import FIGURES, NAMES, StandIn, StandIns, calibrate
from compiler_flow.terms import agreed, fold_rendering, is_rendered, renderings, surname
from compiler_flow.text import fold_spaces

# (texts done, texts in all so far known)
Progress = Callable[[int, int], None]
_TRIES = 3
_KEPT = 0.8


class TermFinder(Protocol):
    """What is needed of ``glossary.Matcher``."""

    def source(self, text: str) -> Sequence[TermHit]:
        """The terms named in a source text."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place in a sentence to be shielded: a fixed region, or a name or number with the text that shall stand for it.

    ``kind`` is what can stand in for it: a ``TermKind``, or a figure's kind.
    """

    start: int
    end: int
    kind: str
    text: str
    region: Region | None = None

    @property
    def key(self) -> tuple[str, bool]:
        """Equal ones share a stand-in."""
        return (self.text, self.region is None)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A text for the engine, which stand-in went in for which spots, and the terms that stand in it as they are."""

    text: str
    carriers: tuple[tuple[StandIn, tuple[_Spot, ...]], ...] = ()
    terms: tuple[tuple[str, str], ...] = ()

    @property
    def request(self) -> Request:
        """What the engine is asked."""
        return Request(self.text, self.terms)


@dataclass(slots=True)
class _Work:
    """One source sentence on its way. ``alone`` are its styled regions with their own translations.

    ``wrong`` are the numbers that the draft lost; ``misplaced`` says that the places of its fixed regions are
    not known.
    """

    source: str
    sentence: Sentence
    hits: tuple[TermHit, ...]
    plain: str = ""
    missing: tuple[TermHit, ...] = ()
    wrong: tuple[Quantity, ...] = ()
    regions: list[Region] = field(default_factory=list)
    alone: list[tuple[Region, str]] = field(default_factory=list)
    misplaced: bool = False

    @property
    def is_open(self) -> bool:
        """Whether another try could make the draft better."""
        return bool(self.missing or self.wrong) or self.misplaced

    @property
    def bare(self) -> str:
        """The source's text with its code and addresses blanked out: what stands elsewhere keeps its place."""
        text = self.sentence.text
        for region in self.sentence.fixed:
            text = f"{text[: region.start]}{' ' * (region.end - region.start)}{text[region.end :]}"
        return text


class Drafter:
    """Drafts for one language pair, made wherever ``executor`` has the engine work."""

    def __init__(
        self,
        engine: Engine,
        source: str,
        target: str,
        *,
        finder: TermFinder | None = None,
        executor: Executor = HERE,
        progress: Progress | None = None,
    ) -> None:
        self._executor = executor
        self._tells = isinstance(engine, TermEngine)
        self._engine = engine
        self._languages = (source, target)
        self._finder = finder
        self._progress = progress
        self._done = self._asked = 0

    def draft(self, sources: Sequence[str]) -> list[Draft]:
        """A draft for each source (inline Markdown), in order. An empty text means that there is none."""
        works = [self._work(source) for source in sources]
        self._first(works)
        for turn in range(_TRIES):
            self._again(works, turn)
        return [self._finished(work) for work in works]

    def requests(self, sources: Sequence[str]) -> list[Request]:
        """What the engine is asked first for ``sources``, before it is known what goes wrong."""
        return [self._attempt(self._work(source), (), 0).request for source in sources]

    def _work(self, source: str) -> _Work:
        sentence = strip(source)
        hits = self._finder.source(sentence.text) if self._finder else ()
        free = tuple(hit for hit in hits if not _overlaps(hit, sentence.fixed))
        return _Work(source, sentence, free)

    def _translate(self, requests: Sequence[Request]) -> list[str]:
        """The engine's drafts, in order; equal requests are made once."""
        asked = list(dict.fromkeys(requests))
        if not asked:
            return []
        self._asked += len(asked)
        made = self._executor.run(self._engine, asked, *self._languages, on_draft=self._tick)
        known = dict(zip(asked, made, strict=True))
        return [known[request] for request in requests]

    def _tick(self, _index: int, _draft: str) -> None:
        self._done += 1
        if self._progress:
            self._progress(self._done, self._asked)

    def _first(self, works: list[_Work]) -> None:
        """Everything as it is; only code and addresses are shielded. Styled parts are translated alone as well."""
        attempts = [self._attempt(work, (), 0) for work in works]
        styled = [(work, region) for work in works for region in work.sentence.styled]
        alone = [work.sentence.text[region.start : region.end] for work, region in styled]
        cut = [_without(work.sentence.text, work.sentence.fixed) for work in works if work.sentence.fixed]
        requests = [*(attempt.request for attempt in attempts), *map(Request, (*alone, *cut))]
        drafts = iter(self._translate(requests))
        made = [next(drafts) for _work in works]
        for work, region in styled:
            work.alone.append((region, next(drafts)))
        for work, attempt, draft in zip(works, attempts, made, strict=True):
            self._take(work, attempt, draft, next(drafts) if work.sentence.fixed else "")
            work.missing = tuple(missing(work.plain, work.hits))
            _put_verbatim(work)
            work.wrong = self._wrong(work, work.plain, work.regions)

    def _take(self, work: _Work, attempt: _Attempt, draft: str, spare: str) -> None:
        put = _put_back(draft, attempt.carriers) if attempt.carriers or not work.sentence.fixed else None
        if put is not None:
            work.plain, work.regions = put
            return
        # The address cannot be placed, so it goes to the end, where it is at least whole.
        work.plain, work.regions = spare, []
        for region in work.sentence.fixed:
            start = len(work.plain) + 1
            work.plain = f"{work.plain} {work.sentence.text[region.start : region.end]}"
            work.regions.append(replace(region, start=start, end=len(work.plain)))
        work.misplaced = True

    def _again(self, works: list[_Work], turn: int) -> None:
        """The sentences that lack names, numbers or the place of an address, with stand-ins for these."""
        attempts = [
            # Every second time the names alone: a number that cannot be had must not cost them.
            (work, self._attempt(work, _lacking(work), turn, figures=turn % 2 == 0 or not work.missing))
            for work in works
            if work.is_open
        ]
        attempts = [(work, attempt) for work, attempt in attempts if attempt.carriers]
        drafts = self._translate([attempt.request for _work, attempt in attempts])
        for (work, attempt), draft in zip(attempts, drafts, strict=True):
            put = _put_back(draft, attempt.carriers)
            if not put or any(missing(put[0], work.hits)) or self._faults(work.sentence, *put):
                continue
            wrong = self._wrong(work, *put)
            if not (work.missing or work.misplaced) and len(put[0]) < _KEPT * len(work.plain):
                # The number is right and something else is gone.
                continue
            if len(wrong) < len(work.wrong) + bool(work.missing or work.misplaced):
                work.plain, work.regions = put
                work.missing, work.wrong, work.misplaced = (), wrong, False

    def _wrong(self, work: _Work, draft: str, regions: Sequence[Region]) -> tuple[Quantity, ...]:
        """The numbers that ``draft`` lost, addresses and code left aside."""
        fixed = tuple(region for region in regions if region.fixed)
        return lost(work.bare, _without(draft, fixed), self._languages)

    def _faults(self, sentence: Sentence, draft: str, regions: Sequence[Region]) -> list[str]:
        """What looks wrong, addresses and code left aside."""
        fixed = tuple(region for region in regions if region.fixed)
        return notes.faults(_without(sentence.text, sentence.fixed), _without(draft, fixed), self._languages[1])

    def _attempt(self, work: _Work, hits: Sequence[TermHit], turn: int, *, figures: bool = False) -> _Attempt:
        """The sentence with stand-ins for its fixed parts, for ``hits`` and for numbers that went wrong before.

        It is bare where too few stand-ins can be found.
        """
        text = work.sentence.text
        told = [(text[hit.start : hit.end], agreed(hit)) for hit in work.hits if self._tells and hit not in hits]
        terms = tuple(dict.fromkeys(told))
        spots = list(_spots(work, hits, figures=figures))
        if not spots:
            return _Attempt(text, terms=terms)
        avoid = "\n".join([text, work.plain, *(agreed(hit) for hit in work.hits)])
        chosen: dict[tuple[str, bool], StandIn] = {}
        for spot in spots:
            if spot.key not in chosen:
                stand_ins = self._stand_ins(NAMES if spot.kind in set(TermKind) else FIGURES)
                found = stand_ins.choose(spot.kind, skip=turn * 2, avoid=avoid, taken=chosen.values())
                if found is None:
                    return _Attempt(text, terms=terms)
                chosen[spot.key] = found
        carriers = [(chosen[key], tuple(spot for spot in spots if spot.key == key)) for key in chosen]
        for spot in sorted(spots, key=lambda spot: -spot.start):
            text = text[: spot.start] + chosen[spot.key].name + text[spot.end :]
        return _Attempt(text, tuple(carriers), terms)

    def _stand_ins(self, kinds: tuple[str, ...]) -> StandIns:
        return calibrate(self._engine, *self._languages, executor=self._executor, kinds=kinds)

    def _finished(self, work: _Work) -> Draft:
        model = self._engine.model(*self._languages)
        if not work.plain.strip():
            return Draft("", self._engine.name, model)
        unmarked = _mark(work)
        text = fold_spaces(compose(work.plain, work.regions, work.sentence))
        named = [(work.sentence.text[hit.start : hit.end], hit.term) for hit in work.missing]
        remarks = [*self._faults(work.sentence, work.plain, work.regions), *notes.missing(named)]
        remarks += notes.wrong(work.sentence.text[one.start : one.end] for one in work.wrong)
        if work.misplaced:
            remarks.append("网址或代码的位置待定")
        remarks += [f"格式待补：{text}" for text in unmarked]
        return Draft(text, self._engine.name, model, notes.joined(remarks))


def _spots(work: _Work, hits: Sequence[TermHit], *, figures: bool) -> Iterator[_Spot]:
    """What is to be shielded in a sentence; no two of them overlap."""
    text = work.sentence.text
    for region in work.sentence.fixed:
        yield _Spot(region.start, region.end, TermKind.PLACE, text[region.start : region.end], region)
    for hit in hits:
        yield _Spot(hit.start, hit.end, hit.term.kind, agreed(hit))
    for one in shieldable(work.bare, work.wrong) if figures else ():
        if not any(hit.start < one.end and one.start < hit.end for hit in hits):
            yield _Spot(one.start, one.end, one.kind, one.text)


def _mark(work: _Work) -> list[str]:
    """Find the styled parts again: by an agreed name, by their own translation, or verbatim; returns the others."""
    lost = []
    for region, alone in work.alone:
        original = work.sentence.text[region.start : region.end]
        names = [name for hit in work.hits if _inside(hit, region) for name in renderings(hit.term)]
        for text in (*names, alone.strip(" 。.,，"), original.strip()):
            if text and work.plain.count(text) == 1:
                at = work.plain.index(text)
                work.regions.append(replace(region, start=at, end=at + len(text)))
                break
        else:
            lost.append(f"{region.before}{original}{region.after}")
    return lost


def _overlaps(hit: TermHit, regions: Sequence[Region]) -> bool:
    return any(hit.start < region.end and region.start < hit.end for region in regions)


def _inside(hit: TermHit, region: Region) -> bool:
    return region.start <= hit.start and hit.end <= region.end


def _lacking(work: _Work) -> tuple[TermHit, ...]:
    """All hits of the terms that the draft does not render: every mention of a name is shielded, not only the first."""
    terms = {hit.term for hit in work.missing}
    return tuple(hit for hit in work.hits if hit.term in terms)


def missing(draft: str, hits: Sequence[TermHit]) -> Iterator[TermHit]:
    """The hits whose term the draft does not render in any agreed way, one for each term."""
    folded = fold_rendering(draft)
    seen: set[Term] = set()
    for hit in hits:
        if hit.term not in seen and not is_rendered(hit.term, folded):
            seen.add(hit.term)
            yield hit


def _put_verbatim(work: _Work) -> None:
    """A name that the model copied as it stood: its agreed form can simply take its place."""
    for hit in work.missing:
        name = work.sentence.text[hit.start : hit.end]
        if len(name) > 2 and work.plain.count(name) == work.sentence.text.count(name) and not work.regions:
            work.plain = work.plain.replace(name, agreed(hit))
    work.missing = tuple(missing(work.plain, work.hits))


def _without(text: str, regions: Sequence[Region]) -> str:
    for region in sorted(regions, key=lambda region: -region.start):
        text = text[: region.start] + text[region.end :]
    return fold_spaces(text)


def _put_back(draft: str, carriers: Sequence[tuple[StandIn, tuple[_Spot, ...]]]) -> tuple[str, list[Region]] | None:
    """``draft`` with the right texts in the stand-ins' places, and the fixed regions; None if any is not as often."""
    if any(draft.count(stand_in.rendering) != len(spots) for stand_in, spots in carriers):
        return None
    found = [
        (match.start(), match.end(), spots[0])
        for stand_in, spots in carriers
        for match in re.finditer(re.escape(stand_in.rendering), draft)
    ]
    regions: list[Region] = []
    text, at = "", 0
    for start, end, spot in sorted(found, key=lambda place: place[:2]):
        text += draft[at:start] + spot.text
        at = end
        if spot.region:
            regions.append(replace(spot.region, start=len(text) - len(spot.text), end=len(text)))
    text += draft[at:]
    # 普京 left standing beside a replaced 弗拉基米尔·普京 would say something about somebody else.
    leaked = (surname(stand_in.rendering) for stand_in, _spots in carriers)
    return None if any(part and part in text for part in leaked) else (text, regions)
