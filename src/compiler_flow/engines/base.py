"""What an engine is. It knows neither markup nor names: ``prefill`` shields both, once, for all engines."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from compiler_flow.errors import ModelMissingError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language

# (index of a text in what was asked, its draft), once for each text, in any order, as soon as the draft is there.
OnDraft = Callable[[int, str], None]
Option = str | int | float | bool


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How an engine shall work; every engine takes what it understands and leaves the rest. Travels to other machines.

    ``packages`` are the folders of installed models, searched in order. ``device`` is ``auto``, ``cpu`` or ``cuda``;
    ``compute_type`` one of CTranslate2's names; ``threads`` the cores to use, 0 for all of this machine; ``beam`` the
    width of the search (1 is greedy, faster and a little worse). ``options`` are the engine's own, by name.
    """

    packages: tuple[Path, ...] = ()
    device: str = "auto"
    compute_type: str = "default"
    threads: int = 0
    beam: int = 4
    options: tuple[tuple[str, Option], ...] = ()

    def option(self, name: str, default: Option) -> Option:
        """The engine's own option ``name``, or ``default``."""
        return dict(self.options).get(name, default)


@dataclass(frozen=True, slots=True)
class Request:
    """One text for an engine, and the (name, agreed rendering) pairs that stand in it, for engines that can be told."""

    text: str
    terms: tuple[tuple[str, str], ...] = ()


class Engine(Protocol):
    """Text in, drafts out.

    The contract, which one test holds every engine of ``ENGINES`` to:

    - Languages are BCP 47 tags; the engine maps them to its own codes.
    - ``translate`` takes any number of texts, each one sentence (or heading, or name) of plain text, and gives as many
      back, in the same order. An empty text, or one without a letter, comes back as it is.
    - What people wrote never raises: very long texts, symbols, other scripts. A draft may then be bad, or empty.
    - No model for the pair: ``ModelMissingError``. A model or server that cannot work: ``EngineError``, naming it.
    - ``on_draft`` is called once for each text, as soon as its draft is there: what it was told is kept when the
      process is killed.
    - Nothing touches the network, unless the engine is a server's client by its name.
    """

    @property
    def name(self) -> str:
        """One word, as in ``ENGINES`` and in the drafts' provenance."""

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(source, target) of the models at hand, without those that need a pivot."""

    def can(self, source: str, target: str) -> bool:
        """Whether ``translate`` would find its models."""

    def model(self, source: str, target: str) -> str:
        """What would translate this pair, with its version, on one line. Raises ``ModelMissingError``."""

    def signature(self, source: str, target: str) -> str:
        """Another text whenever the same sentence may get another draft: what is kept is found again by it."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """The drafts of ``texts``, in order."""


@runtime_checkable
class TermEngine(Engine, Protocol):
    """An engine that can be told how names are to be rendered, such as one that is asked in words."""

    def translate_with_terms(
        self, requests: Sequence[Request], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """The drafts of the requests' texts, in order, with their terms in the agreed form if the engine obeys."""


EngineFactory = Callable[[EngineSettings], Engine]


class Executor(Protocol):
    """Where an engine's work is done: in this process, in others, on other machines, or not at all (a cache)."""

    def run(
        self, engine: Engine, requests: Sequence[Request], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """The drafts of ``requests``, in order. Raises what the engine raises."""


class Here:
    """The executor that asks the engine in this process, all at once."""

    def run(
        self, engine: Engine, requests: Sequence[Request], source: str, target: str, *, on_draft: OnDraft | None = None
    ) -> list[str]:
        """The drafts of ``requests``, in order."""
        if isinstance(engine, TermEngine):
            return engine.translate_with_terms(requests, source, target, on_draft=on_draft)
        return engine.translate([request.text for request in requests], source, target, on_draft=on_draft)


HERE = Here()


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def model_missing(source: str, target: str) -> ModelMissingError:
    """The error that no model is installed for a pair, with the command that installs one."""
    source, target = base_language(source), base_language(target)
    return ModelMissingError(
        _("No translation model is installed for {source} → {target}.").format(source=source, target=target),
        hint=_("Install one: compiler-flow engines install {source} {target}").format(source=source, target=target),
    )
