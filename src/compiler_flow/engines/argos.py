"""Argos Translate's models, offline, with all sentences of a call in one length-sorted stream.

Packages, metadata and tokenizers come from the ``argostranslate`` module of ``argos-translate-lt``. Decoding goes
straight to ``ctranslate2.Translator``: Argos' own path hands over one paragraph at a time in batches of 32 tokens and
fetches a sentence splitter from the network, while our segments are sentences already.
"""

from __future__ import annotations

import functools
import os
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from compiler_flow.engines.argos_module import load_package
from compiler_flow.engines.base import EngineSettings, OnDraft, cores, model_missing
from compiler_flow.engines.cutting import parts, rejoined
from compiler_flow.engines.packages import Installed, altered, argos_code, fingerprint, folders, installed
from compiler_flow.errors import EngineError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import fold_spaces, has_letters

# Measured with a model of Argos' size on two cores: 2 to 3 % faster than 1024, in 560 MiB, not 440; 2048 take 690 MiB.
BATCH_TOKENS = 1536
# What all workers of a model may have in hand together: each takes its memory.
_IN_HAND = 2 * BATCH_TOKENS
# Smaller batches keep the processor waiting for the memory.
_LEAST_TOKENS = 256
# Argos' own setting (its `translate.py`).
LENGTH_PENALTY = 0.2
# Models of this kind are trained on sentences of some hundred pieces and lose the thread, then the rest, beyond.
MAX_PIECES = 160
# So many characters of text are turned into tokens at a time: tokens take a hundred times the memory of their text.
_WINDOW = 200_000
# Texts that go through one model before the first of them goes into the next.
_PORTION = 1000


@dataclass(frozen=True, slots=True)
class _Part:
    """Tokens of one part of the text ``owner``: its part ``number`` of ``count``."""

    owner: int
    number: int
    count: int
    tokens: list[str]


