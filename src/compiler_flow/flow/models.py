"""Engines and their models: what is installed, what a workspace lacks, installing and removing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import project
from compiler_flow.errors import FormatError, UsageError
from compiler_flow.i18n import gettext as _
from compiler_flow.project import Workspace

if TYPE_CHECKING:
    from compiler_flow.engines import Engine
    from compiler_flow.engines.base import Option
    from compiler_flow.engines.index import Offer
    from compiler_flow.engines.packages import Installed
    from compiler_flow.engines.spread import EngineSpec

Progress = Callable[[int, int], None]


def load_engine(workspace: Workspace | None, name: str | None = None) -> Engine | None:
    """The engine called ``name``, or the workspace's; ``None`` for an empty name or ``none``."""
    spec = engine_spec(workspace, name)
    if spec is None:
        return None
    from compiler_flow import engines

    return engines.load(spec.name, spec.settings)


def engine_spec(workspace: Workspace | None, name: str | None = None) -> EngineSpec | None:
    """How to make the engine called ``name``, or the workspace's, anywhere; ``None`` for an empty name or ``none``.

    Raises ``FormatError`` for a setting that an engine cannot have.
    """
    from compiler_flow import __version__, engines
    from compiler_flow.engines.spread import EngineSpec

    wanted = name if name is not None else workspace.engine if workspace else "argos"
    if wanted in {"", "none"}:
        return None
    settings = engines.EngineSettings(
        packages=_own_folders(workspace),
        device=_choice(workspace, "device", _DEVICES),
        compute_type=_choice(workspace, "compute_type", _COMPUTE_TYPES),
        threads=whole(workspace, "engines", "threads", 0),
        beam=whole(workspace, "engines", "beam", 4, least=1),
        options=_options(workspace, wanted),
    )
    return EngineSpec(wanted, settings, __version__)


# CTranslate2's own (its documentation, "Quantization").
_DEVICES = ("auto", "cpu", "cuda")
_COMPUTE_TYPES = (
    "default", "auto", "int8", "int8_float32", "int8_float16", "int8_bfloat16", "int16", "float16", "bfloat16",
    "float32",
)  # fmt: skip
_SECRETS = ("key", "token", "secret", "password")


def whole(workspace: Workspace | None, table: str, key: str, default: int, *, least: int = 0) -> int:
    """The whole number ``key`` in ``[table]`` of the settings. Raises ``FormatError`` for anything else."""
    value = workspace.setting(table, key, default=default) if workspace else default
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise _bad(
            workspace,
            _("{key} in [{table}] must be a whole number, {least} or more.").format(key=key, table=table, least=least),
        )
    return value


def _choice(workspace: Workspace | None, key: str, known: tuple[str, ...]) -> str:
    value = workspace.setting("engines", key, default=known[0]) if workspace else known[0]
    if value not in known:
        raise _bad(
            workspace,
            _("{key} in [{name}] must be one of: {known}.").format(key=key, name="engines", known=", ".join(known)),
        )
    return str(value)


def _options(workspace: Workspace | None, engine: str) -> tuple[tuple[str, Option], ...]:
    """The engine's own table, ``[engines.NAME]``."""
    table = workspace.setting("engines", engine, default={}) if workspace else {}
    if not isinstance(table, Mapping):
        raise _bad(workspace, _("{key} must be a table: [{key}].").format(key=f"engines.{engine}"))
    for key, value in table.items():
        if any(word in key.lower() for word in _SECRETS):
            raise _bad(
                workspace,
                _("{key} in [{table}]: no secrets in files.").format(key=key, table=f"engines.{engine}"),
                hint=_("Put it into the environment; the README says under which name."),
            )
        if not isinstance(value, str | int | float):
            raise _bad(
                workspace,
                _("{key} in [{table}] must be a text or a number.").format(key=key, table=f"engines.{engine}"),
            )
    return tuple(sorted(table.items()))


def _bad(workspace: Workspace | None, message: str, hint: str = "") -> FormatError:
    return FormatError(message, path=workspace.root / project.SETTINGS_FILE if workspace else "", hint=hint)


def _own_folders(workspace: Workspace | None) -> tuple[Path, ...]:
    return (workspace.packages,) if workspace and workspace.packages else ()


def installed(workspace: Workspace | None) -> tuple[Installed, ...]:
    """The packages that the workspace would use, sound or not."""
    from compiler_flow.engines import packages

    return packages.installed(packages.folders(_own_folders(workspace)))


def problems(workspace: Workspace | None) -> tuple[str, ...]:
    """A line with its path for every installed package that cannot work or is not any more what was installed."""
    from compiler_flow.engines import packages

    found = (package.problem or packages.altered(package) for package in installed(workspace))
    return tuple(filter(None, found))


def install(
    workspace: Workspace | None,
    what: tuple[str, ...],
    *,
    index: str = "",
    trust_changed: bool = False,
    progress: Progress | None = None,
) -> tuple[Installed, ...]:
    """Install one package file, or what translates from one language into another from an Argos index.

    ``what`` is a path, or two language tags. A pair without a package of its own gets the two that lead through
    English. Raises ``UsageError``, ``FileError``, ``FormatError`` or ``EngineError``; what was installed then stands.
    """
    from compiler_flow.engines import index as indexes
    from compiler_flow.engines import packages, store

    folder = packages.folders(_own_folders(workspace))[0]
    if len(what) == 1:
        return (store.install(Path(what[0]), folder, trust_changed=trust_changed),)
    if len(what) != 2:
        raise UsageError(_("Name a package file, or two languages such as: en zh"))
    offers = indexes.fetch(index or indexes.DEFAULT_INDEX)
    chosen = indexes.chain(offers, *what)
    downloads = folder.parent / "downloads"
    done = tuple(
        indexes.install(offer, folder, downloads, progress=progress, trust_changed=trust_changed) for offer in chosen
    )
    shutil.rmtree(downloads, ignore_errors=True)
    return done


def available(index: str = "") -> tuple[Offer, ...]:
    """The packages that Argos' index, or the one at the address ``index``, offers. Raises ``EngineError``."""
    from compiler_flow.engines import index as indexes

    return indexes.fetch(index or indexes.DEFAULT_INDEX)


def remove(workspace: Workspace | None, source: str, target: str) -> tuple[Path, ...]:
    """Remove the packages of a pair; returns the folders that went. Raises ``UsageError`` if there is none."""
    from compiler_flow.engines import packages, store

    gone = store.remove(source, target, packages.folders(_own_folders(workspace)))
    if not gone:
        raise UsageError(
            _("There is no package for {source} → {target}.").format(source=source, target=target),
            hint=_("See what there is: compiler-flow engines list"),
        )
    return gone


@dataclass(frozen=True, slots=True)
class Need:
    """A source language of the workspace: how many articles have it, what would translate it, or what mends that."""

    language: str
    articles: int
    model: str
    mend: str


def needs(workspace: Workspace) -> tuple[Need, ...]:
    """What the languages of all articles of the workspace need, by language."""
    from compiler_flow.errors import EngineError

    engine = load_engine(workspace)
    counted: dict[str, int] = {}
    for issue in workspace.issues():
        for folder in project.articles(issue):
            language = project.read_metadata(folder)[0].language
            counted[language] = counted.get(language, 0) + 1
    found = []
    for language, number in sorted(counted.items()):
        model = mend = ""
        try:
            model = engine.model(language, workspace.target_language) if engine else ""
        except EngineError as error:
            mend = str(error)
        found.append(Need(language, number, model, mend))
    return tuple(found)
