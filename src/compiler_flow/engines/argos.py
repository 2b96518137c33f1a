"""Argos Translate's models, offline, with all sentences of a call in one length-sorted stream.

Packages, metadata and tokenizers come from the ``argostranslate`` module of ``argos-translate-lt``. Decoding goes
straight to ``ctranslate2.Translator``: Argos' own path hands over one paragraph at a time in batches of 32 tokens and
fetches a sentence splitter from the network, while our segments are sentences already.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from compiler_flow.engines.argos_module import load_package
from compiler_flow.engines.base import EngineSettings, Progress, model_missing
from compiler_flow.engines.packages import Installed, argos_code, folders, installed
from compiler_flow.errors import EngineError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import fold_spaces, has_letters, lazy_pattern

# Measured with a model of Argos' size on two cores: 2048 tokens are a tenth faster than 1024 and take 700 MB, not 420.
BATCH_TOKENS = 1024
# Argos' own setting (its `translate.py`).
LENGTH_PENALTY = 0.2
# Models of this kind are trained on sentences of some hundred pieces and lose the thread, then the rest, beyond.
MAX_PIECES = 160
# Each cut keeps its mark and spaces with the part before, so that joining the parts gives the text back.
_CLAUSES = lazy_pattern(r"(?<=[;:,.!?)—–] )|(?<=[，；：、。！？])")
_SPACES = lazy_pattern(r"(?<= )")
_ANYWHERE = lazy_pattern(r"(?s)(?<=.{40})")
_NO_SPACES = {"zh", "zt", "ja", "th"}


class _Model:
    """One loaded package."""

    def __init__(self, package: Installed, settings: EngineSettings) -> None:
        self.package = package
        self._settings = settings
        self._tokenizer = load_package(package.folder).tokenizer
        self._translator = _translator(package, settings)
        # Argos' own decoding turns every underscore into a space, which ruins addresses and handles.
        self._pieces = self._processor()

    def translate(self, texts: Sequence[str], progress: Progress | None) -> list[str]:
        """Drafts of non-empty texts, in order; one stream through the model, longest first."""
        parts = [_parts(text, self._encode) for text in texts]
        tokens = [tokens for pieces in parts for tokens in pieces]
        drafts = iter(self._decode_all(tokens, [len(pieces) for pieces in parts], progress))
        return [_rejoined([next(drafts) for _piece in pieces], self.package.metadata.target) for pieces in parts]

    def _decode_all(self, tokens: list[list[str]], shares: list[int], progress: Progress | None) -> list[str]:
        order = sorted(range(len(tokens)), key=lambda index: -len(tokens[index]))
        owner = [index for index, share in enumerate(shares) for _piece in range(share)]
        left = list(shares)
        prefix = self.package.metadata.prefix
        results = self._translator.translate_batch(
            [tokens[index] for index in order],
            target_prefix=[[prefix]] * len(order) if prefix else None,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=self._settings.beam,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
            asynchronous=True,
        )
        drafts = [""] * len(tokens)
        for index, result in zip(order, results, strict=True):
            drafts[index] = self._decode(result.result().hypotheses[0])
            left[owner[index]] -= 1
            if progress and not left[owner[index]]:
                progress(1)
        return drafts

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

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, progress: Progress | None = None
    ) -> list[str]:
        """Drafts in order; equal texts are decoded once. Raises ``ModelMissingError`` or ``EngineError``."""
        path = self._path(source, target)
        folded = [fold_spaces(text) for text in texts]
        asked = list(dict.fromkeys(text for text in folded if has_letters(text)))
        drafts = asked
        for step, package in enumerate(path):
            # Only the last leg finishes texts.
            drafts = self._leg(package, drafts, progress if step == len(path) - 1 else None)
        done = dict(zip(asked, drafts, strict=True))
        if progress and len(texts) > len(asked):
            progress(len(texts) - len(asked))
        return [done.get(plain, text) for plain, text in zip(folded, texts, strict=True)]

    def _leg(self, package: Installed, texts: Sequence[str], progress: Progress | None) -> list[str]:
        key = str(package.folder)
        if not any(texts):
            return list(texts)
        if key not in self._loaded:
            self._loaded[key] = _Model(package, self._settings)
        try:
            return self._loaded[key].translate(texts, progress)
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
                raise EngineError(
                    package.problem,
                    hint=_("Remove it and install it again: compiler-flow engines install {source} {target}").format(
                        source=argos_code(source), target=argos_code(target)
                    ),
                )
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


def _translator(package: Installed, settings: EngineSettings) -> Any:
    import ctranslate2

    device = settings.device
    if device == "auto":
        device = "cuda" if ctranslate2.get_cuda_device_count() else "cpu"
    inter, intra = _threads(settings.threads) if device == "cpu" else (1, 0)
    try:
        return ctranslate2.Translator(
            str(package.folder / "model"),
            device=device,
            compute_type=settings.compute_type,
            inter_threads=inter,
            intra_threads=intra,
        )
    except (RuntimeError, ValueError) as error:
        raise _broken(package, _("the model cannot be loaded"), error) from error


def _threads(wanted: int) -> tuple[int, int]:
    """(workers, cores each): sentences side by side scale better than one sentence over many cores, up to memory."""
    cores = wanted or (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    workers = min(cores, 4)
    return workers, max(1, cores // workers)


def _broken(package: Installed, what: str, error: Exception) -> EngineError:
    source, target = package.metadata.source, package.metadata.target
    return EngineError(
        _("{what}: {reason}.").format(what=what, reason=fold_spaces(str(error)).rstrip(".") or type(error).__name__),
        path=package.folder,
        hint=_("Install it again: compiler-flow engines install {source} {target}").format(
            source=source, target=target
        ),
    )


def _parts(text: str, encode: Callable[[str], list[str]]) -> list[list[str]]:
    """The tokens of ``text``, in as many parts as the model needs to keep the thread; cut at clauses if it can be."""
    tokens = encode(text)
    if len(tokens) <= MAX_PIECES:
        return [tokens]
    for cut in (_CLAUSES, _SPACES, _ANYWHERE):
        clauses = [clause for clause in cut.split(text) if clause]
        if len(clauses) > 1:
            break
    else:
        return [tokens[:MAX_PIECES]]
    # Halving keeps the parts of similar length, which translate better than one full part and a stump.
    middle = len(clauses) // 2
    return [part for half in (clauses[:middle], clauses[middle:]) for part in _parts("".join(half), encode)]


def _rejoined(drafts: list[str], target: str) -> str:
    """The parts of one sentence as one, with a comma at each cut, also where the model put a full stop."""
    if len(drafts) == 1:
        return drafts[0]
    comma, stops = ("，", "。") if target in _NO_SPACES else (",", ".")
    inner = [draft.rstrip(stops) for draft in drafts[:-1] if draft]
    inner = [draft + comma if draft[-1:].isalnum() else draft for draft in inner]
    return ("" if target in _NO_SPACES else " ").join([*inner, drafts[-1]])
