"""Pre-filling: memory first, then an engine; the open units of all articles go to the engine in one call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compiler_flow import project
from compiler_flow.errors import FormatError, ModelMissingError
from compiler_flow.flow import models, naming, parts, remembering, terminology
from compiler_flow.flow.exchange import with_credits
from compiler_flow.flow.working import AS_SET, Workers, bench
from compiler_flow.i18n import gettext as _
from compiler_flow.model import Catalog, OriginKind, State
from compiler_flow.project import Workspace
from compiler_flow.text import base_language

if TYPE_CHECKING:
    from compiler_flow.engines import Engine


@dataclass(frozen=True, slots=True)
class Filled:
    """What pre-filling did: units drafted from memory and by the engine, units still open, and what stood in the way.

    ``doubtful`` counts the engine's drafts whose note says what looks wrong with them; ``changed`` are the
    translators' files that were written.
    """

    memory: int
    engine: int
    open: int
    doubtful: int = 0
    notes: tuple[str, ...] = ()
    changed: tuple[Path, ...] = ()


def prefill(
    workspace: Workspace,
    folders: Sequence[Path],
    *,
    engine: str | None = None,
    renew: bool = False,
    workers: Workers = AS_SET,
    progress: Callable[[int, int], None] | None = None,
) -> Filled:
    """Draft the open units of the articles in ``folders`` and save their files.

    ``engine`` names one other than the workspace's (``none``: memory only), ``workers`` who does its work. ``renew``
    asks the engine again for untouched drafts; else what it said before is found again. Where no model is installed
    for a language, its units stay empty and a note says what installs one. A person's text is never touched; a file
    that somebody saved meanwhile is not overwritten (``ChangedOnDiskError``).
    """
    from compiler_flow import bilingual
    from compiler_flow import prefill as filling

    loaded = [parts.load(workspace, folder) for folder in folders]
    known = terminology.load(workspace)
    credited = [with_credits(one.part.catalog, one.part.metadata) for one in loaded]
    namer = naming.of_workspace(workspace, known)
    people = [one.part.metadata for one in loaded]
    annotated = [
        namer.annotate(filling.annotate(one, known.matcher(one.source_language)), metadata)
        for one, metadata in zip(credited, people, strict=True)
    ]
    proposed = namer.provisional(list(zip(annotated, people, strict=True))) if _uses_proposals(workspace) else ()
    matcher_for = known.with_terms(proposed).matcher
    spec = models.engine_spec(workspace, engine)
    told: list[str] = []
    with remembering.level(workspace, told.append) as memory:
        if spec is None:
            done = filling.prefill_all(annotated, memory=memory, matcher_for=matcher_for, renew=renew)
        else:
            with bench(workspace, spec, workers, afresh=renew) as at:
                done = filling.prefill_all(
                    annotated,
                    memory=memory,
                    matcher_for=matcher_for,
                    engine=at.engine,
                    executor=at.executor,
                    renew=renew,
                    progress=progress,
                )
                told += (*_lacking(at.engine, done), *filter(None, [at.cache.trouble]))
    done = tuple(filling.with_unverified(new, old, proposed) for old, new in zip(annotated, done, strict=True))
    pairs = [(one, new) for one, new in zip(loaded, done, strict=True) if new != one.part.catalog]
    for one, new in pairs:
        bilingual.save(new, one.file)
    notes = tuple(told)
    return _counted([one.part.catalog for one in loaded], done, notes, tuple(one.file for one, _new in pairs))


def _uses_proposals(workspace: Workspace) -> bool:
    """``prefill = true`` under ``[names]`` in compiler-flow.toml: drafts have proposed names, marked 待核."""
    value = workspace.setting("names", "prefill", default=False)
    if not isinstance(value, bool):
        raise FormatError(
            _("{key} must be {kind}.").format(key="[names] prefill", kind=_("true or false")),
            path=workspace.root / project.SETTINGS_FILE,
        )
    return value


def _lacking(engine: Engine, catalogs: Iterable[Catalog]) -> tuple[str, ...]:
    """A line for each language pair with open units that the engine has no model for, saying what installs one."""
    wanted = {
        (base_language(one.source_language), base_language(one.target_language))
        for one in catalogs
        if any(unit.state is State.EMPTY for unit in one.units)
    }
    lines = []
    for source, target in sorted(wanted):
        try:
            engine.model(source, target)
        except ModelMissingError as error:
            lines.append(str(error))
    return tuple(lines)


def _counted(
    before: Sequence[Catalog], after: Sequence[Catalog], notes: tuple[str, ...], changed: tuple[Path, ...]
) -> Filled:
    origins = [
        new.origin
        for old_catalog, new_catalog in zip(before, after, strict=True)
        for old, new in zip(old_catalog.units, new_catalog.units, strict=True)
        if new.origin is not None and old.target != new.target
    ]
    drafted = Counter(origin.kind for origin in origins)
    doubtful = sum(origin.kind is OriginKind.ENGINE and bool(origin.note) for origin in origins)
    still_open = sum(unit.state is State.EMPTY for catalog in after for unit in catalog.units)
    return Filled(drafted[OriginKind.MEMORY], drafted[OriginKind.ENGINE], still_open, doubtful, notes, changed)