class _Model:
    """One loaded package."""

    def __init__(self, package: Installed, settings: EngineSettings) -> None:
        self.package = package
        self._settings = settings
        self._tokenizer = load_package(package.folder).tokenizer
        self._translator, self._workers = _translator(package, settings)
        self.batch_tokens = min(BATCH_TOKENS, _IN_HAND // self._workers)
        # Argos' own decoding turns every underscore into a space, which ruins addresses and handles.
        self._pieces = self._processor()

    def translate(self, texts: Sequence[str], on_draft: OnDraft | None) -> list[str]:
        """Drafts of non-empty texts, in order; one stream through the model, longest first."""
        drafts = [""] * len(texts)
        halves: dict[int, dict[int, str]] = {}
        for part, result in self._results(texts):
            made = halves.setdefault(part.owner, {})
            made[part.number] = self._decode(result.hypotheses[0])
            if len(made) == part.count:
                del halves[part.owner]
                text = rejoined([made[number] for number in range(part.count)], self.package.metadata.target)
                drafts[part.owner] = text
                if on_draft:
                    on_draft(part.owner, text)
        return drafts

    def _results(self, texts: Sequence[str]) -> Iterator[tuple[_Part, Any]]:
        """Every part with what the model made of it. As many batches wait as keep all of its workers busy."""
        waiting: deque[tuple[list[_Part], list[Any]]] = deque()
        for batch in self._batches(texts):
            waiting.append((batch, self._submit([part.tokens for part in batch])))
            if len(waiting) > 2 * self._workers:
                yield from _collected(waiting.popleft())
        while waiting:
            yield from _collected(waiting.popleft())

    def _submit(self, tokens: list[list[str]]) -> list[Any]:
        prefix = self.package.metadata.prefix
        return list(
            self._translator.translate_batch(
                tokens,
                target_prefix=[[prefix]] * len(tokens) if prefix else None,
                max_batch_size=self.batch_tokens,
                batch_type="tokens",
                beam_size=self._settings.beam,
                length_penalty=LENGTH_PENALTY,
                replace_unknowns=True,
                asynchronous=True,
            )
        )

    def _batches(self, texts: Sequence[str]) -> Iterator[list[_Part]]:
        """The parts of all texts, longest first, in batches of at most ``batch_tokens``, padding counted.

        Batches get smaller towards the end, so that all of the model's workers are done at about the same time.
        """
        batch: list[_Part] = []
        # Tokens as far as they are known, characters of what comes later: while there is any, batches are full.
        left = sum(map(len, texts))
        limit = self.batch_tokens
        for window in _windows(texts):
            fresh = [part for owner in window for part in self._parts(owner, texts[owner])]
            left += sum(len(part.tokens) for part in fresh) - sum(len(texts[owner]) for owner in window)
            for part in sorted(fresh, key=lambda part: -len(part.tokens)):
                longest = max(len(part.tokens), len(batch[0].tokens) if batch else 0)
                if batch and longest * (len(batch) + 1) > limit:
                    yield batch
                    left -= sum(len(given.tokens) for given in batch)
                    batch = []
                if not batch:
                    limit = min(self.batch_tokens, max(_LEAST_TOKENS, left // self._workers))
                batch.append(part)
        if batch:
            yield batch

    def _parts(self, owner: int, text: str) -> list[_Part]:
        encode = functools.cache(self._encode)
        cut = parts(text, lambda part: len(encode(part)), MAX_PIECES)
        return [_Part(owner, number, len(cut), encode(part)) for number, part in enumerate(cut)]

    def _processor(self) -> Any:
        """The sentencepiece processor, or None for packages with Moses and BPE."""
        try:
            return self._tokenizer.lazy_processor() if hasattr(self._tokenizer, "lazy_processor") else None
        except (RuntimeError, OSError) as error:
            raise _broken(self.package, _("the tokenizer cannot be loaded"), error) from error

    def _encode(self, text: str) -> list[str]:
        try:
            return list(self._tokenizer.encode(text))
        except (RuntimeError, OSError, ValueError) as error:
            raise _broken(self.package, _("the tokenizer cannot be loaded"), error) from error

    def _decode(self, tokens: list[str]) -> str:
        prefix = self.package.metadata.prefix
        if prefix and tokens and tokens[0] == prefix:
            tokens = tokens[1:]
        if self._pieces is None:
            return fold_spaces(self._tokenizer.decode(tokens))
        return fold_spaces(self._pieces.decode_pieces(tokens).replace("▁", " "))


class ArgosEngine:
    """Argos packages of this machine; pairs without a package of their own go through other languages, en first."""

    name = "argos"

    def __init__(self, settings: EngineSettings | None = None) -> None:
        self._settings = settings or EngineSettings()
        self._loaded: dict[str, _Model] = {}

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of the installed packages that can work."""
        return tuple(dict.fromkeys((at.metadata.source, at.metadata.target) for at in self._working()))

    def can(self, source: str, target: str) -> bool:
        """Whether packages lead from ``source`` to ``target``."""
        return bool(self._chain(source, target))

    def model(self, source: str, target: str) -> str:
        """Such as ``translate-ru_en 1.9 + translate-en_zh 1.9``. Raises ``ModelMissingError``."""
        return " + ".join(
            f"{package.metadata.name} {package.metadata.version}" for package in self._path(source, target)
        )

    def signature(self, source: str, target: str) -> str:
        """Made of the models' bytes and of what changes drafts. Raises ``ModelMissingError``."""
        models = " ".join(fingerprint(package.folder) for package in self._path(source, target))
        return f"{self.name} 1 {models} beam {self._settings.beam} {self._settings.compute_type}"

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """Drafts in order; equal texts are decoded once. Raises ``ModelMissingError`` or ``EngineError``."""
        path = self._path(source, target)
        places: dict[str, list[int]] = {}
        drafts = list(texts)
        for index, text in enumerate(texts):
            if has_letters(text):
                places.setdefault(fold_spaces(text), []).append(index)
            elif on_draft:
                on_draft(index, text)

        def arrived(number: int, draft: str) -> None:
            for index in spots[number]:
                drafts[index] = draft
                if on_draft:
                    on_draft(index, draft)

        spots = list(places.values())
        if len(path) == 1:
            self._leg(path[0], list(places), arrived)
            return drafts
        # In portions, so that drafts arrive, and can be kept, long before the first model has seen everything.
        asked = list(places)
        order = sorted(range(len(asked)), key=lambda number: -len(asked[number]))
        for start in range(0, len(order), _PORTION):
            portion = order[start : start + _PORTION]
            between = [asked[number] for number in portion]
            for package in path[:-1]:
                between = self._leg(package, between, None)
            self._leg(path[-1], between, functools.partial(_moved, portion, arrived))
        return drafts

    def _leg(self, package: Installed, texts: Sequence[str], on_draft: OnDraft | None) -> list[str]:
        key = str(package.folder)
        if not texts:
            return []
        if key not in self._loaded:
            if problem := altered(package):
                raise _unfit(problem, package)
            self._loaded[key] = _Model(package, self._settings)
        try:
            return self._loaded[key].translate(texts, on_draft)
        except (RuntimeError, ValueError) as error:
            raise _broken(package, _("the model cannot translate"), error) from error

    def _packages(self) -> tuple[Installed, ...]:
        return installed(folders(self._settings.packages))

    def _working(self) -> list[Installed]:
        return [package for package in self._packages() if not package.problem]

    def _path(self, source: str, target: str) -> list[Installed]:
        chain = self._chain(source, target)
        if chain:
            return chain
        codes = {argos_code(source), argos_code(target)}
        for package in self._packages():
            # "This package is broken" helps more than "there is none".
            named = {package.metadata.source, package.metadata.target}
            if package.problem and (named & codes or not package.metadata.source):
                raise _unfit(package.problem, package, argos_code(source), argos_code(target))
        raise model_missing(source, target)

    def _chain(self, source: str, target: str) -> list[Installed]:
        """The shortest chain of packages; of equal ones that through en, because Argos' packages all meet there."""
        start, goal = argos_code(source), argos_code(target)
        if start == goal:
            return []
        edges: dict[str, dict[str, Installed]] = {}
        for package in self._working():
            edges.setdefault(package.metadata.source, {}).setdefault(package.metadata.target, package)
        paths: dict[str, list[Installed]] = {start: []}
        seen = {start}
        while paths and goal not in paths:
            longer: dict[str, list[Installed]] = {}
            for at in sorted(paths, key=lambda code: (code != "en", code)):
                for next_code, package in edges.get(at, {}).items():
                    if next_code not in seen:
                        longer.setdefault(next_code, [*paths[at], package])
            seen |= set(longer)
            paths = longer
        return paths.get(goal, [])


def _moved(places: Sequence[int], on_draft: OnDraft, number: int, draft: str) -> None:
    """``on_draft`` for one who counts in ``places``."""
    on_draft(places[number], draft)


def _windows(texts: Sequence[str]) -> Iterator[list[int]]:
    """The indexes of the texts, longest first, in portions."""
    window: list[int] = []
    size = 0
    for index in sorted(range(len(texts)), key=lambda index: -len(texts[index])):
        window.append(index)
        size += len(texts[index])
        if size > _WINDOW:
            yield window
            window, size = [], 0
    if window:
        yield window


def _collected(batch: tuple[list[_Part], list[Any]]) -> Iterator[tuple[_Part, Any]]:
    for part, result in zip(*batch, strict=True):
        yield part, result.result()


def _translator(package: Installed, settings: EngineSettings) -> tuple[Any, int]:
    """The package's translator, and how many batches it works at side by side."""
    _widest_instructions()
    import ctranslate2

    device = settings.device
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    elif device == "cuda" and not ctranslate2.get_cuda_device_count():
        raise EngineError(
            _("This machine has no graphics processor that CTranslate2 could use."),
            hint=_('Set device = "auto" under [engines] in compiler-flow.toml.'),
        )
    inter, intra = _threads(settings.threads) if device == "cpu" else (1, 0)
    try:
        made = ctranslate2.Translator(
            str(package.folder / "model"),
            device=device,
            compute_type=settings.compute_type,
            inter_threads=inter,
            intra_threads=intra,
        )
    except ValueError as error:
        raise EngineError(
            _("The model cannot work as wanted: {reason}.").format(reason=fold_spaces(str(error)).rstrip(".")),
            path=package.folder,
            hint=_("Check device and compute_type under [engines] in compiler-flow.toml."),
        ) from error
    except RuntimeError as error:
        raise _broken(package, _("the model cannot be loaded"), error) from error
    return made, inter


def _widest_instructions() -> None:
    """Lets CTranslate2 use AVX-512 where that pays; it looks at the variable once, before its first model.

    By itself it stops at AVX2, because early processors slow down under wider instructions. Those with the group that
    came with Ice Lake and Zen 4 do not: 2 to 4 % more sentences on a Zen 4. A variable that is set already stays.
    """
    try:
        # What `numpy.show_runtime` prints; numpy comes with CTranslate2.
        from numpy._core._multiarray_umath import __cpu_features__ as features
    except ImportError:
        return
    if features.get("AVX512_ICL"):
        os.environ.setdefault("CT2_FORCE_CPU_ISA", "AVX512")


def _threads(wanted: int) -> tuple[int, int]:
    """(workers, cores each): sentences side by side scale better than one sentence over many cores, up to memory."""
    count = wanted or cores()
    workers = min(count, 4)
    return workers, max(1, count // workers)


def _unfit(problem: str, package: Installed, source: str = "", target: str = "") -> EngineError:
    """``problem`` already names the folder."""
    return EngineError(
        problem,
        hint=_("Remove it and install it again: compiler-flow engines install {source} {target}").format(
            source=source or package.metadata.source, target=target or package.metadata.target
        ),
    )


def _broken(package: Installed, what: str, error: Exception) -> EngineError:
    source, target = package.metadata.source, package.metadata.target
    return EngineError(
        _("{what}: {reason}.").format(what=what, reason=fold_spaces(str(error)).rstrip(".") or type(error).__name__),
        path=package.folder,
        hint=_("Install it again: compiler-flow engines install {source} {target}").format(
            source=source, target=target
        ),
    )
