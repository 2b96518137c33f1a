"""What an engine is. It knows neither markup nor terms: ``prefill`` shields both, once, for all engines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from compiler_flow.errors import ModelMissingError
from compiler_flow.i18n import gettext as _
from compiler_flow.text import base_language

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """How an engine shall work; every engine takes what it understands and leaves the rest.

    ``packages`` are the folders of installed models, searched in order. ``device`` is ``auto``, ``cpu`` or ``cuda``;
    ``compute_type`` one of CTranslate2's names; ``threads`` the cores to use, 0 for all of this machine; ``beam`` the
    width of the search (1 is greedy, faster and a little worse).
    """

    packages: tuple[Path, ...] = ()
    device: str = "auto"
    compute_type: str = "default"
    threads: int = 0
    beam: int = 4


class Engine(Protocol):
    """Text in, drafts out.

    The contract, which one test holds every engine of ``ENGINES`` to:

    - Languages are BCP 47 tags; the engine maps them to its own codes.
    - ``translate`` takes any number of texts, each one sentence (or heading, or name) of plain text, and gives as many
      back, in the same order. An empty text, or one without a letter, comes back as it is.
    - What people wrote never raises: very long texts, symbols, other scripts. A draft may then be bad, never absent.
    - No model for the pair: ``ModelMissingError``. A model or server that cannot work: ``EngineError``, naming it.
    - ``progress`` is called with the number of texts finished since the last call; its calls add up to the whole.
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

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, progress: Progress | None = None
    ) -> list[str]:
        """The drafts of ``texts``, in order."""


EngineFactory = Callable[[EngineSettings], Engine]


def model_missing(source: str, target: str) -> ModelMissingError:
    """The error that no model is installed for a pair, with the command that installs one."""
    source, target = base_language(source), base_language(target)
    return ModelMissingError(
        _("No translation model is installed for {source} → {target}.").format(source=source, target=target),
        hint=_("Install one: compiler-flow engines install {source} {target}").format(source=source, target=target),
    )
